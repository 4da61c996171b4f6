"""Backlists beyond one machine, on Ray Data: a dataset of titles to a dataset of reports.

>>> import presscheck.ray
>>> titles = presscheck.ray.titles("backlist.csv")  # doctest: +SKIP
>>> reports = presscheck.ray.check(titles, cache="s3://books/checked/_cache")  # doctest: +SKIP
>>> presscheck.ray.write(reports, "s3://books/checked")  # doctest: +SKIP

`python -m presscheck.ray CATALOGUE OUT` does the same from a shell. The package has to be installed on every node.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

try:
    from ray.data import Dataset
except ImportError as error:
    raise ImportError('presscheck.ray needs Ray Data: pip install "presscheck[ray]"') from error

from presscheck._job import Job, Level, written
from presscheck._presscheck import JobError
from presscheck.ray._cluster import in_blocks, joined, mapped, of_tables, write_parquet
from presscheck.ray._compare import Earlier
from presscheck.ray._rows import SCHEMA, Settings, sized
from presscheck.ray._storage import Storage
from presscheck.ray._tasks import TITLES, checked_in, classes, of_class, rules
from presscheck.ray._titles import in_groups, with_sizes_of_catalogue

__all__ = ["SCHEMA", "check", "titles", "write"]

# Rows of a Parquet file before it is parted by results, and rows that are read at once to find one.
_ROWS, _ROWS_AT_ONCE = 1000, 100

_FOR_ALL = frozenset({"trim", "binding", "ink", "paper", "weight", "bleed", "direction"})


def titles(
    catalogue: str,
    *,
    files: str | None = None,
    platforms: str | Iterable[str] = (),
    job: Job | None = None,
) -> Dataset:
    """The titles of a spreadsheet or folder, as `presscheck batch` reads them.

    Args:
        catalogue: A spreadsheet or folder on this machine. Its cells may hold URIs.
        files: Where its files are, a folder or a URI; beside the catalogue by default.
        platforms: Platforms or products for every title, whatever the catalogue says.
        job: What holds for every title: `trim`, `binding`, `ink`, `paper`, `weight`, `bleed` or `direction`.

    Returns:
        Rows with the columns `read`, the title as JSON, and `bytes`, the size of its files. Lines that are no printed books, such
        as e-books, are left out.

    Raises:
        JobError: The catalogue cannot be read, or the job says what is not understood.
        OSError: The catalogue is not there or may not be opened.
    """
    table, _, _ = with_sizes_of_catalogue(Path(catalogue), files, _job(job, platforms), Storage())
    return of_tables(in_groups(table, TITLES))


def check(
    dataset: Dataset,
    *,
    job: Job | None = None,
    platforms: str | Iterable[str] = (),
    files: str | None = None,
    filesystem: Any = None,
    cache: str | None = None,
    baseline: str | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    levels: Mapping[str, Level] | None = None,
    memory: int | None = None,
    time_limit: float | None = None,
) -> Dataset:
    """Checks titles, a row each. Lazy: titles are checked when the result is read or written.

    Args:
        dataset: Titles of `titles()`, or rows with columns as in a catalogue: `interior`, `cover`, `cover-kdp`, `isbn`, `trim`, `for`
            and so on. Files are paths that every node has, or URIs. A column `number` tells a title's place; 0 where there is none.
        job: What holds for every title that has columns as in a catalogue, and wins over them.
        platforms: Platforms or products for every such title.
        files: The folder or URI that relative paths of such titles are in.
        filesystem: A file system of fsspec or Arrow in which paths are that are no URIs.
        cache: A folder or URI where reports are kept by the contents of files, for later runs and for tasks that are run again.
        baseline: Results of an earlier run, as `write` left them, to compare with.
        select: Only these rules, by their ids.
        ignore: Not these rules.
        levels: Levels of rules, as `{"image-resolution-low": "note"}`.
        memory: Bytes of memory that measuring a file may take; 2 GiB by default.
        time_limit: Seconds that a page may take, a file ten times as long; 60 by default.

    Returns:
        Rows as `SCHEMA` has them. A title that cannot be read is a row with the result `not-checked` and a `why`.

    Raises:
        JobError: The job says what is not understood.
        ValueError: A bound is none, or `baseline` holds no results.

    A task has 16 titles and one processor. It declares memory by the size of their files, in one of three classes: 512 MiB, 1 GiB,
    or what a file may take at most. Titles of one task are of one class.
    """
    storage = Storage(filesystem)
    judging = rules(select=select, ignore=ignore, levels=levels, memory=memory, time_limit=time_limit)
    earlier = None if baseline is None else Earlier.open(baseline, storage)[0]
    settings = Settings(judging, _job(job, platforms), files, storage, cache, earlier)
    known = mapped(dataset, sized, rows=64, settings=settings)
    least = 0
    branches: list[Dataset] = []
    for most in classes(memory):
        branch = mapped(known, partial(of_class, least=least, most=most, memory=memory))
        branches.append(checked_in(in_blocks(branch, TITLES), most, settings))
        least = most
    return joined(branches)


def write(dataset: Dataset, out: str, *, filesystem: Any = None) -> None:
    """Writes results of `check` as Parquet files, parted by their result: `OUT/result=pass/...parquet`.

    Files that are there stay. `out` is a folder that all nodes have, or a URI.
    """
    there, path = Storage(filesystem).find(out)
    write_parquet(dataset, path, there, by="result", rows=_ROWS, rows_at_once=_ROWS_AT_ONCE)


def _job(job: Job | None, platforms: str | Iterable[str]) -> str:
    """The job as JSON.

    Raises:
        JobError: It holds what only one title can have.
    """
    wrong = sorted(set(job or ()) - _FOR_ALL)
    if wrong:
        raise JobError(f"{', '.join(wrong)}: this is of one title, not of all; put it into a column")
    return written(job or {}, platforms)
