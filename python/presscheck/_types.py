"""What answers hold, from their JSON Schemas. Written by tools/write_types.py: change the schemas, not this file."""

# fmt: off
from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Part = Literal['interior', 'cover']
"""The part of a book a file is."""


Level = Literal['error', 'warning', 'note']
"""How bad, defined by consequence."""


Area = tuple[float, float, float, float]
"""[x0, y0, x1, y1] in points from the top-left corner of the page as it is seen"""


@dataclass(frozen=True)
class PlaceReport:
    """A place."""

    area_mm: tuple[float, float, float, float] | None
    """The same in millimetres."""
    area_pt: Area | None
    """Where on the page as seen; none for the page as a whole."""
    page: int
    """The page, from 1."""
    what: str
    """The object."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> PlaceReport:
        """From its JSON."""
        return cls(
            area_mm=None if of['area_mm'] is None else tuple(of['area_mm']),
            area_pt=None if of['area_pt'] is None else tuple(of['area_pt']),
            page=of['page'],
            what=of['what'],
        )


@dataclass(frozen=True)
class CauseReport:
    """What findings of one rule have in common: they are about the same things, at several products or
    levels.
    """

    explains: list[int]
    """Findings that follow from it and are not counted: places in `findings`."""
    file: Part
    """The file it is in."""
    findings: list[int]
    """Its findings: places in `findings`."""
    fix: str
    """What to do."""
    level: Level
    """The worst level among its findings."""
    message: str
    """What is wrong, in the words of the most serious finding."""
    name: str
    """The name of that file, as in `files`."""
    pages: list[int]
    """Every page it is on, sorted."""
    places: list[PlaceReport]
    """The worst places."""
    places_total: int
    """How many places there are."""
    rule: str
    """The rule."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> CauseReport:
        """From its JSON."""
        return cls(
            explains=of['explains'],
            file=of['file'],
            findings=of['findings'],
            fix=of['fix'],
            level=of['level'],
            message=of['message'],
            name=of['name'],
            pages=of['pages'],
            places=[PlaceReport.from_dict(item) for item in of['places']],
            places_total=of['places_total'],
            rule=of['rule'],
        )


OutcomeWord = Literal['passed', 'failed', 'not-applicable', 'not-checked']
"""How a check ended."""


@dataclass(frozen=True)
class CheckReport:
    """How one rule ended for one product."""

    looked_at: int
    """How many things it checked."""
    outcome: OutcomeWord
    """How it ended."""
    profile: str
    """The product."""
    rule: str
    """The rule."""
    why: str | None
    """Why it could not look, or not at everything."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> CheckReport:
        """From its JSON."""
        return cls(
            looked_at=of['looked_at'],
            outcome=of['outcome'],
            profile=of['profile'],
            rule=of['rule'],
            why=of['why'],
        )


@dataclass(frozen=True)
class Damage:
    """The share of modules that are the wrong colour in each fixed pattern of a QR code, from 0 to 1."""

    finders: tuple[float, float, float]
    """The finders as the code is made, each with its light rim: upper left, upper right, lower left."""
    format: float
    """The format information, and the version information of a code that has it."""
    quiet_zone: float
    """The quiet zone, four modules wide."""
    timing: tuple[float, float]
    """The timing patterns: the row, the column."""
    alignment: float | None = None
    """The alignment pattern that is worst; none in a code that has none."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Damage:
        """From its JSON."""
        return cls(
            finders=tuple(of['finders']),
            format=of['format'],
            quiet_zone=of['quiet_zone'],
            timing=tuple(of['timing']),
            alignment=of.get('alignment'),
        )


