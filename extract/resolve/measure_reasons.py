"""Reasons for and against a measure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from thaita.extract.resolve.confidence import band
from thaita.models.records import Measure
from thaita.normalize.match_key import fold
from thaita.normalize.passage_model import OTHER, likely_passages

MEASURE_PART = "measures"
LEAST = 0.2
"""Confidence below which a row or passage is no measure."""
_PROBABILITIES = (0.1, 0.3, 0.6, 0.9)
_LENGTHS = (8, 20, 60, 150, 300)
_FIELDS = ("indicator_no", "period_start", "guideline", "monitoring", "status", "result", "outcome")


def measure_reasons(measures: Sequence[Measure], ways: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the reasons for each measure; `ways` says for each of them where it was found."""
    usual = Counter(name for one in measures for name in _FIELDS if getattr(one, name))
    titles = Counter(fold(one.title or "") for one in measures)
    found = []
    for one, way in zip(measures, ways, strict=True):
        title = one.title or ""
        words = dict(likely_passages(title)) if title else {}
        reasons = [f"flag:{flag}" for flag in one.flags]
        reasons += [f"way:{way}", band("siblings", len(measures) - 1, (1, 3, 8))]
        reasons += ["title"] if title else ["no_title"]
        if title:
            reasons.append(band("title_measure", words.get("measure", 0.0), _PROBABILITIES))
            reasons.append(band("title_other", words.get(OTHER, 0.0), _PROBABILITIES))
            reasons.append(band("title_length", len(fold(title)), _LENGTHS))
            reasons += ["same_title"] * (titles[fold(title)] > 1)
        reasons.append(band("steps", len(one.steps), (1, 2, 5, 10)))
        reasons.append(band("owners", len(one.owners), (1, 2, 4)))
        reasons += [f"has:{name}" for name in _FIELDS if getattr(one, name)]
        lacking = sum(not getattr(one, name) for name in _FIELDS if 2 * usual[name] > len(measures))
        reasons.append(band("lacking", lacking, (1, 2, 3)))
        reasons += ["undated"] * bool(one.period_as_written and not one.period_start)
        found.append(tuple(reasons))
    return found
