"""Seeds: the valid files to mutate, from the samples and test variants, and small generated ones."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

from support.make_docx import docx, level, listed, lists, p, r, root, tbl, tc, tr
from support.make_pdf import Sheet, pdf_of

from fuzz import image_moves

ROOT = Path(__file__).resolve().parents[2]
MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK", "YCbCr")


@cache
def files(pattern: str) -> tuple[bytes, ...]:
    """Return the bytes of the files of a kind among samples and variants."""
    folders = (
        ROOT / "corpus" / "samples",
        ROOT / "tests" / "variants",
        ROOT / "tests" / "check" / "breaks",
        ROOT / "tests" / "extract" / "readers" / "pdf" / "files",
    )
    return tuple(path.read_bytes() for folder in folders for path in sorted(folder.rglob(pattern)))


@cache
def texts() -> tuple[bytes, ...]:
    """Return text files: prose, tables with pipes, spaces and tags."""
    return tuple(data for data in files("*.txt") if len(data) < 20_000)


@cache
def documents() -> tuple[bytes, ...]:
    """Return Word files: those of samples and variants, and one with lists, notes, boxes and merged cells."""
    rich = docx(
        p("รายงาน ITA ปีงบประมาณ พ.ศ. 2568"),
        p("คะแนน", listed(1)),
        p("จุดแข็ง", listed(1, 1)),
        tbl(
            tr(tc("ตัวชี้วัด", 2, "restart"), tc("คะแนน")),
            tr(tc("", 2, "continue"), tc("๙๐.๑๐")),
            tr(tc("การใช้อำนาจ"), tc("1"), tc("85.00")),
        ),
        p(
            r(f"<w:drawing><w:txbxContent>{p('กล่อง')}</w:txbxContent></w:drawing>")
            + r('<w:footnoteReference w:id="2"/>')
        ),
        numbering=lists({0: level(0, "thaiNumbers", "%1.") + level(1, "thaiNumbers", "%1.%2")}, {1: 0}),
        footnotes=root("footnotes", f'<w:footnote w:id="2">{p("เชิงอรรถ")}</w:footnote>'),
        header=root("hdr", p("หัวกระดาษ")),
    )
    return (*files("*.docx"), rich, rich, rich)


def _sheet() -> Sheet:
    sheet = Sheet().lines(60, 60, ["ITA 2568", "1. คะแนน", "จุดแข็ง"])
    sheet.grid([60, 200, 320, 440], [120, 150, 180, 210], [("h", 2, 0)])
    for row, words in enumerate((("ตัวชี้วัด", "คะแนน", "ระดับ"), ("การใช้อำนาจ", "90.1", "A"), ("", "85", "B"))):
        for column, word in enumerate(words):
            sheet.text(65 + 130 * column, 140 + 30 * row, word)
    return sheet.fill(60, 300, 200, 320, 0.2).text(60, 400, "abc", actual="การ")


@cache
def pdfs() -> tuple[bytes, ...]:
    """Return PDFs: of a word processor, a browser, and small ones in which every byte counts."""
    one = pdf_of(_sheet()).done()
    two = pdf_of(_sheet(), Sheet().lines(60, 60, ["a", "b"], size=18)).done()
    return (*files("*.pdf"), *(one,) * 10, *(two,) * 5)


@cache
def pictures() -> tuple[bytes, ...]:
    """Return small pictures in every mode and form that is read, turned ones and ones of several pages."""
    found = [image_moves.saved(image_moves.small(mode), "TIFF") for mode in MODES]
    found += [
        image_moves.saved(image_moves.small(mode), "PNG")
        for mode in MODES
        if mode not in ("I;16", "CMYK", "YCbCr")
    ]
    found += [image_moves.saved(image_moves.small(mode), "JPEG") for mode in ("L", "RGB", "CMYK")]
    found += [image_moves.turned(held) for held in (3, 6, 99)]
    found += [
        image_moves.saved(image_moves.small("1"), "TIFF", compression=kind)
        for kind in ("group4", "tiff_lzw", "packbits", "tiff_adobe_deflate")
    ]
    pages = [image_moves.small("L", (60 + 20 * i, 50)) for i in range(3)]
    found.append(image_moves.saved(pages[0], "TIFF", save_all=True, append_images=pages[1:]))
    found.append(image_moves.saved(pages[0], "PNG", save_all=True, append_images=pages[1:]))
    return tuple(found)


@cache
def scans() -> tuple[bytes, ...]:
    """Return PDFs whose small pages are pictures."""
    found = []
    for mode in ("1", "L", "RGB", "CMYK"):
        out = BytesIO()
        image_moves.small(mode, (200, 120)).save(out, "PDF", resolution=150)
        found.append(out.getvalue())
    return tuple(found)
