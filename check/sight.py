"""What of a report could not be read or is in doubt, and which verdicts therefore cannot be given.

A report that was read from a scan or in part may state what was not read: nothing is absent from it, and a rule on all
of its scores is not judged before all were read. A verdict that rests only on a grade, a total, stated fields or findings and
measures in doubt is not given either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from thaita.check.view import View
from thaita.models.flags import Flag
from thaita.models.problem_codes import READ_IN_PART, ProblemCode
from thaita.models.verdicts import Unseen, Verdict
from thaita.normalize.weights import reconcile

_ALL_SCORES = frozenset({"weak_have_measures"})
"""The checks that only hold if every score of the year's indicators is known for certain."""

_READ_SCORES = frozenset(
    {
        "score_in_range",
        "scores_agree",
        "instrument_headings",
        "own_numbering",
        "prose_agrees",
        "indicators_scored",
        "not_the_nations",
    }
)
"""The checks on those scores that the report states: they hold once all that it may state were read."""

_FROM_ROWS = frozenset({"finding_named", "topic_analysed", "measures_planned"})
"""The checks that hold because of single rows."""

_FIELDS: Mapping[str, tuple[str, ...]] = {"grade_fits": ("grade", "overall_score")}
_FROM_SCORES = frozenset({"overall_adds_up", "not_the_nations"})
_HOLDS = frozenset({"present", "holds"})
_ABSENT = frozenset({"absent", "partly"})
_NO_DOUBT_OF_VALUE = frozenset(
    {Flag.SUM_MISMATCH, Flag.NUMBER_CONFLICT, Flag.INSTRUMENT_CONFLICT, Flag.GRADE_BAND, Flag.SCORE_CONFLICT}
)
"""Doubts that rules of their own are about."""


@dataclass(frozen=True)
class Sight:
    """What could be seen of a report."""

    view: View

    @cached_property
    def scanned(self) -> bool:
        """Whether a page was read by OCR."""
        return any(one.code == ProblemCode.OCR for one in self.view.reading.problems)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The codes of problems that say what was not read."""
        return tuple(
            dict.fromkeys(one.code for one in self.view.reading.problems if one.code in READ_IN_PART)
        )

    @cached_property
    def missing(self) -> tuple[int, ...]:
        """The indicators of the year without a score."""
        scores = self.view.scores
        return tuple(no for no in self.view.framework.indicators if no not in scores)

    @cached_property
    def unread(self) -> tuple[int, ...]:
        """The indicators without a score that the report may state, for something of it was not read."""
        beside = any(
            one.code == ProblemCode.SCORES_MISSING and one.provenance.spans
            for one in self.view.reading.problems
        )
        return self.missing if self.scanned or self.parts or beside else ()

    @cached_property
    def doubted(self) -> frozenset[tuple[str, str, str]]:
        """The cells in open doubt, as (table, row, column)."""
        return frozenset(
            (one.table, one.row_id, one.column)
            for one in self.view.reading.doubts
            if one.open and Flag.known(one.flag) not in _NO_DOUBT_OF_VALUE
        )

    def doubted_scores(self) -> tuple[int, ...]:
        """Return the indicators whose score is in doubt."""
        return tuple(
            no
            for no, score in self.view.scores.items()
            if any(("scores", score.score_id, column) in self.doubted for column in ("score", "indicator_no"))
        )

    def over_the_line(self, line: Decimal) -> tuple[int, ...]:
        """Return the indicators that a changed digit would explain a wrong total by, and move over a line."""
        report = self.view.reading.report
        is_open = any(one.open and one.flag == Flag.SUM_MISMATCH for one in self.view.reading.doubts)
        if not is_open or report.overall_score is None or report.fiscal_year is None:
            return ()
        return tuple(
            one.indicator_no
            for one in reconcile(self.view.figures, report.overall_score, report.fiscal_year)
            if one.indicator_no is not None and (Decimal(one.old) < line) != (Decimal(one.new) < line)
        )


def unseen(sight: Sight) -> Iterator[Unseen]:
    """Yield what could not be read of a report that was read from a scan or in part; nothing for any other report."""
    if sight.scanned:
        yield "banner.scan", {}
    for code in sight.parts:
        yield "banner.part", {"part": f"@problem.{code}"}
    if sight.unread:
        yield "banner.scores", _scores(sight, sight.unread)
    count = len(sight.doubted)
    if count and (sight.scanned or sight.parts or sight.unread):
        yield "banner.doubts", {"count": str(count)}


def as_seen(verdict: Verdict, sight: Sight) -> Verdict:
    """Return a verdict as it can be given for what was read: `not_judged` if it rests on what was not."""
    check = verdict.rule.check
    if check in _ALL_SCORES and verdict.status in _HOLDS:
        lacking = {
            *sight.missing,
            *sight.doubted_scores(),
            *sight.over_the_line(Decimal(verdict.rule.argument)),
        }
        if lacking:
            return _not_judged(verdict, "sight.needs_scores", _scores(sight, sorted(lacking)))
    if check in _READ_SCORES and verdict.status in (*_HOLDS, *_ABSENT) and sight.unread:
        return _not_judged(verdict, "sight.scores", _scores(sight, sight.unread))
    if verdict.status in _ABSENT and (sight.scanned or sight.parts):
        return _not_judged(verdict, "sight.part", {})
    if _is_doubted(verdict, sight):
        return _not_judged(verdict, "sight.doubt", {})
    return verdict


def _is_doubted(verdict: Verdict, sight: Sight) -> bool:
    """Return whether a verdict rests on values in doubt alone."""
    check = verdict.rule.check
    if verdict.status == "not_judged":
        return False
    fields = _FIELDS.get(check, tuple(verdict.rule.argument.split("|")) if check == "fields_stated" else ())
    if any(("reports", verdict.report_id, name) in sight.doubted for name in fields):
        return True
    if check in _FROM_SCORES and verdict.status == "broken":
        return (
            bool(sight.doubted_scores()) or ("reports", verdict.report_id, "overall_score") in sight.doubted
        )
    if check in _FROM_ROWS and verdict.status == "present" and verdict.where:
        rows = {(table, row_id) for table, row_id, _ in sight.doubted}
        return all((one.table, one.row_id) in rows for one in verdict.where)
    return False


def _not_judged(verdict: Verdict, message: str, values: Mapping[str, str]) -> Verdict:
    return replace(
        verdict,
        status="not_judged",
        severity="info",
        message=message,
        values={**verdict.values, **values},
        was=verdict.message,
    )


def _scores(sight: Sight, numbers: Collection[int]) -> dict[str, str]:
    names = sight.view.framework.indicators
    return {"unread": str(len(numbers)), "of": str(len(names)), "names": sight.view.indicators(numbers)}
