"""Write lists of many agencies' results in many forms, with exact gold.

usage: python benchmarks/lists/generate.py [--seed 1] [--pdf] OUT

Writes OUT/documents/FORM-SIZE.ENDING (DOCX, text, Markdown, XLSX, CSV; with --pdf also PDFs by Chromium) and
OUT/gold/FORM-SIZE.json. The same seed gives the same documents.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from random import Random

import forms_levels  # noqa: F401
import forms_official  # noqa: F401
import forms_prose  # noqa: F401
from forms import FORMS
from grid import Document, Table
from write import as_csv, as_docx, as_html, as_markdown, as_text, as_xlsx

SIZES = {"small": 6, "middle": 20, "large": 70}


def generate(seed: int, out: Path, *, pdf: bool) -> None:
    """Write all forms in all sizes and formats."""
    for folder in (out / "documents", out / "gold"):
        folder.mkdir(parents=True, exist_ok=True)
    web: dict[Path, str] = {}
    for name, form in FORMS.items():
        for size, count in SIZES.items():
            document = Document()
            form(Random(f"{seed} {name} {size}"), count, document)
            _write(out / "documents" / f"{name}-{size}", document, Random(f"{seed} {name} {size} files"))
            web[out / "documents" / f"{name}-{size}.pdf"] = as_html(document)
            gold = {"form": name, "size": size, "results": document.results, "scores": document.scores}
            text = json.dumps(gold, ensure_ascii=False, indent=1, default=str)
            (out / "gold" / f"{name}-{size}.json").write_text(text, encoding="utf-8")
    if pdf:
        sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "layouts"))
        from printing import print_web

        print_web(web)


def _write(path: Path, document: Document, random: Random) -> None:
    path.with_suffix(".docx").write_bytes(as_docx(document))
    path.with_suffix(".txt").write_text(as_text(document), encoding="utf-8")
    path.with_suffix(".md").write_text(as_markdown(document), encoding="utf-8")
    if any(isinstance(block, Table) for block in document.blocks):
        path.with_suffix(".xlsx").write_bytes(as_xlsx(document, random))
        path.with_suffix(".csv").write_bytes(as_csv(document, random))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pdf", action="store_true")
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    generate(given.seed, given.out, pdf=given.pdf)
