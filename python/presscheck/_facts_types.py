"""What answers hold, from their JSON Schemas. Written by tools/write_types.py: change the schemas, not this file."""

# fmt: off
from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from presscheck._types import (
    Area,
    CodeKind,
    Damage,
    Direction,
    Grade,
    InkAmount,
    Size,
)

SpaceKind = Literal['device-gray', 'cal-gray', 'device-rgb', 'cal-rgb', 'device-cmyk', 'lab', 'icc-gray', 'icc-rgb', 'icc-cmyk', 'separation', 'device-n', 'pattern', 'unknown']
"""What a colour space is."""


@dataclass(frozen=True)
class Code:
    """One code, read and measured."""

    area_pt: Area
    """The smallest upright rectangle around the symbol, without its quiet zone."""
    inverted: bool
    """Whether it is drawn light on dark."""
    kind: CodeKind
    """The symbology."""
    module_mm: float
    """The side of one module on paper (the X-dimension), in millimetres."""
    modules: int
    """Modules along one side: 17 + 4 x version of a QR code, 95 of a bar code."""
    page: int
    """The page it is on, from 1."""
    quiet_zone_modules: float | None
    """The least clear space around it in modules, up to six for a QR code; none where it could not be
    measured.
    """
    rotation_deg: float
    """How far it is turned to the left, in degrees from -180 to 180."""
    side_mm: float
    """The symbol's side on paper without the quiet zone, in millimetres: the mean of a QR code's four
    sides, the length of a bar code from its first to its last bar, without add-on.
    """
    text: str
    """What a reader gets from it."""
    add_on: str | None = None
    """The digits of the add-on beside a bar code."""
    bar_height_mm: float | None = None
    """The height of a bar code's bars on paper, in millimetres."""
    bytes_over: int | None = None
    """Bytes of its text that a QR code one version smaller has no room for, at the same error correction."""
    correction: str | None = None
    """The error correction of a QR code: L, M, Q or H."""
    grade: Grade | None = None
    """How a verifier would grade the artwork; none where it could not be measured."""
    inks: list[InkAmount] | None = None
    """The inks its dark parts are drawn in, where known."""
    lossy: bool | None = None
    """Whether the picture is compressed with loss."""
    mirrored: bool | None = None
    """Whether it is seen from behind."""
    noise: float | None = None
    """How much the greys of its light and of its dark parts vary, against its contrast."""
    pixels_per_module: tuple[float, float] | None = None
    """Pixels a module, across and down, where it is a picture."""
    quiet_sides_modules: list[float] | None = None
    """The clear space in modules: left of, above, right of and below a QR code as it stands upright;
    before and after a bar code (its add-on, if it has one).
    """
    space: SpaceKind | None = None
    """The colour space its dark parts are in, where known."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Code:
        """From its JSON."""
        return cls(
            area_pt=tuple(of['area_pt']),
            inverted=of['inverted'],
            kind=of['kind'],
            module_mm=of['module_mm'],
            modules=of['modules'],
            page=of['page'],
            quiet_zone_modules=of['quiet_zone_modules'],
            rotation_deg=of['rotation_deg'],
            side_mm=of['side_mm'],
            text=of['text'],
            add_on=of.get('add_on'),
            bar_height_mm=of.get('bar_height_mm'),
            bytes_over=of.get('bytes_over'),
            correction=of.get('correction'),
            grade=None if of.get('grade') is None else Grade.from_dict(of['grade']),
            inks=None if of.get('inks') is None else [InkAmount.from_dict(item) for item in of['inks']],
            lossy=of.get('lossy'),
            mirrored=of.get('mirrored'),
            noise=of.get('noise'),
            pixels_per_module=None if of.get('pixels_per_module') is None else tuple(of['pixels_per_module']),
            quiet_sides_modules=of.get('quiet_sides_modules'),
            space=of.get('space'),
        )


@dataclass(frozen=True)
class Colour:
    """A colour that something is painted in."""

    inks: list[InkAmount]
    """The ink it lays; for what has many colours, the most that any of them can lay."""
    space: SpaceKind
    """Its space; of a palette, the space of the palette's colours."""
    alternate: SpaceKind | None = None
    """The space that stands in where a named ink is not on press."""
    amounts: list[float] | None = None
    """Its components as written; none for what has many colours: pictures, shadings, patterns."""
    apart: list[InkAmount] | None = None
    """For what has many colours, the most that any can lay on each plate."""
    names: list[str] | None = None
    """The named inks of its space."""
    parts: list[int] | None = None
    """The colours a pattern is drawn in: places in the document's `colours`."""
    profile: str | None = None
    """The name of its ICC profile."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Colour:
        """From its JSON."""
        return cls(
            inks=[InkAmount.from_dict(item) for item in of['inks']],
            space=of['space'],
            alternate=of.get('alternate'),
            amounts=of.get('amounts'),
            apart=None if of.get('apart') is None else [InkAmount.from_dict(item) for item in of['apart']],
            names=of.get('names'),
            parts=of.get('parts'),
            profile=of.get('profile'),
        )


FontKind = Literal['type1', 'true-type', 'composite', 'type3', 'unknown']
"""The technology of a font."""


@dataclass(frozen=True)
class Font:
    """A font that text of the file is set in."""

    embedded: bool
    """Whether the font program is in the file."""
    kind: FontKind
    """Its technology."""
    name: str
    """Its name without the subset tag."""
    pages: list[int]
    """Pages on which visible text is set in it."""
    subset: bool
    """Whether only the glyphs used are embedded (the name carries a subset tag)."""
    unseen_pages: list[int]
    """Pages on which it sets only text that cannot be seen."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Font:
        """From its JSON."""
        return cls(
            embedded=of['embedded'],
            kind=of['kind'],
            name=of['name'],
            pages=of['pages'],
            subset=of['subset'],
            unseen_pages=of['unseen_pages'],
        )


