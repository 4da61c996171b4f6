"""The facts of one file."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas


class Facts:
    """What was measured of a file, without judging it.

    Lengths are points (1/72 in) on the page as it is seen, from its top-left corner. The members are those of `presscheck facts`,
    whose JSON Schema is `presscheck.schema("facts")`.
    """

    __slots__ = ("_data",)

    def __init__(self, text: str) -> None:
        self._data: dict[str, Any] = json.loads(text)

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
        return copy.deepcopy(self._data)

    def to_pandas(self, of: str = "pages") -> pandas.DataFrame:
        """A list of the file as a table, as `fonts`; or one of its pages' lists, as `images`, with the page's number in `page`."""
        import pandas as pd

        if of in self._data:
            return pd.json_normalize(self._data[of])
        if not any(of in page for page in self.pages):
            raise KeyError(of)
        rows = [{"page": page["number"], **row} for page in self.pages for row in page.get(of, [])]
        return pd.json_normalize(rows)

    def __repr__(self) -> str:
        told = f"{len(self.pages)} pages" if self.readable else "unreadable"
        return f"<presscheck.Facts of {self.name}: {told}>"
