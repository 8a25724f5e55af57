"""Typeset the sample reports as PDFs, as exported by a word processor and by a browser.

usage: python benchmarks/typeset.py [--word-font FONT] [--browser-font FONT] [--long PAGES FOLDER]

Writes `corpus/samples/word/<stem>.pdf` (LibreOffice, from the Word file) and
`corpus/samples/browser/<stem>.pdf` (Chromium, from the same words and tables as a web page). The gold files
`corpus/samples/<stem>.gold.json` apply to both. With `--long` these are not written: both programs typeset a
report of that many pages, with a ruled table on each, into the folder. The same programs and fonts give the
same bytes, because dates and file ids are blanked.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from book import SAMPLES, Book, as_docx, as_html, in_font, long_report, sample, sample_stems
from docx import Document
from programs import NoProgramError, program

WORD_FONT, BROWSER_FONT = "Laksaman", "Loma"
"""Fonts of Debian's fonts-thai-tlwg; Laksaman has the shapes of Sarabun, the font required in public
offices."""
SECONDS = 300
"""Time limit in seconds for typesetting one file."""
DATE = re.compile(rb"(/(?:CreationDate|ModDate)\s*\()(D:)([^)]*)(?=\))")
FILE_ID = re.compile(rb"(?<=[<(/])([0-9A-Fa-f]{32,40})(?=[>)\s/])")


def libreoffice(docx: bytes) -> bytes:
    """Return a Word file exported to PDF by LibreOffice Writer."""
    soffice = program("soffice", "libreoffice")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "report.docx").write_bytes(docx)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        _run([soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", name, f"{name}/report.docx"])
        return with_fixed_dates((folder / "report.pdf").read_bytes())


def chromium(page: str) -> bytes:
    """Return a web page printed to PDF by Chromium."""
    browser = program("chromium", "chromium-browser", "google-chrome")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "report.html").write_text(page, encoding="utf-8")
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        target = [f"--user-data-dir={name}/profile", f"--print-to-pdf={name}/report.pdf"]
        _run([browser, *flags, *target, (folder / "report.html").as_uri()])
        return with_fixed_dates((folder / "report.pdf").read_bytes())


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed: {done.stderr.decode(errors='replace')[-500:]}")


def with_fixed_dates(pdf: bytes) -> bytes:
    """Return a PDF with its dates and file ids blanked and every offset unchanged."""
    pdf = DATE.sub(lambda match: match[1] + match[2] + _digits_blanked(match[3]), pdf)
    start = pdf.rfind(b"trailer")
    return pdf[:start] + FILE_ID.sub(lambda match: b"0" * len(match[1]), pdf[start:]) if start >= 0 else pdf


def _digits_blanked(date: bytes) -> bytes:
    fixed = b"20240101000000"
    return fixed[: len(date)] + re.sub(rb"\d", b"0", date[len(fixed) :])


def word_sample(stem: str, font: str) -> bytes:
    """Return a sample's Word file exported to PDF by LibreOffice in a font."""
    return libreoffice(in_font(Document(str(SAMPLES / f"{stem}.docx")), font))


def by_word(book: Book, font: str) -> bytes:
    """Return a book exported to PDF by a word processor."""
    return libreoffice(as_docx(book, font))


def by_browser(book: Book, font: str) -> bytes:
    """Return a book printed to PDF by a browser."""
    return chromium(as_html(book, font))


def _write(folder: Path, stem: str, make: Callable[[], bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    try:
        pdf = make()
    except NoProgramError as error:
        print(f"{folder.name}/{stem}.pdf: {error}", file=sys.stderr)
        return
    (folder / f"{stem}.pdf").write_bytes(pdf)
    print(f"{folder.name}/{stem}.pdf  {len(pdf):,} bytes")


def main() -> int:
    """Typeset the files named by the arguments; return the exit status."""
    parser = argparse.ArgumentParser(description="Typeset the sample reports as PDFs.")
    parser.add_argument("--word-font", default=WORD_FONT)
    parser.add_argument("--browser-font", default=BROWSER_FONT)
    parser.add_argument(
        "--long", nargs=2, metavar=("PAGES", "FOLDER"), help="typeset a long report into a folder"
    )
    options = parser.parse_args()
    if options.long:
        book, folder = long_report(int(options.long[0])), Path(options.long[1])
        _write(folder / "word", "long", lambda: by_word(book, options.word_font))
        _write(folder / "browser", "long", lambda: by_browser(book, options.browser_font))
        return 0
    for stem in sample_stems():
        _write(SAMPLES / "word", stem, lambda stem=stem: word_sample(stem, options.word_font))
        _write(SAMPLES / "browser", stem, lambda stem=stem: by_browser(sample(stem), options.browser_font))
    return 0


if __name__ == "__main__":
    sys.exit(main())
