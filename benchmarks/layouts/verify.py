"""Check that the gold of documents holds: every text and number stands in the document, and the sums are right.

usage: python benchmarks/layouts/verify.py DOCUMENTS GOLD

Prints one line a fault. Exit status 1 if there is one. Scans are not read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from facts import FIVE_LEVELS_FROM, INSTRUMENTS, LETTERS, WEIGHTS, rounded
from places import fold, page_texts
from rapidfuzz.fuzz import partial_ratio

SURE = {".docx": 100.0, ".txt": 100.0, ".pdf": 50.0}
"""Least similarity (0–100) of a gold text to its place; the text of a PDF is torn by columns, turned cells and pages."""
SPACED = 50.0
"""The same for texts whose columns are held apart by spaces: the lines of cells side by side alternate."""
FIELDS = ("guideline", "monitoring", "result", "outcome")


def text_of(path: Path) -> str:
    """Return the folded text of a document with its running heads."""
    if path.suffix == ".pdf":
        return "".join(page_texts(path.read_bytes()))
    if path.suffix == ".txt":
        return fold(path.read_text(encoding="utf-8"))
    word = docx.Document(str(path))
    parts = [word.element.body, *(part._element for s in word.sections for part in (s.header, s.footer))]
    return fold("".join(node.text or "" for part in parts for node in part.iter(qn("w:t"))))


def faults(path: Path, gold: dict[str, Any]) -> Iterator[str]:
    """Yield what does not hold of a document's gold."""
    if not gold.get("about_ita", True):
        if gold["scores"] or gold["findings"] or gold["measures"]:
            yield "not about ITA, but has values"
        return
    yield from _sums(gold)
    if gold.get("form", {}).get("format") == "scan":
        return
    text = text_of(path)
    for what, value in _texts(gold):
        found = fold(value)
        likeness = 100.0 if found in text else partial_ratio(found, text)
        least = SPACED if gold.get("form", {}).get("text") == "spaces" else SURE[path.suffix]
        if likeness < least:
            yield f"{what} is not in the document ({likeness:.0f}): {value[:60]}"


def _texts(gold: dict[str, Any]) -> Iterator[tuple[str, str]]:
    report = gold["report"]
    for name in ("agency", "subdistrict", "province", "grade", "fiscal_year", "plan_year"):
        if report.get(name):
            yield name, str(report[name])
    if report.get("district"):
        # "อำเภอเมือง" is written out in the gold: เมืองน่าน
        yield "district", "เมือง" if report["district"].startswith("เมือง") else report["district"]
    if report.get("overall_score") is not None:
        yield "overall_score", f"{report['overall_score']:g}"
    for score in gold["scores"]:
        yield "score", f"{score['score']:g}"
        yield "indicator", score.get("name_as_written") or ""
    for finding in gold["findings"]:
        yield "finding", finding["text"]
    for limitation in gold.get("limitations", ()):
        yield "limitation", limitation
    for measure in gold["measures"]:
        yield "title", measure["title"]
        for name in ("steps", "owners"):
            for text in measure.get(name, ()):
                yield name, text
        for name in FIELDS:
            if measure.get(name):
                yield name, measure[name]


def _sums(gold: dict[str, Any]) -> Iterator[str]:
    report = gold["report"]
    year = report.get("fiscal_year")
    own = [entry for entry in gold["scores"] if entry.get("fiscal_year", year) == year]
    scores = {entry["indicator_no"]: Decimal(str(entry["score"])) for entry in own}
    overall = report.get("overall_score")
    if overall is not None and len(scores) == len(INSTRUMENTS):
        means = {}
        for name in WEIGHTS:
            values = [value for no, value in scores.items() if INSTRUMENTS[no] == name]
            means[name] = sum(values, Decimal(0)) / len(values)
        computed = rounded(sum((means[name] * weight for name, weight in WEIGHTS.items()), Decimal(0)))
        if computed != Decimal(str(overall)):
            yield f"the scores give {computed}, the gold says {overall}"
    if overall is not None and report.get("grade") and report.get("fiscal_year", 0) < FIVE_LEVELS_FROM:
        level = next(letter for letter, least in LETTERS if overall >= least)
        if level != report["grade"]:
            yield f"{overall} is level {level}, the gold says {report['grade']}"


def main() -> int:
    """Run the command. Returns the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("documents", type=Path)
    parser.add_argument("gold", type=Path)
    given = parser.parse_args()
    found = count = 0
    for gold_path in sorted(given.gold.glob("*.gold.json")):
        stem = gold_path.name.removesuffix(".gold.json")
        path = next(one for one in given.documents.glob(f"{stem}.*") if one.suffix in SURE)
        count += 1
        for fault in faults(path, json.loads(gold_path.read_text(encoding="utf-8"))):
            found += 1
            print(f"{path.name}: {fault}")
    print(f"{count} documents, {found} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