@dataclass(frozen=True)
class Gap:
    """Something that could not be measured."""

    page: int | None
    """The page, or none for the file as a whole."""
    why: str
    """Why, for people."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Gap:
        """From its JSON."""
        return cls(
            page=of['page'],
            why=of['why'],
        )


@dataclass(frozen=True)
class Annotation:
    """An annotation."""

    area_pt: Area | None
    """Where, on the page as seen."""
    kind: str
    """Its subtype as written: `Link`, `Text`, `Stamp`."""
    prints: bool
    """Whether it would print (its flags and appearance)."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Annotation:
        """From its JSON."""
        return cls(
            area_pt=None if of['area_pt'] is None else tuple(of['area_pt']),
            kind=of['kind'],
            prints=of['prints'],
        )


ArtKind = Literal['fill', 'stroke', 'shading']
"""What kind of mark a piece of art is."""


@dataclass(frozen=True)
class Art:
    """Vector art: one path, or many alike on a page that has very many."""

    area_pt: Area
    """Its ink after clipping, strokes with their width."""
    kind: ArtKind
    """Filled, stroked or shaded."""
    parts: int
    """How many parts those have in all: a word turned into outlines may be one path with a part a letter,
    or more.
    """
    paths: int
    """How many paths stand behind it."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Art:
        """From its JSON."""
        return cls(
            area_pt=tuple(of['area_pt']),
            kind=of['kind'],
            parts=of['parts'],
            paths=of['paths'],
        )


@dataclass(frozen=True)
class Boxes:
    """The boxes of a page in PDF user space (y up), as written, inherited ones included."""

    art: Area | None
    """The extent of meaningful content."""
    bleed: Area | None
    """Where bleed is cut to."""
    crop: Area | None
    """What a viewer shows."""
    media: Area | None
    """The sheet."""
    trim: Area | None
    """The finished page."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Boxes:
        """From its JSON."""
        return cls(
            art=None if of['art'] is None else tuple(of['art']),
            bleed=None if of['bleed'] is None else tuple(of['bleed']),
            crop=None if of['crop'] is None else tuple(of['crop']),
            media=None if of['media'] is None else tuple(of['media']),
            trim=None if of['trim'] is None else tuple(of['trim']),
        )


Painted = Literal['text', 'fill', 'stroke', 'shading', 'image']
"""What a colour is laid on."""


@dataclass(frozen=True)
class ColourUse:
    """One colour on one kind of thing on a page. Only what can be seen counts."""

    area_pt: Area
    """The first of them."""
    colour: int
    """The colour: a place in the document's `colours`."""
    covers_sq_pt: float
    """The extents of its paths added up, in square points; nothing for text and pictures, which are facts
    of their own.
    """
    marks: int
    """How many glyphs, paths or pictures."""
    off_trim: bool
    """Whether crop marks stand around the trim and all of it lies outside: it is marks and slug, and is
    cut away.
    """
    on: Painted
    """On what."""
    overprint: bool
    """Whether it overprints what lies below it."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> ColourUse:
        """From its JSON."""
        return cls(
            area_pt=tuple(of['area_pt']),
            colour=of['colour'],
            covers_sq_pt=of['covers_sq_pt'],
            marks=of['marks'],
            off_trim=of['off_trim'],
            on=of['on'],
            overprint=of['overprint'],
        )


@dataclass(frozen=True)
class SquareInk:
    """How much ink a square carries on average."""

    area_pt: Area
    """The square."""
    percent: float
    """In per cent."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> SquareInk:
        """From its JSON."""
        return cls(
            area_pt=tuple(of['area_pt']),
            percent=of['percent'],
        )


@dataclass(frozen=True)
class AverageInk:
    """The most ink that any square of 15 mm on a page carries on average; of a smaller page, the page."""

    all: SquareInk
    """Of all inks together."""
    process: SquareInk
    """Of cyan, magenta, yellow and black together."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> AverageInk:
        """From its JSON."""
        return cls(
            all=SquareInk.from_dict(of['all']),
            process=SquareInk.from_dict(of['process']),
        )


@dataclass(frozen=True)
class Plates:
    """The plates of a page, summed up."""

    at_pt: tuple[float, float]
    """Where: from the left and the top, in points."""
    histogram: list[tuple[int, int]]
    """Pixels by ink, in steps of one per cent: `[per cent, pixels]`, the lower end of each step. Bare
    paper is left out.
    """
    inks: list[InkAmount]
    """What lies there."""
    most: float
    """The most ink anywhere, in per cent."""
    ppi: float
    """Pixels an inch they were made at."""
    averages: AverageInk | None = None
    """Ink averaged over squares of 15 mm; measured where a standard asks for it."""
    through: str | None = None
    """What RGB and Lab were converted through; none where there was none."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Plates:
        """From its JSON."""
        return cls(
            at_pt=tuple(of['at_pt']),
            histogram=[tuple(item) for item in of['histogram']],
            inks=[InkAmount.from_dict(item) for item in of['inks']],
            most=of['most'],
            ppi=of['ppi'],
            averages=None if of.get('averages') is None else AverageInk.from_dict(of['averages']),
            through=of.get('through'),
        )


@dataclass(frozen=True)
class Coverage:
    """How much ink a page carries."""

    bound: float
    """No place on the page can carry more than this, in per cent of all inks together."""
    gap: str | None = None
    """Why the plates could not be made though a rule needed them."""
    plates: Plates | None = None
    """What its plates show; none where no rule needed them."""
    window_bound: float | None = None
    """No window of three millimetres carries more than this on half of it, in per cent; none where that
    was not asked or only plates can tell.
    """

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Coverage:
        """From its JSON."""
        return cls(
            bound=of['bound'],
            gap=of.get('gap'),
            plates=None if of.get('plates') is None else Plates.from_dict(of['plates']),
            window_bound=of.get('window_bound'),
        )


ImageColour = Literal['gray', 'rgb', 'cmyk', 'lab', 'icc', 'indexed', 'spot', 'stencil', 'unknown']
"""The family of colour space an image is in."""


Filter = Literal['lossless', 'jpeg', 'jpeg2000', 'jbig2', 'fax']
"""The codec of an image's data."""


ImageFlaw = Literal['undecodable', 'cut-short', 'damaged', 'not-checked']
"""What is wrong with an image's data."""


