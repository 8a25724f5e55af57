"""Score records: one for each agency and indicator, with doubts as flags."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from thaita.extract.find.score_candidates import ScoreCandidate, ScoreGroup, group_scores
from thaita.extract.resolve.provenance import Ledger
from thaita.models.flags import Flag
from thaita.models.records import Evidence, Score
from thaita.models.source_text import SourceText
from thaita.normalize.agencies import only_agency
from thaita.normalize.frameworks import indicator
from thaita.normalize.match_key import fold

_LOW_MATCH = 90.0
"""Name similarity (0-100) below which a score gets a flag."""

_PUBLISHED = Decimal("0.01")
"""Published scores are rounded to two decimals."""

_SURE = 0.995
"""Minimum recognition confidence (0-1) of a scanned score that needs no confirmation by the sum."""


def doubt_scanned(scores: Sequence[Score], proven: Collection[int]) -> tuple[Score, ...]:
    """Return the scores, with a flag on each unclear scanned score that the sum does not confirm.

    `proven` contains the positions of the scores that the published overall score confirms.
    """
    return tuple(
        score.model_copy(update={"flags": (*score.flags, Flag.OCR)})
        if at not in proven and _is_unsure(score) and Flag.OCR not in score.flags
        else score
        for at, score in enumerate(scores)
    )


def _is_unsure(score: Score) -> bool:
    sure = score.provenance.confidence
    return sure is not None and sure < _SURE


def build_scores(
    candidates: Sequence[ScoreCandidate],
    report_id: str,
    agency: str | None,
    fiscal_year: int | None,
    ledger: Ledger,
) -> tuple[tuple[Score, ...], list[Evidence]]:
    """Return the score records and their evidence: agencies in the report's order, latest years first, by indicator.

    `derive` adds the ids of the agencies.
    """
    groups = group_scores(replace(one, year=one.year or fiscal_year) for one in candidates)
    order = {
        name: i for i, name in enumerate(dict.fromkeys(_agency_name(g.best, agency) or "" for g in groups))
    }
    groups.sort(key=lambda g: (order[_agency_name(g.best, agency) or ""], -(g.best.year or 0), g.best.no))
    scores: list[Score] = []
    evidence: list[Evidence] = []
    for i, group in enumerate(groups, 1):
        score = _score(group, f"{report_id}-s{i:02d}", report_id, agency, fiscal_year, ledger)
        scores.append(score)
        evidence += _evidence(group, score, ledger)
    return tuple(scores), evidence


def numbering_of(candidates: Sequence[ScoreCandidate]) -> dict[int, int]:
    """Return the indicator for each number that the report itself uses in its scores."""
    numbering: dict[int, int] = {}
    for candidate in candidates:
        if candidate.no_as_written:
            numbering.setdefault(int(fold(candidate.no_as_written)), candidate.no)
    return numbering


def _agency_name(candidate: ScoreCandidate, report_agency: str | None) -> str | None:
    if candidate.agency is None:
        return report_agency
    agency = only_agency(candidate.agency.chars)
    return agency.name if agency is not None else " ".join(candidate.agency.chars.split())


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
    """Yield the evidence for a score: the figure, the text that assigns it, and its other mentions."""
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
    if best.value != best.value.quantize(_PUBLISHED):
        flags.append(Flag.EXTRA_DECIMALS)
    if group.conflict:
        flags.append(Flag.SCORE_CONFLICT)
    return tuple(dict.fromkeys(flags))
