"""Ray, as far as it is used here. Its signatures leave types open; they are closed in this file, so that others can be checked."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any, cast

import pyarrow as pa
import ray
from ray.data import Dataset, TaskPoolStrategy, from_arrow


# Tasks that declare no processor, at once.
_AT_ONCE = 8


def start() -> None:
    """Connects to the cluster that RAY_ADDRESS names or that runs on this machine, or starts one, unless that was done."""
    if not ray.is_initialized():
        ray.init(log_to_driver=False, logging_level=logging.WARNING)


def largest_memory() -> int:
    """Bytes of memory that tasks may declare on the largest node; 0 where none tells."""
    nodes: list[dict[str, Any]] = cast(Any, ray.nodes)()
    return max((int(node["Resources"].get("memory", 0)) for node in nodes if node["Alive"]), default=0)


def processors() -> int:
    """Processors of the whole cluster, at least one."""
    return max(1, int(cast(Any, ray.cluster_resources)().get("CPU", 1)))


def of_tables(tables: Sequence[pa.Table]) -> Dataset:
    """A dataset with a block a table."""
    return from_arrow(cast("list[pa.Table | bytes]", list(tables)))


def mapped(
    dataset: Dataset,
    function: Callable[..., pa.Table],
    *,
    rows: int | None = None,
    memory: int | None = None,
    **arguments: Any,
) -> Dataset:
    """Tables of at least so many rows, or whole blocks, to tables. With `memory` it is work, for one processor each.

    Without, it is little beside that work, and declares no processor: Ray keeps some free for whatever declares one, and they
    would idle.
    """
    return dataset.map_batches(
        cast(Any, function),
        batch_format="pyarrow",
        batch_size=rows,
        num_cpus=0 if memory is None else 1,
        memory=memory,
        compute=TaskPoolStrategy(size=_AT_ONCE if memory is None else None),
        fn_kwargs=arguments,
    )


def in_blocks(dataset: Dataset, rows: int) -> Dataset:
    """The dataset in blocks of at most so many rows."""
    return dataset.repartition(target_num_rows_per_block=rows)


def write_parquet(dataset: Dataset, folder: str, filesystem: Any, *, by: str, rows: int, rows_at_once: int) -> None:
    """Writes a dataset as Parquet files, parted by a column, for every so many rows, in row groups of fewer."""
    mapped(dataset, _same, rows=rows).write_parquet(
        folder,
        partition_cols=[by],
        filesystem=filesystem,
        compression="zstd",
        row_group_size=rows_at_once,
        ray_remote_args={"num_cpus": 0},
        concurrency=_AT_ONCE,
    )


def _same(table: pa.Table) -> pa.Table:
    return table


def put(table: pa.Table) -> ray.ObjectRef[pa.Table]:
    """Keeps a table where all workers read it without a copy of their own."""
    return ray.put(table)


def joined(datasets: Sequence[Dataset]) -> Dataset:
    """All rows of datasets."""
    first, *others = datasets
    return first.union(*others) if others else first
