"""The summary of an evaluation: figures, outcomes, splits and calibration over all documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from thaita.check.evaluation.calibration import Band, calibration
from thaita.check.evaluation.classes import Class, Worst, properties, split, worst
from thaita.check.evaluation.figures import MAIN, Figures, counts, figures, silent_rows
from thaita.check.evaluation.outcomes import Judged

FIGURE = re.compile(rf"(?:{'|'.join(MAIN)})(?:\.[a-z_]+)?")
"""Names of figures."""

COUNTED = ("silent", "wrong", "missing", "extra")
"""What can be limited with --at-most: numbers of values or rows."""


@dataclass(frozen=True)
class Summary:
    """Documents that were compared with gold, and everything that is computed over all of them."""

    documents: Sequence[Judged]

    @property
    def absent(self) -> list[str]:
        """The names of the documents that are not in the dataset."""
        return [one.name for one in self.documents if one.is_absent]

    @cached_property
    def figures(self) -> Figures:
        """The figures by name."""
        return figures(self.documents)

    @cached_property
    def outcomes(self) -> dict[tuple[str, str], Counter[str]]:
        """How often each outcome occurs, by table and field."""
        return counts(self.documents)

    @cached_property
    def silent(self) -> Counter[str]:
        """The values and rows that are wrong or extra without a doubt, by table."""
        total: Counter[str] = Counter()
        for one in self.documents:
            total += silent_rows(one)
        return total

    @cached_property
    def counted(self) -> dict[str, int]:
        """The numbers that `COUNTED` names."""
        kinds: Counter[str] = Counter()
        for found in self.outcomes.values():
            for kind, number in found.items():
                kinds[kind.partition("_")[0]] += number
        return {"silent": self.silent.total(), **{name: kinds[name] for name in COUNTED[1:]}}

    @cached_property
    def calibration(self) -> dict[str, tuple[Band, ...]]:
        """The calibration of confidences; empty if the dataset has none."""
        return calibration(self.documents)

    @cached_property
    def splits(self) -> dict[str, tuple[Class, ...]]:
        """The classes of each property of the documents."""
        return {name: split(self.documents, name) for name in properties(self.documents)}

    def worst(self, count: int) -> tuple[Worst, ...]:
        """Return the classes with the lowest shares, `count` for each main figure."""
        return worst(self.splits, count)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A figure that must reach a share (`at_least`), or a number that must not be exceeded."""

    name: str
    bound: float
    at_least: bool

    def missed(self, summary: Summary) -> str | None:
        """Return a sentence if the threshold is missed, else None."""
        if not self.at_least:
            got = summary.counted[self.name]
            return f"{self.name} is {got}, more than {self.bound:g}" if got > self.bound else None
        share = summary.figures[self.name].share if self.name in summary.figures else None
        if share is None:
            return f"{self.name} cannot be measured: the gold judges no such value"
        if share >= self.bound:
            return None
        return f"{self.name} is {share:.4f}, less than {self.bound:g}"


def missed(thresholds: Iterable[Threshold], summary: Summary) -> list[str]:
    """Return a sentence for each threshold that is missed."""
    return [said for one in thresholds if (said := one.missed(summary))]
