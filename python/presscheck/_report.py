"""The report of a book."""

from __future__ import annotations

import base64
import copy
import json
import os
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from presscheck._rows import table
from presscheck._types import (
    CauseReport,
    CheckReport,
    CodeReport,
    CoverReport,
    FileReport,
    FindingReport,
    JobReport,
    ReportData,
    Tool,
    VerdictReport,
)

if TYPE_CHECKING:
    import pandas
    import pyarrow

    from presscheck._presscheck import Checked

# Causes and pictures in a notebook's cell: all of them are in `html()`.
_MOST_CAUSES = 20
_MOST_PICTURES = 3
_COLOURS = {"pass": "#1a7f37", "warn": "#9a6700", "fail": "#cf222e", "incomplete": "#57606a"}


class Report:
    """What each printer would say of a book's files, and why.

    A finding tells at most 20 of its places, the worst; with `all_places` it tells all.
    """

    __slots__ = ("_checked", "_text", "_data", "_read", "_all_places")

    def __init__(self, checked: Checked, all_places: bool) -> None:
        self._checked = checked
        self._all_places = all_places
        self._text = checked.json(all_places)
        self._data: dict[str, Any] = json.loads(self._text)
        self._read = ReportData.from_dict(self._data)

    @property
    def passed(self) -> bool:
        """Whether every product asked would take the files: no verdict is `fail`, and none `incomplete`."""
        return all(verdict.verdict in ("pass", "warn") for verdict in self.verdicts)

    @property
    def verdicts(self) -> list[VerdictReport]:
        """One answer a product."""
        return self._read.verdicts

    @property
    def findings(self) -> list[FindingReport]:
        """What is wrong, a finding for every product and file that it concerns."""
        return self._read.findings

    @property
    def causes(self) -> list[CauseReport]:
        """What is wrong, told once each: findings of one rule at the same places have one cause."""
        return self._read.causes

    @property
    def checks(self) -> list[CheckReport]:
        """How every rule ended for every product: passed, failed, not applicable or not checked."""
        return self._read.checks

    @property
    def files(self) -> list[FileReport]:
        """The files, and whether they could be read."""
        return self._read.files

    @property
    def covers(self) -> list[CoverReport]:
        """What the covers' sizes tell about the books that they were made for."""
        return self._read.covers

    @property
    def codes(self) -> list[CodeReport]:
        """Bar codes and QR codes."""
        return self._read.codes

    @property
    def job(self) -> JobReport:
        """The job as judged, with everything that was assumed."""
        return self._read.job

    @property
    def tool(self) -> Tool:
        """The program and its version."""
        return self._read.tool

    def to_dict(self) -> dict[str, Any]:
        """The report as `presscheck check --format json` writes it."""
        return copy.deepcopy(self._data)

    def text(self) -> str:
        """The report as for a terminal, without colours."""
        return self._checked.write("text", self._all_places)

    def json(self) -> str:
        """The report as JSON."""
        return self._checked.write("json", self._all_places)

    def html(self) -> str:
        """The report as one page with pictures, which needs no other file and runs no script."""
        return self._checked.write("html", True)

    def sarif(self) -> str:
        """The report as SARIF 2.1.0, for code hosts and editors."""
        return self._checked.write("sarif", self._all_places)

    def junit(self) -> str:
        """The report as JUnit XML, for CI servers."""
        return self._checked.write("junit", self._all_places)

    def markdown(self) -> str:
        """The report as Markdown, for issues and mails."""
        return self._checked.write("markdown", self._all_places)

    def github(self) -> str:
        """The report as workflow commands of GitHub Actions."""
        return self._checked.write("github", self._all_places)

    def annotate(self, folder: str | os.PathLike[str], *, force: bool = False) -> list[Path]:
        """Writes copies of the files into a folder, with a comment at every place of a finding; gives their paths.

        No input is written over, and no other file that presscheck did not write unless `force` is set: that, and a file of
        which no copy can be made, is an `OSError`.
        """
        paths, refused = self._checked.annotate(folder, force)
        if refused:
            raise OSError("; ".join(refused))
        return paths

    def picture(self, page: int = 1, *, file: str | None = None, longest: int = 1000) -> bytes:
        """A page as a PNG file whose longest side has so many pixels.

        `file` is one of the report's files by its name; the first where none is named.
        """
        named = self.files[0].name if file is None and self.files else file or ""
        return self._checked.picture(named, page, float(longest))

    def to_pandas(self, of: Literal["findings", "causes", "checks", "verdicts", "files", "codes"] = "findings") -> pandas.DataFrame:
        """One part of the report as a table, a row each; members of members have columns like `limit.value`."""
        import pandas as pd

        return pd.DataFrame.from_records([_flat(row) for row in self._data[of]])

    def to_arrow(self, of: Literal["findings", "causes", "checks", "verdicts", "files", "codes"] = "findings") -> pyarrow.Table:
        """One part of the report as an Arrow table, a row each, with members of members as structures; made without a Python object for every value."""
        return table(self._text, of)

    def __repr__(self) -> str:
        told = ", ".join(f"{verdict.profile}: {verdict.verdict}" for verdict in self.verdicts)
        return f"<presscheck.Report {told or 'of no product'}>"

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        rows = "".join(
            f'<tr><td>{escape(verdict.profile)}</td><td style="color:{_COLOURS[verdict.verdict]}"><b>{verdict.verdict}</b></td>'
            f"<td>{verdict.errors}</td><td>{verdict.warnings}</td><td>{verdict.not_checked}</td></tr>"
            for verdict in self.verdicts
        )
        causes = "".join(
            f"<li><b>{cause.level}</b> {escape(cause.message)} <i>{escape(cause.fix)}</i></li>"
            for cause in self.causes[:_MOST_CAUSES]
        )
        more = len(self.causes) - _MOST_CAUSES
        return (
            "<table><thead><tr><th>printer</th><th>verdict</th><th>errors</th><th>warnings</th><th>not checked</th></tr></thead>"
            f"<tbody>{rows}</tbody></table><ul>{causes}</ul>"
            + (f"<p>and {more} more, in <code>html()</code></p>" if more > 0 else "")
            + "".join(self._pictures())
        )

    def _pictures(self) -> list[str]:
        """Pages that have something wrong, or the first page of each file."""
        seen = [(cause.name, cause.pages[0]) for cause in self.causes if cause.pages]
        seen += [] if seen else [(file.name, 1) for file in self.files if file.readable]
        pictures: list[str] = []
        for name, page in list(dict.fromkeys(seen))[:_MOST_PICTURES]:
            try:
                data = base64.b64encode(self.picture(page, file=name, longest=400)).decode()
            except (OSError, ValueError):
                continue
            told = escape(f"{name}, page {page}", quote=True)
            pictures.append(f'<img style="border:1px solid #999;margin:4px" alt="{told}" title="{told}" src="data:image/png;base64,{data}">')
        return pictures


def _flat(row: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for member, value in row.items():
        if isinstance(value, dict):
            flat.update(_flat(value, f"{before}{member}."))  # pyright: ignore[reportUnknownArgumentType]
        else:
            flat[before + member] = value
    return flat
