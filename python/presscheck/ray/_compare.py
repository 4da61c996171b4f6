"""Results of an earlier run: the line of a title is found without reading the others."""

# Reading a row group has parameters without types in the stubs of pyarrow.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import ray

from presscheck.ray._cluster import put
from presscheck.ray._storage import Storage

# A results file that holds no title at all would be no results.
_NOBODY = json.dumps(
    {"batch": {"schema": "presscheck-batch/1", "id": "", "job": "", "rules": "", "result": "not-checked"}}, separators=(",", ":")
)


def parts(out: str, storage: Storage) -> tuple[Any, list[str]]:
    """The file system of a set of results, and the paths of its Parquet files."""
    filesystem, path = storage.find(out)
    # What was listed before may be out of date.
    filesystem.invalidate_cache()
    return filesystem, sorted(filesystem.glob(f"{path.rstrip('/')}/result=*/*.parquet"))


@dataclass(frozen=True)
class Earlier:
    """Where the line of each title is in a set of results.

    The index is an Arrow table in Ray's object store, about 20 bytes a title, that the workers of a node share.
    """

    files: list[str]
    filesystem: Any
    index: ray.ObjectRef[pa.Table]

    @staticmethod
    def open(out: str, storage: Storage) -> tuple[Earlier, set[str]]:
        """Reads the ids of a set of results; gives them, too.

        Raises:
            ValueError: There are no results.
        """
        filesystem, files = parts(out, storage)
        if not files:
            raise ValueError(f"{out} holds no results of presscheck.ray")
        ids: set[str] = set()
        columns: dict[str, list[int]] = {"hash": [], "file": [], "group": [], "row": []}
        for place, path in enumerate(files):
            with filesystem.open(path) as file:
                opened = pq.ParquetFile(file)
                for group in range(opened.num_row_groups):
                    told = cast("list[str]", opened.read_row_group(group, columns=["id"]).column("id").to_pylist())
                    ids.update(told)
                    columns["hash"] += map(_hash, told)
                    columns["file"] += [place] * len(told)
                    columns["group"] += [group] * len(told)
                    columns["row"] += range(len(told))
        types = {"hash": pa.uint64(), "file": pa.int32(), "group": pa.int32(), "row": pa.int32()}
        table = pa.table({name: pa.array(values, types[name]) for name, values in columns.items()}).sort_by("hash")
        return Earlier(files, filesystem, put(table.combine_chunks())), ids

    def lines(self, ids: Iterable[str]) -> dict[str, str]:
        """The lines of titles, by their ids; those that are not there are left out."""
        table: pa.Table = ray.get(self.index)
        hashes = table.column("hash").to_numpy()
        wanted: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for id in ids:
            at = int(np.searchsorted(hashes, np.uint64(_hash(id))))
            if at < len(hashes) and int(hashes[at]) == _hash(id):
                file, group, row = (table.column(name)[at].as_py() for name in ("file", "group", "row"))
                wanted[file, group].append(row)
        found: dict[str, str] = {}
        for (place, group), rows in sorted(wanted.items()):
            with self.filesystem.open(self.files[place]) as file:
                read = pq.ParquetFile(file).read_row_group(group, columns=["id", "report"]).take(pa.array(rows))
            found.update({row["id"]: row["report"] for row in read.to_pylist()})
        return found

    @staticmethod
    def file(line: str | None) -> str:
        """The text of a results file with this line alone."""
        return f"{_NOBODY}\n" if line is None else f"{_NOBODY}\n{line}\n"


def _hash(id: str) -> int:
    return int.from_bytes(hashlib.sha256(id.encode()).digest()[:8], "little")
