"""The facts of one file."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from presscheck._facts_types import Document
from presscheck._rows import table

if TYPE_CHECKING:
    import pandas
    import pyarrow


class Facts:
    """What was measured of a file, without judging it.

    Lengths are points (1/72 in) on the page as it is seen, from its top-left corner. The members are those of `presscheck facts`,
    whose JSON Schema is `presscheck.schema("facts")`.
    """

    def __init__(self, text: str, is_whole: bool) -> None:
        self._text = text
        self._is_whole = is_whole

    @cached_property
    def _data(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(self._text)
        return data

    @cached_property
    def document(self) -> Document:
        """All of it, typed and documented.

        Raises:
            ValueError: Only some members were selected.
        """
        if not self._is_whole:
            raise ValueError("only some members were selected: ask facts() for all, or read these by their names")
        return Document.from_dict(self._data)

    @property
    def name(self) -> str:
        """The file's name."""
        name: str = self._data["name"]
        return name

    @property
    def pages(self) -> list[dict[str, Any]]:
        """What is on each page."""
        pages: list[dict[str, Any]] = self._data["pages"]
        return pages

    @property
    def readable(self) -> bool:
        """Whether the file could be read at all."""
        return self._data.get("unreadable") is None

    @property
    def gaps(self) -> list[dict[str, Any]]:
        """What could not be measured, with the reason."""
        gaps: list[dict[str, Any]] = self._data["gaps"]
        return gaps

    def __getitem__(self, member: str) -> Any:
        return self._data[member]

    def to_dict(self) -> dict[str, Any]:
        """All of it."""
        whole: dict[str, Any] = json.loads(self._text)
        return whole

    def to_pandas(self, of: str = "pages") -> pandas.DataFrame:
        """A list of the file as a table, as `fonts`; or one of its pages' lists, as `images`, with the page's number in `page`."""
        import pandas as pd

        if of in self._data:
            return pd.json_normalize(self._data[of])
        if not any(of in page for page in self.pages):
            raise KeyError(of)
        rows = [{"page": page["number"], **row} for page in self.pages for row in page.get(of, [])]
        return pd.json_normalize(rows)

    def to_arrow(self, of: str = "pages") -> pyarrow.Table:
        """The same as an Arrow table, with members of members as structures; made without a Python object for every value."""
        return table(self._text, of)

    def __repr__(self) -> str:
        told = f"{len(self.pages)} pages" if self.readable else "unreadable"
        return f"<presscheck.Facts of {self.name}: {told}>"
