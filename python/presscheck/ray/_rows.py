"""From titles to rows of results: a title is fetched, looked up in the cache, checked, kept, and told as one row."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from presscheck import _presscheck
from presscheck.ray._compare import Earlier
from presscheck.ray._storage import Cache, Download, Storage, sha256
from presscheck.ray._titles import files_of, of_row, with_sizes

_PRODUCTS = pa.list_(pa.struct([("product", pa.string()), ("verdict", pa.string())]))
_COLUMNS: dict[str, tuple[pa.DataType, bool]] = {
    # The type, and whether it may be null.
    "id": (pa.string(), False),
    "number": (pa.int64(), False),
    "line": (pa.int64(), True),
    "title": (pa.string(), True),
    "result": (pa.string(), False),
    "why": (pa.string(), True),
    "errors": (pa.int32(), False),
    "warnings": (pa.int32(), False),
    "notes": (pa.int32(), False),
    "gaps": (pa.bool_(), False),
    "products": (_PRODUCTS, False),
    "change": (pa.string(), True),
    "job": (pa.string(), False),
    "rules": (pa.string(), False),
    "bytes": (pa.int64(), False),
    "cached": (pa.bool_(), False),
    "report": (pa.string(), False),
}
SCHEMA = pa.schema([pa.field(name, type, nullable=nullable) for name, (type, nullable) in _COLUMNS.items()])
"""The columns of results, the same for every block whatever happened to its titles. `docs/at-scale.md` says what they hold."""


NOBODY = '{"number":0,"id":"","why":"none"}'
"""A title of no book, for what is asked about the rules alone."""


@dataclass(frozen=True)
class Settings:
    """What is the same for all titles of a check."""

    judging: dict[str, Any]
    job: str
    files: str | None
    storage: Storage
    cache: str | None
    earlier: Earlier | None

    def title(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The title of a row: as a catalogue's reader left it, or from the row's columns."""
        read = row.get("read")
        title: dict[str, Any] = of_row(row, self.files, self.job) if read is None else json.loads(read)
        return title


def sized(table: pa.Table, settings: Settings) -> pa.Table:
    """Titles as they were read, with the bytes of their files. Titles that have both stay as they are."""
    if {"read", "bytes"} <= set(table.column_names):
        return table
    return with_sizes([settings.title(row) for row in table.to_pylist()], settings.storage)


def checked(table: pa.Table, settings: Settings) -> pa.Table:
    """Titles to results, a row each. Titles that are left out, as e-books are, have none."""
    titles = [title for row in table.to_pylist() if not (title := settings.title(row))["skipped"]]
    before = {} if settings.earlier is None else settings.earlier.lines([title["id"] for title in titles])
    cache = None if settings.cache is None else Cache(settings.cache, settings.storage)
    rows: list[dict[str, Any]] = []
    for one in _ahead(titles, settings, cache):
        try:
            rows.append(_row(one, settings, cache, before))
        finally:
            one.download.close()
    return pa.Table.from_pylist(rows, schema=SCHEMA)


@dataclass
class _Fetched:
    """A title whose files are on this machine, with its report if one was made before."""

    title: dict[str, Any]
    download: Download
    key: str | None = None
    made: str | None = None
    bytes: int = 0
    contents: dict[str, str] = field(default_factory=dict[str, str])


def _ahead(titles: Iterable[dict[str, Any]], settings: Settings, cache: Cache | None) -> Iterator[_Fetched]:
    """Fetches each title while the one before it is checked, so that the processor does not wait for the network."""
    with ThreadPoolExecutor(1) as fetcher:
        coming: Future[_Fetched] | None = None
        for title in titles:
            following = fetcher.submit(_fetch, title, settings, cache)
            if coming is not None:
                yield coming.result()
            coming = following
        if coming is not None:
            yield coming.result()


