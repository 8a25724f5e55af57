"""Reasons for and against the results of agencies and levels."""

from __future__ import annotations

from collections.abc import Iterator

from thaita.extract.find.results.candidate import ResultCandidate

RESULT_PART = "results"


def result_reasons(candidate: ResultCandidate) -> Iterator[str]:
    """Yield the reasons for and against the values of a result, and whose result it is."""
    yield from (f"flag:{flag}" for flag in candidate.flags)
    yield {True: "sum_agrees", False: "sum_differs", None: "no_sum"}[candidate.adds_up]
    headed = all(stated.head for stated in candidate.values.values())
    yield "result:headed" if headed else "result:in_prose"
    if candidate.subject.scope == "agency":
        yield "result:placed" if candidate.subject.province else "result:unplaced"
