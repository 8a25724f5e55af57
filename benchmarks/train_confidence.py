"""Fit the weights of confidence: `normalize/data/confidence_weights.csv`.

usage: python benchmarks/train_confidence.py collect [--unseen-words] EXAMPLES.jsonl FOLDER...
       python benchmarks/train_confidence.py fit CALIBRATE.jsonl FIT.jsonl...
       python benchmarks/train_confidence.py show EXAMPLES.jsonl

`collect` reads the documents of folders, such as those that `benchmarks/layouts/generate.py` writes, and compares
every value with the gold beside each document or in the folder `gold`. With `--unseen-words`, the words of a text are judged by a model that was fitted without that text: needed
for documents of the split `fit`, whose sentences the passage model knows. `fit` calibrates the weights on the first file, whose
layouts and sentences nothing was fitted on, and fits them on the others. The weights of `results` are set by hand: nearly
all results of `benchmarks/lists` are read right, so that a fit has nothing to go by. `fit` leaves them as they are. `show` prints how often values
of each band of confidence are right. Needs scikit-learn (`benchmarks/requirements.txt`).
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from letters import fit as fit_letters
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import GroupKFold, cross_val_predict
from train_passages import REGULARIZATION as OF_WORDS
from train_passages import ROOT, examples, own

from thaita.check.evaluation.compare import compare
from thaita.check.evaluation.gold import Gold, gold_of
from thaita.check.evaluation.outcomes import FOUND, Outcome
from thaita.errors import ThaitaError
from thaita.extract.documents import read_document
from thaita.extract.options import DEFAULT
from thaita.extract.pipeline import Extraction
from thaita.extract.resolve import confidence, finding_reasons, measure_reasons
from thaita.extract.structure.repair import repair_document
from thaita.models.rows import rows
from thaita.normalize.letter_model import label_odds
from thaita.normalize.match_key import fold

TARGET = ROOT / "normalize" / "data" / "confidence_weights.csv"
STRENGTHS = (0.03, 0.1, 0.3, 1.0, 3.0)
"""Regularizations that are tried; the one that predicts documents best that it has not seen is used."""
FOLDS = 5
LEAST_EXAMPLES = 15
"""Examples that a reason needs to have a weight."""
SMALLEST = 0.05
LEAST_SLOPE = 0.1
BANDS = (0.0, 0.2, 0.5, 0.8, 0.9, 0.95, 0.99, 1.01)
LABELS = ("kind", "instrument", "indicator_no", "topic_no", "item_code")


@dataclass(frozen=True)
class Example:
    """A value: its part, the reasons for and against it, and whether the gold has it."""

    document: str
    part: str
    reasons: tuple[str, ...]
    right: bool


class UnseenWords:
    """The passage model, fitted in two halves, so that each text is judged by a half that has not seen it."""

    def __init__(self) -> None:
        self.files: list[str] = []
        self.phrases = {fold(text): _half(text) for text, _ in examples("fit")}
        folder = Path(tempfile.mkdtemp())
        for half in (0, 1):
            path = folder / f"half{half}.csv"
            known = [*own(), *((text, label) for text, label in examples("fit") if _half(text) != half)]
            fit_letters(path, known, OF_WORDS, cross=False)
            self.files.append(str(path))

    def __call__(self, text: str) -> tuple[tuple[str, float], ...]:
        """Return the labels of a passage with their probabilities."""
        folded = fold(text)
        half = self.phrases.get(folded)
        if half is None:
            half = next(
                (
                    at
                    for one, at in self.phrases.items()
                    if len(one) > 12 and (one in folded or folded in one)
                ),
                0,
            )
        return label_odds(self.files[half], text[:400])


def _half(text: str) -> int:
    return sha256(fold(text).encode()).digest()[0] % 2


def collect_one(path: Path, gold: Gold) -> list[Example]:
    """Return the examples of one document."""
    data = path.read_bytes()
    try:
        document = repair_document(read_document(data, path.name, DEFAULT))
        extraction = Extraction(document, path.name, sha256(data).hexdigest())
        reading = extraction.read()
    except ThaitaError:
        return []
    tables = defaultdict(list)
    for table, row in rows(reading):
        tables[table].append(row)
    outcomes: dict[tuple[str, str, str], list[Outcome]] = defaultdict(list)
    for one in compare(path.stem, gold, tables).outcomes:
        if one.row_id is not None:
            outcomes[one.table, one.row_id, one.field if one.table == "reports" else ""].append(one)
    return [
        Example(path.stem, part, reasons, right)
        for key, parts in extraction.reasons.of.items()
        for part, reasons in parts
        if (right := _is_right(part, outcomes.get(key, []))) is not None
    ]


def _is_right(part: str, outcomes: list[Outcome]) -> bool | None:
    """Return whether a value is right; None if the gold does not judge it."""
    if part == finding_reasons.LABEL_PART:
        outcomes = [one for one in outcomes if one.field in LABELS]
    elif part == finding_reasons.TEXT_PART:
        outcomes = [one for one in outcomes if one.field in (FOUND, "text")]
    return all(one.is_right for one in outcomes) if outcomes else None


_words: UnseenWords | None = None


def _start(unseen: UnseenWords | None) -> None:
    if unseen is not None:
        finding_reasons.likely_passages = unseen  # type: ignore[assignment]
        measure_reasons.likely_passages = unseen  # type: ignore[assignment]
        finding_reasons.finding_reasons.__defaults__ = (unseen, ())
    confidence._weights = dict  # type: ignore[assignment]  # nothing is refused while examples are collected


def collect(folders: list[Path], target: Path, unseen: bool) -> None:
    """Write the examples of all documents of folders; scans are left out."""
    tasks = []
    for stated in sorted(file for folder in folders for file in folder.rglob("*.gold.json")):
        stem, gold = stated.name.removesuffix(".gold.json"), gold_of(stated.read_text(encoding="utf-8"))
        places = [stated.parent, stated.parent.parent / "documents"]
        path = next((file for place in places for file in place.glob(f"{stem}.*") if file != stated), None)
        if path is not None and "scan" not in str(gold.form):
            tasks.append((path, gold))
    words = UnseenWords() if unseen else None
    with (
        ProcessPoolExecutor(2, initializer=_start, initargs=(words,)) as pool,
        target.open("w", encoding="utf-8") as out,
    ):
        for found in pool.map(collect_one, *zip(*tasks, strict=True), chunksize=4):
            for one in found:
                out.write(json.dumps(vars(one), ensure_ascii=False) + "\n")


def load(path: Path) -> dict[str, list[Example]]:
    """Return the examples of a file by part."""
    parts: dict[str, list[Example]] = defaultdict(list)
    with path.open(encoding="utf-8") as file:
        for line in file:
            one = json.loads(line)
            parts[one["part"]].append(
                Example(one["document"], one["part"], tuple(one["reasons"]), one["right"])
            )
    return parts


def fit(unseen: Path, known: list[Path]) -> None:
    """Fit the weights on files, calibrate them on another, and write them."""
    others, examples_of = load(unseen), defaultdict(list)
    for path in known:
        for part, found in load(path).items():
            examples_of[part] += found
    fitted = {part: _fitted(found, others.get(part, [])) for part, found in examples_of.items()}
    with TARGET.open(encoding="utf-8", newline="") as file:
        kept = [row for row in csv.reader(file) if row[0] not in fitted][1:]
    rows = [[part, reason, f"{weight:.2f}"] for part, found in fitted.items() for reason, weight in found]
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("part", "reason", "weight"))
        writer.writerows(sorted([*kept, *rows]))


def _fitted(known: list[Example], unseen: list[Example]) -> list[tuple[str, float]]:
    """Return the calibrated weights of a part."""
    weights = dict(_fit_part(known))
    slope, shift = _calibrate(weights, unseen)
    return sorted({**weights, confidence.SLOPE: slope, confidence.SHIFT: shift}.items())


def _fit_part(found: list[Example]) -> Iterator[tuple[str, float]]:
    counts = Counter(reason for one in found for reason in set(one.reasons))
    kept = {reason for reason, count in counts.items() if count >= LEAST_EXAMPLES}
    right = [one.right for one in found]
    if len(set(right)) < 2 or not kept:
        share = (sum(right) + 1) / (len(right) + 2)
        yield confidence.CONSTANT, float(np.log(share / (1 - share)))
        return
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([dict.fromkeys(kept & set(one.reasons), 1.0) for one in found])
    documents = [one.document for one in found]
    model = min(
        (LogisticRegression(C=strength, max_iter=2000) for strength in STRENGTHS),
        key=lambda tried: _loss(tried, table, right, documents),
    )
    model.fit(table, right)
    yield confidence.CONSTANT, float(model.intercept_[0])
    for name, weight in zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True):
        if abs(weight) >= SMALLEST:
            yield name, float(weight)


def _loss(model: LogisticRegression, table: object, right: list[bool], documents: list[str]) -> float:
    """Return the mean log loss on documents that a fold does not see."""
    folds = GroupKFold(min(FOLDS, len(set(documents))))
    try:
        odds = cross_val_predict(model, table, right, groups=documents, cv=folds, method="predict_proba")
    except ValueError:  # a fold in which every value is right
        return float("inf")
    return float(log_loss(right, odds[:, 1], labels=[False, True]))


def _odds(weights: dict[str, float], one: Example) -> float:
    return weights[confidence.CONSTANT] + sum(weights.get(reason, 0.0) for reason in set(one.reasons))


def _calibrate(weights: dict[str, float], found: list[Example]) -> tuple[float, float]:
    """Return slope and shift by which the odds are those of layouts that nothing was fitted on."""
    right = [one.right for one in found]
    share = (sum(right) + 1) / (len(right) + 2)
    even = 0.0, float(np.log(share / (1 - share)))
    if len(set(right)) < 2:
        return even
    odds = np.array([[_odds(weights, one)] for one in found])
    model = LogisticRegression(C=1.0, max_iter=1000).fit(odds, right)
    slope = float(model.coef_[0][0])
    # reasons that speak for the wrong values on other layouts say nothing about them
    return (slope, float(model.intercept_[0])) if slope > LEAST_SLOPE else even


def show(path: Path) -> None:
    """Print how often the values of each band of confidence are right."""
    for part, found in sorted(load(path).items()):
        print(f"{part}: {len(found)} values, {sum(one.right for one in found) / len(found):.3f} right")
        bands: dict[int, list[tuple[float, bool]]] = defaultdict(list)
        for one in found:
            sure = confidence.judge(part, set(one.reasons)).confidence
            bands[int(np.searchsorted(BANDS, sure, side="right"))].append((sure, one.right))
        for at, values in sorted(bands.items()):
            mean = np.mean([sure for sure, _ in values])
            right = sum(right for _, right in values)
            print(
                f"  {BANDS[at - 1]:.2f}-{min(BANDS[at], 1):.2f}: {len(values):5} stated {mean:.3f} right {right / len(values):.3f}, wrong {len(values) - right}"
            )


def main() -> int:
    """Run the command. Returns the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("task", choices=("collect", "fit", "show"))
    parser.add_argument("first", type=Path)
    parser.add_argument("others", type=Path, nargs="*")
    parser.add_argument("--unseen-words", action="store_true")
    given = parser.parse_args()
    if given.task == "collect":
        collect(given.others, given.first, given.unseen_words)
    elif given.task == "fit":
        fit(given.first, given.others)
    else:
        show(given.first)
    return 0


if __name__ == "__main__":
    sys.exit(main())
