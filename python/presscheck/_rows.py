"""Lists of an answer as Arrow tables."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from presscheck import _presscheck

if TYPE_CHECKING:
    import pyarrow


def table(text: str, of: str) -> pyarrow.Table:
    """One list of an answer, a row each; a list of pages has their numbers in `page`. Arrow reads the JSON itself.

    Raises:
        KeyError: The answer has no such list.
    """
    import pyarrow as pa
    from pyarrow import json

    rows = _presscheck.rows(text, of)
    if rows is None:
        raise KeyError(of)
    if not rows:
        return pa.table({})
    # One block holds all rows: what a member is shows only when all of them are read.
    reading = json.ReadOptions(block_size=max(len(rows) + 1, 1 << 20))
    return json.read_json(BytesIO(rows), reading, json.ParseOptions(newlines_in_values=True))