@dataclass(frozen=True)
class PlacedImage:
    """One image as placed on a page."""

    area_pt: Area
    """What is seen of it after clipping."""
    bits: int
    """Bits a component."""
    colour: ImageColour
    """The family of its colour space."""
    filter: Filter
    """The codec of its data."""
    gray: bool
    """Whether its pixels are greys though its colour space has colours; false where its pixels were not
    decoded.
    """
    masked: bool
    """Whether a mask decides which of its pixels are painted, so that it may end before its edge or fade."""
    object: str
    """Its name for people: `34 0 R` or `inline`."""
    paint: int
    """The colour it is in: a place in the document's `colours`."""
    pixels: tuple[int, int]
    """Pixels, width by height."""
    ppi: tuple[float, float]
    """Effective pixels per inch along the image's own two axes, through every matrix."""
    visible: bool
    """Whether any of it can be seen."""
    whole_pt: Area
    """Its extent before clips and the edge of the page cut it."""
    detail: float | None = None
    """The share of its resolution, along each side, that carries detail: 1 unless it was enlarged from
    fewer pixels, else what its own pixels show. None where it was not measured: not asked for, too
    small, line art, too coarse to matter, in colours that are not looked into, or damaged.
    """
    flaw: ImageFlaw | None = None
    """What is wrong with its data, if it can be seen."""
    own_pixels: tuple[int, int] | None = None
    """Its own pixels, width by height, where its mask has more."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> PlacedImage:
        """From its JSON."""
        return cls(
            area_pt=tuple(of['area_pt']),
            bits=of['bits'],
            colour=of['colour'],
            filter=of['filter'],
            gray=of['gray'],
            masked=of['masked'],
            object=of['object'],
            paint=of['paint'],
            pixels=tuple(of['pixels']),
            ppi=tuple(of['ppi']),
            visible=of['visible'],
            whole_pt=tuple(of['whole_pt']),
            detail=of.get('detail'),
            flaw=of.get('flaw'),
            own_pixels=None if of.get('own_pixels') is None else tuple(of['own_pixels']),
        )


LineKind = Literal['stroke', 'rule']
"""How a line is made."""


@dataclass(frozen=True)
class Line:
    """Lines of one width on a page."""

    area_pt: Area
    """Where the first of them lies."""
    count: int
    """How many there are."""
    extent_pt: Area
    """The extent of them all."""
    kind: LineKind
    """Stroked, or a thin filled rectangle."""
    width_pt: float
    """Their width on the page through every matrix, in points; 0 is the thinnest the device can draw."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Line:
        """From its JSON."""
        return cls(
            area_pt=tuple(of['area_pt']),
            count=of['count'],
            extent_pt=tuple(of['extent_pt']),
            kind=of['kind'],
            width_pt=of['width_pt'],
        )


@dataclass(frozen=True)
class Lines:
    """The lines of a page that leave ink."""

    thinnest: list[Line]
    """The thinnest widths among them, sixteen at most, each with how many lines have it."""
    total: int
    """How many there are in all."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Lines:
        """From its JSON."""
        return cls(
            thinnest=[Line.from_dict(item) for item in of['thinnest']],
            total=of['total'],
        )


@dataclass(frozen=True)
class PathCount:
    """How many paths a page paints."""

    fills: int
    """Filled."""
    strokes: int
    """Stroked."""
    unseen: int
    """Of those, painted in paper white on bare paper, transparent, or clipped away."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> PathCount:
        """From its JSON."""
        return cls(
            fills=of['fills'],
            strokes=of['strokes'],
            unseen=of['unseen'],
        )


Setting = Literal['transfer-function', 'black-generation', 'undercolour-removal', 'halftone', 'alternate-for-print', 'alternates', 'opi', 'post-script']
"""A setting of the press."""


@dataclass(frozen=True)
class PressSetting:
    """A setting that something on a page is painted with."""

    area_pt: Area
    """The first thing painted with it."""
    setting: Setting
    """Which."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> PressSetting:
        """From its JSON."""
        return cls(
            area_pt=tuple(of['area_pt']),
            setting=of['setting'],
        )


RenderMode = Literal['fill', 'stroke', 'fill-stroke', 'invisible']
"""The text render mode (the `Tr` operator), without its clipping half."""


@dataclass(frozen=True)
class Tip:
    """The glyph of a run whose ink reaches furthest towards one edge."""

    area_pt: Area
    """The ink of that glyph."""
    text: str
    """The characters of the glyph, where known."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Tip:
        """From its JSON."""
        return cls(
            area_pt=tuple(of['area_pt']),
            text=of['text'],
        )


Visibility = Literal['visible', 'white', 'invisible', 'clipped-away', 'covered']
"""Whether painted text or art can be seen on paper."""


@dataclass(frozen=True)
class Missing:
    """Boxes (`.notdef`) that stand for glyphs a font has not."""

    area_pt: Area
    """The ink of the first."""
    count: int
    """How many."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Missing:
        """From its JSON."""
        return cls(
            area_pt=tuple(of['area_pt']),
            count=of['count'],
        )


@dataclass(frozen=True)
class TextRun:
    """Text set together: one font, one size, one line."""

    area_pt: Area
    """The ink of all its glyphs after clipping; for text that is not visible, where it would be."""
    font: int
    """The font: an index into the document's `fonts`."""
    mode: RenderMode
    """How it is painted."""
    paint: int
    """The colour it is in, of outlined and filled text the filling's: a place in the document's `colours`."""
    size_pt: float
    """The em on paper through every matrix, in points."""
    text: str
    """Its characters, where the file maps them to Unicode."""
    tips: tuple[Tip, Tip, Tip, Tip]
    """The glyphs that reach furthest left, up, right and down."""
    visibility: Visibility
    """Whether it can be seen."""
    angle_deg: int | None = None
    """The direction its line runs in, in degrees clockwise from a line that runs to the right: 90 down the
    page, 270 up.
    """
    cap_height_pt: float | None = None
    """The height of the ink of its capitals or figures, in points."""
    ground: int | None = None
    """What lies below the first of its letters, if anything is painted there: a place in the document's
    `colours`.
    """
    missing: Missing | None = None
    """Boxes shown for glyphs that the font has not."""
    opacity_percent: int | None = None
    """How opaque it is, with the groups it lies in."""
    x_height_pt: float | None = None
    """The height of the ink of its small letters without ascenders, in points; none where it has none,
    nobody knows what it says, or it stands askew.
    """

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> TextRun:
        """From its JSON."""
        return cls(
            area_pt=tuple(of['area_pt']),
            font=of['font'],
            mode=of['mode'],
            paint=of['paint'],
            size_pt=of['size_pt'],
            text=of['text'],
            tips=tuple(of['tips']),
            visibility=of['visibility'],
            angle_deg=of.get('angle_deg'),
            cap_height_pt=of.get('cap_height_pt'),
            ground=of.get('ground'),
            missing=None if of.get('missing') is None else Missing.from_dict(of['missing']),
            opacity_percent=of.get('opacity_percent'),
            x_height_pt=of.get('x_height_pt'),
        )


