"""Result and score records of the agencies and levels that a document lists."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from thaita.extract.find.results.candidate import ResultCandidate, Stated
from thaita.extract.resolve.provenance import Ledger
from thaita.extract.resolve.result_reasons import result_reasons
from thaita.models.flags import ABOUT, Flag
from thaita.models.records import Evidence, Provenance, Reading, Report, Result, Score
from thaita.models.source_text import SourceText
from thaita.normalize.agency_ids import agency_id
from thaita.normalize.frameworks import every_indicator, indicator
from thaita.normalize.indicators import match_indicator
from thaita.normalize.match_key import fold
from thaita.normalize.places import resolve

_WHOLE = ("rank", "agencies")
_OWN_COLUMNS = frozenset({"agency", "fiscal_year", "overall_score", "grade"})
_KNOWN_BY_WORDS = 100.0
"""Similarity (0-100) of a head that is a listed short name or a number."""


_DOUBTFUL = frozenset(
    {
        Flag.AMBIGUOUS_AGENCY,
        *(Flag.AGENCY_DOUBT.of(doubt) for doubt in ("place_or_agency", "passing")),
    }
)


def is_doubtful(flags: Collection[str]) -> bool:
    """Return whether flags say that a document may not be that of the agency it names: a list names many."""
    return not _DOUBTFUL.isdisjoint(flags)


@dataclass(slots=True)
class ListRecords:
    """The records of a document's lists."""

    results: list[Result] = field(default_factory=list)
    scores: list[Score] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    reasons: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The reasons for and against each result, by its id."""


class ListBuilder:
    """Builds the records of a document's lists; `agency` is the document's own, if it has one."""

    def __init__(self, report_id: str, agency: str | None, ledger: Ledger) -> None:
        self.report_id = report_id
        self.agency = fold(agency) if agency else None
        self.ledger = ledger
        self.records = ListRecords()

    def build(self, candidates: Sequence[ResultCandidate], own: Sequence[Score]) -> ListRecords:
        """Return the records of the candidates; `own` are the scores that other parts of the document state."""
        known = {(score.indicator_no, score.fiscal_year, score.score) for score in own}
        for number, one in enumerate(candidates, 1):
            result_id = f"{self.report_id}-r{number:02d}"
            result = self._result(one, result_id)
            if one.values:
                self.records.results.append(result)
                self.records.reasons[result_id] = tuple(result_reasons(one))
                self.records.evidence += self._evidence(one, result_id)
            for no, stated in sorted(one.scores.items()):
                same = (no, one.year, stated.value) in known and self._scope(one) == "own"
                if no in every_indicator() and not same and one.subject.scope is not None:
                    self._add_score(one, no, stated, len(own), result.agency_id)
        return self.records

    def _scope(self, one: ResultCandidate) -> str | None:
        is_own = one.subject.scope == "agency" and fold(one.subject.name) == self.agency
        return "own" if is_own else one.subject.scope

    def _result(self, one: ResultCandidate, result_id: str) -> Result:
        subject = one.subject
        texts = (*one.row, one.name, *(stated.text for stated in one.values.values()))
        values = {
            name: int(stated.value) if name in _WHOLE else stated.value for name, stated in one.values.items()
        }
        built = Result.model_validate(
            {
                "report_id": self.report_id,
                "result_id": result_id,
                "scope": self._scope(one),
                "agency": subject.name,
                "agency_type": subject.agency_type,
                "district": subject.district,
                "province": subject.province,
                "fiscal_year": one.year,
                "flags": tuple(dict.fromkeys((*one.flags, *self.ledger.doubts(*texts)))),
                "provenance": self.ledger.take(*texts),
                **values,
            }
        )
        return built.model_copy(update={"agency_id": result_agency_id(built)})

    def _evidence(self, one: ResultCandidate, result_id: str) -> Iterator[Evidence]:
        """Yield what points were converted from, and the values that other places state."""
        places = [(f"{name}_as_written", stated) for name, stated in one.values.items() if stated.of]
        places += [(f"runner_up:{name}", stated) for name, stated in one.rivals]
        for column, stated in places:
            yield Evidence(
                report_id=self.report_id,
                table="results",
                row_id=result_id,
                column=column,
                value=stated.of or str(stated.value),
                provenance=self.ledger.take(stated.text),
            )

    def _add_score(
        self, one: ResultCandidate, no: int, stated: Stated, before: int, agency: str | None
    ) -> None:
        named = indicator(no, one.year)
        flags = [*one.flags, *self.ledger.doubts(stated.text)]
        if one.numbered and one.adds_up is not True:
            flags.append(Flag.NUMBER_ONLY)
        texts: tuple[SourceText, ...] = (one.name, stated.head, stated.text)
        if not one.values:
            texts = (*one.row, *texts)
        self.records.scores.append(
            Score.model_validate(
                {
                    "report_id": self.report_id,
                    "score_id": f"{self.report_id}-s{before + len(self.records.scores) + 1:02d}",
                    "scope": self._scope(one),
                    "agency": one.subject.name,
                    "agency_id": agency,
                    "fiscal_year": one.year,
                    "instrument": named.instrument,
                    "indicator_no": no,
                    "indicator": named.name,
                    "score": stated.value,
                    "score_as_written": stated.text.chars,
                    "name_as_written": " ".join(stated.head.chars.split()),
                    "name_match": _similarity(stated.head.chars),
                    "flags": tuple(dict.fromkeys(flag for flag in flags if flag not in _OF_RESULTS)),
                    "provenance": self.ledger.take(*texts),
                }
            )
        )


_OF_RESULTS = frozenset({Flag.GRADE_BAND, Flag.FROM_POINTS})
"""Flags that concern no score of an indicator."""


@lru_cache(maxsize=256)
def _similarity(head: str) -> float:
    match = match_indicator(head.replace("\n", " "))
    return match.similarity if match else _KNOWN_BY_WORDS


def result_agency_id(result: Result) -> str | None:
    """Return the id of the agency of a result, None for a level."""
    if result.scope != "agency":
        return None
    district, province = _codes(result.district, result.province)
    return agency_id(result.agency, district, province)


@lru_cache(maxsize=4096)
def _codes(district: str | None, province: str | None) -> tuple[str | None, str | None]:
    place = resolve(None, district, province) or resolve(None, None, province)
    return (place.district_code, place.province_code) if place else (None, None)


_OTHERS = 3
"""Number of other agencies from which a document is a summary of several."""


def lists_others(results: Sequence[Result]) -> bool:
    """Return whether results are those of several other agencies, or of several levels."""
    return len({(one.scope, one.agency, one.province) for one in results if one.scope != "own"}) >= _OTHERS


def with_own_result(reading: Reading) -> Reading:
    """Return a reading whose results begin with that of the report's own agency, as far as the report states it."""
    report = reading.report
    listed = [one for one in reading.results if one.result_id != _own_id(report)]
    stated = any(one.scope == "own" and one.fiscal_year == report.fiscal_year for one in listed)
    own = () if stated or (report.overall_score is None and report.grade is None) else (_own(reading),)
    return reading.model_copy(update={"results": (*own, *listed)})


