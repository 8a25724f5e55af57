"""Character error rate of PDF engines on Thai text, by PDF producer and font.

usage: python benchmarks/text.py [--fonts NAME …] [--producers NAME …] [--keep FOLDER]

Typesets the words of the sample reports and a line of hard clusters as paragraphs, and extracts them with
each installed engine. Prints a row for each producer and font: wrong, missing and surplus characters in
percent of the characters typeset. White space is ignored, and a sara am in two pieces counts as one.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from book import Book, hard_text, squeeze
from pdf_engines import TEXT, installed_version
from programs import NoProgramError, program
from rapidfuzz.distance import Levenshtein
from typeset import by_browser, by_word

FONTS = ("Laksaman", "Garuda", "Norasi", "Loma", "Kinnari", "Waree", "Noto Sans Thai")
"""Fonts of Debian's fonts-thai-tlwg and fonts-noto-core with different outlines and mark positioning."""
SECONDS = 300
"""Time limit in seconds for typesetting one file."""


def by_weasyprint(book: Book, font: str) -> bytes:
    """Return a book typeset by WeasyPrint (Pango, with its own PDF writer)."""
    import weasyprint
    from book import as_html

    pdf: bytes = weasyprint.HTML(string=as_html(book, font)).write_pdf()
    return pdf


def by_cairo(book: Book, font: str) -> bytes:
    """Return a book written by Cairo (the printing back end of GTK programs)."""
    return _compiled(
        ["pango-view", "--no-display", "-q", "--width=520", f"--font={font} 12", "-o"], ".txt", book.text()
    )


def by_typst(book: Book, font: str) -> bytes:
    """Return a book typeset by Typst."""
    import typst

    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "report.typ"
        lines = "\n\n".join(f"#text({_quoted(line)})" for line in book.text().split("\n"))
        source.write_text(f'#set text(font: "{font}", size: 12pt, lang: "th")\n{lines}\n', encoding="utf-8")
        pdf: bytes = typst.compile(str(source))
        return pdf


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def by_xetex(book: Book, font: str) -> bytes:
    """Return a book typeset by XeLaTeX."""
    lines = "\n\n".join(_tex_escaped(line) for line in book.text().split("\n"))
    head = "\\documentclass[12pt]{article}\\usepackage{fontspec}\\pagestyle{empty}"
    head += f'\\XeTeXlinebreaklocale "th"\\setmainfont{{{font}}}\\begin{{document}}\\raggedright\n'
    command = ["xelatex", "-interaction=batchmode", "-jobname=out"]
    return _compiled(command, ".tex", f"{head}{lines}\n\\end{{document}}\n", named=True)


def _tex_escaped(text: str) -> str:
    for sign in "\\{}":
        text = text.replace(sign, "")
    text = "".join(f"\\{sign}" if sign in "%&#_$" else sign for sign in text)
    return text.replace("'", r"\textquotesingle{}")


def _compiled(command: list[str], suffix: str, source: str, *, named: bool = False) -> bytes:
    """Return the output of a program for a source file; a program that is `named` writes out.pdf itself."""
    run = [program(command[0]), *command[1:]]
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / f"report{suffix}").write_text(source, encoding="utf-8")
        run += [] if named else ["out.pdf"]
        subprocess.run(
            [*run, f"report{suffix}"], cwd=name, capture_output=True, timeout=SECONDS, check=not named
        )
        return (Path(name) / "out.pdf").read_bytes()


PRODUCERS: dict[str, Callable[[Book, str], bytes]] = {
    "LibreOffice": by_word,
    "Chromium": by_browser,
    "WeasyPrint": by_weasyprint,
    "Cairo": by_cairo,
    "Typst": by_typst,
    "XeTeX": by_xetex,
}


UNKNOWN = re.compile(r"\(cid:\d+\)")
"""The notation of pdfminer for a glyph whose character is unknown."""
NO_FALLBACK = {"Typst", "XeTeX"}
"""Programs with a single font: characters missing from it (tick boxes) are omitted."""
BOXES = dict.fromkeys(map(ord, "☐☑"))


@cache
def has_font(name: str) -> bool:
    """Return whether a font of this name is installed (fontconfig)."""
    command = [program("fc-list"), name, "family"]
    return bool(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.strip())


def comparable(text: str) -> str:
    """Return the text without white space, each sara am in one piece, an unknown glyph as one character."""
    return (
        UNKNOWN.sub("\ufffd", squeeze(text))
        .replace("\u0e4d\u0e32", "\u0e33")
        .replace("\ufeff", "")
        .replace("\x00", "")
    )


def error_rate(engine: str, path: Path, truth: str) -> str:
    """Return an engine's error rate in percent, or why there is none."""
    try:
        said = comparable(TEXT[engine](path))
    except (ImportError, NoProgramError):
        return "-"
    except Exception as error:
        return type(error).__name__[:9]
    return f"{100 * Levenshtein.distance(truth, said) / len(truth):.3f}"


def main() -> int:
    """Print the table; return the exit status."""
    parser = argparse.ArgumentParser(description="Character error rate of PDF engines on Thai text.")
    parser.add_argument("--fonts", nargs="+", default=FONTS)
    parser.add_argument("--producers", nargs="+", default=list(PRODUCERS), choices=list(PRODUCERS))
    parser.add_argument("--keep", type=Path, help="folder to keep the PDFs in")
    options = parser.parse_args()
    book = hard_text()
    plain = Book([block.translate(BOXES) for block in book.blocks if isinstance(block, str)])
    print(f"{len(comparable(book.text())):,} characters; wrong characters in percent; - = not installed")
    print(", ".join(f"{name} {installed_version(name)}" for name in TEXT if installed_version(name)))
    print(f"{'producer':12} {'font':16}", *(f"{engine:>14}" for engine in TEXT))
    with tempfile.TemporaryDirectory() as name:
        folder = options.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        for producer in options.producers:
            for font in options.fonts:
                _print_row(producer, font, plain if producer in NO_FALLBACK else book, folder)
    return 0


def _print_row(producer: str, font: str, book: Book, folder: Path) -> None:
    path = folder / f"{producer}-{font}.pdf".replace(" ", "_")
    if not has_font(font):
        print(f"{producer:12} {font:16} the font is not installed")
        return
    try:
        path.write_bytes(PRODUCERS[producer](book, font))
    except (ImportError, NoProgramError) as error:
        print(f"{producer:12} {font:16} skipped: {error}")
        return
    truth = comparable(book.text())
    rates = (error_rate(engine, path, truth) for engine in TEXT)
    print(f"{producer:12} {font:16}", *(f"{rate:>14}" for rate in rates), flush=True)


if __name__ == "__main__":
    sys.exit(main())