Through = Literal['opacity', 'soft-mask', 'picture-mask'] | dict[str, Any]
"""A way in which a mark lets what lies below it shine through."""


@dataclass(frozen=True)
class Transparency:
    """Transparency of one kind on a page."""

    area_pt: Area
    """The first of them."""
    marks: int
    """On how many marks or groups."""
    through: Through
    """Of which kind."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Transparency:
        """From its JSON."""
        return cls(
            area_pt=tuple(of['area_pt']),
            marks=of['marks'],
            through=of['through'],
        )


@dataclass(frozen=True)
class Inwards:
    """What lies along one line from an edge of the page inwards."""

    bare: int
    """Bare paper from the edge, in steps."""
    inked: int
    """Colour from there until paper shows again, in steps; as far as was looked."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Inwards:
        """From its JSON."""
        return cls(
            bare=of['bare'],
            inked=of['inked'],
        )


@dataclass(frozen=True)
class Meeting:
    """Two colours that meet in a straight line down the page."""

    share: float
    """The share of the page's height over which they do."""
    x_pt: float
    """Where, in points from the left."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Meeting:
        """From its JSON."""
        return cls(
            share=of['share'],
            x_pt=of['x_pt'],
        )


@dataclass(frozen=True)
class Band:
    """A strip of one colour along an edge of the page, which ends in a straight line where another colour
    begins.
    """

    along_pt: tuple[float, float]
    """Where it begins and ends along the edge, in points from the page's top or left."""
    depth_pt: float
    """How wide it is, in points."""
    edge: int
    """The edge: 0 left, 1 top, 2 right, 3 bottom."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Band:
        """From its JSON."""
        return cls(
            along_pt=tuple(of['along_pt']),
            depth_pt=of['depth_pt'],
            edge=of['edge'],
        )


@dataclass(frozen=True)
class CoverRaster:
    """A cover as it looks on white paper."""

    edges: tuple[list[Inwards], list[Inwards], list[Inwards], list[Inwards]]
    """Lines inwards from the left, top, right and bottom edge, each from the page's top or left on."""
    meetings: list[Meeting]
    """Where colours meet in the middle of the page, from left to right."""
    spacing_pt: float
    """The distance from one line inwards to the next, in points."""
    step_pt: float
    """One step, in points."""
    bands: list[Band] | None = None
    """Strips of one colour along the edges, the longest of each edge."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> CoverRaster:
        """From its JSON."""
        return cls(
            edges=tuple(of['edges']),
            meetings=[Meeting.from_dict(item) for item in of['meetings']],
            spacing_pt=of['spacing_pt'],
            step_pt=of['step_pt'],
            bands=None if of.get('bands') is None else [Band.from_dict(item) for item in of['bands']],
        )


BeyondKind = Literal['text', 'image', 'art']
"""What kind of thing lies beyond the edge of a page."""


@dataclass(frozen=True)
class Beyond:
    """Things that would leave ink but lie beyond the edge of the page, where all is cut away."""

    area_pt: Area
    """Their extent before anything is cut away."""
    count: int
    """How many: letters, pictures or paths."""
    kind: BeyondKind
    """What they are. Pictures and paths are told of only where the whole of them is beyond: art that runs
    off the page is meant to.
    """
    whole: bool
    """Whether all of each is beyond, rather than a part."""
    text: str | None = None
    """The first of the letters, where the file maps them to Unicode."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Beyond:
        """From its JSON."""
        return cls(
            area_pt=tuple(of['area_pt']),
            count=of['count'],
            kind=of['kind'],
            whole=of['whole'],
            text=of.get('text'),
        )


MarkStyle = Literal['apart', 'touching', 'crossing', 'frame']
"""How lines mark a rectangle."""


@dataclass(frozen=True)
class CropMarks:
    """Thin lines that stand around a rectangle as crop marks do: short ones at its corners, or a frame."""

    area_pt: Area
    """Two of the lines, together."""
    corners: int
    """How many of its corners are marked: two that lie across from each other, three, or four."""
    style: MarkStyle
    """How they are drawn."""
    trim_pt: Area
    """The rectangle they mark."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> CropMarks:
        """From its JSON."""
        return cls(
            area_pt=tuple(of['area_pt']),
            corners=of['corners'],
            style=of['style'],
            trim_pt=tuple(of['trim_pt']),
        )


Edition = Literal['paperback', 'hardcover', 'print', 'ebook', 'audio', 'set']
"""The edition that the text names for an ISBN."""


@dataclass(frozen=True)
class PrintedIsbn:
    """An ISBN printed on a page, right or wrong."""

    area_pt: Area
    """The lines it stands on."""
    digits: str | None
    """Its thirteen digits, if its check digit is right; an ISBN of ten digits is given its thirteen."""
    text: str
    """As printed."""
    bare: bool | None = None
    """Thirteen digits without the word or hyphens, as below bars."""
    edition: Edition | None = None
    """The edition that the text names for it."""
    imprint: bool | None = None
    """The page has a copyright notice, as an imprint does."""
    list: bool | None = None
    """The page lists books, the author's others or those that are cited."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> PrintedIsbn:
        """From its JSON."""
        return cls(
            area_pt=tuple(of['area_pt']),
            digits=of['digits'],
            text=of['text'],
            bare=of.get('bare'),
            edition=of.get('edition'),
            imprint=of.get('imprint'),
            list=of.get('list'),
        )


