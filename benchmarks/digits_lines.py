"""Scanned lines of numbers, draw_line from the Thai fonts of the package registries.

Fonts: Debian's fonts-thai-tlwg, fonts-noto-core, fonts-liberation; npm's @fontsource packages of `NPM`,
installed below the folder in `DIGIT_FONTS` (`npm install --prefix FOLDER @fontsource/sarabun …`);
and the fonts of the PyPI package odoo-addon-l10n-th-fonts, unpacked there (`pip install --no-deps --target
FOLDER odoo-addon-l10n-th-fonts`). Missing fonts are listed and skipped. The families of `TEST` and
`CALIBRATION` never take part in training.
"""

from __future__ import annotations

import os
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from digits_scan import Scan, scanned
from PIL import Image, ImageDraw, ImageFont

THAI = "๐๑๒๓๔๕๖๗๘๙"
ARABIC = "0123456789"
LETTERS = "กขคงจฉชซญฎฐณดตถทธนบปผฝพฟภมยรลวศษสหอฮะาำิีึืุูเแโใไ่้๊๋็์ๆฯ"
LATIN = "ITAEOBCDabcdeilot"
WORDS = (
    "พ.ศ.",
    "ปี",
    "ร้อยละ",
    "คะแนน",
    "ข้อ",
    "ระดับ",
    "ธ.ค.",
    "ต.ค.",
    "ผลคะแนน",
    "ตัวชี้วัดที่",
    "IIT",
    "o",
    "ประจำปี",
)
DRAW = 2
"""Lines are drawn at this multiple of their resolution, then reduced, as in a scanner."""

SYSTEM = Path("/usr/share/fonts/truetype")
TLWG = [
    "Garuda",
    "Kinnari",
    "Laksaman",
    "Loma",
    "Norasi",
    "Purisa",
    "Sawasdee",
    "TlwgMono",
    "TlwgTypewriter",
    "TlwgTypist",
    "TlwgTypo",
    "Umpush",
    "Waree",
]
NOTO = ["NotoSansThai", "NotoSerifThai", "NotoLoopedThai"]
LIBERATION = ["LiberationSans", "LiberationSerif"]
NPM = [
    "sarabun",
    "prompt",
    "kanit",
    "mitr",
    "niramit",
    "chakra-petch",
    "k2d",
    "bai-jamjuree",
    "anuphan",
    "fahkwang",
    "ibm-plex-sans-thai",
    "itim",
    "taviraj",
    "sriracha",
]
ODOO = [
    "THBaijam",
    "THChakraPetch",
    "THFahkwang",
    "THK2DJuly8",
    "THKoHo",
    "THKodchasal",
    "THKrub",
    "THMaliGrade6",
    "THNiramitAS",
    "THSarabun",
    "THSarabunNew",
]
TEST = [
    "Laksaman",
    "THSarabun",
    "THSarabunNew",
    "Kinnari",
    "niramit",
    "THNiramitAS",
    "mitr",
    "taviraj",
    "Loma",
]
CALIBRATION = ["Waree", "k2d", "THK2DJuly8", "NotoSerifThai", "Umpush", "THKrub"]


@dataclass(frozen=True)
class Face:
    """A font of a family: the file of its Thai glyphs, and that of its Latin glyphs (often the same)."""

    family: str
    thai: str
    latin: str


def families(folder: Path, quiet: bool = False) -> dict[str, list[Face]]:
    """Return the installed fonts by family; print the missing ones unless `quiet`."""
    found = {}
    for family in [*TLWG, *NOTO, *LIBERATION, *NPM, *ODOO]:
        faces = [Face(family, *pair) for pair in _files(family, folder)]
        if faces:
            found[family] = faces
        elif not quiet:
            print("not installed, skipped:", family)
    return found


def font_folder() -> Path:
    """Return the folder of the fonts from npm and PyPI."""
    return Path(os.environ.get("DIGIT_FONTS", "../digit-fonts"))


def _files(family: str, folder: Path) -> list[tuple[str, str]]:
    if family in NPM:
        base = folder / "node_modules/@fontsource" / family / "files"
        wanted = [f"{weight}-normal" for weight in (300, 400, 500, 700)] + ["400-italic"]
        pairs = [(base / f"{family}-thai-{w}.woff2", base / f"{family}-latin-{w}.woff2") for w in wanted]
        return [(str(thai), str(latin)) for thai, latin in pairs if thai.exists() and latin.exists()]
    if family in ODOO:
        path = folder / "odoo/addons/l10n_th_fonts/static/fonts" / f"{family}.ttf"
        return [(str(path), str(path))] if path.exists() else []
    names = [f"{family}{style}.ttf" for style in ("", "-Regular", "-Bold", "-Oblique", "-Italic")]
    paths = [path for name in names for path in SYSTEM.glob(f"*/{name}")]
    return [(str(path), str(path)) for path in paths]