@dataclass(frozen=True)
class Grade:
    """An artwork grade: what a verifier would say of the code as drawn, after ISO/IEC 15415 and 15416.
    Reflectance is the share of white in the grey that is drawn, so a tint of 50 % black reflects half;
    paper and press come later.
    """

    darkest: float
    """The reflectance of its darkest part."""
    lightest: float
    """The reflectance of its lightest part; for bar codes in red light, as scanners have it."""
    modulation: float
    """How clearly light and dark are apart everywhere, against the symbol's contrast: 1 if all are as
    light or dark as any.
    """
    overall: float
    """From 4, which is A, to 0, which is F: the lowest of all of a QR code; of a bar code the mean of its
    lines, each of which has the lowest of its own.
    """
    symbol_contrast: float
    """The reflectance of the lightest part less that of the darkest."""
    axial_nonuniformity: float | None = None
    """How far a QR code's modules are from square: the difference of their sides against their mean."""
    damage: Damage | None = None
    """What of a QR code's fixed patterns is the wrong colour. It is measured, and not a part of the grade."""
    decodability: float | None = None
    """How far the widths of bars and spaces are from being taken for others: 1 if they are exact."""
    defects: float | None = None
    """The greatest unevenness within a bar or a space, against the contrast: voids in bars, specks between
    them.
    """
    edge_contrast: float | None = None
    """The least step in reflectance between a bar and a space on any line."""
    grid_nonuniformity: float | None = None
    """How far rows and columns of a QR code are off an even grid at most, in modules."""
    lines_read: int | None = None
    """How many of ten lines across a bar code can be read."""
    reflectance_margin: float | None = None
    """The modulation of a QR code if modules of the wrong colour, as under a logo, count as nothing."""
    unused_error_correction: float | None = None
    """The share of error correction that is left, in the worst block of a QR code."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Grade:
        """From its JSON."""
        return cls(
            darkest=of['darkest'],
            lightest=of['lightest'],
            modulation=of['modulation'],
            overall=of['overall'],
            symbol_contrast=of['symbol_contrast'],
            axial_nonuniformity=of.get('axial_nonuniformity'),
            damage=None if of.get('damage') is None else Damage.from_dict(of['damage']),
            decodability=of.get('decodability'),
            defects=of.get('defects'),
            edge_contrast=of.get('edge_contrast'),
            grid_nonuniformity=of.get('grid_nonuniformity'),
            lines_read=of.get('lines_read'),
            reflectance_margin=of.get('reflectance_margin'),
            unused_error_correction=of.get('unused_error_correction'),
        )


@dataclass(frozen=True)
class InkAmount:
    """An amount of one ink."""

    ink: str
    """The ink: Cyan, Magenta, Yellow, Black, or its own name."""
    percent: float
    """Of full strength, in per cent."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> InkAmount:
        """From its JSON."""
        return cls(
            ink=of['ink'],
            percent=of['percent'],
        )


CodeKind = Literal['qr', 'ean-13', 'code-128', 'itf', 'data-matrix']
"""The symbology of a code."""


Side = Literal['right', 'left']
"""The side of a leaf a page stands on."""