def _own_id(report: Report) -> str:
    return f"{report.report_id}-r00"


def _own(reading: Reading) -> Result:
    report = reading.report
    flags = [flag for flag in report.flags if _concerns_result(flag)]
    return Result(
        report_id=report.report_id,
        result_id=_own_id(report),
        scope="own",
        agency=report.agency,
        agency_id=report.agency_id,
        agency_type=report.agency_type,
        district=report.district,
        province=report.province,
        fiscal_year=report.fiscal_year,
        overall_score=report.overall_score,
        grade=report.grade,
        flags=tuple(flags),
        provenance=_place_of(reading, "overall_score" if report.overall_score is not None else "grade"),
    )


def _concerns_result(flag: str) -> bool:
    known = Flag.known(flag)
    return known is None or known not in ABOUT or bool(_OWN_COLUMNS & set(ABOUT[known]))


def _place_of(reading: Reading, column: str) -> Provenance:
    """Return where the report states the value of a column of `reports`; empty if nothing shows it."""
    value = str(getattr(reading.report, column))
    places = [one for one in reading.evidence if one.table == "reports" and one.column == column]
    same = [one for one in places if one.value == value] or places
    return same[0].provenance if same else Provenance()


def own_overall(results: Sequence[Result], year: int | None) -> tuple[Decimal | None, str | None]:
    """Return the overall score and grade that a document's lists state for its own agency in a year (B.E.)."""
    own = [one for one in results if one.scope == "own" and one.fiscal_year == year]
    return (own[0].overall_score, own[0].grade) if len(own) == 1 else (None, None)
