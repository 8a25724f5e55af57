"""The same report twice: in two formats, or in a later version, told by its agency, year and words."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from zlib import crc32

from thaita.models.measure_tables import MEASURE_TEXTS
from thaita.models.problem_codes import ProblemCode
from thaita.models.records import Measure, Reading
from thaita.normalize.match_key import fold

_GRAM = re.compile("(?=น(.{8}))", re.DOTALL)
"""Eight letters after each of one common letter: a sample that does not move when text is put in before it."""

_KEPT = 64
_FEWEST = 12
"""Samples that two reports need to be compared: less is a form without content."""

_ALIKE = 0.5
"""Share of the samples from which two reports are one: a scan read with errors in 4 % of its letters keeps 0.5."""


@dataclass(frozen=True, slots=True)
class Signature:
    """As much of a report as tells whether another is the same: `about` is None where that cannot be told.

    `figures` are its scores as text; `sketch` the smallest hashes of samples of its words (bottom-k, Broder 1997).
    """

    about: str | None
    figures: str
    sketch: tuple[int, ...]

    def dump(self) -> str:
        """Return the signature as JSON."""
        return json.dumps([self.about, self.figures, self.sketch], ensure_ascii=False)

    @classmethod
    def load(cls, text: str) -> Signature:
        """Return the signature that `dump` wrote; raises ValueError for anything else."""
        about, figures, sketch = json.loads(text)
        return cls(about, figures, tuple(sketch))


def signature(reading: Reading) -> Signature:
    """Return the signature of a report."""
    report = reading.report
    year = report.fiscal_year or report.plan_year
    known = report.agency_id is not None and year is not None and "summary" not in report.kind
    figures = [f"{score.indicator_no}={score.score.normalize():f}" for score in reading.scores]
    if report.overall_score is not None:
        figures.append(f"={report.overall_score.normalize():f}")
    text = fold("".join(_words(reading)))
    hashes = sorted({crc32(gram.encode()) for gram in _GRAM.findall(text)})
    return Signature(
        f"{report.agency_id} {year}" if known else None, " ".join(sorted(figures)), tuple(hashes[:_KEPT])
    )


def _words(reading: Reading) -> list[str]:
    texts = [finding.text for finding in reading.findings]
    for measure in reading.measures:
        texts += _of_measure(measure)
    return texts + [block.text for block in reading.unread if block.kind in ("narrative", "unclear")]


def _of_measure(measure: Measure) -> list[str]:
    texts: list[str | None] = [getattr(measure, name) for name in MEASURE_TEXTS]
    return [text for text in texts if text] + [step.text for step in measure.steps]


def likeness(one: Signature, other: Signature) -> ProblemCode | None:
    """Return what two reports are to each other, None where they are two.

    A report says the same in any format; where the words are the same and a figure is not, one is a
    later version of the other.
    """
    if one.about is None or one.about != other.about or min(len(one.sketch), len(other.sketch)) < _FEWEST:
        return None
    both = set(one.sketch) & set(other.sketch)
    smallest = sorted(set(one.sketch) | set(other.sketch))[:_KEPT]
    if sum(value in both for value in smallest) < _ALIKE * len(smallest):
        return None
    return ProblemCode.SAME_REPORT if one.figures == other.figures else ProblemCode.OTHER_VERSION
