"""Where files are: on this machine, or wherever a URI or a file system says. Results are kept in the same storage."""

from __future__ import annotations

import gzip
import hashlib
import logging
import os
import re
import tempfile
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit
from urllib.request import url2pathname

# fsspec has no types of its own.
from fsspec.core import url_to_fs  # type: ignore[import-untyped]  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType]
from fsspec.implementations.local import LocalFileSystem  # type: ignore[import-untyped]  # pyright: ignore[reportMissingTypeStubs]

_log = logging.getLogger(__name__)
_URI = re.compile(r"^(?:.*[/\\])?([A-Za-z][A-Za-z0-9+.-]+://.+)$", re.DOTALL)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
# What storage calls the state of a file. A new content has a new one; a time of writing would be too coarse.
_STATES = ("ETag", "etag", "md5Hash", "generation")


def uri_in(path: str) -> str:
    """The URI at the end of a path, where the reader of a catalogue took it for a path under the catalogue's folder."""
    found = _URI.match(path)
    return found[1] if found else path


def is_uri(name: str) -> bool:
    """Whether a name begins with a scheme, as `s3://`."""
    return _SCHEME.match(name) is not None


@dataclass(frozen=True)
class Storage:
    """Finds files by their names.

    Without a file system, a name is a path on this machine or a URI that fsspec knows. With one, names without a scheme are
    paths in it. Relative paths are below `base`, the folder that whoever asked for the check was in: workers are elsewhere.
    """

    filesystem: Any = None
    base: str = field(default_factory=os.getcwd)

    def find(self, name: str) -> tuple[Any, str]:
        """The fsspec file system of a file, and its path there.

        Raises:
            ValueError: No file system has such a URI.
            ImportError: The package for such URIs is not installed.
        """
        if self.filesystem is not None and not is_uri(name):
            return _as_fsspec(self.filesystem), name
        own = self.local(name)
        return cast("tuple[Any, str]", url_to_fs(name if own is None else str(own)))

    def local(self, name: str) -> Path | None:
        """The path of a file on this machine; none for one that is elsewhere."""
        if name.startswith("file://"):
            return Path(url2pathname(urlsplit(name).path))
        if is_uri(name) or self.filesystem is not None:
            return None
        return Path(self.base, name)

    def size(self, name: str) -> int:
        """Bytes of a file; 0 where it is not there, which is told when it is read."""
        try:
            return self.look(name)[0]
        except Exception:  # whatever a file system raises: the title's own row tells it
            return 0

    def look(self, name: str) -> tuple[int, str | None]:
        """Bytes of a file, and what is different after a file elsewhere was written; none where storage does not tell that.

        Raises:
            Exception: The file is not there, or whatever else a file system raises.
        """
        own = self.local(name)
        if own is not None:
            return own.stat().st_size, None
        filesystem, path = self.find(name)
        info: dict[str, Any] = filesystem.info(path)
        size = int(info.get("size") or 0)
        for member in _STATES:
            told = str(info.get(member) or "")
            # A weak one may stay when bytes change.
            if told and not told.startswith("W/"):
                return size, f"{member} {told} {size}"
        return size, None


def _as_fsspec(filesystem: Any) -> Any:
    """Any file system as fsspec has them."""
    from pyarrow.fs import FileSystem

    if isinstance(filesystem, FileSystem):
        from fsspec.implementations.arrow import ArrowFSWrapper  # type: ignore[import-untyped]  # pyright: ignore[reportMissingTypeStubs]

        return ArrowFSWrapper(filesystem)
    return filesystem


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, read piece by piece."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


class Cache:
    """Small values by their keys, as files that all workers share.

    A value is written whole or not at all. A value that was cut off does not unpack, and counts as not there. Storage that
    cannot be read or written costs time only, so it is logged and not raised.
    """

    def __init__(self, folder: str, storage: Storage) -> None:
        self._filesystem, self._folder = storage.find(folder)

    def get(self, kind: str, key: str) -> str | None:
        """A value, if it is there."""
        try:
            return gzip.decompress(self._filesystem.cat_file(self._path(kind, key))).decode()
        except FileNotFoundError:
            return None
        except Exception as error:  # every file system has errors of its own
            _log.warning("the cache cannot be read: %s", error)
            return None

    def put(self, kind: str, key: str, value: str) -> None:
        """Keeps a value."""
        path = self._path(kind, key)
        data = gzip.compress(value.encode(), compresslevel=3, mtime=0)
        try:
            if isinstance(self._filesystem, LocalFileSystem):
                _replace(Path(path), data)
            else:
                self._pipe(path, data)
        except Exception as error:  # every file system has errors of its own
            _log.warning("the cache cannot be written: %s", error)

    def _pipe(self, path: str, data: bytes) -> None:
        """Writes a whole object by one request. Storage that has folders wants them made first."""
        try:
            self._filesystem.pipe_file(path, data)
        except FileNotFoundError:
            self._filesystem.makedirs(path.rpartition("/")[0], exist_ok=True)
            self._filesystem.pipe_file(path, data)

    def _path(self, kind: str, key: str) -> str:
        return f"{self._folder}/{kind}/{key[:2]}/{key}.gz"


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{uuid.uuid4().hex}.part")
    try:
        part.write_bytes(data)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


class Download:
    """Files of one title on this machine, in a private folder that `close` deletes. Files of this machine stay where they are.

    `stored` maps the names of files that are elsewhere to their paths here.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self.stored: dict[str, Path] = {}

    def fetch(self, name: str) -> Path:
        """The path of a file on this machine, after it was downloaded where it has to be."""
        own = self._storage.local(name)
        if own is not None:
            # A file that is not there is told by the name that the job has for it.
            if str(own) != name and own.exists():
                self.stored[name] = own
            return own
        if name not in self.stored:
            if self._folder is None:
                self._folder = tempfile.TemporaryDirectory(prefix="presscheck-", ignore_cleanup_errors=True)
            path = Path(self._folder.name) / f"{len(self.stored)}.pdf"
            filesystem, there = self._storage.find(name)
            filesystem.get_file(there, str(path))
            self.stored[name] = path
        return self.stored[name]

    def close(self) -> None:
        """Deletes what was downloaded."""
        if self._folder is not None:
            self._folder.cleanup()
