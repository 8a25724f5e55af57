"""Write invented ITA reports of many layouts, with exact gold.

usage: python benchmarks/layouts/generate.py --seed 1 --count 300 --forms fit OUT

Writes OUT/documents/NNNN.docx|pdf|txt and OUT/gold/NNNN.gold.json. `--forms check` composes from forms and
wordings that stand in no report of `fit`. Reports of `last` are not written at all: `measure.py` composes, reads
and compares them, and prints only the summary. The same seed gives the same bytes with the same versions of
LibreOffice, Chromium, the fonts and this folder.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from random import Random
from typing import Any

from compose import compose
from document import Document
from forms import listed
from places import add_pages, page_texts
from printing import print_web, print_word, scanned
from stamps import SHARE
from write_docx import as_docx
from write_html import as_html
from write_text import as_text

FORMATS = {"docx": 30, "pdf-libreoffice": 24, "pdf-chromium": 20, "text": 20, "scan": 6}
"""Shares of the formats in percent."""


def generate(seed: int, count: int, split: str, out: Path, formats: dict[str, int] | None = None) -> None:
    """Write `count` documents of a split and their gold below a folder."""
    documents, golds = out / "documents", out / "gold"
    for folder in (documents, golds):
        folder.mkdir(parents=True, exist_ok=True)
    shares = formats or FORMATS
    word: dict[Path, bytes] = {}
    web: dict[Path, str] = {}
    found: dict[str, dict[str, Any]] = {}
    for number in range(count):
        random = Random(f"{seed} {split} {number}")
        format_name = random.choices(list(shares), list(shares.values()))[0]
        document, gold = compose(split, random, format_name)
        name = f"{number:04}"
        found[name] = dict(gold)
        pdf = documents / f"{name}.pdf"
        match format_name:
            case "docx":
                (documents / f"{name}.docx").write_bytes(as_docx(document))
            case "text":
                (documents / f"{name}.txt").write_text(
                    _text(document, split, random, found[name]), encoding="utf-8"
                )
            case "pdf-chromium":
                web[pdf] = as_html(document)
            case _:
                word[pdf] = as_docx(document)
    print_word(word)
    print_web(web)
    for name, gold in found.items():
        _finish(documents / f"{name}.pdf", gold, Random(f"{seed} {split} {name} scan"))
        text = json.dumps(gold, ensure_ascii=False, indent=1)
        (golds / f"{name}.gold.json").write_text(f"{text}\n", encoding="utf-8")


def _text(document: Document, split: str, random: Random, gold: dict[str, Any]) -> str:
    own = [row["form"] for row in listed() if row["aspect"] == "text" and split in row["split"].split("|")]
    gold["form"]["text"] = random.choice(own)
    return as_text(document, gold["form"]["text"])


def _finish(pdf: Path, gold: dict[str, Any], random: Random) -> None:
    """Add pages to the gold of a PDF, and turn the file into a scan if it is to be one."""
    if not pdf.exists():
        return
    data = pdf.read_bytes()
    add_pages(gold, page_texts(data))
    if gold["form"]["format"] == "scan":
        stamped = random.random() < SHARE
        if stamped:
            gold["form"]["furniture"] += ", stamp"
        pdf.write_bytes(scanned(data, random, stamped=stamped))


def main() -> int:
    """Run the command. Returns the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--forms", choices=("fit", "check"), default="fit")
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    generate(given.seed, given.count, given.forms, given.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