Evidence = Literal['anywhere', 'line', 'front', 'brackets', 'frontbrackets', 'opens', 'mention']
"""What has to stand around a phrase before it counts."""


@dataclass(frozen=True)
class Leftover:
    """A phrase that templates and word processors leave behind. Whether it is one here depends on what it
    takes to count, and on the page.
    """

    among_filler: bool
    """The words around it are filler, too, rather than a sentence about it."""
    brackets: bool
    """Brackets stand around it."""
    evidence: Evidence
    """What it takes to count."""
    line: bool
    """It has a line of its own, numbers aside."""
    phrase: str
    """The phrase, in small letters."""
    quoted: bool
    """Quotation marks open before it."""
    run: int
    """The first run of its line: a place in the page's text."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Leftover:
        """From its JSON."""
        return cls(
            among_filler=of['among_filler'],
            brackets=of['brackets'],
            evidence=of['evidence'],
            line=of['line'],
            phrase=of['phrase'],
            quoted=of['quoted'],
            run=of['run'],
        )


Overprint = Literal['knocks-out', 'overprints', 'overprints-nonzero']
"""How an object meets what lies below it: the overprint parameter and the overprint mode of its graphics
state.
"""


@dataclass(frozen=True)
class ObjectUse:
    """Graphics objects of a page that are alike."""

    area_pt: Area
    """The first of them."""
    colour: int
    """Their colour: a place in the document's `colours`."""
    count: int
    """How many glyphs, paths or pictures."""
    on: Painted
    """What they are."""
    overlaps: bool
    """Whether they lie on something else that is painted, text and things of their own colour aside."""
    overprint: Overprint
    """How they meet what lies below."""
    visible: bool
    """Whether any of them can be seen: white on bare paper cannot, nor what is clipped away or
    transparent.
    """
    size_pt: float | None = None
    """The em of text, or the width of lines: strokes, and filled rectangles so thin that they are lines.
    In points on the page, to a thousandth.
    """
    stencil: bool | None = None
    """Whether they are image masks, painted in the current colour."""
    transparent: bool | None = None
    """Whether opacity, a blend mode or a soft mask lets what lies below shine through."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> ObjectUse:
        """From its JSON."""
        return cls(
            area_pt=tuple(of['area_pt']),
            colour=of['colour'],
            count=of['count'],
            on=of['on'],
            overlaps=of['overlaps'],
            overprint=of['overprint'],
            visible=of['visible'],
            size_pt=of.get('size_pt'),
            stencil=of.get('stencil'),
            transparent=of.get('transparent'),
        )


@dataclass(frozen=True)
class EdgeDensity:
    """How often grey changes strongly down each column of a cover's middle, where a picture lies across
    it.
    """

    changes: list[int]
    """Strong changes by column."""
    left_pt: float
    """The first column, in points from the left."""
    step_pt: float
    """The width of a column in points."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> EdgeDensity:
        """From its JSON."""
        return cls(
            changes=of['changes'],
            left_pt=of['left_pt'],
            step_pt=of['step_pt'],
        )


@dataclass(frozen=True)
class LocalContrast:
    """How much grey varies within each small square of a cover with pictures."""

    cell_pt: float
    """The side of a square in points; the first lies in the top-left corner."""
    columns: int
    """Squares in a row."""
    ranges: list[int]
    """Lightest less darkest grey of every square, of 255, row by row."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> LocalContrast:
        """From its JSON."""
        return cls(
            cell_pt=of['cell_pt'],
            columns=of['columns'],
            ranges=of['ranges'],
        )


@dataclass(frozen=True)
class WhiteLines:
    """White lines that are spared out of something printed."""

    lines: Lines
    """The lines."""
    on: int
    """What they lie on: a place in the document's `colours`."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> WhiteLines:
        """From its JSON."""
        return cls(
            lines=Lines.from_dict(of['lines']),
            on=of['on'],
        )