def _fetch(title: dict[str, Any], settings: Settings, cache: Cache | None) -> _Fetched:
    one = _Fetched(title, Download(settings.storage))
    names = files_of(title)
    name = ""
    try:
        if title["why"] is None and cache is not None:
            states: dict[str, str | None] = {}
            for name in names:
                size, states[name] = _look(name, settings.storage)
                one.bytes += size
            one.contents = _contents(one.download, states, settings.storage, cache)
            if len(one.contents) == len(names):
                # The bounds are no rules, but what they cut short is a result of them.
                bounds = [settings.judging["memory"], settings.judging["time_limit"]]
                parts = [_rules(json.dumps(settings.judging)), bounds, title["job"], title["files"], list(one.contents.values())]
                one.key = _hash(parts)
                one.made = cache.get("reports", one.key)
        if title["why"] is None and one.made is None:
            for name in names:
                one.download.fetch(name)
    except FileNotFoundError:
        title["why"] = f"cannot read {name}: there is no such file"
    except Exception as error:  # every file system has errors of its own, and each is the title's own result
        title["why"] = f"cannot read {name}: {error or type(error).__name__}"
    return one


def _look(name: str, storage: Storage) -> tuple[int, str | None]:
    """Bytes and state of a file. What is wrong with a file of this machine is told by the check."""
    try:
        return storage.look(name)
    except OSError:
        if storage.local(name) is None:
            raise
        return 0, None


def _contents(download: Download, states: Mapping[str, str | None], storage: Storage, cache: Cache) -> dict[str, str]:
    """The SHA-256 of the content of each file, in their order; without files of this machine that cannot be read.

    Files elsewhere are read only where the cache does not know their states in storage. One value tells those of a title, for
    storage is paid by the request.
    """
    elsewhere = {name: state for name, state in states.items() if storage.local(name) is None}
    key = _hash(list(elsewhere.items())) if elsewhere and None not in elsewhere.values() else None
    kept = None if key is None else cache.get("files", key)
    known: dict[str, str] = {} if kept is None else json.loads(kept)
    contents: dict[str, str] = {}
    for name in states:
        try:
            contents[name] = known.get(name) or sha256(download.fetch(name))
        except OSError:
            if name in elsewhere:
                raise
    # What was read may be newer than the states that were asked for before.
    if key is not None and kept is None and all(storage.look(name)[1] == state for name, state in elsewhere.items()):
        cache.put("files", key, json.dumps({name: contents[name] for name in elsewhere}))
    return contents


def _hash(parts: list[Any]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@lru_cache
def _rules(judging: str) -> str:
    """The hash of the program and its rules. It takes a read of the whole module, so it is asked for once a process."""
    return _presscheck.title_key(NOBODY, json.loads(judging))[0]


def _row(one: _Fetched, settings: Settings, cache: Cache | None, before: Mapping[str, str]) -> dict[str, Any]:
    title = one.title
    with tempfile.TemporaryDirectory(prefix="presscheck-") as folder:
        earlier = None
        if settings.earlier is not None:
            earlier = Path(folder) / "earlier.jsonl"
            earlier.write_text(settings.earlier.file(before.get(title["id"])), encoding="utf-8")
        line, report = _presscheck.title(json.dumps(title), dict(one.download.stored), settings.judging, one.made, earlier)
    told: dict[str, Any] = json.loads(line)
    if cache is not None and one.key is not None and one.made is None and report is not None and _same(one, told):
        cache.put("reports", one.key, report)
    batch, change = told["batch"], told["batch"]["change"]
    errors, warnings, notes = batch["open"]
    verdicts = told.get("verdicts", [])
    return {
        "id": batch["id"],
        "number": batch["number"],
        "line": batch["line"],
        "title": batch["title"],
        "result": batch["result"],
        "why": batch["why"],
        "errors": errors,
        "warnings": warnings,
        "notes": notes,
        "gaps": report is None or any(v["not_checked"] for v in verdicts) or not all(f["readable"] for f in told["files"]),
        "products": [{"product": v["profile"], "verdict": v["verdict"]} for v in verdicts],
        "change": None if change is None else change["what"],
        "job": batch["job"],
        "rules": batch["rules"],
        "bytes": one.bytes,
        "cached": one.made is not None,
        "report": line,
    }


def _same(one: _Fetched, told: Mapping[str, Any]) -> bool:
    """Whether the files are those whose contents the key names: a file may be written between two looks at it."""
    read = {file["name"]: file["sha256"] for file in told["files"]}
    return all(read.get(name) == content for name, content in one.contents.items())
