"""The Ghent Workgroup's rules that concern books, on mutations of a PDF/X-4 that presscheck did not make.

Measured on 2026-12-01 over a file of LaTeX's pdfx package (PDF/X-4, FOGRA39), which passes: of 54 mutations that break a rule 54
are told, of 45 that come near and are allowed 45 pass. Each mutation has the rules that the specification of 2022 says are broken by it; it is told rightly if exactly those are found.
Mutations are made by pikepdf, which shares no code with presscheck.

    python benches/gwg.py PRESSCHECK FILE.pdf     needs pikepdf and pillow
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pikepdf
from PIL import ImageCms
from pikepdf import Array, Dictionary, Name, Stream

PICTURE = "q {0} 0 0 {0} 100 100 cm /Zp Do Q"
INK = "1 0 0 0 k 60 60 300 120 re f "
LAB = Array([Name.Lab, Dictionary(WhitePoint=[0.9642, 1, 0.8249])])
CAL_RGB = Array([Name.CalRGB, Dictionary(WhitePoint=[0.9505, 1, 1.089])])
SHEET, SPOT, RGB, DIGITAL, WEB = (
    "sheet-cmyk",
    "sheet-spot-cmyk",
    "sheet-cmyk-rgb",
    "digital-print",
    "web-cmyk",
)
WAYS = []


def way(variant, broken, change):
    """Notes a mutation: a function of the file, or operators that are added to its page."""
    WAYS.append((variant, set(broken.split()), change))


def resource(p, kind, name, value):
    page = p.pages[0]
    if page.get("/Resources") is None:
        page.Resources = Dictionary()
    if kind not in page.Resources:
        page.Resources[kind] = Dictionary()
    page.Resources[kind][name] = value


def add(p, operators):
    p.pages[0].contents_add(Stream(p, f" q {operators} Q ".encode()), prepend=False)


def embedded(p):
    """The name of an embedded font of the page."""
    return next(iter(p.pages[0].Resources.Font.keys()))


def state(name, entries, operators):
    def change(p):
        resource(p, "/ExtGState", name, Dictionary(entries))
        add(p, operators)

    return change


OP = [("/Op1", {"/OP": True, "/op": True, "/OPM": 1}), ("/Op0", {"/OP": True, "/op": True, "/OPM": 0})]


def painted(operators, spaces=None):
    """Operators, with graphics states that overprint and colour spaces of one's own at hand."""

    def change(p):
        for name, entries in OP:
            resource(p, "/ExtGState", name, Dictionary(entries))
        for name, space in (spaces or {}).items():
            resource(p, "/ColorSpace", name, space(p) if callable(space) else space)
        add(p, operators.replace("/F ", embedded(p) + " "))

    return change


def text(colour, size, below=INK):
    return painted(f"{below} BT /F {size} Tf {colour} 80 90 Td (e) Tj ET")


def line(colour, width, below=INK):
    return painted(f"{below} {colour} {width} w 80 90 m 250 90 l S")


def picture(pixels, points, space="/DeviceGray", count=1, bits=8, more=None):
    def change(p):
        row = (pixels * count * bits + 7) // 8
        entries = {
            "/Type": Name.XObject,
            "/Subtype": Name.Image,
            "/Width": pixels,
            "/Height": pixels,
            "/BitsPerComponent": bits,
            "/ColorSpace": Name(space) if isinstance(space, str) else space(p),
            **(more or {}),
        }
        resource(p, "/XObject", "/Zp", p.make_indirect(Stream(p, bytes([90]) * row * pixels, Dictionary(entries))))
        add(p, PICTURE.format(points))

    return change


def icc(kind, count):
    def make(p):
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile(kind)).tobytes()
        return Array([Name.ICCBased, p.make_indirect(Stream(p, profile, Dictionary(N=count)))])

    return make


def separation(name, full, alternate=Name.DeviceCMYK, none=None):
    tint = Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=none or [0] * len(full), C1=full)
    return Array([Name.Separation, Name("/" + name), alternate, tint])


def spots(*inks):
    spaces = {f"/Zi{n}": separation(*ink) for n, ink in enumerate(inks)}
    drawn = " ".join(f"/Zi{n} cs 0.5 scn {70 + 30 * n} 70 20 20 re f" for n in range(len(inks)))
    return painted(drawn, spaces)


def page(**entries):
    def change(p):
        for key, value in entries.items():
            p.pages[0].obj["/" + key] = value

    return change


def second(trim=None, rotate=None, blank=False):
    """A second page as the first, with another trim, turned, or blank."""

    def change(p):
        p.pages.append(p.pages[0])
        other = p.pages[1].obj
        if trim:
            box = [float(v) for v in p.pages[0].obj.TrimBox]
            other.TrimBox = Array([box[0], box[1], box[2] - trim, box[3]])
        if rotate:
            other.Rotate = rotate
        if blank:
            other.Contents = Stream(p, b"")

    return change