@dataclass(frozen=True)
class Page:
    """One page as measured."""

    annotations: list[Annotation]
    """Annotations."""
    art: list[Art]
    """Vector art that can be seen, summed up where there is much of it."""
    boxes: Boxes
    """The boxes as written."""
    colours: list[ColourUse]
    """The colours that can be seen, by what they are on."""
    coverage: Coverage
    """How much ink it carries."""
    gap: str | None
    """Why the page could not be measured, wholly or in part."""
    images: list[PlacedImage]
    """Images."""
    ink_pt: Area | None
    """The extent of ink: painted and seen."""
    inverted_boxes: list[str]
    """Boxes whose corners stand in the wrong order."""
    lines: Lines
    """Its lines, the thinnest of them."""
    number: int
    """From 1, in file order."""
    painted_pt: Area | None
    """The extent of all that is painted, seen or not, within the page."""
    paths: PathCount
    """How many paths there are."""
    rotate: int
    """`/Rotate` as written, in degrees."""
    settings: list[PressSetting]
    """Settings of the press that what can be seen on it is painted with."""
    size_pt: Size
    """Size as seen: crop box within media box, rotation and UserUnit applied."""
    text: list[TextRun]
    """Text."""
    transparency: list[Transparency]
    """What lets other things shine through."""
    trim_area_pt: Area | None
    """The trim box on the page as seen, where one is set."""
    user_unit: float
    """`/UserUnit`, 1 unless set."""
    backdrop: CoverRaster | None = None
    """How a cover looks at its edges and in its middle; none for any other page."""
    beyond: list[Beyond] | None = None
    """What lies beyond its edge."""
    bleed_area_pt: Area | None = None
    """The bleed box on the page as seen; without one, the trim box or the art box."""
    crop_marks: CropMarks | None = None
    """Crop marks."""
    groups: list[SpaceKind] | None = None
    """The colour spaces its groups say they are composed in, the page's own first; each once."""
    isbns: list[PrintedIsbn] | None = None
    """ISBNs in its text."""
    leftovers: list[Leftover] | None = None
    """Phrases in its text that templates leave behind."""
    objects: list[ObjectUse] | None = None
    """Its graphics objects, those that cannot be seen included; measured where a standard of exchange asks
    for them.
    """
    objects_gap: str | None = None
    """Why not all of `objects` could be told apart."""
    relief: EdgeDensity | None = None
    """How lively the middle of a pictured cover is; none for any other page."""
    skipped: list[str] | None = None
    """What was passed over in its content, as viewers do."""
    texture: LocalContrast | None = None
    """How uneven a cover with pictures is; none for any other page."""
    white_lines: list[WhiteLines] | None = None
    """White lines on something printed, by what they lie on."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Page:
        """From its JSON."""
        return cls(
            annotations=[Annotation.from_dict(item) for item in of['annotations']],
            art=[Art.from_dict(item) for item in of['art']],
            boxes=Boxes.from_dict(of['boxes']),
            colours=[ColourUse.from_dict(item) for item in of['colours']],
            coverage=Coverage.from_dict(of['coverage']),
            gap=of['gap'],
            images=[PlacedImage.from_dict(item) for item in of['images']],
            ink_pt=None if of['ink_pt'] is None else tuple(of['ink_pt']),
            inverted_boxes=of['inverted_boxes'],
            lines=Lines.from_dict(of['lines']),
            number=of['number'],
            painted_pt=None if of['painted_pt'] is None else tuple(of['painted_pt']),
            paths=PathCount.from_dict(of['paths']),
            rotate=of['rotate'],
            settings=[PressSetting.from_dict(item) for item in of['settings']],
            size_pt=tuple(of['size_pt']),
            text=[TextRun.from_dict(item) for item in of['text']],
            transparency=[Transparency.from_dict(item) for item in of['transparency']],
            trim_area_pt=None if of['trim_area_pt'] is None else tuple(of['trim_area_pt']),
            user_unit=of['user_unit'],
            backdrop=None if of.get('backdrop') is None else CoverRaster.from_dict(of['backdrop']),
            beyond=None if of.get('beyond') is None else [Beyond.from_dict(item) for item in of['beyond']],
            bleed_area_pt=None if of.get('bleed_area_pt') is None else tuple(of['bleed_area_pt']),
            crop_marks=None if of.get('crop_marks') is None else CropMarks.from_dict(of['crop_marks']),
            groups=of.get('groups'),
            isbns=None if of.get('isbns') is None else [PrintedIsbn.from_dict(item) for item in of['isbns']],
            leftovers=None if of.get('leftovers') is None else [Leftover.from_dict(item) for item in of['leftovers']],
            objects=None if of.get('objects') is None else [ObjectUse.from_dict(item) for item in of['objects']],
            objects_gap=of.get('objects_gap'),
            relief=None if of.get('relief') is None else EdgeDensity.from_dict(of['relief']),
            skipped=of.get('skipped'),
            texture=None if of.get('texture') is None else LocalContrast.from_dict(of['texture']),
            white_lines=None if of.get('white_lines') is None else [WhiteLines.from_dict(item) for item in of['white_lines']],
        )


@dataclass(frozen=True)
class Action:
    """An action of the file, other than going to a page or opening an address."""

    area_pt: Area | None
    """Where on the page, if it hangs on an annotation."""
    kind: str
    """Its subtype as written: `JavaScript`, `Launch`, `SubmitForm`."""
    page: int | None
    """The page it hangs on; none for the file as a whole."""
    when: str
    """What triggers it, for people: `opening the file`, `the page`, `a Widget annotation`."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Action:
        """From its JSON."""
        return cls(
            area_pt=None if of['area_pt'] is None else tuple(of['area_pt']),
            kind=of['kind'],
            page=of['page'],
            when=of['when'],
        )


@dataclass(frozen=True)
class Attachment:
    """A file within the file."""

    area_pt: Area | None
    """Where on the page its pin stands."""
    name: str
    """Its name; empty where none is given."""
    page: int | None
    """The page it is pinned to; none for the file as a whole."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Attachment:
        """From its JSON."""
        return cls(
            area_pt=None if of['area_pt'] is None else tuple(of['area_pt']),
            name=of['name'],
            page=of['page'],
        )


@dataclass(frozen=True)
class Encryption:
    """How a file is locked."""

    forbidden: list[str]
    """What the file forbids a reader, in plain words."""
    method: str
    """The security handler's version and revision, as in `V4 R4`."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Encryption:
        """From its JSON."""
        return cls(
            forbidden=of['forbidden'],
            method=of['method'],
        )


@dataclass(frozen=True)
class Form:
    """An interactive form."""

    fields: int
    """Fields that can be filled in."""
    xfa: bool
    """Whether it is an XFA form as well, which pages do not show."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Form:
        """From its JSON."""
        return cls(
            fields=of['fields'],
            xfa=of['xfa'],
        )


@dataclass(frozen=True)
class Info:
    """The document information dictionary."""

    author: str | None
    """Author."""
    creator: str | None
    """The program the document was written in."""
    producer: str | None
    """The program that made the PDF."""
    title: str | None
    """Title."""
    creation_date: str | None = None
    """When the document was made, as written."""
    mod_date: str | None = None
    """When it was last changed, as written."""
    pdfx_conformance: str | None = None
    """The conformance to it, as written: `PDF/X-1a:2001`."""
    pdfx_version: str | None = None
    """The PDF/X version, as written: `PDF/X-1:2001`."""
    trapped: str | None = None
    """Whether it is trapped, as written: `True`, `False`, `Unknown`."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Info:
        """From its JSON."""
        return cls(
            author=of['author'],
            creator=of['creator'],
            producer=of['producer'],
            title=of['title'],
            creation_date=of.get('creation_date'),
            mod_date=of.get('mod_date'),
            pdfx_conformance=of.get('pdfx_conformance'),
            pdfx_version=of.get('pdfx_version'),
            trapped=of.get('trapped'),
        )


