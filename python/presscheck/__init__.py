"""Will KDP Print, IngramSpark and Lightning Source take a book's PDFs?

>>> import presscheck
>>> presscheck.spine(300, platforms="kdp/paperback", paper="cream", ink="black").rows[0].spine_pt
54.0

A file that cannot be read is part of the report, not an exception. Everything runs on this machine: files are measured in
processes of their own, with bounds on memory and time, while other Python threads run.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from presscheck import _command, _presscheck
from presscheck._facts import Facts
from presscheck._files import File, Names
from presscheck._job import Book, Job, Level, listed, written
from presscheck._presscheck import JobError, ProfileError, __version__
from presscheck._report import Report
from presscheck._types import CodesAnswer, CoverAnswer, CoversAnswer, SpineReport

__all__ = [
    "Book",
    "CodesAnswer",
    "CoverAnswer",
    "CoversAnswer",
    "Facts",
    "File",
    "Job",
    "JobError",
    "ProfileError",
    "Report",
    "SpineReport",
    "__version__",
    "check",
    "codes",
    "cover",
    "cover_template",
    "facts",
    "schema",
    "spine",
]

if TYPE_CHECKING:
    from typing_extensions import Unpack

_Path: TypeAlias = "str | os.PathLike[str]"
_Platforms: TypeAlias = "str | Iterable[str]"

_command.tell_how_to_start()


def check(
    interior: File | None = None,
    cover: File | None = None,
    *,
    covers: Mapping[str, File] | None = None,
    files: Iterable[File] = (),
    book: _Path | None = None,
    platforms: _Platforms = (),
    profiles: Iterable[_Path] = (),
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    levels: Mapping[str, Level] | None = None,
    all_places: bool = False,
    memory: int | None = None,
    time_limit: float | None = None,
    threads: int | None = None,
    progress: Callable[[Path, int, int], object] | None = None,
    **job: Unpack[Job],
) -> Report:
    """Checks one book.

    Args:
        interior: The book block.
        cover: The cover, for platforms without one of their own.
        covers: Covers of single platforms, as `{"kdp": "cover-kdp.pdf"}`.
        files: Files whose parts show by themselves: one page is a cover.
        book: A `book.toml`; what else is told goes before what it says.
        platforms: Platforms or products, as `"kdp"` or `["kdp/paperback", "ingramspark"]`; all that are no guests where none is named.
        profiles: Printers of one's own, each a TOML file.
        select: Only these rules, by their ids.
        ignore: Not these rules.
        levels: Levels of rules, as `{"image-resolution-low": "note"}`.
        all_places: Whether findings tell all their places, instead of the 20 worst.
        memory: Bytes of memory that measuring a file may take; 2 GiB by default.
        time_limit: Seconds that a page may take, a file ten times as long; 60 by default.
        threads: Pages measured at once; as many as there are processors by default.
        progress: Called with a file, its pages done and its pages. Calls come from another thread; an exception ends the check.
        job: What else is known of the book: `trim`, `paper`, `ink`, `binding`, `isbn` and so on.

    Raises:
        JobError: The job contradicts itself, or says what is not understood.
        ProfileError: A profile of one's own does not hold.
        OSError: A file is not there or may not be opened.

    Control-C ends a check soon, with `KeyboardInterrupt`.
    """
    names = Names()
    given = {
        "book": book,
        "interior": None if interior is None else names.give(interior, "interior"),
        "cover": None if cover is None else names.give(cover, "cover"),
        "covers": {platform: names.give(file, f"cover-{platform.replace('/', '-')}") for platform, file in (covers or {}).items()},
        "others": [names.give(file, "file") for file in files],
    }
    judging = {
        "select": listed(select),
        "ignore": listed(ignore),
        "levels": dict(levels or {}),
        "profiles": list(profiles),
        "memory": memory,
        "time_limit": time_limit,
        "threads": threads,
    }
    return Report(_presscheck.check(given, written(job, platforms), judging, progress), all_places)


def facts(file: File, *, pages: Iterable[int] | None = None, select: Iterable[str] = ()) -> Facts:
    """Measures one file without judging it.

    Args:
        file: The PDF.
        pages: Only these pages, from 1.
        select: Only these members of the file and its pages, as `["fonts", "images"]`.

    Raises:
        ValueError: There is no such page or member.
        OSError: The file is not there or may not be opened.
    """
    asked = [(page, page) for page in pages or ()]
    members = listed(select)
    return Facts(_presscheck.facts(Names().give(file, "file"), asked, members), not members)


def codes(file: File, *, platforms: _Platforms = (), **job: Unpack[Job]) -> CodesAnswer:
    """Finds, reads and grades the bar codes and QR codes of one file.

    Where the job tells it, distances from folds and gutter are told, too. Lengths are in millimetres.

    Raises:
        JobError: The job contradicts itself, or says what is not understood.
        OSError: The file is not there or may not be opened.
    """
    answer = _presscheck.codes(Names().give(file, "file"), written(job, platforms))
    return CodesAnswer.from_dict(json.loads(answer))


def cover(
    product: str | None = None,
    *,
    platforms: _Platforms = (),
    profiles: Iterable[_Path] = (),
    **job: Unpack[Job],
) -> CoverAnswer | CoversAnswer:
    """The cover of a book that is not there yet: its size, spine, panels and safe areas, in points.

    Needs `trim` and `pages`. Several products give a `CoversAnswer`, with what one artwork for all has to respect.

    >>> import presscheck
    >>> presscheck.cover("kdp/paperback", trim="6x9", pages=240, paper="cream").spine_pt
    43.2

    Raises:
        JobError: Something is missing, or the product has no such book.
    """
    read: dict[str, Any] = json.loads(_presscheck.cover(_book(product, platforms, job), list(profiles)))
    return CoversAnswer.from_dict(read) if "covers" in read else CoverAnswer.from_dict(read)


def cover_template(
    product: str,
    *,
    format: Literal["svg", "pdf"] = "pdf",
    profiles: Iterable[_Path] = (),
    **job: Unpack[Job],
) -> bytes:
    """The template of a cover at full size, with its guides.

    Raises:
        JobError: Something is missing, or the product has no such book.
    """
    return _presscheck.cover_template(_book(product, (), job), list(profiles), format)


def spine(pages: int, *, platforms: _Platforms = (), profiles: Iterable[_Path] = (), **job: Unpack[Book]) -> SpineReport:
    """How wide the spine of so many pages is, for every product and paper, or for those asked for.

    Raises:
        JobError: No product asked for has such a paper.
    """
    read: dict[str, Any] = json.loads(_presscheck.spine(written({**job, "pages": pages}, platforms), list(profiles)))
    return SpineReport.from_dict(read)


def schema(of: Literal["report", "facts", "codes", "cover", "spine"] = "report") -> dict[str, Any]:
    """The JSON Schema of an answer's `to_dict()`."""
    read: dict[str, Any] = json.loads(_presscheck.schema(of))
    return read


def _book(product: str | None, platforms: _Platforms, job: Mapping[str, Any]) -> str:
    named = [] if product is None else [product]
    return written(job, named + listed(platforms))
