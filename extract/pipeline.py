"""The extraction pipeline: the order of the stages from one file to its records."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from thaita.extract.documents import read_document
from thaita.extract.find.agency import find_agency_and_place
from thaita.extract.find.claims import Claim, contradictions, find_claims
from thaita.extract.find.findings import find_findings
from thaita.extract.find.measures import find_measures
from thaita.extract.find.overall import find_overall
from thaita.extract.find.overall_candidates import STATED
from thaita.extract.find.report_kinds import stated_kinds
from thaita.extract.find.results.lists import find_lists, outside_lists
from thaita.extract.find.scores import find_scores, layout_figures
from thaita.extract.find.unread_scores import indicators_beside_figures
from thaita.extract.find.years import find_report_years
from thaita.extract.options import DEFAULT, PdfOptions
from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.resolve.consistency import (
    check_grade,
    check_missing,
    check_numbers,
    check_scores,
    check_sum,
)
from thaita.extract.resolve.derive import derive
from thaita.extract.resolve.doubt import Reasons, with_confidence
from thaita.extract.resolve.finding_reasons import LABEL_PART, TEXT_PART, finding_reasons, is_refused
from thaita.extract.resolve.findings import build_findings
from thaita.extract.resolve.measures import BuiltMeasure, build_measures
from thaita.extract.resolve.provenance import SURE, Ledger
from thaita.extract.resolve.record_reasons import add_reasons
from thaita.extract.resolve.report import Facts, build_report, prove_report
from thaita.extract.resolve.result_reasons import RESULT_PART
from thaita.extract.resolve.results import ListBuilder, is_doubtful, with_own_result
from thaita.extract.resolve.scores import build_scores, doubt_scanned, numbering_of
from thaita.extract.resolve.total import Total, agrees
from thaita.extract.resolve.unread import find_unread
from thaita.extract.resolve.values_in_doubt import with_doubts
from thaita.extract.structure.flow import read_flow
from thaita.extract.structure.page_furniture import FlowItem
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.extract.structure.passages import names_assessment, passages
from thaita.extract.structure.repair import repair_document
from thaita.extract.structure.sections import add_context
from thaita.models.document import Document
from thaita.models.flags import Flag
from thaita.models.identity import report_id as id_of
from thaita.models.problem_codes import UNREAD_PARTS, ProblemCode
from thaita.models.records import Evidence, Finding, Problem, Provenance, Reading, Report, Score, Unread
from thaita.models.source_text import SourceText
from thaita.normalize.cue_words import folded_cue
from thaita.normalize.match_key import fold
from thaita.normalize.memo import one_document
from thaita.normalize.schemes import SchemeFound, find_scheme

_TITLE_LINES = 16
_INTEGRITY = folded_cue("integrity")


def read_bytes(data: bytes, source: str, options: PdfOptions = DEFAULT) -> Reading:
    """Return the records of a file; `source` is the path used in messages and rows.

    Raises `UnreadableFileError` if the file cannot be read or is not an ITA report.
    """
    return read_with_document(data, source, options)[0]


def read_with_document(data: bytes, source: str, options: PdfOptions = DEFAULT) -> tuple[Reading, Document]:
    """Return the records of a file, and the document to which their spans refer.

    Raises the same errors as `read_bytes`.
    """
    with one_document():
        document = repair_document(read_document(data, source, options))
        return Extraction(document, source, hashlib.sha256(data).hexdigest()).read(), document


class Extraction:
    """Extraction of one document: candidates, then records, then unread text.

    `reasons` are those for and against each value, once `read` has returned.
    """

    def __init__(self, document: Document, source: str, sha256: str) -> None:
        self.document = document
        self.source = source
        self.sha256 = sha256
        self.report_id = id_of(sha256)
        self.ledger = Ledger(document)
        self.whole_flow: list[FlowItem] = read_flow(document)
        self.years = find_report_years(self.whole_flow)
        self.lists = find_lists(document, self.years.fiscal_year())
        self.flow = self.whole_flow
        if self.lists.blocks:
            self.flow = outside_lists(self.whole_flow, self.lists.blocks)
            self.years = find_report_years(self.flow)
        self.year = self.years.fiscal_year()
        entries = add_context(self.flow, self.year)
        self.placed = passages(entries)
        self.passage_only = len(self.placed) < len(entries)
        self.reasons = Reasons()

    def read(self) -> Reading:
        """Extract all records of the document."""
        years, fiscal_year = self.years, self.year
        identity = find_agency_and_place(self.flow)
        scheme = find_scheme(self._title(), self.document.text, identity.agency)
        overalls = find_overall(
            self.flow, fiscal_year, identity.agency, layout_figures(self.placed, fiscal_year)
        )
        published = {one.value for one in overalls if one.value is not None and one.weight >= STATED}
        candidates = find_scores(self.placed, fiscal_year, published)
        if scheme is not None:
            candidates = [
                replace(candidate, flags=(*candidate.flags, Flag.OTHER_SCHEME)) for candidate in candidates
            ]
        scores, score_evidence = build_scores(
            candidates, self.report_id, identity.agency, fiscal_year, self.ledger
        )
        own = None if is_doubtful(identity.flags) else identity.agency
        listed = ListBuilder(self.report_id, own, self.ledger).build(self.lists.results, scores)
        scores, score_evidence = (*scores, *listed.scores), [*score_evidence, *listed.evidence]
        stated = {one.score.spans()[0][0] for one in overalls if one.score and one.weight >= STATED}
        findings, finding_evidence = self._findings(numbering_of(candidates), stated)
        built = self._measures()
        facts = Facts(identity, years, overalls, scores, findings, built, listed.results)
        self._refuse_other_documents(facts, scheme)
        reading = self._derived(facts)
        report, proofs = self._proved(reading.report, facts)
        claims = list(find_claims(self.flow, fiscal_year))
        evidence = [*proofs, *score_evidence, *finding_evidence]
        evidence += [*(e for b in built for e in b.evidence), *self._claimed(claims, reading, facts.total())]
        reading = reading.model_copy(update={"report": report, "evidence": tuple(evidence)})
        add_reasons(self.reasons, reading, facts)
        for result_id, found_reasons in listed.reasons.items():
            self.reasons.add(("results", result_id, ""), RESULT_PART, found_reasons)
        reading = with_own_result(with_confidence(reading, self.reasons))
        problems = tuple(self._problems(reading, facts.total(), scheme, claims))
        return with_doubts(reading).model_copy(update={"problems": problems, "unread": tuple(self._unread())})

    def _measures(self) -> list[BuiltMeasure]:
        """Return the measures; a title that speaks of measures counts once some are found, in whatever form."""
        plan_year = self.years.plan_year() or self.year
        found = find_measures(self.placed, plan_year)
        self.years.measured = self.years.measured or bool(found)
        titled = self.years.plan_year() or self.year
        if titled != plan_year:
            plan_year, found = titled, find_measures(self.placed, titled)
        return build_measures([one for _, one in found], self.report_id, plan_year, self.ledger)

    def _derived(self, facts: Facts) -> Reading:
        """Return the extracted records with the values derived from them."""
        report = build_report(facts, self.report_id, self.source, self.sha256, self.ledger)
        kinds = stated_kinds(
            self.flow, passage=self.passage_only, analysed=bool(facts.findings or facts.built)
        )
        report = report.model_copy(update={"kind": kinds})
        total = facts.total()
        proven = total.own if agrees(total.computed, report.overall_score) else ()
        return derive(
            Reading(
                report=report,
                scores=doubt_scanned(facts.scores, proven),
                results=tuple(facts.results),
                findings=tuple(facts.findings),
                measures=tuple(one.measure for one in facts.built),
            )
        )

    def _proved(self, report: Report, facts: Facts) -> tuple[Report, list[Evidence]]:
        """Return the report, flagged if the reading of one of its fields is uncertain, and its evidence."""
        proofs = list(prove_report(report, facts, self.ledger))
        if any(one.provenance.confidence is not None and one.provenance.confidence < SURE for one in proofs):
            report = report.model_copy(update={"flags": (*report.flags, Flag.OCR)})
        marked = self.ledger.marked([span for one in proofs for span in one.provenance.spans])
        if marked:
            report = report.model_copy(update={"flags": tuple(dict.fromkeys((*report.flags, *marked)))})
        return report, proofs

    def _title(self) -> str:
        return "\n".join(
            item.text.chars for item in self.flow[:_TITLE_LINES] if isinstance(item, FlowParagraph)
        )

    def _refuse_other_documents(self, facts: Facts, scheme: SchemeFound | None) -> None:
        integrity = bool(facts.built) and _INTEGRITY.search(fold(self.document.text)) is not None
        if not (names_assessment(self.document.text) or scheme or facts.scores or facts.results or integrity):
            reported = {problem.code: problem for problem in reversed(self.document.problems)}
            for code in UNREAD_PARTS:
                if code in reported:
                    raise UnreadableFileError(code, reported[code].message)
            raise UnreadableFileError(
                ProblemCode.NOT_ITA,
                "Nothing in the file speaks of an ITA assessment: it is not an ITA report.",
            )

    def _findings(
        self, numbering: Mapping[int, int], overall: Collection[int]
    ) -> tuple[tuple[Finding, ...], list[Evidence]]:
        """Return the findings that are likely enough, with their evidence; the text of the others stays unread.

        `overall` are the offsets at which an overall score stands.
        """
        candidates = find_findings(self.placed, self.year, numbering)
        reasons = finding_reasons(candidates, self.year, overall=overall)
        kept = [at for at, (text, _) in enumerate(reasons) if not is_refused(text)]
        found = build_findings([candidates[at] for at in kept], self.report_id, self.ledger)
        for at, finding in zip(kept, found[0], strict=True):
            key = ("findings", finding.finding_id, "")
            self.reasons.add(key, TEXT_PART, reasons[at][0])
            self.reasons.add(key, LABEL_PART, reasons[at][1])
        return found

    def _claimed(self, claims: Sequence[Claim], reading: Reading, total: Total) -> Iterator[Evidence]:
        """Yield the claims in the prose about single scores: highest, lowest, strength or weakness."""
        rows = {reading.scores[at].indicator_no: reading.scores[at] for at in total.own}
        for claim in claims:
            if claim.no in rows:
                yield Evidence(
                    report_id=self.report_id,
                    table="scores",
                    row_id=rows[claim.no].score_id,
                    column="claimed",
                    value=claim.claimed,
                    provenance=self.ledger.place(claim.text),
                )

    def _problems(
        self, reading: Reading, total: Total, scheme: SchemeFound | None, claims: Sequence[Claim]
    ) -> Iterator[Problem]:
        yield from self._reader_problems()
        listed = [result for result in reading.results if result.scope != "own"]
        if not (reading.scores or listed or reading.findings or reading.measures):
            yield self._problem(
                ProblemCode.NOTHING_READ,
                "The file speaks of ITA, but no score, finding or measure was found in it.",
            )
        if self.passage_only:
            message = "The document is about another matter: only its passages on the assessment were read."
            yield self._problem(ProblemCode.PASSAGE_ONLY, message)
        if scheme is not None:
            message = f"The report is of another scheme ({scheme.scheme}: {scheme.phrase}); rules for the ten"
            yield self._problem(ProblemCode.OTHER_SCHEME, message + " indicators do not apply.")
        yield from check_scores(reading)
        yield from check_numbers(reading)
        if scheme is None:
            yield from check_missing(reading.report, total.figures, self._beside_figures(reading.scores))
            yield from check_sum(reading)
            yield from check_grade(reading.report)
        for found in contradictions(claims, total.figures):
            problem = self._problem(ProblemCode.PROSE_CONTRADICTS_SCORES, found.message)
            provenance = self.ledger.place(found.claim.text)
            told = {"table": "scores", "provenance": provenance, "message_th": found.message_th}
            yield problem.model_copy(update=told)

    def _beside_figures(self, scores: Sequence[Score]) -> dict[int, Provenance]:
        """Return the positions where indicators without a score are named next to figures."""
        taken = {score.indicator_no for score in scores}
        named = indicators_beside_figures(self.placed, self.year)
        return {no: self.ledger.place(text) for no, text in named.items() if no not in taken}

    def _problem(self, code: ProblemCode, message: str) -> Problem:
        return Problem(
            report_id=self.report_id,
            source=self.source,
            severity=code.severity,
            code=code,
            message_en=message,
        )

    def _reader_problems(self) -> Iterator[Problem]:
        for problem in self.document.problems:
            span = (problem.span,) if problem.span else ()
            yield Problem(
                report_id=self.report_id,
                source=self.source,
                severity=problem.severity,
                code=problem.code,
                message_en=problem.message,
                provenance=Provenance(spans=span, quote="".join(self.document.text[a:b] for a, b in span)),
            )

    def _unread(self) -> Iterator[Unread]:
        for kind, _, span in find_unread(self.whole_flow, self.ledger, self.year):
            quote = self.document.text[span[0] : span[1]]
            provenance = self.ledger.place(SourceText.at(quote, span[0]))
            yield Unread(
                report_id=self.report_id,
                kind=kind,
                text=" ".join(quote.split()),
                flags=self.ledger.marked((span,)),
                provenance=provenance.model_copy(update={"spans": (span,), "quote": quote}),
            )
