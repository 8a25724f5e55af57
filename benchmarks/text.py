"""Character error rate of PDF engines on Thai text, by the program that made the PDF and by font.

usage: python benchmarks/text.py [--fonts NAME …] [--producers NAME …] [--keep FOLDER]

Typesets the sample reports' words and a line of hard clusters as paragraphs, reads them back with each
engine that is installed, and prints a row a producer and font: wrong, missing and surplus characters in
percent of the characters typeset. White space is not compared, and a sara am in two pieces counts as one.
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
from pdf_engines import TEXT, installed
from programs import NoProgramError, program
from rapidfuzz.distance import Levenshtein
from typeset import by_browser, by_word

FONTS = ("Laksaman", "Garuda", "Norasi", "Loma", "Kinnari", "Waree", "Noto Sans Thai")
"""Fonts of Debian's fonts-thai-tlwg and fonts-noto-core, of different outlines and mark positioning."""
SECONDS = 300
"""How long a program may typeset one file."""


def by_weasyprint(book: Book, font: str) -> bytes:
    """Return a book as WeasyPrint lays it out (Pango, and a PDF writer of its own)."""
    import weasyprint
    from book import as_html

    pdf: bytes = weasyprint.HTML(string=as_html(book, font)).write_pdf()
    return pdf


def by_cairo(book: Book, font: str) -> bytes:
    """Return a book as Cairo writes it (what GTK programs print)."""
    return _made(
        ["pango-view", "--no-display", "-q", "--width=520", f"--font={font} 12", "-o"], ".txt", book.text()
    )


def by_typst(book: Book, font: str) -> bytes:
    """Return a book as Typst sets it."""
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
    """Return a book as XeLaTeX sets it."""
    lines = "\n\n".join(_tex_escaped(line) for line in book.text().split("\n"))
    head = "\\documentclass[12pt]{article}\\usepackage{fontspec}\\pagestyle{empty}"
    head += f'\\XeTeXlinebreaklocale "th"\\setmainfont{{{font}}}\\begin{{document}}\\raggedright\n'
    command = ["xelatex", "-interaction=batchmode", "-jobname=out"]
    return _made(command, ".tex", f"{head}{lines}\n\\end{{document}}\n", named=True)


def _tex_escaped(text: str) -> str:
    for sign in "\\{}":
        text = text.replace(sign, "")
    text = "".join(f"\\{sign}" if sign in "%&#_$" else sign for sign in text)
    return text.replace("'", r"\textquotesingle{}")


def _made(command: list[str], suffix: str, source: str, *, named: bool = False) -> bytes:
    """Return what a program makes of a source file; one that is `named` writes out.pdf by itself."""
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
"""What pdfminer writes for a glyph whose character it does not know."""
NO_FALLBACK = {"Typst", "XeTeX"}
"""Programs that are given one font only: what it lacks (tick boxes) they cannot set."""
BOXES = dict.fromkeys(map(ord, "☐☑"))


@cache
def has_font(name: str) -> bool:
    """Return whether the machine has a font of this name (fontconfig)."""
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
    """Return how much of the truth an engine gets wrong, in percent, or why it gives nothing."""
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
    parser.add_argument("--keep", type=Path, help="a folder that the PDFs are left in")
    given = parser.parse_args()
    book = hard_text()
    plain = Book([block.translate(BOXES) for block in book.blocks if isinstance(block, str)])
    print(f"{len(comparable(book.text())):,} characters; wrong characters in percent; - = not installed")
    print(", ".join(f"{name} {installed(name)}" for name in TEXT if installed(name)))
    print(f"{'producer':12} {'font':16}", *(f"{engine:>14}" for engine in TEXT))
    with tempfile.TemporaryDirectory() as name:
        folder = given.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        for producer in given.producers:
            for font in given.fonts:
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