@dataclass(frozen=True)
class CodeReport:
    """A code."""

    add_on: str | None
    """The digits of the add-on beside a bar code."""
    area_mm: tuple[float, float, float, float]
    """The same in millimetres."""
    area_pt: Area
    """Where on the page as seen, without its quiet zone."""
    bar_height_mm: float | None
    """The height of a bar code's bars."""
    bytes_over: int | None
    """Bytes of its text that a code one version smaller has no room for."""
    correction: str | None
    """The error correction of a QR code: L, M, Q or H."""
    grade: Grade | None
    """How a verifier would grade the artwork."""
    inks: list[InkAmount] | None
    """The inks its dark parts are drawn in, where known."""
    inverted: bool
    """Whether it is light on dark."""
    kind: CodeKind
    """The symbology."""
    mirrored: bool
    """Whether it is seen from behind."""
    module_mm: float
    """Its printed module (X-dimension)."""
    modules: int
    """Modules along a side."""
    page: int
    """The page, from 1."""
    pixels_per_module: tuple[float, float] | None
    """Pixels a module, across and down, where it is a picture."""
    quiet_sides_modules: list[float]
    """The clear space in modules: left of, above, right of and below a QR code; before and after a bar
    code.
    """
    quiet_zone_modules: float | None
    """The least clear space around it, in modules; none where it could not be measured."""
    rotation_deg: float
    """How far it is turned to the left, in degrees."""
    side_mm: float
    """Its printed side without the quiet zone."""
    text: str
    """Its text; empty where only the symbology is recognised."""
    to_trim_mm: tuple[float, float, float, float]
    """From the left, upper, right and lower edge of the finished page; negative where it is cut."""
    add_on_means: str | None = None
    """What the add-on means: a price, or none."""
    file: Part | None = None
    """The file it is in, where files have roles."""
    page_side: Side | None = None
    """Whether its page is a right-hand or a left-hand one of an interior; its bind edge is on the other
    side.
    """
    to_fold_mm: float | None = None
    """From the nearest fold of a cover; negative where it lies across."""
    to_gutter_mm: float | None = None
    """From the bind edge of an interior page."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> CodeReport:
        """From its JSON."""
        return cls(
            add_on=of['add_on'],
            area_mm=tuple(of['area_mm']),
            area_pt=tuple(of['area_pt']),
            bar_height_mm=of['bar_height_mm'],
            bytes_over=of['bytes_over'],
            correction=of['correction'],
            grade=None if of['grade'] is None else Grade.from_dict(of['grade']),
            inks=None if of['inks'] is None else [InkAmount.from_dict(item) for item in of['inks']],
            inverted=of['inverted'],
            kind=of['kind'],
            mirrored=of['mirrored'],
            module_mm=of['module_mm'],
            modules=of['modules'],
            page=of['page'],
            pixels_per_module=None if of['pixels_per_module'] is None else tuple(of['pixels_per_module']),
            quiet_sides_modules=of['quiet_sides_modules'],
            quiet_zone_modules=of['quiet_zone_modules'],
            rotation_deg=of['rotation_deg'],
            side_mm=of['side_mm'],
            text=of['text'],
            to_trim_mm=tuple(of['to_trim_mm']),
            add_on_means=of.get('add_on_means'),
            file=of.get('file'),
            page_side=of.get('page_side'),
            to_fold_mm=of.get('to_fold_mm'),
            to_gutter_mm=of.get('to_gutter_mm'),
        )


Binding = Literal['paperback', 'case-laminate', 'jacketed']
"""How the book is held together."""


Size = tuple[float, float]
"""[width, height] in points"""


@dataclass(frozen=True)
class FitReport:
    """A stock and page count that a spine fits."""

    binding: Binding
    """The binding."""
    pages: int
    """The page count that comes nearest; the middle one where many have the same spine."""
    pages_range: tuple[int, int]
    """The fewest and most pages that fit."""
    profile: str
    """The product."""
    spine_pt: float
    """The spine of that page count."""
    stock: str
    """The stock's id."""
    this_book: bool
    """Whether the book at hand has that page count, to within a point of the spine."""
    title: str
    """The stock for people."""
    trim_pt: Size
    """The trim."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> FitReport:
        """From its JSON."""
        return cls(
            binding=of['binding'],
            pages=of['pages'],
            pages_range=tuple(of['pages_range']),
            profile=of['profile'],
            spine_pt=of['spine_pt'],
            stock=of['stock'],
            this_book=of['this_book'],
            title=of['title'],
            trim_pt=tuple(of['trim_pt']),
        )


@dataclass(frozen=True)
class CoverReport:
    """What a cover's size tells about the book it was made for."""

    fits: list[FitReport]
    """The stocks and page counts that spine fits."""
    for_: list[str]
    """The products it is for."""
    looks_like: str | None
    """What it may be where it is no wrap with bleed for this trim, for people."""
    name: str
    """Its path as given."""
    on_sheet: bool
    """Whether the artwork lies on a larger sheet and was found by its trim box."""
    size_pt: Size
    """Its artwork with bleed."""
    spine_pt: float | None
    """The spine it has room for, given the trim."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> CoverReport:
        """From its JSON."""
        return cls(
            fits=[FitReport.from_dict(item) for item in of['fits']],
            for_=of['for'],
            looks_like=of['looks_like'],
            name=of['name'],
            on_sheet=of['on_sheet'],
            size_pt=tuple(of['size_pt']),
            spine_pt=of['spine_pt'],
        )


@dataclass(frozen=True)
class FileReport:
    """A file of the job."""

    bytes: int
    """Its size on disk."""
    for_: list[str]
    """The products it is for, where a product has a file of its own."""
    name: str
    """Its path as given."""
    page_size_pt: Size | None
    """The size of its most common page, in points."""
    pages: int
    """Its pages."""
    readable: bool
    """Whether it could be read."""
    role: Part
    """The part it plays."""
    sha256: str
    """SHA-256 of its bytes."""
    why: str | None
    """Why it could not be read, or what in it could not."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> FileReport:
        """From its JSON."""
        return cls(
            bytes=of['bytes'],
            for_=of['for'],
            name=of['name'],
            page_size_pt=None if of['page_size_pt'] is None else tuple(of['page_size_pt']),
            pages=of['pages'],
            readable=of['readable'],
            role=of['role'],
            sha256=of['sha256'],
            why=of['why'],
        )


