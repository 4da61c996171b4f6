"""Files as people have them: paths, bytes, or open files."""

from __future__ import annotations

import os
from typing import BinaryIO, TypeAlias, cast

File: TypeAlias = "str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO"
"""A path, the bytes of a PDF, or a file open for reading bytes."""

Given: TypeAlias = "str | os.PathLike[str] | tuple[str, bytes]"


class Names:
    """Gives every file in memory a name of its own, which stands for it in the report."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def give(self, file: File, part: str) -> Given:
        """What the module takes: a path as it is, or a name and bytes."""
        if isinstance(file, (str, os.PathLike)):
            return file
        if isinstance(file, (bytes, bytearray, memoryview)):
            return self._free(part, part), bytes(file)
        data = cast(object, file.read())
        if not isinstance(data, bytes):
            raise TypeError(f"{part}: the file is open for text; open it with mode 'rb'")
        told = getattr(file, "name", None)
        return self._free(os.path.basename(told) if isinstance(told, str) else part, part), data

    def _free(self, name: str, part: str) -> str:
        name = name or part
        if name in self._taken:
            name = f"{part}-{name}"
        number = 2
        free = name
        while free in self._taken:
            free = f"{name}-{number}"
            number += 1
        self._taken.add(free)
        return free
