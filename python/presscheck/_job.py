"""The job as keyword arguments."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeAlias, TypedDict

Paper: TypeAlias = Literal["white", "cream", "groundwood"]
Ink: TypeAlias = Literal["black", "standard-colour", "premium-colour"]
Bound: TypeAlias = Literal["paperback", "hardcover", "case-laminate", "jacketed"]
Bleed: TypeAlias = Literal["auto", "yes", "no"]
Direction: TypeAlias = Literal["ltr", "rtl"]
LengthUnit: TypeAlias = Literal["in", "mm"]
Level: TypeAlias = Literal["error", "warning", "note"]


class Book(TypedDict, total=False):
    """What is known of a book besides its pages."""

    trim: str
    """The finished size, as "6x9" (inches) or "148x210mm"."""
    paper: Paper
    """The paper of the book block."""
    weight: int
    """Its weight in pounds, where a platform has several."""
    ink: Ink
    """The ink of the book block."""
    binding: Bound
    """How it is bound."""
    bleed: Bleed
    """Whether art runs off the page."""
    direction: Direction
    """The direction it is read in."""
    isbn: str
    """The ISBN entered at the platform."""
    title: str
    """The title entered at the platform."""
    author: str
    """The author entered at the platform."""
    spine: str
    """The spine by the platform's own calculator, as "0.61in" or "15.5mm"."""
    editions: Mapping[str, Mapping[str, Any]]
    """What single platforms or products get, as `{"kdp": {"isbn": "..."}}`."""
    unit: LengthUnit
    """The unit that comes first in text."""


class Job(Book, total=False):
    """What is known of a book. What is left out is found from its files, or assumed; the report says so."""

    pages: int
    """Its pages, where there is no interior yet."""


def written(job: Mapping[str, Any], platforms: str | Iterable[str]) -> str:
    """The job as JSON with the members of a book.toml."""
    told = {member: value for member, value in job.items() if value is not None}
    return json.dumps({**told, "for": listed(platforms)})


def listed(words: str | Iterable[str]) -> list[str]:
    """Words as a list; a string is one of them."""
    return [words] if isinstance(words, str) else list(words)