MeasureUnit = Literal['in', 'ppi', 'pages', 'modules', 'MB', 'px/module', '%', 'pt', 'grade']
"""The unit of a measured value."""


@dataclass(frozen=True)
class Measure:
    """A number with its unit."""

    unit: MeasureUnit
    """Its unit."""
    value: float
    """The number, rounded to a thousandth."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Measure:
        """From its JSON."""
        return cls(
            unit=of['unit'],
            value=of['value'],
        )


Confidence = Literal['official', 'transcribed', 'measured', 'secondary', 'derived', 'conflicting', 'own']
"""How sure a figure is, surest first."""


@dataclass(frozen=True)
class Source:
    """Who states a figure, and when it was last checked."""

    checked: str
    """The day it was read, `YYYY-MM-DD`."""
    confidence: Confidence
    """How sure it is."""
    title: str
    """The page, calculator or guide."""
    note: str | None = None
    """What to know about it: conflicts and how they were settled."""
    url: str | None = None
    """Its address, where it has one."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Source:
        """From its JSON."""
        return cls(
            checked=of['checked'],
            confidence=of['confidence'],
            title=of['title'],
            note=of.get('note'),
            url=of.get('url'),
        )


@dataclass(frozen=True)
class FindingReport:
    """A fault."""

    file: Part
    """The file it is in."""
    fix: str
    """What to do."""
    id: str
    """The same in every format, and after a new export of the files while the fault is there:
    `kdp/paperback:gutter-too-narrow:interior`, with `:2` for the second of its kind.
    """
    level: Level
    """How bad."""
    limit: Measure | None
    """The limit."""
    measured: Measure | None
    """The worst value."""
    message: str
    """What is wrong."""
    name: str
    """The name of that file, as in `files`: products may have covers of their own."""
    pages: list[int]
    """Every page it is on, sorted."""
    places: list[PlaceReport]
    """The worst places."""
    places_total: int
    """How many places there are."""
    profile: str
    """The product."""
    rule: str
    """The rule."""
    source: Source
    """Who states it."""
    explained_by: str | None = None
    """The rule whose finding explains this one; it then counts for nothing."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> FindingReport:
        """From its JSON."""
        return cls(
            file=of['file'],
            fix=of['fix'],
            id=of['id'],
            level=of['level'],
            limit=None if of['limit'] is None else Measure.from_dict(of['limit']),
            measured=None if of['measured'] is None else Measure.from_dict(of['measured']),
            message=of['message'],
            name=of['name'],
            pages=of['pages'],
            places=[PlaceReport.from_dict(item) for item in of['places']],
            places_total=of['places_total'],
            profile=of['profile'],
            rule=of['rule'],
            source=Source.from_dict(of['source']),
            explained_by=of.get('explained_by'),
        )


@dataclass(frozen=True)
class AssumptionReport:
    """An answer to something that the job left open."""

    evidence: str
    """Its evidence, for people."""
    value: str
    """The answer, for people."""
    what: str
    """The flag or key of the job that would tell it: `trim`, `direction`, `ink`, `paper`."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> AssumptionReport:
        """From its JSON."""
        return cls(
            evidence=of['evidence'],
            value=of['value'],
            what=of['what'],
        )


Direction = Literal['ltr', 'rtl']
"""The direction a book is read in."""


Ink = Literal['black', 'standard-colour', 'premium-colour']
"""The ink of the book block."""


