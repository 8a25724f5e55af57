"""Fit the weights that say what a passage of a report is: `normalize/data/passage_weights.csv`.

usage: python benchmarks/train_passages.py [--cross] [--check]

The examples are the sentences of `benchmarks/passages.csv` and those of the split `fit` of
`benchmarks/layouts/phrases`: findings of each kind, parts of measures, and what else stands around them. With
`--check` it prints how often the weights are right on the phrases of the split `check`, which they never saw.
Needs scikit-learn (`benchmarks/requirements.txt`).
"""

from __future__ import annotations

import argparse
import csv
import sys

from letters import check, fit
from train_headings import FIELD, ROOT, bank, filled, headings

from thaita.normalize.passage_model import OTHER, likely_passages

TARGET = ROOT / "normalize" / "data" / "passage_weights.csv"
OWN = ROOT / "benchmarks" / "passages.csv"
REGULARIZATION = 10.0
MEASURE = "measure"
SHORTEST = 4
"""Least letters of an example."""
Example = tuple[str, str]


def examples(split: str) -> list[Example]:
    """Return the passages of a split with their labels."""
    found = [
        (row["text"], row["kind"]) for name in ("findings", "general_findings") for row in bank(name, split)
    ]
    found += [(row["text"], "limitation") for row in bank("limitations", split)]
    for row in bank("measures", split):
        parts = [row["title"], *row["steps"].split("|")]
        parts += [row[name] for name in ("guideline", "monitoring", "result", "outcome")]
        found += [(part, MEASURE) for part in parts]
    found += [
        (part, OTHER)
        for row in bank("sentences", split)
        for part in FIELD.sub(filled, row["text"]).split("|")
    ]
    for name in ("long_documents", "other_documents"):
        found += [(part, OTHER) for row in bank(name, split) for part in row["paragraphs"].split("|")]
    found += [(text, OTHER) for text, _ in headings(split)]
    found += [(row["owner"], OTHER) for row in bank("owners", split)]
    return [(text, label) for text, label in found if len(text) >= SHORTEST]


def own() -> list[Example]:
    """Return the passages written for this model alone."""
    with OWN.open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["label"]) for row in csv.DictReader(file)]


def main() -> int:
    """Run the command. Returns the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cross", action="store_true")
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    fit(TARGET, [*own(), *examples("fit")], REGULARIZATION, cross=given.cross)
    if given.check:
        check(examples("check"), likely_passages)
    return 0


if __name__ == "__main__":
    sys.exit(main())