def group(space):
    return page(Group=Dictionary(S=Name.Transparency, CS=space) if space else Dictionary(S=Name.Transparency))


def cropped(by):
    def change(p):
        for one in p.pages:
            media = [float(v) for v in one.mediabox]
            inner = lambda side: Array([media[0] + side, media[1] + side, media[2] - side, media[3] - side])
            one.obj.CropBox, one.obj.TrimBox = inner(by), inner(20)
            for key in ("/BleedBox", "/ArtBox"):
                if key in one.obj:
                    del one.obj[key]

    return change


def patch(inks, side):
    side = side / 25.4 * 72
    return painted(f"{inks} k 71.3 73.7 {side:.3f} {side:.3f} re f")


UNIT, CROP, UNLIKE, EMPTY = "gwg-user-unit-written", "gwg-crop-box-differs", "gwg-pages-unlike", "gwg-page-empty"
WHITE, BLACK, GREY = "gwg-white-overprints", "gwg-black-knocks-out", "gwg-grey-on-other-ink"
RICH, REGISTER, AVERAGE = "gwg-rich-black-text", "gwg-register-at-risk", "gwg-ink-average-high"
USED, NAMES, ALL = "gwg-spot-colour-used", "gwg-spot-names-alike", "gwg-registration-colour-used"
SPACE, GROUP, LOW = "gwg-colour-forbidden", "gwg-group-space-wrong", "gwg-resolution-low"

way(SHEET, UNIT, page(UserUnit=1))
way(SHEET, UNIT, page(UserUnit=2.5))
way(SHEET, CROP, cropped(10))
way(SHEET, "", cropped(0))
way(SHEET, UNLIKE, second(trim=5))
way(WEB, UNLIKE, second(trim=0.5))
way(WEB, UNLIKE, second(rotate=90))
way(SHEET, "", second())
way(SHEET, EMPTY, second(blank=True))
way(DIGITAL, "", second(blank=True))
for colour, size, rules in [
    ("/Op1 gs 0 0 0 0 k", 20, WHITE),
    ("/Op0 gs 0 0 0 0 k", 20, WHITE),
    ("0 0 0 0 k", 20, ""),
    ("0 0 0 0 k", 8, ""),
    ("0 0 0 0 k", 7.9, REGISTER),
    ("0 0 0 1 k", 11.9, BLACK),
    ("/Op0 gs 0 0 0 1 k", 11.9, BLACK),
    ("/Op1 gs 0 0 0 1 k", 9, ""),
    ("0 0 0 1 k", 12, ""),
    ("0 g", 11.9, GREY),
    ("0 g", 12, ""),
    ("/Op1 gs 0.4 g", 14, GREY),
    ("0.7 0.6 0.6 1 k", 9, RICH),
    ("0.6 0.6 0.6 1 k", 9, ""),
    ("0.9 0.8 0.8 0.84 k", 9, ""),
    ("0.4 0.3 0 0 k", 7.9, REGISTER),
    ("0.4 0.3 0 0 k", 8, ""),
    ("0 0.3 0 0 k", 4, ""),
]:
    way(SHEET, rules, text(colour, size))
for colour, size, rules in [
    ("0 0 0 1 k", 9, ""),
    ("/Op1 gs 0 0 0 0 k", 9, ""),
    ("0 0 0 0 k", 5, ""),
    ("/Op1 gs 0 g", 9, ""),
    ("0.4 0.3 0 0 k", 7, REGISTER),
]:
    way(SHEET, rules, text(colour, size, ""))
way(DIGITAL, "", text("0 0 0 1 k", 9))
way(DIGITAL, "", text("0 g", 9))
way(DIGITAL, REGISTER, text("0.4 0.3 0 0 k", 4.9))
way(DIGITAL, "", text("0.4 0.3 0 0 k", 5))
way(WEB, REGISTER, text("0.4 0.3 0 0 k", 8.9))
way(WEB, "", text("0.4 0.3 0 0 k", 9))
for colour, width, rules in [
    ("0 0 0 1 K", 1.9, BLACK),
    ("0 0 0 1 K", 2, ""),
    ("/Op1 gs 0 0 0 1 K", 1, ""),
    ("0 G", 1.9, GREY),
    ("0 G", 2, ""),
    ("0 0 0 0 K", 0.24, REGISTER),
    ("0 0 0 0 K", 0.25, ""),
    ("0.5 0.5 0 0 K", 0.2, REGISTER),
    ("0.5 0.5 0 0 K", 0.25, ""),
    ("/Op1 gs 0 0 0 0 K", 4, WHITE),
]:
    way(SHEET, rules, line(colour, width))
