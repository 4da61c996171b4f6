"""Titles as the readers of catalogues leave them: read from a spreadsheet or folder, or from rows of a dataset."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow as pa

from presscheck import _presscheck
from presscheck.ray._storage import Storage, uri_in

# Columns of a dataset that are no columns of a catalogue.
_OWN = frozenset({"number", "line", "read", "bytes"})
# Sizes of files that are asked for at once; storage answers late.
_AT_ONCE = 32


def of_catalogue(path: Path, files: str | None, job: str, each: Callable[[dict[str, Any]], None]) -> list[str]:
    """Calls `each` with every title of a spreadsheet or folder, as `presscheck batch` reads it; gives notes on it as a whole.

    Raises:
        JobError: The catalogue cannot be read, or the job says what is not understood.
        OSError: The catalogue is not there or may not be opened.
    """
    return _presscheck.catalogue(path, files, job, [], lambda text: each(_renamed(json.loads(text), uri_in)))


def with_sizes_of_catalogue(path: Path, files: str | None, job: str, storage: Storage) -> tuple[pa.Table, int, list[str]]:
    """The titles of a catalogue as `with_sizes` tells them, how many were left out, and notes on the catalogue.

    A million titles take about half a gigabyte. Raises as `of_catalogue` does.
    """
    tables = [with_sizes([], storage)]
    waiting: list[dict[str, Any]] = []
    skipped = 0

    def each(title: dict[str, Any]) -> None:
        nonlocal skipped
        if title["skipped"]:
            skipped += 1
            return
        waiting.append(title)
        if len(waiting) == 1000:
            tables.append(with_sizes(waiting, storage))
            waiting.clear()

    notes = of_catalogue(path, files, job, each)
    tables.append(with_sizes(waiting, storage))
    return pa.concat_tables(tables), skipped, notes


def of_row(row: Mapping[str, Any], files: str | None, job: str) -> dict[str, Any]:
    """The title of a row that has columns as a catalogue. It goes through the same reader, alone, so it can spoil no other."""
    cells = {name: str(value) for name, value in row.items() if name not in _OWN and value is not None}
    number, line = row.get("number"), row.get("line")
    place = {"number": 0 if number is None else int(number), "line": None if line is None else int(line)}
    with tempfile.TemporaryDirectory(prefix="presscheck-") as folder:
        sheet = Path(folder) / "title.csv"
        with sheet.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows([cells.keys(), cells.values()])
        titles: list[dict[str, Any]] = []
        try:
            of_catalogue(sheet, files, job, titles.append)
        except (ValueError, OSError) as error:
            why: str | None = str(error)
        else:
            if len(titles) == 1:
                read = _renamed(titles[0], lambda name: name.removeprefix(f"{folder}/"))
                why = None if read["why"] is None else read["why"].replace(folder, "its folder")
                own = read["id"] if cells.get("id") or cells.get("isbn") or read["id"] != "line 2" else f"title {place['number']}"
                return {**read, **place, "id": own, "why": why}
            why = "it tells nothing of a book"
    told = cells.get("id") or cells.get("isbn") or f"title {place['number']}"
    return {**place, "id": told, "title": cells.get("title"), "notes": [], "job": None, "files": [], "why": why, "skipped": False}


def files_of(title: Mapping[str, Any]) -> list[str]:
    """The names of a title's files, each once, in the order of the job."""
    job: dict[str, Any] = title["job"] or {}
    covers = [edition.get("cover") for edition in job.get("editions", {}).values()]
    named = [job.get("interior"), job.get("cover"), *covers, *title["files"]]
    return list(dict.fromkeys(name for name in named if name is not None))


def _renamed(title: dict[str, Any], name: Callable[[str], str]) -> dict[str, Any]:
    """The title with other names of its files."""
    job: dict[str, Any] | None = title["job"]
    if job is not None:
        for owner in [job, *job.get("editions", {}).values()]:
            for part in ("interior", "cover"):
                if part in owner:
                    owner[part] = name(owner[part])
    title["files"] = [name(file) for file in title["files"]]
    return title


def with_sizes(titles: list[dict[str, Any]], storage: Storage) -> pa.Table:
    """Titles as a table with the columns `read`, the title as JSON, and `bytes`, the size of its files."""

    def size(title: dict[str, Any]) -> int:
        return sum(map(storage.size, files_of(title)))

    with ThreadPoolExecutor(_AT_ONCE) as many:
        sizes = list(many.map(size, titles))
    texts = [json.dumps(title) for title in titles]
    return pa.table({"read": pa.array(texts, pa.string()), "bytes": pa.array(sizes, pa.int64())})


def in_groups(table: pa.Table, of: int) -> list[pa.Table]:
    """A table as tables of so many rows, at least one, which may be empty."""
    return [table.slice(start, of) for start in range(0, max(1, table.num_rows), of)]
