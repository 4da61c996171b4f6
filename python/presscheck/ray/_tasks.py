"""What one task is: how titles are judged, how many it has, and the memory that it declares."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any, cast

import pyarrow as pa
from ray.data import Dataset

from presscheck import _presscheck
from presscheck._job import Level, listed
from presscheck.ray._cluster import largest_memory, mapped, start
from presscheck.ray._rows import NOBODY, Settings, checked

_log = logging.getLogger(__name__)

TITLES = 16
"""Titles of a task: enough that starting it costs nothing beside them, few enough that losing it costs little."""

# Ray's own process besides what a book needs.
_WORKER = 192 << 20
# What most books need, and books of heavy pictures. Then what measuring a file is bounded by, for no title needs much more.
_CLASSES = (512 << 20, 1 << 30)
_BOUND = 2 << 30


def rules(
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    levels: Mapping[str, Level] | None = None,
    memory: int | None = None,
    time_limit: float | None = None,
) -> dict[str, Any]:
    """How titles are judged, as the module takes it.

    Raises:
        ValueError: A bound or level is none.
    """
    judging: dict[str, Any] = {
        "select": listed(select),
        "ignore": listed(ignore),
        "levels": dict(levels or {}),
        "profiles": [],
        "memory": memory,
        "time_limit": time_limit,
        "threads": 1,
    }
    # Shows whether the rest holds, before there are a million titles.
    _presscheck.title(NOBODY, {}, judging, None, None)
    return judging


def classes(memory: int | None) -> list[int]:
    """Bytes of memory that tasks declare, smallest first."""
    top = (memory or _BOUND) + _WORKER
    return [*(size for size in _CLASSES if size < top), top]


def class_of(bytes: int, memory: int | None) -> int:
    """The bytes of memory that a task declares for a title whose files have so many."""
    need = _presscheck.expected_memory(bytes) + _WORKER
    return next((size for size in classes(memory) if need <= size), classes(memory)[-1])


def checked_in(dataset: Dataset, memory: int, settings: Settings) -> Dataset:
    """Titles to results, by tasks that declare so much memory; or all of the largest node's, where none has so much."""
    start()
    largest = largest_memory()
    if 0 < largest < memory:
        _log.warning("no node has %.1f GiB of memory for one task; books of that size get %.1f GiB", memory / 2**30, largest / 2**30)
        memory = largest
    return mapped(dataset, checked, memory=memory, settings=settings)


def of_class(table: pa.Table, least: int, most: int, memory: int | None) -> pa.Table:
    """The titles of a table for which tasks declare more than `least` and at most `most`."""
    sizes = cast("list[int]", table.column("bytes").to_pylist())
    return table.filter(pa.array([least < class_of(size, memory) <= most for size in sizes], pa.bool_()))