Paper = Literal['white', 'cream', 'groundwood']
"""The paper of the book block."""


@dataclass(frozen=True)
class JobReport:
    """The job as judged."""

    assumed: list[str]
    """What the job left open: concluded from the files or assumed."""
    assumptions: list[AssumptionReport]
    """The answers to what the job left open, with their evidence."""
    binding: Binding
    """The binding."""
    direction: Direction
    """The direction it is read in."""
    ink: Ink | None
    """The ink, stated or concluded for the first product."""
    pages: int | None
    """The pages of the book; sheets that hold two are counted twice."""
    paper: Paper | None
    """The paper, stated or concluded for the first product."""
    trim_pt: Size | None
    """The finished page, in points."""
    weight: int | None
    """Its weight in pounds, where the product has several."""
    title: str | None = None
    """The title as it was told."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> JobReport:
        """From its JSON."""
        return cls(
            assumed=of['assumed'],
            assumptions=[AssumptionReport.from_dict(item) for item in of['assumptions']],
            binding=of['binding'],
            direction=of['direction'],
            ink=of['ink'],
            pages=of['pages'],
            paper=of['paper'],
            trim_pt=None if of['trim_pt'] is None else tuple(of['trim_pt']),
            weight=of['weight'],
            title=of.get('title'),
        )


@dataclass(frozen=True)
class Tool:
    """The program."""

    name: str
    """`presscheck`."""
    version: str
    """Its version."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Tool:
        """From its JSON."""
        return cls(
            name=of['name'],
            version=of['version'],
        )


@dataclass(frozen=True)
class PanelReport:
    """A part of a cover."""

    area_pt: Area
    """From the top-left corner of the file."""
    name: str
    """`back`, `spine`, `front`, `back-hinge`, `front-flap` and so on."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> PanelReport:
        """From its JSON."""
        return cls(
            area_pt=tuple(of['area_pt']),
            name=of['name'],
        )


@dataclass(frozen=True)
class SafeReport:
    """Where text may stand on a panel."""

    area_pt: Area
    """From the top-left corner of the file."""
    panel: str
    """The panel."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> SafeReport:
        """From its JSON."""
        return cls(
            area_pt=tuple(of['area_pt']),
            panel=of['panel'],
        )


@dataclass(frozen=True)
class CoverShape:
    """Where the parts of a cover lie, from the top-left corner of the file with its bleed or wrap."""

    barcode_area_pt: Area | None
    """The box of the bar code."""
    folds_pt: list[float]
    """Where it folds, from the left."""
    panels: list[PanelReport]
    """Every part, from left to right."""
    safe_areas: list[SafeReport]
    """Where text may stand, by panel."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> CoverShape:
        """From its JSON."""
        return cls(
            barcode_area_pt=None if of['barcode_area_pt'] is None else tuple(of['barcode_area_pt']),
            folds_pt=of['folds_pt'],
            panels=[PanelReport.from_dict(item) for item in of['panels']],
            safe_areas=[SafeReport.from_dict(item) for item in of['safe_areas']],
        )


@dataclass(frozen=True)
class Expected:
    """What a product wants of the book."""

    assumed: list[str]
    """What of it was assumed."""
    cover: CoverShape | None
    """Where the parts of that cover lie."""
    cover_size_pt: Size | None
    """The cover with bleed."""
    interior_bleed_size_pt: Size | None
    """An interior page with bleed."""
    interior_size_pt: Size | None
    """An interior page without bleed."""
    pages: int | None
    """Pages printed."""
    spine_pt: float | None
    """The spine."""
    stock: str | None
    """The stock judged by."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Expected:
        """From its JSON."""
        return cls(
            assumed=of['assumed'],
            cover=None if of['cover'] is None else CoverShape.from_dict(of['cover']),
            cover_size_pt=None if of['cover_size_pt'] is None else tuple(of['cover_size_pt']),
            interior_bleed_size_pt=None if of['interior_bleed_size_pt'] is None else tuple(of['interior_bleed_size_pt']),
            interior_size_pt=None if of['interior_size_pt'] is None else tuple(of['interior_size_pt']),
            pages=of['pages'],
            spine_pt=of['spine_pt'],
            stock=of['stock'],
        )