way(SHEET, "", line("0 0 0 1 K", 0.5, ""))
way(SHEET, BLACK, painted(INK + "0 0 0 1 k 80 90 200 1 re f"))
way(SHEET, "", painted(INK + "0 0 0 0 k 70 70 200 60 re f BT /F 9 Tf 0 0 0 1 k 80 90 Td (e) Tj ET"))
way(SHEET, "", painted("1 0 0 0 K 4 w 60 60 200 90 re S BT /F 9 Tf 0 0 0 1 k 80 90 Td (e) Tj ET"))
way(SHEET, "", painted("1 0 0 0 k 60 60 200 90 re 70 70 180 70 re f* BT /F 9 Tf 0 0 0 1 k 80 90 Td (e) Tj ET"))
way(SHEET, "", painted("0 1 0 0 k 0 0 0 1 K 1 w 60 60 200 90 re B"))
way(SHEET, AVERAGE, patch("0.75 0.75 0.75 0.97", 16))
way(SHEET, "", patch("0.75 0.75 0.75 0.95", 30))
way(SHEET, "", patch("1 1 1 1", 10))
way(SHEET, "", patch("0.9 0.9 0.9 0.9", 13.5))
way(WEB, AVERAGE, patch("0.75 0.75 0.75 0.85", 20))
way(WEB, "", patch("0.75 0.75 0.75 0.8", 20))
way(SHEET, USED, spots(("Gold", [0, 0.2, 0.7, 0])))
way(SHEET, "", spots(("Black", [0, 0, 0, 1])))
way(SHEET, ALL, spots(("All", [1, 1, 1, 1])))
way(SPOT, f"{USED} {NAMES}", spots(("PANTONE 186 C", [0, 1, 0.8, 0]), ("PANTONE 186 U", [0, 0.9, 0.7, 0])))
way(SPOT, f"{USED} {NAMES}", spots(("Gold", [0, 0.2, 0.7, 0]), ("GOLD", [0, 0.3, 0.7, 0])))
way(SPOT, f"{USED} {NAMES}", spots(("Gold", [0, 0.2, 0.7, 0]), ("Brass", [0, 0.2, 0.7, 0])))
way(SPOT, USED, spots(("Gold", [0, 0.2, 0.7, 0]), ("Silver", [0, 0, 0, 0.4])))
way(SPOT, USED, spots(("Gold", [0, 0.2, 0.7, 0]), ("Gold", [0, 0.2, 0.7, 0])))
way(SPOT, USED, spots(("Gold A", [0, 0.2, 0.7, 0]), ("Gold B", [0, 0.3, 0.7, 0])))
way(SPOT, USED, spots(("Gold", [70, 5, 50], LAB, [100, 0, 0])))
way(SPOT, f"{USED} {SPACE}", spots(("Gold", [0.8, 0.7, 0.2], CAL_RGB, [1, 1, 1])))
for space, components in [(LAB, "50 20 20"), (CAL_RGB, "1 0 0"), (icc("sRGB", 3), "1 0 0")]:
    for variant in (SHEET, RGB, DIGITAL):
        way(variant, SPACE, painted(f"/Zs cs {components} scn 70 70 40 40 re f", {"/Zs": space}))
way(SHEET, SPACE, picture(300, 72, icc("sRGB", 3), 3))
way(RGB, "", picture(300, 72, icc("sRGB", 3), 3))
way(DIGITAL, "", picture(300, 72, icc("sRGB", 3), 3))
way(RGB, "", picture(300, 72, "/DeviceCMYK", 4))
way(SHEET, GROUP, group(Name.DeviceGray))
way(SHEET, "", group(Name.DeviceCMYK))
way(SHEET, "", group(None))
for pixels, points, rules in [(149, 72, LOW), (224, 72, LOW), (225, 72, ""), (100, 72, LOW), (16, 72, ""), (300, 72, "")]:
    way(SHEET, rules, picture(pixels, points))
way(DIGITAL, LOW, picture(149, 72))
way(DIGITAL, "", picture(150, 72))
for pixels, rules in [(549, LOW), (799, LOW), (800, "")]:
    way(SHEET, rules, picture(pixels, 72, bits=1))


def main():
    program, source = sys.argv[1:3]
    counts = {"broken": [0, 0], "allowed": [0, 0]}
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "mutated.pdf")
        for number, (variant, expected, change) in enumerate(WAYS):
            with pikepdf.open(source) as p:
                change(p)
                p.save(path)
            args = [program, "check", path, "--for", f"gwg/2022-{variant}", "--format", "json"]
            report = json.loads(subprocess.run(args, capture_output=True, check=False).stdout)
            found = {one["rule"] for one in report["findings"] if not one.get("because_of")}
            count = counts["broken" if expected else "allowed"]
            count[1] += 1
            if found == expected:
                count[0] += 1
            else:
                print(f"{number} {variant}: expected {sorted(expected)}, found {sorted(found)}")
    for kind, (right, all_of_them) in counts.items():
        print(f"{kind}: {right} of {all_of_them} told rightly")


if __name__ == "__main__":
    main()
