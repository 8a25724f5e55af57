"""Fit a logistic regression on runs of letters, and write its weights. Needs scikit-learn."""

from __future__ import annotations

import csv
import itertools
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from thaita.normalize.heading_model import TEXT
from thaita.normalize.letter_model import features

SMALLEST = 0.06
"""Weights nearer to zero are left out."""
FOLDS = 5
BANDS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


def fit(
    target: Path, examples: Sequence[tuple[str, str]], regularization: float, *, cross: bool
) -> LogisticRegression:
    """Fit the model on texts with their labels and write it to `target`; `cross` prints a cross-validation first."""
    labels = [label for _, label in examples]
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([dict.fromkeys(features(text), 1.0) for text, _ in examples])
    often = np.asarray(table.sum(axis=0)).ravel() >= 2
    vectorizer.restrict(often)
    table = table[:, often]
    model = LogisticRegression(C=regularization, max_iter=500)
    if cross:
        folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
        odds = cross_val_predict(model, table, labels, cv=folds, method="predict_proba")
        names = sorted(set(labels))
        report("cross-validation", labels, [names[at] for at in odds.argmax(1)], odds.max(1))
    model.fit(table, labels)
    _write(target, vectorizer.get_feature_names_out(), model)
    return model


def report(title: str, truth: Sequence[str], chosen: Sequence[str], sure: np.ndarray) -> None:
    """Print the share that is right by confidence."""
    right = np.array([a == b for a, b in zip(truth, chosen, strict=True)])
    heads = np.array([label != TEXT for label in chosen])
    print(
        f"{title}: {right.mean():.3f} of {len(right)} right; chosen as headings: {right[heads].mean():.3f} of {heads.sum()}"
    )
    for low, high in itertools.pairwise(BANDS):
        here = heads & (sure >= low) & (sure < high)
        if here.any():
            print(f"  {low:.2f}–{min(high, 1):.2f}: {here.sum():4} headings, {right[here].mean():.3f} right")


def check(known: Sequence[tuple[str, str]], likely: Callable[[str], Sequence[tuple[str, float]]]) -> None:
    """Print how often a model is right on texts that it was not fitted on, and what it takes for another."""
    found = [likely(text)[0] for text, _ in known]
    truth, chosen = [label for _, label in known], [name for name, _ in found]
    report("check", truth, chosen, np.array([p for _, p in found]))
    wrong = Counter((a, b) for a, b in zip(truth, chosen, strict=True) if a != b)
    taken = ", ".join(f"{a} for {b} {n}" for (a, b), n in wrong.most_common(12))
    print(f"most often taken for another: {taken}")


def _write(target: Path, names: Sequence[str], model: LogisticRegression) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("letters", "weights"))
        writer.writerow(
            ("", " ".join(f"{c}={b:.2f}" for c, b in zip(model.classes_, model.intercept_, strict=True)))
        )
        for name, row in zip(names, model.coef_.T, strict=True):
            kept = [f"{c}={w:.2f}" for c, w in zip(model.classes_, row, strict=True) if abs(w) >= SMALLEST]
            if kept:
                writer.writerow((name, " ".join(kept)))