@cache
def load_font(path: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a font at a size in pixels."""
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def number(rng: random.Random) -> str:
    """Return a number as reports write them, in Thai or Arabic digits."""
    kind = rng.random()
    if kind < 0.36:
        text = f"{rng.randint(0, 99):0{rng.choice((1, 2, 2, 2))}d}.{rng.randint(0, 99):02d}"
    elif kind < 0.46:
        text = rng.choice(("100", "100", "100.00", "100.0", "0.00"))
    elif kind < 0.54:
        text = str(rng.randint(2550, 2575))
    elif kind < 0.62:
        text = f"{rng.randint(1, 39)}{rng.choice(('.', '', '.', ' ,'))}".replace(" ", "")
    elif kind < 0.70:
        text = f"{rng.randint(1, 31)}{rng.choice('/-')}{rng.randint(1, 12)}"
        text += f"{rng.choice('/-')}{rng.randint(2560, 2570)}" if rng.random() < 0.6 else ""
    elif kind < 0.76:
        text = f"{rng.randint(1, 999)},{rng.randint(0, 999):03d}" + rng.choice(
            ("", f".{rng.randint(0, 99):02d}")
        )
    elif kind < 0.78:
        text = rng.choice(("-", "-", f"-{rng.randint(1, 9)}.{rng.randint(0, 99):02d}"))
    elif kind < 0.88:
        text = f"{rng.randint(0, 9)}.{rng.randint(0, 9)}" + rng.choice(("", f".{rng.randint(0, 9)}"))
    else:
        text = "".join(rng.choice(ARABIC) for _ in range(rng.randint(1, 9)))
    if rng.random() < 0.1 and text[-1].isdigit():
        text += rng.choice(("%", " %"))
    return text


def in_thai(text: str) -> str:
    """Return a text with Thai digits instead of Arabic ones."""
    return text.translate(str.maketrans(ARABIC, THAI))


def score_cell(rng: random.Random, thai: bool) -> str:
    """Return the text of a score cell: nearly always two digits, a point and two digits."""
    text = "100.00" if rng.random() < 0.06 else f"{rng.randint(40, 99)}.{rng.randint(0, 99):02d}"
    return in_thai(text) if thai else text


def letters(rng: random.Random) -> str:
    """Return a few letters, as they occur beside numbers."""
    if rng.random() < 0.5:
        return rng.choice(WORDS)
    source = LETTERS if rng.random() < 0.8 else LATIN + "()():"
    return "".join(rng.choice(source) for _ in range(rng.randint(1, 6)))


def line(rng: random.Random, thai: bool) -> list[tuple[str, bool]]:
    """Return the pieces of a line: text, and whether it is a number."""
    kind = rng.random()
    text = number(rng)
    piece = (in_thai(text) if thai else text, True)
    if kind < 0.70 or (not thai and kind > 0.98):
        return [piece]
    if kind < 0.73:
        return [(letters(rng), False)]
    if kind < 0.75:
        return []
    gap = rng.choice(("", " ", " "))
    before, after = (letters(rng) + gap, False), (gap + letters(rng), False)
    if kind < 0.77:
        return [("(", False), piece, (")", False)]
    return [before, piece] if kind < 0.86 else [piece, after] if kind < 0.95 else [before, piece, after]


def label(pieces: list[tuple[str, bool]], letter: str) -> str:
    """Return the expected reading of a line: numbers without spaces, `letter` for the rest."""
    return "".join(text.replace(" ", "") if is_number else letter for text, is_number in pieces)


def draw_line(pieces: list[tuple[str, bool]], face: Face, pixels: int) -> np.ndarray:
    """Return a line drawn without margins, black on white, in a font of a size in pixels."""
    thai, latin = load_font(face.thai, pixels), load_font(face.latin, pixels)
    text = "".join(piece for piece, _ in pieces)
    runs: list[tuple[str, ImageFont.FreeTypeFont]] = []
    for character in text:
        font = thai if "\u0e00" <= character <= "\u0e7f" else latin
        if runs and runs[-1][1] is font:
            runs[-1] = runs[-1][0] + character, font
        else:
            runs.append((character, font))
    width = sum(font.getlength(run) for run, font in runs)
    image = Image.new("L", (int(width) + pixels, 3 * pixels), 255)
    pen, at = ImageDraw.Draw(image), pixels / 2
    for run, font in runs:
        pen.text((at, 2 * pixels), run, font=font, fill=0, anchor="ls")
        at += font.getlength(run)
    array = np.asarray(image)
    rows, columns = np.flatnonzero(array.min(axis=1) < 128), np.flatnonzero(array.min(axis=0) < 128)
    if not len(rows):
        return np.full((pixels, pixels), 255, np.uint8)
    return array[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def scan_line(
    pieces: list[tuple[str, bool]], face: Face, points: float, scan: Scan, rng: random.Random
) -> np.ndarray:
    """Return the scan of a line: gray, at the resolution of the scan."""
    pixels = max(8, round(points / 72 * scan.dpi * DRAW))
    ink = draw_line(pieces, face, pixels) if pieces else np.full((pixels // 2, pixels * 3), 255, np.uint8)
    if rng.random() < 0.1:
        ink = cv2.resize(ink, None, fx=rng.uniform(0.85, 1.15), fy=1.0, interpolation=cv2.INTER_AREA)
    return scanned(ink, pixels, scan, rng)
