"""Figures of classes of documents, such as those of one format, and the classes with the worst of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from thaita.check.evaluation.figures import Figures, figures
from thaita.check.evaluation.intervals import Share
from thaita.check.evaluation.outcomes import Judged

LEAST_DOCUMENTS = 5
"""Documents that a class needs to be listed among the worst."""

RANKED = ("whole", "scores", "findings", "measures")


@dataclass(frozen=True, slots=True)
class Class:
    """The documents with one value of a property, and their figures."""

    value: str
    documents: int
    figures: Figures


@dataclass(frozen=True, slots=True)
class Worst:
    """A class with a low share in a figure."""

    figure: str
    property: str
    value: str
    documents: int
    share: Share


def properties(documents: Iterable[Judged]) -> tuple[str, ...]:
    """Return the properties that at least one document has, in alphabetical order."""
    return tuple(sorted({name for one in documents for name in one.classes}))


def split(documents: Iterable[Judged], name: str) -> tuple[Class, ...]:
    """Return the classes of a property in the order of its values; documents without it are in none."""
    found: dict[str, list[Judged]] = defaultdict(list)
    for one in documents:
        for value in one.classes.get(name, ()):
            found[value].append(one)
    return tuple(Class(value, len(found[value]), figures(found[value])) for value in sorted(found))


def worst(splits: dict[str, tuple[Class, ...]], count: int) -> tuple[Worst, ...]:
    """Return for each figure of `RANKED` the classes with the lowest shares, at most `count`, lowest first.

    Only classes of at least `LEAST_DOCUMENTS` documents that the figure counts are ranked.
    """
    return tuple(one for name in RANKED for one in _worst(splits, name)[:count])


def _worst(splits: dict[str, tuple[Class, ...]], figure: str) -> Sequence[Worst]:
    ranked = [
        Worst(figure, name, one.value, one.documents, one.figures[figure])
        for name, classes in splits.items()
        for one in classes
        if figure in one.figures and one.figures[figure].documents >= LEAST_DOCUMENTS
    ]
    return sorted(ranked, key=lambda one: (one.share.share, one.share.high, one.property, one.value))