Verdict = Literal['pass', 'warn', 'fail', 'incomplete']
"""The answer for a product."""


@dataclass(frozen=True)
class VerdictReport:
    """The verdict for one product."""

    errors: int
    """Findings that are errors."""
    expected: Expected
    """What the product wants of this book."""
    not_checked: int
    """Checks that could not cover everything they are about."""
    notes: int
    """Findings that are notes."""
    profile: str
    """The product or standard."""
    verdict: Verdict
    """The answer."""
    warnings: int
    """Findings that are warnings."""
    standard: bool | None = None
    """Whether it is a standard that files are held to, and no product."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> VerdictReport:
        """From its JSON."""
        return cls(
            errors=of['errors'],
            expected=Expected.from_dict(of['expected']),
            not_checked=of['not_checked'],
            notes=of['notes'],
            profile=of['profile'],
            verdict=of['verdict'],
            warnings=of['warnings'],
            standard=of.get('standard'),
        )


@dataclass(frozen=True)
class ReportData:
    """The whole report."""

    causes: list[CauseReport]
    """The same faults, each once for all products, worst first."""
    checks: list[CheckReport]
    """Every rule's answer."""
    codes: list[CodeReport]
    """Every code found."""
    covers: list[CoverReport]
    """What each cover's spine tells."""
    files: list[FileReport]
    """The files."""
    findings: list[FindingReport]
    """Every fault, product by product."""
    job: JobReport
    """The job, with all assumptions."""
    schema: str
    """`presscheck-report/1`."""
    tool: Tool
    """The program that made it."""
    verdicts: list[VerdictReport]
    """One verdict a product."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> ReportData:
        """From its JSON."""
        return cls(
            causes=[CauseReport.from_dict(item) for item in of['causes']],
            checks=[CheckReport.from_dict(item) for item in of['checks']],
            codes=[CodeReport.from_dict(item) for item in of['codes']],
            covers=[CoverReport.from_dict(item) for item in of['covers']],
            files=[FileReport.from_dict(item) for item in of['files']],
            findings=[FindingReport.from_dict(item) for item in of['findings']],
            job=JobReport.from_dict(of['job']),
            schema=of['schema'],
            tool=Tool.from_dict(of['tool']),
            verdicts=[VerdictReport.from_dict(item) for item in of['verdicts']],
        )


@dataclass(frozen=True)
class CodesFile:
    """The file searched for codes."""

    name: str
    """As given."""
    pages: int
    """How many pages it has."""
    readable: bool
    """Whether it could be read."""
    taken_for: str
    """What its pages are taken for: `sheets`, `interior` or `cover`."""
    why: str | None
    """Why it could not be read, or searched in whole."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> CodesFile:
        """From its JSON."""
        return cls(
            name=of['name'],
            pages=of['pages'],
            readable=of['readable'],
            taken_for=of['taken_for'],
            why=of['why'],
        )


@dataclass(frozen=True)
class UnreadReport:
    """What stands like a code and cannot be read."""

    area_pt: Area
    """Where on the page as seen."""
    kind: CodeKind
    """What it looks like."""
    page: int
    """The page, from 1."""
    tried: str
    """What was seen of it and tried."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> UnreadReport:
        """From its JSON."""
        return cls(
            area_pt=tuple(of['area_pt']),
            kind=of['kind'],
            page=of['page'],
            tried=of['tried'],
        )


@dataclass(frozen=True)
class CodesAnswer:
    """The codes of a file, for programs."""

    codes: list[CodeReport]
    """What was read."""
    file: CodesFile
    """The file."""
    schema: str
    """`presscheck-codes/1`."""
    unread: list[UnreadReport]
    """What stands like a code and cannot be read."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> CodesAnswer:
        """From its JSON."""
        return cls(
            codes=[CodeReport.from_dict(item) for item in of['codes']],
            file=CodesFile.from_dict(of['file']),
            schema=of['schema'],
            unread=[UnreadReport.from_dict(item) for item in of['unread']],
        )


