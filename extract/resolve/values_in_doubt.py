"""The values in doubt, from the flags and the evidence of a report's records: one fact is one doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from thaita.extract.resolve.provenance import SURE
from thaita.extract.resolve.total import total_of
from thaita.models.cells import IDS, concerns
from thaita.models.flags import GENERAL, NOTES, ONE_FACT, Flag
from thaita.models.records import Doubt, Finding, Measure, Reading, Report, Result, Score
from thaita.normalize.weights import reconcile

Cell = tuple[str, str, str]
"""A table, the id of a row, and a column."""

Row = Report | Score | Result | Finding | Measure

_RUNNER_UP = "runner_up:"
_OTHER_READING = "other_reading"


def with_doubts(reading: Reading) -> Reading:
    """Return a report's records with its doubts, all of them open."""
    return reading.model_copy(update={"doubts": tuple(doubts_of(reading))})


def settled(before: Collection[Doubt], after: Reading, decided: Collection[Cell]) -> tuple[Doubt, ...]:
    """Return the doubts of a report after decisions: those of `before`, then those that corrections raised.

    A doubt is open until somebody decides on a cell that it is about, or a correction removes its cause. A
    decision settles no other doubt of the row.
    """
    now = {one.doubt_id: one for one in doubts_of(after)}
    found = [
        one.model_copy(update={"open": one.doubt_id in now and not _is_decided(one, decided)})
        for one in before
    ]
    known = {one.doubt_id for one in before}
    return (
        *found,
        *(one for one in now.values() if one.doubt_id not in known and not _is_decided(one, decided)),
    )


def _is_decided(doubt: Doubt, decided: Collection[Cell]) -> bool:
    about = {doubt.column, *concerns(doubt.table, doubt.flag)}
    return any((doubt.table, doubt.row_id, column) in decided for column in about)


def doubts_of(reading: Reading) -> Iterator[Doubt]:
    """Yield the doubts about a report's values, in the order of the tables.

    A value has one doubt, with the flag that tells most. Notes on how a value was read are no doubts; a fact about
    the whole report, such as a total that does not add up, is one doubt on the first row that has it.
    """
    work = _Doubts(reading)
    for table, row in _rows(reading):
        yield from work.of_row(table, row)


def _rows(reading: Reading) -> Iterator[tuple[str, Row]]:
    yield "reports", reading.report
    for table, rows in (
        ("scores", reading.scores),
        ("results", reading.results),
        ("findings", reading.findings),
        ("measures", reading.measures),
    ):
        yield from ((table, row) for row in rows)


@dataclass(slots=True)
class _Doubts:
    """Collects the doubts of a report; `told` are the facts that a doubt states already."""

    reading: Reading
    told: set[object] = field(default_factory=set)
    others: Mapping[Cell, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.others = _alternatives(self.reading)

    def of_row(self, table: str, row: Row) -> Iterator[Doubt]:
        """Yield the doubts about the values of a row, one for each value."""
        flags: dict[str, list[str]] = {}
        for flag in row.flags:
            if Flag.known(flag) not in NOTES:
                for column in self._columns(table, row, flag):
                    flags.setdefault(column, []).append(flag)
        for column, own in flags.items():
            for flag in sorted(own, key=_rank):
                fact = self._fact(table, row, column, flag)
                if fact not in self.told:
                    self.told.add(fact)
                    yield self._doubt(table, row, column, flag)
                    break

    def _columns(self, table: str, row: Row, flag: str) -> tuple[str, ...]:
        """Return the column in doubt: of those that the flag is about, the first with a value; several for a scan."""
        if table == "reports" and flag == Flag.OCR:
            read = dict.fromkeys(
                one.column
                for one in self.reading.evidence
                if one.table == table and _is_unsure(one.provenance.confidence)
            )
            if columns := tuple(column for column in read if hasattr(row, column)):
                return columns
        about = concerns(table, flag)
        filled = (column for column in about if getattr(row, column, None) not in (None, ()))
        return (next(filled, about[0]),) if about else ()

    def _fact(self, table: str, row: Row, column: str, flag: str) -> object:
        """Return what identifies the fact behind a doubt; rows with the same fact are one doubt."""
        if flag in ONE_FACT:
            return flag
        report = self.reading.report
        if isinstance(row, Score):
            if flag == Flag.SCORE_CONFLICT:
                return flag, row.scope, row.agency, row.fiscal_year, row.indicator_no
            if column == "fiscal_year" and row.fiscal_year == report.fiscal_year:
                return "reports", report.report_id, column
        if (
            isinstance(row, Result)
            and row.scope == "own"
            and row.fiscal_year in (None, report.fiscal_year)
            and hasattr(report, column)
        ):
            return "reports", report.report_id, column
        return table, _id(table, row), column

    def _doubt(self, table: str, row: Row, column: str, flag: str) -> Doubt:
        row_id = _id(table, row)
        value = getattr(row, column, None)
        others = [one for one in self.others.get((table, row_id, column), ()) if one != str(value)]
        detail = _as_written(row, column)
        if flag == Flag.SUM_MISMATCH:
            detail, more = _sums(self.reading)
            others = [*more, *others]
        elif flag == Flag.NUMBER_CONFLICT:
            detail = "; ".join(
                f"{one.no_as_written} {one.indicator} = {one.indicator_no}"
                for one in self.reading.scores
                if flag in one.flags
            )
        return Doubt(
            doubt_id=f"{row_id}/{column}",
            report_id=self.reading.report.report_id,
            table=table,
            row_id=row_id,
            column=column,
            flag=flag,
            detail=detail or None,
            alternative=tuple(dict.fromkeys(one.replace("|", "/") for one in others)),
        )


def _rank(flag: str) -> int:
    known = Flag.known(flag)
    return len(GENERAL) - GENERAL.index(known) if known in GENERAL else 0


def _id(table: str, row: Row) -> str:
    return str(getattr(row, IDS[table]))


def _is_unsure(confidence: float | None) -> bool:
    return confidence is not None and confidence < SURE


def _alternatives(reading: Reading) -> Mapping[Cell, list[str]]:
    """Return what else values could be, by cell: the runner-up, another reading of a scan, other statements."""
    found: dict[Cell, list[str]] = defaultdict(list)
    for one in reading.evidence:
        if one.column.startswith(_RUNNER_UP):
            found[one.table, one.row_id, one.column.removeprefix(_RUNNER_UP)].append(one.value)
        elif one.column == _OTHER_READING or (one.table, one.column) == ("scores", "score"):
            found["scores", one.row_id, "score"].append(one.value)
    return found


def _as_written(row: Row, column: str) -> str | None:
    """Return the words of the source for a value that has a column of its own for them."""
    name = {
        "score": "score_as_written",
        "indicator_no": "name_as_written",
        "period_start": "period_as_written",
    }
    words = getattr(row, name.get(column, ""), None)
    return words if isinstance(words, str) and words != str(getattr(row, column, None)) else None


def _sums(reading: Reading) -> tuple[str, list[str]]:
    """Return which changes of one digit make a total add up, and the total that the scores give."""
    report = reading.report
    published, computed, year = report.overall_score, report.overall_computed, report.fiscal_year
    if published is None or computed is None or year is None:
        return "", []
    figures = total_of(report.agency, year, reading.scores).figures
    changes = [
        f"{'overall_score' if one.indicator_no is None else one.indicator_no}: {one.old}→{one.new}"
        for one in reconcile(figures, published, year)
    ]
    return "; ".join(changes), [str(computed)]
