"""Verdicts on reports: each report is checked against the rules of its year."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from thaita.check import agree, complete
from thaita.check.archive import Archive, plan_answered, reports_agree
from thaita.check.complete import PARTS
from thaita.check.nations_scores import not_the_nations
from thaita.check.rulebook import Rulebook, RuleError, own_rules, severity_of
from thaita.check.sight import Sight, as_seen, unseen
from thaita.check.view import Result, View, of_report
from thaita.models.finding_kinds import FindingKind
from thaita.models.problem_codes import ProblemCode
from thaita.models.records import Reading, Report, Severity
from thaita.models.verdicts import Rule, Unseen, Verdict

CHECKS: dict[str, Callable[[View, str], Result | None]] = {
    "fields_stated": complete.fields_stated,
    "results_analysed": complete.results_analysed,
    "finding_named": complete.finding_named,
    "topic_analysed": complete.topic_analysed,
    "measures_planned": complete.measures_planned,
    "measures_have": complete.measures_have,
    "indicators_scored": complete.indicators_scored,
    "weak_have_measures": complete.weak_have_measures,
    "score_in_range": agree.score_in_range,
    "overall_adds_up": agree.overall_adds_up,
    "grade_fits": agree.grade_fits,
    "scores_agree": agree.scores_agree,
    "instrument_headings": agree.instrument_headings,
    "own_numbering": agree.own_numbering,
    "prose_agrees": agree.prose_agrees,
    "years_agree": agree.years_agree,
    "periods_in_year": agree.periods_in_year,
    "file_once": agree.file_once,
    "not_the_nations": not_the_nations,
}
"""The checks on a single report, by their name in the `check` column of the rules."""

AMONG: dict[str, Callable[[View, Archive], Result | None]] = {
    "reports_agree": reports_agree,
    "plan_answered": plan_answered,
}
"""The checks that compare a report with other reports."""


AGREEMENT = frozenset(
    {
        "reports_agree",
        "not_the_nations",
        *(name for name, one in CHECKS.items() if one.__module__ == agree.__name__),
    }
)
"""The checks for consistency; all others are checks for completeness."""


def _rule_of_ours(name: str, title_en: str, title_th: str) -> Rule:
    source = "the program: what it knows rules for"
    return Rule(name, None, name, "", (), "info", "logic", source, {"en": title_en, "th": title_th})


SCHEME = _rule_of_ours("scheme", "Is a report on the ITA indicators", "เป็นรายงานตามตัวชี้วัด ITA")
YEAR = _rule_of_ours("year", "The rules of its year are known", "มีเกณฑ์ของปีที่เผยแพร่รายงาน")


@dataclass(frozen=True, slots=True)
class Judged:
    """A report and its verdicts; `year` is the fiscal year (B.E.) of the rules.

    `unseen` says what could not be read of a report that was read from a scan or in part.
    """

    report: Report
    year: int | None
    verdicts: tuple[Verdict, ...]
    unseen: tuple[Unseen, ...] = ()

    def worst(self) -> Severity | None:
        """The highest severity of the verdicts; None if no action is required."""
        found = {verdict.severity for verdict in self.verdicts}
        return next((one for one in ("error", "warning", "info") if one in found), None)


def _several(words: str) -> str:
    return rf"(?:{words})(?:\|(?:{words}))*"


_BOUND = r"\d+(?:\.\d+)?"
_KINDS = "|".join(FindingKind)

ARGUMENTS: dict[str, str] = {
    "fields_stated": _several("|".join(sorted(Report.model_fields))),
    "finding_named": f"{_several(_KINDS)}(?:/{_several(_KINDS)})?",
    "topic_analysed": "[1-7]",
    "measures_have": _several("|".join(PARTS)),
    "weak_have_measures": _BOUND,
    "score_in_range": f"{_BOUND}-{_BOUND}",
}
"""Regular expressions for the arguments of checks; checks that are not listed take no argument."""


def refuse_unknown_checks(book: Rulebook) -> None:
    """Raise RuleError if a rule uses an unknown check or an invalid argument."""
    for rules in (*book.years.values(), book.every_year):
        for rule in rules:
            where = f"{rule.year or 'every_year'}.csv, rule {rule.rule}"
            if rule.check not in {**CHECKS, **AMONG}:
                known = ", ".join([*CHECKS, *AMONG])
                message = f"{where}: {rule.check!r} is not one of {known}"
                raise RuleError(message)
            if not re.fullmatch(ARGUMENTS.get(rule.check, ""), rule.argument):
                message = f"{where}: {rule.argument!r} is not an argument of {rule.check}; see docs/rules.md"
                raise RuleError(message)


def rules_year(report: Report) -> int | None:
    """Return the fiscal year (B.E.) whose rules apply to a report: the year of its plan.

    Without a plan year it is the year after the results, because a report usually presents the results of the
    previous year.
    """
    if report.plan_year is not None:
        return report.plan_year
    return None if report.fiscal_year is None else report.fiscal_year + 1


def judge(reading: Reading, rules: Rulebook | None = None, archive: Archive | None = None) -> Judged:
    """Return the verdict of each applicable rule on a report.

    `archive` contains the other reports to compare it with. Raises KeyError for a rule with an unknown check
    (see `refuse_unknown_checks`).
    """
    report = reading.report
    year = rules_year(report)
    view = View(reading, year)
    other = next((problem for problem in reading.problems if problem.code == ProblemCode.OTHER_SCHEME), None)
    if other is not None:
        return Judged(report, year, (_not_judged(view, SCHEME, ".other", message=other.message),))
    sight = Sight(view)
    if not report.kind:
        return Judged(report, year, (_not_judged(view, SCHEME, ".nothing"),), tuple(unseen(sight)))
    book = rules or own_rules()
    known = _year_known(view, year, book)
    verdicts = (as_seen(verdict, sight) for verdict in _verdicts(view, book.of(year), archive))
    return Judged(report, year, (known, *verdicts), tuple(unseen(sight)))


def _year_known(view: View, year: int | None, book: Rulebook) -> Verdict:
    place = view.field_place("plan_year") or view.field_place("fiscal_year") or of_report(view)
    if year is None:
        return _not_judged(view, YEAR, ".none")
    values = {"year": str(year), "first": str(min(book.years)), "last": str(max(book.years))}
    if year not in book.years:
        return Verdict(
            view.reading.report.report_id, YEAR, "not_judged", "info", "year.unknown", values, place
        )
    ending = "" if view.reading.report.plan_year is not None else ".taken"
    if all(severity_of(rule.severity, rule.confidence) == "info" for rule in book.years[year]):
        ending += ".unsourced"
    return Verdict(view.reading.report.report_id, YEAR, "holds", None, f"year.holds{ending}", values, place)


def _not_judged(view: View, rule: Rule, ending: str, **values: str) -> Verdict:
    report_id = view.reading.report.report_id
    return Verdict(report_id, rule, "not_judged", "info", rule.check + ending, values, of_report(view))


def _verdicts(view: View, rules: Iterable[Rule], archive: Archive | None) -> Iterator[Verdict]:
    kinds = view.kinds
    for rule in rules:
        if "summary" in kinds and rule.check not in ("fields_stated", "score_in_range", "file_once"):
            continue  # a summary of many agencies has no results, weaknesses or measures of a single agency
        if rule.kinds and kinds.isdisjoint(rule.kinds):
            continue
        result = _result(view, rule, archive)
        if result is not None:
            yield _verdict(view, rule, result)


def _result(view: View, rule: Rule, archive: Archive | None) -> Result | None:
    if rule.check in AMONG:
        return AMONG[rule.check](view, archive) if archive is not None else None
    return CHECKS[rule.check](view, rule.argument)


def _verdict(view: View, rule: Rule, result: Result) -> Verdict:
    confidence = result.confidence or rule.confidence
    severity = result.severity
    if severity is None and result.status in ("absent", "broken", "partly"):
        severity = severity_of(rule.severity, confidence)
    return Verdict(
        report_id=view.reading.report.report_id,
        rule=rule,
        status=result.status,
        severity=severity,
        message=f"{rule.check}.{result.status}{result.message}",
        values={name: str(value) for name, value in result.values.items()},
        where=result.where,
        confidence=confidence,
        source=result.source or rule.source,
    )