@dataclass(frozen=True)
class CodesOfFiles:
    """Codes of several files."""

    files: list[CodesAnswer]
    """One answer for each file, in the order given."""
    schema: str
    """`presscheck-codes-of-files/1`."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> CodesOfFiles:
        """From its JSON."""
        return cls(
            files=[CodesAnswer.from_dict(item) for item in of['files']],
            schema=of['schema'],
        )


@dataclass(frozen=True)
class CoverAnswer:
    """The geometry of one cover."""

    assumed: list[str]
    """What the job left open and was assumed."""
    barcode_area_pt: Area | None
    """The box of the bar code."""
    barcode_may_move: bool
    """Whether the bar code may stand elsewhere in the safe area of the back."""
    binding: Binding
    """Its binding."""
    confidence: Confidence | None
    """How sure the weakest of these figures is."""
    cover_size_pt: Size
    """The file."""
    direction: Direction
    """The direction it is read in."""
    edge: str
    """What lies around the panels: bleed to be cut or wrap to be folded in."""
    edge_pt: float
    """How wide that is."""
    finished_area_pt: Area
    """All panels together."""
    folds_pt: list[float]
    """Where it folds, from the left."""
    ink: Ink
    """The ink."""
    not_made: str | None
    """Why the platform does not make such a book, where that is known."""
    pages: int
    """Pages as stated."""
    panels: list[PanelReport]
    """Every part, from left to right."""
    paper: Paper
    """The paper."""
    printed_pages: int
    """Pages printed: padded to an even count."""
    profile: str
    """The product."""
    safe_areas: list[SafeReport]
    """Where text may stand, by panel."""
    schema: str
    """`presscheck-cover/1`."""
    source: Source | None
    """Who states the composition."""
    spine_pt: float
    """The spine."""
    spine_source: Source | None
    """Who states the spine."""
    stock: str
    """The stock's id."""
    title: str
    """The product for people."""
    tolerance_pt: float
    """The true spine lies within this, as far as known."""
    trim_pt: Size
    """The finished page."""
    weight: int | None
    """The paper's weight in pounds, where the product has several."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> CoverAnswer:
        """From its JSON."""
        return cls(
            assumed=of['assumed'],
            barcode_area_pt=None if of['barcode_area_pt'] is None else tuple(of['barcode_area_pt']),
            barcode_may_move=of['barcode_may_move'],
            binding=of['binding'],
            confidence=of['confidence'],
            cover_size_pt=tuple(of['cover_size_pt']),
            direction=of['direction'],
            edge=of['edge'],
            edge_pt=of['edge_pt'],
            finished_area_pt=tuple(of['finished_area_pt']),
            folds_pt=of['folds_pt'],
            ink=of['ink'],
            not_made=of['not_made'],
            pages=of['pages'],
            panels=[PanelReport.from_dict(item) for item in of['panels']],
            paper=of['paper'],
            printed_pages=of['printed_pages'],
            profile=of['profile'],
            safe_areas=[SafeReport.from_dict(item) for item in of['safe_areas']],
            schema=of['schema'],
            source=None if of['source'] is None else Source.from_dict(of['source']),
            spine_pt=of['spine_pt'],
            spine_source=None if of['spine_source'] is None else Source.from_dict(of['spine_source']),
            stock=of['stock'],
            title=of['title'],
            tolerance_pt=of['tolerance_pt'],
            trim_pt=tuple(of['trim_pt']),
            weight=of['weight'],
        )


@dataclass(frozen=True)
class Shared:
    """What one artwork has to respect to serve several products of one binding."""

    fold_shift_pt: float
    """How far each fold moves between the two."""
    narrowest: str
    """The product with the narrowest spine."""
    safety_pt: float | None
    """How far text stays from every panel's outer edges."""
    spine_text_room_pt: float | None
    """How wide spine text may be on every one of them; none if some has no room."""
    spines_pt: tuple[float, float]
    """The narrowest and the widest spine."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Shared:
        """From its JSON."""
        return cls(
            fold_shift_pt=of['fold_shift_pt'],
            narrowest=of['narrowest'],
            safety_pt=of['safety_pt'],
            spine_text_room_pt=of['spine_text_room_pt'],
            spines_pt=tuple(of['spines_pt']),
        )


@dataclass(frozen=True)
class CoversAnswer:
    """Covers of several products for one book."""

    covers: list[CoverAnswer]
    """One a product."""
    schema: str
    """`presscheck-covers/1`."""
    shared: Shared | None
    """What one artwork for all of them has to respect."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> CoversAnswer:
        """From its JSON."""
        return cls(
            covers=[CoverAnswer.from_dict(item) for item in of['covers']],
            schema=of['schema'],
            shared=None if of['shared'] is None else Shared.from_dict(of['shared']),
        )


