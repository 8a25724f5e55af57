"""PDF engines for comparison: each returns the text of a file, or its tables page by page.

An engine that is not installed_version raises ImportError or NoProgramError; the caller reports that and continues.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from programs import program

Cells = list[str]
"""The texts of all cells of all tables of a page."""


def ours_text(path: Path) -> str:
    """Return the text extracted by thaita's reader."""
    from thaita.extract.readers.pdf.reader import read_pdf

    return read_pdf(path.read_bytes()).text


def pdfium_glyphs(path: Path) -> str:
    """Return the visible glyphs of thaita's PDFium engine in stream order."""
    from thaita.extract.readers.pdf.pdfium import PdfiumEngine

    pages = PdfiumEngine().pages(path.read_bytes())
    return "".join(glyph.text for page in pages for glyph in page.glyphs if glyph.visible)


def miner_glyphs(path: Path) -> str:
    """Return the visible glyphs of thaita's pdfminer engine in stream order."""
    from thaita.extract.readers.pdf.pdfminer_pages import PdfminerEngine

    pages = PdfminerEngine().pages(path.read_bytes())
    return "".join(glyph.text for page in pages for glyph in page.glyphs if glyph.visible)


def pdfplumber_text(path: Path) -> str:
    """Return the text extracted by pdfplumber with default settings."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def pdfium_text(path: Path) -> str:
    """Return the text extracted by PDFium's own text API."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(path)) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def oxide_text(path: Path) -> str:
    """Return the text extracted by pdf_oxide."""
    import pdf_oxide

    pdf = pdf_oxide.PdfDocument(str(path))
    return "\n".join(pdf.extract_text(number) for number in range(pdf.page_count()))


def mupdf_text(path: Path) -> str:
    """Return the text extracted by PyMuPDF (AGPL: only compared with, never used)."""
    import pymupdf

    with pymupdf.open(path) as pdf:
        return "\n".join(page.get_text() for page in pdf)


def poppler_text(path: Path) -> str:
    """Return the text extracted by pdftotext."""
    done = subprocess.run(
        [program("pdftotext"), str(path), "-"], capture_output=True, check=True, timeout=120
    )
    return done.stdout.decode("utf-8", "replace")


TEXT: dict[str, Callable[[Path], str]] = {
    "thaita": ours_text,
    "thaita pdfium": pdfium_glyphs,
    "thaita miner": miner_glyphs,
    "pdfplumber": pdfplumber_text,
    "pypdfium2": pdfium_text,
    "pdf_oxide": oxide_text,
    "PyMuPDF": mupdf_text,
    "pdftotext": poppler_text,
}


def ours_tables(path: Path) -> Iterator[tuple[int, Cells]]:
    """Yield the cells of the whole file at once, because thaita's reader reads files, not pages."""
    from thaita.extract.readers.pdf.reader import read_pdf

    document = read_pdf(path.read_bytes())
    yield len(document.pages), [cell.text.chars for table in document.tables() for cell in table.cells]


def plumber_tables(path: Path) -> Iterator[tuple[int, Cells]]:
    """Yield the cells of each page by pdfplumber with default settings, extracting the text as well."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            yield 1, [cell or "" for table in page.extract_tables() for row in table for cell in row]
            page.close()


def camelot_tables(path: Path) -> Iterator[tuple[int, Cells]]:
    """Yield the cells of each page by Camelot's lattice."""
    import camelot
    import pypdfium2

    with closing(pypdfium2.PdfDocument(path)) as pdf:
        pages = len(pdf)
    for number in range(1, pages + 1):
        tables = camelot.read_pdf(str(path), pages=str(number), flavor="lattice", suppress_stdout=True)
        yield 1, [cell for table in tables for row in table.data for cell in row]


def mupdf_tables(path: Path) -> Iterator[tuple[int, Cells]]:
    """Yield the cells of each page by PyMuPDF, extracting the text as well (AGPL: only compared with, never used)."""
    import pymupdf

    with pymupdf.open(path) as pdf:
        for page in pdf:
            page.get_text()
            tables = page.find_tables().tables
            yield 1, [cell or "" for table in tables for row in table.extract() for cell in row]


def oxide_tables(path: Path) -> Iterator[tuple[int, Cells]]:
    """Yield the cells of each page by pdf_oxide."""
    import pdf_oxide

    pdf = pdf_oxide.PdfDocument(str(path))
    for number in range(pdf.page_count()):
        pdf.extract_text(number)
        tables = pdf.extract_tables(number)
        yield 1, [cell["text"] for table in tables for row in table["rows"] for cell in row["cells"]]


def pdfium_engine(path: Path) -> Iterator[tuple[int, Cells]]:
    """Yield the pages of thaita's PDFium engine: glyphs and rules, without cells."""
    from thaita.extract.readers.pdf.pdfium import PdfiumEngine

    for _ in PdfiumEngine().pages(path.read_bytes()):
        yield 1, []


def miner_engine(path: Path) -> Iterator[tuple[int, Cells]]:
    """Yield the pages of thaita's pdfminer engine: glyphs and rules, without cells."""
    from thaita.extract.readers.pdf.pdfminer_pages import PdfminerEngine

    for _ in PdfminerEngine().pages(path.read_bytes()):
        yield 1, []


TABLES: dict[str, Callable[[Path], Iterator[tuple[int, Cells]]]] = {
    "thaita": ours_tables,
    "thaita pdfium engine only": pdfium_engine,
    "thaita miner engine only": miner_engine,
    "pdfplumber": plumber_tables,
    "Camelot": camelot_tables,
    "PyMuPDF": mupdf_tables,
    "pdf_oxide": oxide_tables,
}


def installed_version(engine: str) -> str:
    """Return the version of the library behind an engine, or an empty string if it has none."""
    from importlib.metadata import PackageNotFoundError, version

    names = {"pdfplumber": "pdfplumber", "pypdfium2": "pypdfium2", "pdf_oxide": "pdf_oxide"}
    names |= {"PyMuPDF": "pymupdf", "Camelot": "camelot-py", "thaita": "thaita"}
    try:
        return version(names[engine])
    except (KeyError, PackageNotFoundError):
        return ""