@dataclass(frozen=True)
class ProcessingStep:
    """A step of making packaging that a layer holds, rather than print."""

    group: str
    """Its group: `Structural`, `White`, `Varnish`."""
    kind: str
    """Its type within the group: `Cutting`, `Creasing`."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> ProcessingStep:
        """From its JSON."""
        return cls(
            group=of['group'],
            kind=of['kind'],
        )


@dataclass(frozen=True)
class Layer:
    """A layer (an optional content group)."""

    name: str
    """Its name."""
    off: bool
    """Whether the file switches it off."""
    unprinted: bool
    """Whether its usage dictionary excludes it from printing."""
    step: ProcessingStep | None = None
    """The processing step that it stands for (ISO 19593-1)."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Layer:
        """From its JSON."""
        return cls(
            name=of['name'],
            off=of['off'],
            unprinted=of['unprinted'],
            step=None if of.get('step') is None else ProcessingStep.from_dict(of['step']),
        )


@dataclass(frozen=True)
class SizeApart:
    """A page that two readers see in different sizes."""

    page: int
    """From 1."""
    size_pt: Size
    """Its size as the second reader sees it."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> SizeApart:
        """From its JSON."""
        return cls(
            page=of['page'],
            size_pt=tuple(of['size_pt']),
        )


@dataclass(frozen=True)
class Structure:
    """The file's skeleton."""

    actions: list[Action]
    """Its actions: those of the file first, then page by page."""
    attachments: list[Attachment]
    """Files within the file."""
    bookmarks: int
    """Bookmarks."""
    declared_count: int | None
    """Pages as the page tree itself counts them."""
    encryption: Encryption | None
    """How it is locked, if it is."""
    form: Form | None
    """Its form, if it has one with fields."""
    gap: str | None
    """Why actions, form, bookmarks, attachments or layers could not be read in full."""
    has_id: bool
    """Whether its trailer has an id."""
    info: Info
    """The information dictionary."""
    layers: list[Layer]
    """Its layers."""
    pdfx: str | None
    """The PDF/X it claims to be, as written: `PDF/X-1a:2001`."""
    repairs: list[str]
    """What had to be repaired to read it."""
    second_count: int | None
    """Pages as the second reader counts them."""
    sizes_apart: list[SizeApart]
    """Pages whose size the second reader sees otherwise by half a point or more."""
    version: str | None
    """PDF version, as in `1.4`."""
    xmp: bool
    """Whether XMP metadata is there."""
    direction: Direction | None = None
    """The direction it is read in, where its viewer preferences say so (`/Direction`)."""
    lang: str | None = None
    """The language of its text as the catalogue names it (`/Lang`): `en-GB`, `ar`."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Structure:
        """From its JSON."""
        return cls(
            actions=[Action.from_dict(item) for item in of['actions']],
            attachments=[Attachment.from_dict(item) for item in of['attachments']],
            bookmarks=of['bookmarks'],
            declared_count=of['declared_count'],
            encryption=None if of['encryption'] is None else Encryption.from_dict(of['encryption']),
            form=None if of['form'] is None else Form.from_dict(of['form']),
            gap=of['gap'],
            has_id=of['has_id'],
            info=Info.from_dict(of['info']),
            layers=[Layer.from_dict(item) for item in of['layers']],
            pdfx=of['pdfx'],
            repairs=of['repairs'],
            second_count=of['second_count'],
            sizes_apart=[SizeApart.from_dict(item) for item in of['sizes_apart']],
            version=of['version'],
            xmp=of['xmp'],
            direction=of.get('direction'),
            lang=of.get('lang'),
        )


@dataclass(frozen=True)
class Unread:
    """Something that stands like a code and cannot be read."""

    area_pt: Area
    """The smallest upright rectangle around it."""
    kind: CodeKind
    """What it looks like."""
    page: int
    """The page it is on, from 1."""
    tried: str
    """What was seen of it and tried."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Unread:
        """From its JSON."""
        return cls(
            area_pt=tuple(of['area_pt']),
            kind=of['kind'],
            page=of['page'],
            tried=of['tried'],
        )


Construct = Literal['lzw', 'jbig2', 'jpeg2000', 'crypt-filter', 'external-stream', 'reference-xobject', 'postscript', 'alternate-for-print', 'opi', 'transfer-function', 'halftone-phase', 'halftone-type', 'halftone-name', 'soft-mask', 'image-soft-mask', 'opacity', 'blend-mode', 'transparency-group', 'preseparated', 'trap-net-fonts', 'unknown-operator', 'optional-content', 'automatic-layers', 'layer-configurations', 'user-unit', 'group-space', 'mask-group-space', 'font-not-embedded']
"""A key or value that PDF/X restricts."""


@dataclass(frozen=True)
class ConstructUse:
    """Where a construct first stands."""

    construct: Construct
    """What it is."""
    object: str | None = None
    """The object it stands in: `12 0 R`; none for what stands in no object of its own."""
    page: int | None = None
    """The first page that uses it; none if it belongs to the file as a whole."""
    value: str | None = None
    """Its value, where it has one: a blend mode, a type of halftone."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> ConstructUse:
        """From its JSON."""
        return cls(
            construct=of['construct'],
            object=of.get('object'),
            page=of.get('page'),
            value=of.get('value'),
        )


DestProfile = Literal['none', 'unreadable', 'referenced'] | dict[str, Any]
"""What an output intent says of the profile of its printing condition."""


@dataclass(frozen=True)
class OutputIntent:
    """An output intent: the printing condition that a file was made for."""

    condition: str | None
    """The condition's name in its registry: `FOGRA39`."""
    info: str | None
    """What else is said of the condition."""
    profile: DestProfile
    """Its profile."""
    registry: str | None
    """The registry: `http://www.color.org`."""
    subtype: str | None
    """The standard it is for, as written: `GTS_PDFX`, `GTS_PDFA1`."""
    words: str | None
    """The condition in words."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> OutputIntent:
        """From its JSON."""
        return cls(
            condition=of['condition'],
            info=of['info'],
            profile=of['profile'],
            registry=of['registry'],
            subtype=of['subtype'],
            words=of['words'],
        )


@dataclass(frozen=True)
class ViewerBox:
    """A setting of the viewer that names a page box."""

    page_box: str
    """The box: `MediaBox`."""
    setting: str
    """The setting: `ViewArea`, `PrintClip`."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> ViewerBox:
        """From its JSON."""
        return cls(
            page_box=of['page_box'],
            setting=of['setting'],
        )