@dataclass(frozen=True)
class FitsAnswer:
    """What a cover of a size fits."""

    fits: list[FitReport]
    """Every product, stock and page count, best first."""
    schema: str
    """`presscheck-fits/1`."""
    size_pt: Size
    """The size given."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> FitsAnswer:
        """From its JSON."""
        return cls(
            fits=[FitReport.from_dict(item) for item in of['fits']],
            schema=of['schema'],
            size_pt=tuple(of['size_pt']),
        )


@dataclass(frozen=True)
class SpineRow:
    """One product and stock."""

    binding: Binding
    """Its binding."""
    confidence: Confidence | None
    """How sure the figure is."""
    ink: Ink
    """The ink."""
    offered: bool
    """Whether the stock is offered at this page count, as far as its limits are known."""
    pages_range: tuple[int | None, int | None]
    """The fewest and most pages of the stock; none where a limit is not known."""
    paper: Paper
    """The paper."""
    printed_pages: int
    """Pages printed: the count given, padded where the press pads."""
    profile: str
    """The product."""
    source: Source | None
    """The source of the figures."""
    spine_pt: float | None
    """The spine; none where only the platform's own calculator tells it."""
    stock: str
    """The stock's id."""
    stock_title: str
    """The stock for people."""
    title: str
    """The product for people."""
    tolerance_pt: float
    """The true width lies within this of it, as far as known."""
    weight: int | None
    """The paper's weight in pounds, where the product has several."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> SpineRow:
        """From its JSON."""
        return cls(
            binding=of['binding'],
            confidence=of['confidence'],
            ink=of['ink'],
            offered=of['offered'],
            pages_range=tuple(of['pages_range']),
            paper=of['paper'],
            printed_pages=of['printed_pages'],
            profile=of['profile'],
            source=None if of['source'] is None else Source.from_dict(of['source']),
            spine_pt=of['spine_pt'],
            stock=of['stock'],
            stock_title=of['stock_title'],
            title=of['title'],
            tolerance_pt=of['tolerance_pt'],
            weight=of['weight'],
        )


@dataclass(frozen=True)
class SpineReport:
    """Spine widths for a page count."""

    pages: int
    """The page count given."""
    rows: list[SpineRow]
    """One row a product and stock."""
    schema: str
    """`presscheck-spine/1`."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> SpineReport:
        """From its JSON."""
        return cls(
            pages=of['pages'],
            rows=[SpineRow.from_dict(item) for item in of['rows']],
            schema=of['schema'],
        )


__all__ = [
    'Area',
    'AssumptionReport',
    'Binding',
    'CauseReport',
    'CheckReport',
    'CodeKind',
    'CodeReport',
    'CodesAnswer',
    'CodesFile',
    'CodesOfFiles',
    'Confidence',
    'CoverAnswer',
    'CoverReport',
    'CoverShape',
    'CoversAnswer',
    'Damage',
    'Direction',
    'Expected',
    'FileReport',
    'FindingReport',
    'FitReport',
    'FitsAnswer',
    'Grade',
    'Ink',
    'InkAmount',
    'JobReport',
    'Level',
    'Measure',
    'MeasureUnit',
    'OutcomeWord',
    'PanelReport',
    'Paper',
    'Part',
    'PlaceReport',
    'ReportData',
    'SafeReport',
    'Shared',
    'Side',
    'Size',
    'Source',
    'SpineReport',
    'SpineRow',
    'Tool',
    'UnreadReport',
    'Verdict',
    'VerdictReport',
]
