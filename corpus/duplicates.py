"""Duplicate reports: the same report in two formats or versions, recognized by agency, year and words."""

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
"""Eight letters after each occurrence of one common letter: a sample that does not shift when text is
inserted before it."""

_KEPT = 64
_MIN_SAMPLES = 12
"""Minimum number of samples for a comparison: a report with fewer is a form without content."""

_MIN_SHARED = 0.5
"""Minimum share of common samples in duplicates: a scan with errors in 4 % of its letters keeps 0.5."""


@dataclass(frozen=True, slots=True)
class Signature:
    """The data that identify duplicates of a report; `about` is None if agency or year are unknown.

    `figures` are its scores as text; `sketch` holds the smallest hashes of samples of its words (bottom-k,
    Broder 1997).
    """

    about: str | None
    figures: str
    sketch: tuple[int, ...]

    def dump(self) -> str:
        """Return the signature as JSON."""
        return json.dumps([self.about, self.figures, self.sketch], ensure_ascii=False)

    @classmethod
    def load(cls, text: str) -> Signature:
        """Return the signature written by `dump`. Raises ValueError for any other text."""
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
        texts += _measure_texts(measure)
    return texts + [block.text for block in reading.unread if block.kind in ("narrative", "unclear")]


def _measure_texts(measure: Measure) -> list[str]:
    texts: list[str | None] = [getattr(measure, name) for name in MEASURE_TEXTS]
    return [text for text in texts if text] + [step.text for step in measure.steps]


def likeness(one: Signature, other: Signature) -> ProblemCode | None:
    """Return the relation of two reports, or None if they are different reports.

    A report has the same words in any format. If the words agree and a figure differs, one report is a later
    version of the other.
    """
    if (
        one.about is None
        or one.about != other.about
        or min(len(one.sketch), len(other.sketch)) < _MIN_SAMPLES
    ):
        return None
    both = set(one.sketch) & set(other.sketch)
    smallest = sorted(set(one.sketch) | set(other.sketch))[:_KEPT]
    if sum(value in both for value in smallest) < _MIN_SHARED * len(smallest):
        return None
    return ProblemCode.SAME_REPORT if one.figures == other.figures else ProblemCode.OTHER_VERSION
