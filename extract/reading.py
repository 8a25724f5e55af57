"""One file to all its records: the order in which the stages of extraction run."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from thaita.extract.checks import check_grade, check_missing, check_numbers, check_scores, check_sum
from thaita.extract.claims import contradictions, find_claims
from thaita.extract.clean import clean
from thaita.extract.documents import read_document
from thaita.extract.findings import FindingDraft, find_findings
from thaita.extract.flow import Item, read_flow
from thaita.extract.identity import Identity, find_identity
from thaita.extract.measure_values import Built, build_measure
from thaita.extract.measures import find_table_measures
from thaita.extract.overall import OverallDraft, find_overall
from thaita.extract.prose_measures import find_prose_measures
from thaita.extract.provenance import Ledger
from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.score_rows import ScoreRows, build_scores
from thaita.extract.scores import find_scores
from thaita.extract.sections import place
from thaita.extract.unread import find_unread
from thaita.extract.years import Years, find_report_years
from thaita.models.document import Document
from thaita.models.identity import report_id as id_of
from thaita.models.records import (
    Evidence,
    Finding,
    Problem,
    Provenance,
    Reading,
    Report,
    ReportKind,
    Unread,
)
from thaita.models.source_text import SourceText
from thaita.normalize.fold import fold

_ABOUT_ITA = re.compile(r"(?<![a-z])ita(?![a-z])|คุณธรรมและความโปร่งใส|integrityandtransparency")


def read_bytes(data: bytes, source: str) -> Reading:
    """Return all that a file gave; `source` is the path that messages and rows name.

    Raises `UnreadableFileError` where no document can be made of the file or it is no ITA report.
    """
    document = clean(read_document(data, source))
    sha256 = hashlib.sha256(data).hexdigest()
    return _Extraction(document, source, sha256).read()


class _Extraction:
    """The work on one document: what is found, then what it means, then what is left."""

    def __init__(self, document: Document, source: str, sha256: str) -> None:
        self.document = document
        self.source = source
        self.sha256 = sha256
        self.report_id = id_of(sha256)
        self.ledger = Ledger(document)
        self.flow: list[Item] = read_flow(document)
        self.placed = place(self.flow)
        self.evidence: list[Evidence] = []

    def read(self) -> Reading:
        years = find_report_years(self.flow)
        identity = find_identity(self.flow)
        overalls = find_overall(self.flow)
        fiscal_year = years.fiscal_year()
        drafts = find_scores(self.placed, fiscal_year)
        scores = build_scores(drafts, self.report_id, identity.agency, fiscal_year, self.ledger)
        findings = self._findings(find_findings(self.placed, fiscal_year))
        built = self._measures(years.plan_year() or fiscal_year)
        if not (scores.rows or findings or built) and not _ABOUT_ITA.search(fold(self.document.text)):
            raise UnreadableFileError(
                "not_ita", "Nothing in the file speaks of an ITA assessment: it is not an ITA report."
            )
        measures = tuple(b.measure for b in built)
        report = self._report(identity, years, overalls, scores, findings, built)
        self.evidence += [*scores.evidence, *(e for b in built for e in b.evidence)]
        problems = tuple(self._problems(report, scores, nothing=not (scores.rows or findings or built)))
        return Reading(
            report=report,
            scores=scores.rows,
            findings=findings,
            measures=measures,
            evidence=tuple(self.evidence),
            problems=problems,
            unread=tuple(self._unread()),
        )

    def _findings(self, drafts: Sequence[FindingDraft]) -> tuple[Finding, ...]:
        return tuple(
            Finding(
                report_id=self.report_id,
                finding_id=f"{self.report_id}-f{i:02d}",
                kind=draft.kind,
                instrument=draft.instrument,
                indicator_no=draft.indicators,
                topic_no=draft.topic,
                item_code="|".join(draft.items) or None,
                text=draft.text.chars,
                flags=draft.flags,
                provenance=self._take(draft.text, draft.support),
            )
            for i, draft in enumerate(drafts, 1)
        )

    def _take(self, text: SourceText, support: Sequence[SourceText]) -> Provenance:
        self.ledger.take(text, *support)
        return self.ledger.place(text)

    def _measures(self, plan_year: int | None) -> list[Built]:
        drafts = sorted(
            [*find_table_measures(self.placed, plan_year), *find_prose_measures(self.placed)],
            key=lambda pair: pair[0],
        )
        return [
            build_measure(draft, self.report_id, i, plan_year, self.ledger)
            for i, (_, draft) in enumerate(drafts, 1)
        ]

    def _report(
        self,
        identity: Identity,
        years: Years,
        overalls: Sequence[OverallDraft],
        scores: ScoreRows,
        findings: Sequence[Finding],
        built: Sequence[Built],
    ) -> Report:
        computed = scores.computed
        overall = _best_overall(overalls, computed)
        graded = overall if overall and overall.grade else next((o for o in overalls if o.grade), None)
        flags = list(identity.flags)
        published = overall.value if overall else None
        if len({o.value for o in overalls if o.value is not None and o.weight >= 4}) > 1:
            flags.append("ambiguous_overall")
        fiscal_year, plan_year = years.fiscal_year(), _plan_year(years, built)
        report = Report(
            report_id=self.report_id,
            source=self.source,
            sha256=self.sha256,
            media_type=self.document.media_type,
            page_count=len(self.document.pages) or None,
            kind=_kinds(scores, findings, built),
            agency=identity.agency,
            agency_type=identity.agency_type,
            subdistrict=identity.subdistrict,
            district=identity.district,
            province=identity.province,
            province_code=identity.province_code,
            fiscal_year=fiscal_year,
            plan_year=plan_year,
            overall_score=published,
            grade=graded.grade.as_written if graded and graded.grade else None,
            overall_computed=computed,
            flags=tuple(dict.fromkeys(flags)),
        )
        self._prove(report, identity, years, overalls, overall, graded)
        if any(True for _ in check_sum(report, scores.own)):
            report = report.model_copy(update={"flags": (*report.flags, "sum_mismatch")})
        return report

    def _prove(
        self,
        report: Report,
        identity: Identity,
        years: Years,
        overalls: Sequence[OverallDraft],
        overall: OverallDraft | None,
        graded: OverallDraft | None,
    ) -> None:
        texts = dict(identity.evidence)
        for column, role, year in (
            ("fiscal_year", "assessed", report.fiscal_year),
            ("plan_year", "planned", report.plan_year),
        ):
            if year is not None and (role, year) in years.evidence:
                texts[column] = years.evidence[role, year]
        if overall is not None and overall.score is not None:
            texts["overall_score"] = overall.score
        if graded is not None and graded.grade_text is not None:
            texts["grade"] = graded.grade_text
        for same in overalls:
            if same.value is not None and same.value == report.overall_score and same.score is not None:
                self.ledger.take(same.score, *same.support)
        for column, text in texts.items():
            value = getattr(report, column)
            if value is not None:
                self.evidence.append(
                    Evidence(
                        report_id=self.report_id,
                        table="reports",
                        row_id=self.report_id,
                        column=column,
                        value=str(value),
                        provenance=self.ledger.take(text),
                    )
                )

    def _problems(self, report: Report, scores: ScoreRows, *, nothing: bool) -> Iterator[Problem]:
        for problem in self.document.problems:
            span = (problem.span,) if problem.span else ()
            yield Problem(
                report_id=self.report_id,
                source=self.source,
                severity=problem.severity,
                code=problem.code,
                message=problem.message,
                provenance=Provenance(spans=span, quote="".join(self.document.text[a:b] for a, b in span)),
            )
        if nothing:
            yield Problem(
                report_id=self.report_id,
                source=self.source,
                severity="warning",
                code="nothing_read",
                message="The file speaks of ITA, but no score, finding or measure was found in it.",
            )
        yield from check_scores(report, scores.groups)
        yield from check_numbers(report, scores.groups)
        yield from check_missing(report, scores.own)
        yield from check_sum(report, scores.own)
        yield from check_grade(report)
        for found in contradictions(list(find_claims(self.flow)), scores.own):
            yield Problem(
                report_id=self.report_id,
                source=self.source,
                severity="warning",
                code="prose_contradicts_scores",
                message=found.message,
                table="scores",
                provenance=self.ledger.place(found.claim.text),
            )

    def _unread(self) -> Iterator[Unread]:
        for kind, _, span in find_unread(self.flow, self.ledger):
            quote = self.document.text[span[0] : span[1]]
            place = self.ledger.place(SourceText.at(quote, span[0]))
            yield Unread(
                report_id=self.report_id,
                kind=kind,
                text=" ".join(quote.split()),
                provenance=place.model_copy(update={"spans": (span,), "quote": quote}),
            )


def _best_overall(overalls: Sequence[OverallDraft], computed: Decimal | None) -> OverallDraft | None:
    """Return the likeliest overall score; of several, the one that the indicators give wins."""
    valued = [draft for draft in overalls if draft.value is not None]
    if not valued:
        return None
    close = [
        d for d in valued if computed is not None and d.value is not None and abs(d.value - computed) < 1
    ]
    votes = {d.value: sum(o.weight for o in valued if o.value == d.value) for d in valued}
    return max(close or valued, key=lambda draft: votes[draft.value])


def _plan_year(years: Years, built: Sequence[Built]) -> int | None:
    """Return the year of the measures: as the words say, else the fiscal year of most periods."""
    stated = years.plan_year()
    if stated is not None or not built:
        return stated
    found = [
        end.year + 543 + (end.month >= 10)
        for b in built
        if (end := b.measure.period_end or b.measure.period_start) is not None
    ]
    return max(set(found), key=found.count) if found else None


def _kinds(scores: ScoreRows, findings: Sequence[Finding], built: Sequence[Built]) -> tuple[ReportKind, ...]:
    kinds: list[ReportKind] = []
    if scores.agencies > 2:
        kinds.append("summary")
    elif scores.rows or findings:
        kinds.append("analysis")
    done = [b for b in built if b.measure.status or b.measure.result or b.measure.outcome]
    if len(done) < len(built) or (built and not done):
        kinds.append("measures")
    if done:
        kinds.append("progress")
    return tuple(kinds)
