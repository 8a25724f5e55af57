"""Score drafts to records: one row an agency and indicator, with its doubts as flags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from thaita.extract.find.score_candidates import ScoreDraft, ScoreGroup, group_scores
from thaita.extract.resolve.provenance import Ledger
from thaita.models.flags import Flag
from thaita.models.records import Evidence, Report, Score
from thaita.models.source_text import SourceText
from thaita.normalize.agencies import find_agencies
from thaita.normalize.agency_ids import agency_id
from thaita.normalize.frameworks import indicator
from thaita.normalize.match_key import fold
from thaita.normalize.weights import overall

_LOW_MATCH = 90.0
"""Name similarity below which a row says so."""

_PUBLISHED = Decimal("0.01")
"""Scores are published rounded to two decimals."""

_SURE = 0.995
"""Probability from which the figures of a scan need no sum to prove them."""


@dataclass(frozen=True, slots=True)
class ScoreRows:
    """The score rows of a report, and what follows from them.

    `own` are the scores of the report's agency by indicator; `computed` is the overall score that they
    give under the year's weights, None if one is missing or the weights are not known.
    """

    rows: tuple[Score, ...]
    groups: Mapping[str, tuple[Score, ScoreGroup]]
    evidence: tuple[Evidence, ...]
    own: Mapping[int, Decimal]
    computed: Decimal | None
    agencies: int

    def identified(self, report: Report) -> ScoreRows:
        """Return the same rows with the ids of their agencies; others than the report's are of its province."""
        own = {report.agency: report.agency_id}
        rows = tuple(
            score.model_copy(
                update={
                    "agency_id": own.get(score.agency) or agency_id(score.agency, None, report.province_code)
                }
            )
            for score in self.rows
        )
        return replace(self, rows=rows)

    def of_a_scan(self, *, proven: bool) -> ScoreRows:
        """Return the same rows, those from a scan doubted unless the sum proves them or they are read surely."""
        rows = tuple(
            score.model_copy(update={"flags": (*score.flags, Flag.OCR)})
            if Flag.OCR not in score.flags
            and score.provenance.confidence is not None
            and not (proven and score.indicator_no in self.own)
            and score.provenance.confidence < _SURE
            else score
            for score in self.rows
        )
        return replace(self, rows=rows)

    def doubted(self, flag: str) -> ScoreRows:
        """Return the same rows with a flag on each score of the report's agency."""
        rows = tuple(
            score.model_copy(update={"flags": (*score.flags, flag)})
            if score.indicator_no in self.own
            else score
            for score in self.rows
        )
        return replace(self, rows=rows)


def build_scores(
    drafts: Sequence[ScoreDraft],
    report_id: str,
    agency: str | None,
    fiscal_year: int | None,
    ledger: Ledger,
) -> ScoreRows:
    """Return the score rows: agencies in the report's order, indicators by number."""
    groups = group_scores(drafts)
    order = {
        name: i for i, name in enumerate(dict.fromkeys(_agency_name(g.best, agency) or "" for g in groups))
    }
    groups.sort(key=lambda g: (order[_agency_name(g.best, agency) or ""], g.best.no))
    rows: dict[str, tuple[Score, ScoreGroup]] = {}
    evidence: list[Evidence] = []
    for i, group in enumerate(groups, 1):
        score = _score(group, f"{report_id}-s{i:02d}", report_id, agency, fiscal_year, ledger)
        rows[score.score_id] = (score, group)
        evidence += _evidence(group, score, ledger)
    own = {s.indicator_no: s.score for s, g in rows.values() if g.best.agency is None or s.agency == agency}
    if not own and len(order) == 1:
        own = {s.indicator_no: s.score for s, _ in rows.values()}
    computed = overall(own, fiscal_year) if fiscal_year is not None else None
    return ScoreRows(tuple(s for s, _ in rows.values()), rows, tuple(evidence), own, computed, len(order))


def numbering_of(drafts: Sequence[ScoreDraft]) -> dict[int, int]:
    """Return which indicator each of the report's own numbers means, where its scores say so."""
    numbering: dict[int, int] = {}
    for draft in drafts:
        if draft.no_as_written:
            numbering.setdefault(int(fold(draft.no_as_written)), draft.no)
    return numbering


def _agency_name(draft: ScoreDraft, report_agency: str | None) -> str | None:
    if draft.agency is None:
        return report_agency
    found = [a for a in find_agencies(draft.agency.chars) if "generic" not in a.doubt]
    return found[0].name if len(found) == 1 else " ".join(draft.agency.chars.split())


def _score(
    group: ScoreGroup,
    score_id: str,
    report_id: str,
    agency: str | None,
    fiscal_year: int | None,
    ledger: Ledger,
) -> Score:
    best = group.best
    named = indicator(best.no, best.year or fiscal_year)
    return Score(
        report_id=report_id,
        score_id=score_id,
        agency=_agency_name(best, agency),
        fiscal_year=best.year or fiscal_year,
        instrument=named.instrument,
        indicator_no=best.no,
        indicator=named.name,
        score=best.value,
        score_as_written=best.score.chars,
        name_as_written=" ".join(best.name.chars.split()),
        no_as_written=best.no_as_written,
        name_match=best.similarity,
        flags=(*_flags(group, named.instrument), *ledger.doubts(best.name, best.score)),
        provenance=ledger.take(best.name, best.score),
    )


def _evidence(group: ScoreGroup, score: Score, ledger: Ledger) -> Iterator[Evidence]:
    """Yield the places of a score's columns: its own, what says whose it is, and where it stands again."""
    best = group.best
    places: list[tuple[str, str, tuple[SourceText, ...]]] = [
        ("score", best.score.chars, (best.score,)),
        ("name_as_written", best.name.chars, (best.name,)),
    ]
    if other := ledger.other_reading(best.score):
        places.append(("other_reading", other, (best.score,)))
    if best.support:
        places.append(("indicator_no", str(best.no), best.support))
    if best.agency is not None:
        places.append(("agency", best.agency.chars, (best.agency,)))
    places += [
        ("score", other.score.chars, (other.name, other.score, *other.support)) for other in group.others
    ]
    for column, value, texts in places:
        yield Evidence(
            report_id=score.report_id,
            table="scores",
            row_id=score.score_id,
            column=column,
            value=value,
            provenance=ledger.take(*texts),
        )


def _flags(group: ScoreGroup, instrument: str) -> tuple[str, ...]:
    best = group.best
    flags = list(best.flags)
    if best.similarity < _LOW_MATCH:
        flags.append(Flag.LOW_NAME_MATCH)
    if best.no_as_written is not None and fold(best.no_as_written) != str(best.no):
        flags.append(Flag.NUMBER_CONFLICT)
    if best.instrument_as_written not in (None, instrument):
        flags.append(Flag.INSTRUMENT_CONFLICT)
    if not 0 <= best.value <= 100:
        flags.append(Flag.RANGE)
    if best.value != best.value.quantize(_PUBLISHED):
        flags.append(Flag.EXTRA_DECIMALS)
    if group.conflict:
        flags.append(Flag.SCORE_CONFLICT)
    return tuple(dict.fromkeys(flags))
