"""The report record: agency, years, overall result and kind of a report, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thaita.extract.find.agency import Identity
from thaita.extract.find.overall_candidates import OverallCandidate
from thaita.extract.find.years import Years
from thaita.extract.resolve.measures import BuiltMeasure
from thaita.extract.resolve.overall import choose_overall, doubt_overall
from thaita.extract.resolve.provenance import Ledger
from thaita.extract.resolve.results import lists_others, own_overall
from thaita.extract.resolve.total import Total, is_summary, total_of
from thaita.models.flags import Flag
from thaita.models.records import Evidence, Finding, Report, Result, Score
from thaita.models.source_text import SourceText, Span
from thaita.normalize.grades import grades_of


@dataclass(frozen=True, slots=True)
class Facts:
    """The candidates and records from which the report record is built."""

    identity: Identity
    years: Years
    overalls: Sequence[OverallCandidate]
    scores: Sequence[Score]
    findings: Sequence[Finding]
    built: Sequence[BuiltMeasure]
    results: Sequence[Result] = ()

    def summary(self) -> bool:
        """Return whether the document is a summary of several agencies, so that no overall score is its own."""
        own = any(score.agency == self.identity.agency for score in self.scores)
        return is_summary(self.scores) or (lists_others(self.results) and not own)

    def total(self) -> Total:
        """Return the overall score computed from the scores of the report's agency."""
        return total_of(self.identity.agency, self.years.fiscal_year(), self.scores)

    def overall(self) -> OverallCandidate | None:
        """Return the most likely overall score, preferring one that agrees with the computed score."""
        return choose_overall(self.overalls, self.total().computed)

    def graded(self) -> OverallCandidate | None:
        """Return the candidate that states the grade: next to the overall score, else anywhere."""
        overall = self.overall()
        if overall is not None and overall.grade is not None:
            return overall
        graded = [d for d in self.overalls if d.grade]
        same = [d for d in graded if overall is not None and d.value == overall.value]
        year = self.years.fiscal_year()
        scale = {level.grade for level in grades_of(year)} if year is not None else set()
        listed = [d for d in graded if d.grade is not None and d.grade.level in scale]
        return next(iter([*same, *listed, *graded]), None)

    def plan_year(self) -> int | None:
        """Return the fiscal year (B.E.) of the measures: as stated, else that of most of their periods."""
        stated = self.years.plan_year()
        if stated is not None or not self.built:
            return stated
        found = [
            end.year + 543 + (end.month >= 10)
            for b in self.built
            if (end := b.measure.period_end or b.measure.period_start) is not None
        ]
        return max(set(found), key=found.count) if found else None

    def flags(self) -> tuple[str, ...]:
        """Return the flags of the report as a whole."""
        flags = list(self.identity.flags)
        overall = self.overall()
        if overall is not None:
            flags += doubt_overall(overall, self.overalls, self.total().computed)
        if self.years.fiscal_year() is not None and self.years.ambiguous():
            flags.append(Flag.AMBIGUOUS_FISCAL_YEAR)
        return tuple(dict.fromkeys(flags))


def build_report(facts: Facts, report_id: str, source: str, sha256: str, ledger: Ledger) -> Report:
    """Build the report record; `derive` adds ids, codes and computed values."""
    identity, overall, graded = facts.identity, facts.overall(), facts.graded()
    summary = facts.summary()
    listed_score, listed_grade = own_overall(facts.results, facts.years.fiscal_year())
    return Report(
        report_id=report_id,
        source=source,
        sha256=sha256,
        media_type=ledger.document.media_type,
        page_count=len(ledger.document.pages) or None,
        agency=identity.agency,
        agency_type=identity.agency_type,
        subdistrict=identity.subdistrict,
        district=identity.district,
        province=identity.province,
        fiscal_year=facts.years.fiscal_year(),
        plan_year=facts.plan_year(),
        overall_score=overall.value if overall and not summary else listed_score,
        grade=graded.grade.as_written if graded and graded.grade and not summary else listed_grade,
        flags=facts.flags(),
    )


def prove_report(report: Report, facts: Facts, ledger: Ledger) -> Iterator[Evidence]:
    """Yield the evidence for each value of the report record, and record its text as used."""
    places: list[tuple[str, tuple[SourceText, ...]]] = [
        (column, (text,)) for column, text in _texts(report, facts).items()
    ]
    places += [
        ("overall_score", (same.score, *same.support))
        for same in facts.overalls
        if same.value is not None and same.value == report.overall_score and same.score is not None
    ]
    if facts.identity.runner_up is not None:
        name, text = facts.identity.runner_up
        yield Evidence(
            report_id=report.report_id,
            table="reports",
            row_id=report.report_id,
            column="runner_up:agency",
            value=name,
            provenance=ledger.place(text),
        )
    seen: set[tuple[str, tuple[Span, ...]]] = set()
    for column, texts in places:
        value = getattr(report, column)
        if value is None:
            continue  # left for another row or for `unread`, as in a summary of several agencies
        provenance = ledger.take(*texts)
        if (column, provenance.spans) not in seen:
            seen.add((column, provenance.spans))
            yield Evidence(
                report_id=report.report_id,
                table="reports",
                row_id=report.report_id,
                column=column,
                value=str(value),
                provenance=provenance,
            )


def _texts(report: Report, facts: Facts) -> dict[str, SourceText]:
    texts = dict(facts.identity.evidence)
    for column, role, year in (
        ("fiscal_year", "assessed", report.fiscal_year),
        ("plan_year", "planned", report.plan_year),
    ):
        if year is not None and (text := facts.years.text_of(role, year)) is not None:
            texts[column] = text
    graded = facts.graded()
    if graded is not None and graded.grade_text is not None:
        texts["grade"] = graded.grade_text
    return texts
