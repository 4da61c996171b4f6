#!/usr/bin/env python3
"""Picture books against one decode of their pictures by libjpeg-turbo, as Pillow has it, on one thread.

Makes books of full-page JPEGs at 300 ppi (RGB, grey and CMYK, with and without grain, and forty colouring pages that share two
drawings), then in turn decodes their pictures and checks them, and prints the median of the rounds' ratios in processor time.

    cargo build --release && benches/pictures.py [ROUNDS]

Measured in November 2026 on two cores of a shared machine, single runs with like books, before grain was taken for one colour and
pictures were looked at once a file, and after: RGB 9.5 and 6, RGB with fine grain 24 and 4.7, with strong grain 14 and 2.5, grey with fine
grain 29 and 5, CMYK 8.5 and 2.1, colouring pages 53 and 6.7. The reach is 1.8.

Needs python3 with Pillow and numpy.
"""

import io
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

PROGRAM = os.environ.get("PROGRAM") or Path(__file__).parent.parent / "target/release/presscheck"
SIDE_PT, PIXELS = 630, 2625
SPACES = {"RGB": "DeviceRGB", "L": "DeviceGray", "CMYK": "DeviceCMYK"}


def picture(mode: str, grain: float, seed: int) -> bytes:
    """Waves and discs of one colour each, under grain of so many grey levels (standard deviation)."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[0:PIXELS, 0:PIXELS].astype(np.float32)
    planes = []
    for plane in range(len(mode)):
        grey = 128 + 60 * np.sin(x / (150 + 40 * plane + seed) + seed) + 50 * np.cos(y / 170)
        for _ in range(12):
            left, top, radius = random.integers(0, PIXELS, 3)
            disc = (x - left) ** 2 + (y - top) ** 2 < (60 + radius / 8) ** 2
            grey[disc] = random.integers(20, 235)
        grey += random.normal(0, grain, grey.shape)
        planes.append(np.clip(grey, 0, 255).astype(np.uint8))
    return jpeg(Image.merge(mode, [Image.fromarray(plane) for plane in planes]))


def drawing(seed: int) -> bytes:
    """Rings in thin black lines."""
    random = np.random.default_rng(seed)
    page = Image.new("L", (PIXELS, PIXELS), 255)
    draw = ImageDraw.Draw(page)
    for _ in range(300):
        left, top, size = random.integers(0, PIXELS, 3)
        draw.ellipse([left, top, left + size / 8 + 30, top + size / 8 + 30], outline=0, width=5)
    return jpeg(page)


def jpeg(image: Image.Image) -> bytes:
    data = io.BytesIO()
    image.save(data, "JPEG", quality=90)
    return data.getvalue()


def book(pictures: list[bytes], mode: str, pages: int) -> bytes:
    """A page for each number up to `pages`, filled by a picture."""
    objects: list[bytes] = []

    def add(text: str, data: bytes | None = None) -> int:
        body = text.encode()
        if data is not None:
            body = f"<< {text} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"
        objects.append(body)
        return len(objects)

    catalog, tree = add("<< /Type /Catalog /Pages 2 0 R >>"), add("")
    decode = "/Decode [1 0 1 0 1 0 1 0]" if mode == "CMYK" else ""
    head = (
        f"/Type /XObject /Subtype /Image /Width {PIXELS} /Height {PIXELS} {decode} "
        f"/ColorSpace /{SPACES[mode]} /BitsPerComponent 8 /Filter /DCTDecode"
    )
    images = [add(head, data) for data in pictures]
    content = add("", f"q {SIDE_PT} 0 0 {SIDE_PT} 0 0 cm /I Do Q".encode())
    kids = [
        add(
            f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {SIDE_PT} {SIDE_PT}] /Contents {content} 0 R "
            f"/Resources << /XObject << /I {images[page % len(images)]} 0 R >> >> >>"
        )
        for page in range(pages)
    ]
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[tree - 1] = f"<< /Type /Pages /Count {pages} /Kids [{listed}] >>".encode()
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.6\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    table = out.tell()
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}".encode())
    out.write(f"trailer << /Size {len(objects) + 1} /Root {catalog} 0 R >>\n".encode())
    out.write(f"startxref\n{table}\n%%EOF\n".encode())
    return out.getvalue()


def decoded(pictures: list[bytes]) -> float:
    """Seconds of processor time that decoding takes."""
    before = time.process_time()
    for data in pictures:
        Image.open(io.BytesIO(data)).load()
    return time.process_time() - before


def checked(path: Path) -> float:
    """Seconds of processor time that a check for three platforms takes, all processes together."""

    def spent() -> float:
        use = resource.getrusage(resource.RUSAGE_CHILDREN)
        return use.ru_utime + use.ru_stime

    before = spent()
    job = ["--trim", "8.5x8.5", "--ink", "premium-colour", "--paper", "white", "--for", "kdp,ingram,lsi"]
    done = subprocess.run([PROGRAM, "check", path, *job, "--format", "json"], stdout=subprocess.DEVNULL)
    assert done.returncode in (0, 1), f"presscheck ended with {done.returncode}"
    return spent() - before


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    works = {
        "RGB": ("RGB", [picture("RGB", 0, n) for n in range(8)], 8),
        "RGB, fine grain": ("RGB", [picture("RGB", 6, n) for n in range(8)], 8),
        "RGB, strong grain": ("RGB", [picture("RGB", 20, n) for n in range(8)], 8),
        "grey, fine grain": ("L", [picture("L", 6, n) for n in range(8)], 8),
        "CMYK, fine grain": ("CMYK", [picture("CMYK", 6, n) for n in range(8)], 8),
        "colouring, 2 on 40 pages": ("L", [drawing(n) for n in range(2)], 40),
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "interior.pdf"
        for name, (mode, pictures, pages) in works.items():
            path.write_bytes(book(pictures, mode, pages))
            pairs = [(checked(path), decoded(pictures)) for _ in range(rounds)]
            ratio = statistics.median(check / decode for check, decode in pairs)
            check, decode = (statistics.median(side) for side in zip(*pairs))
            print(f"{name:26} check {check:6.2f} s  decode {decode:5.2f} s  ratio {ratio:5.1f}", flush=True)


if __name__ == "__main__":
    main()