@dataclass(frozen=True)
class InkDefinition:
    """How a named ink is defined: inks of the same definition look alike."""

    name: str
    """Its name."""
    sha256: str
    """SHA-256, in hex, of its alternate space and tint transform as objects."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> InkDefinition:
        """From its JSON."""
        return cls(
            name=of['name'],
            sha256=of['sha256'],
        )


@dataclass(frozen=True)
class Xmp:
    """The XMP metadata of the file as a whole, as far as PDF/X asks for them."""

    created: str | None
    """When the document was made."""
    document_id: str | None
    """The document's id."""
    metadata_date: str | None
    """When these metadata were last changed."""
    modified: str | None
    """When it was last changed."""
    pdfx_version: str | None
    """The PDF/X it claims to be: `PDF/X-4`."""
    rendition_class: str | None
    """The rendition: `default`."""
    title: str | None
    """Title."""
    trapped: str | None
    """`True` or `False`."""
    version_id: str | None
    """The version's id."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Xmp:
        """From its JSON."""
        return cls(
            created=of['created'],
            document_id=of['document_id'],
            metadata_date=of['metadata_date'],
            modified=of['modified'],
            pdfx_version=of['pdfx_version'],
            rendition_class=of['rendition_class'],
            title=of['title'],
            trapped=of['trapped'],
            version_id=of['version_id'],
        )


@dataclass(frozen=True)
class Exchange:
    """What standards of exchange ask of a file."""

    constructs: list[ConstructUse]
    """What PDF/X restricts, once for each object."""
    navigation: list[Action]
    """Actions that go to a place or an address."""
    output_intents: list[OutputIntent]
    """Its output intents."""
    viewer_boxes: list[ViewerBox]
    """Settings of the viewer that name page boxes."""
    gap: str | None = None
    """Why not all of it could be looked at."""
    inks: list[InkDefinition] | None = None
    """The definitions of its named inks, each once."""
    xmp: Xmp | None = None
    """Its XMP metadata, if it has some that can be read."""
    xmp_trouble: str | None = None
    """Why its XMP metadata could not be read."""

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Exchange:
        """From its JSON."""
        return cls(
            constructs=[ConstructUse.from_dict(item) for item in of['constructs']],
            navigation=[Action.from_dict(item) for item in of['navigation']],
            output_intents=[OutputIntent.from_dict(item) for item in of['output_intents']],
            viewer_boxes=[ViewerBox.from_dict(item) for item in of['viewer_boxes']],
            gap=of.get('gap'),
            inks=None if of.get('inks') is None else [InkDefinition.from_dict(item) for item in of['inks']],
            xmp=None if of.get('xmp') is None else Xmp.from_dict(of['xmp']),
            xmp_trouble=of.get('xmp_trouble'),
        )


@dataclass(frozen=True)
class Document:
    """Everything measured of a file."""

    bytes: int
    """Size on disk."""
    codes: list[Code]
    """Codes found, in page order."""
    colours: list[Colour]
    """The colours it is painted in, in the order they are first used."""
    fonts: list[Font]
    """Its fonts, in the order they are first used."""
    gaps: list[Gap]
    """What could not be measured."""
    name: str
    """The path as the user gave it."""
    pages: list[Page]
    """Its pages, in order."""
    schema: str
    """`presscheck-facts/1`."""
    sha256: str
    """SHA-256 of its bytes, in hex."""
    structure: Structure
    """Its skeleton."""
    unread: list[Unread]
    """What stands like a code and cannot be read, in page order."""
    unreadable: str | None
    """Why it could not be read at all. Then nothing below is known."""
    exchange: Exchange | None = None
    """What standards of exchange ask of it; measured where one is asked for."""
    stopped: bool | None = None
    """Whether that is because measuring it took more time or memory than it may, and not because of the
    file.
    """

    @classmethod
    def from_dict(cls, of: dict[str, Any]) -> Document:
        """From its JSON."""
        return cls(
            bytes=of['bytes'],
            codes=[Code.from_dict(item) for item in of['codes']],
            colours=[Colour.from_dict(item) for item in of['colours']],
            fonts=[Font.from_dict(item) for item in of['fonts']],
            gaps=[Gap.from_dict(item) for item in of['gaps']],
            name=of['name'],
            pages=[Page.from_dict(item) for item in of['pages']],
            schema=of['schema'],
            sha256=of['sha256'],
            structure=Structure.from_dict(of['structure']),
            unread=[Unread.from_dict(item) for item in of['unread']],
            unreadable=of['unreadable'],
            exchange=None if of.get('exchange') is None else Exchange.from_dict(of['exchange']),
            stopped=of.get('stopped'),
        )


__all__ = [
    'Action',
    'Annotation',
    'Area',
    'Art',
    'ArtKind',
    'Attachment',
    'AverageInk',
    'Band',
    'Beyond',
    'BeyondKind',
    'Boxes',
    'Code',
    'CodeKind',
    'Colour',
    'ColourUse',
    'Construct',
    'ConstructUse',
    'CoverRaster',
    'Coverage',
    'CropMarks',
    'Damage',
    'DestProfile',
    'Direction',
    'Document',
    'EdgeDensity',
    'Edition',
    'Encryption',
    'Evidence',
    'Exchange',
    'Filter',
    'Font',
    'FontKind',
    'Form',
    'Gap',
    'Grade',
    'ImageColour',
    'ImageFlaw',
    'Info',
    'InkAmount',
    'InkDefinition',
    'Inwards',
    'Layer',
    'Leftover',
    'Line',
    'LineKind',
    'Lines',
    'LocalContrast',
    'MarkStyle',
    'Meeting',
    'Missing',
    'ObjectUse',
    'OutputIntent',
    'Overprint',
    'Page',
    'Painted',
    'PathCount',
    'PlacedImage',
    'Plates',
    'PressSetting',
    'PrintedIsbn',
    'ProcessingStep',
    'RenderMode',
    'Setting',
    'Size',
    'SizeApart',
    'SpaceKind',
    'SquareInk',
    'Structure',
    'TextRun',
    'Through',
    'Tip',
    'Transparency',
    'Unread',
    'ViewerBox',
    'Visibility',
    'WhiteLines',
    'Xmp',
]
