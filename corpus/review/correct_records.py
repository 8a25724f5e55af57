"""Correction of a report's records: decided values, and the values derived from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from thaita.extract.resolve.derive import Cell, derive, instrument_of_finding
from thaita.extract.resolve.total import total_of
from thaita.models.readings import reading_from_rows, record_from_row, with_cells
from thaita.models.records import Finding, Reading, Record, Report, Score
from thaita.models.rows import Row, Value, value_of, written
from thaita.normalize.frameworks import indicator, refuse_unknown

_CONNECTED = ("reports", "scores", "findings", "measures")
"""Tables with values that are derived from one another."""

_ALONE = ("measure_steps", "measure_owners")
"""Tables from which no other value is derived."""

Records = dict[tuple[str, int], Record]
"""The records of a report by table and position among the rows of that table."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The decisions on the cells of a report.

    `decided` contains all decided cells, `values` their values, and `void` the positions of scores that are known
    to be wrong.
    """

    decided: Collection[Cell]
    values: Mapping[Cell, Value]
    void: Collection[int]


def records_of(tables: Mapping[str, Sequence[Row]], cells: Collection[Cell]) -> Records:
    """Return the records of one report that decisions on `cells` can change, in the order of the tables.

    Raises ValueError for rows that do not form a valid report.
    """
    decided = {(table, i) for table, i, _ in cells}
    alone = [(table, i) for table in _ALONE for i in range(len(tables[table])) if (table, i) in decided]
    reading = reading_from_rows({name: tables[name] for name in _CONNECTED})
    refuse_unknown(reading)
    return _placed(reading) | {(table, i): record_from_row(table, tables[table][i]) for table, i in alone}


def correct(old: Records, choices: Choices) -> Records:
    """Return the records with the decided and derived values; unchanged records are the same objects."""
    new = dict(old)
    for (table, i), cells in _by_row(old, choices.values).items():
        new[table, i] = with_cells(old[table, i], table, cells)
    if choices.void or any(new[place] is not old[place] for place in old):
        _carry(old, new, choices.decided)
        new |= _placed(derive(_reading(new), choices.decided, choices.void))
    return new


def clashes(old: Records, new: Records, choices: Choices) -> Iterator[str]:
    """Yield the name of each indicator with several different scores of the report's agency caused by decisions."""
    if all(new[place] is old[place] for place in old):
        return
    before, after = map(_reading, (old, new))
    found = [total_of(one.report.agency, None, one.scores, choices.void) for one in (before, after)]
    for no in found[1].clashing:
        if no not in found[0].clashing:
            yield indicator(no, after.report.fiscal_year).name


def _by_row(old: Records, values: Mapping[Cell, Value]) -> Mapping[tuple[str, int], dict[str, Value]]:
    """Return, by row, the cells whose value differs from the extracted one."""
    found: dict[tuple[str, int], dict[str, Value]] = defaultdict(dict)
    for (table, i, column), value in values.items():
        if written(value) != written(value_of(old[table, i], column)):
            found[table, i][column] = value
    return found


def _carry(old: Records, new: Records, decided: Collection[Cell]) -> None:
    """Propagate a new agency or year of the report to its scores, and update the instruments of changed findings.

    A score with a different agency or year than the report keeps it.
    """
    was, now = _report(old), _report(new)
    for (table, i), record in new.items():
        before, values = old[table, i], dict[str, object]()
        if isinstance(record, Score):
            values = {
                column: getattr(now, column)
                for column in ("agency", "fiscal_year")
                if getattr(before, column) == getattr(was, column) != getattr(now, column)
            }
        elif isinstance(record, Finding) and _about(record) != _about(before):
            values = {"instrument": instrument_of_finding(record, now.fiscal_year)}
        values = {column: value for column, value in values.items() if (table, i, column) not in decided}
        if values:
            new[table, i] = record.model_copy(update=values)


def _report(records: Records) -> Report:
    (report,) = (one for one in records.values() if isinstance(one, Report))
    return report


def _about(finding: Record) -> tuple[object, ...]:
    return tuple(getattr(finding, name) for name in ("indicator_no", "item_code"))


def _reading(records: Records) -> Reading:
    """Return the connected records as a reading."""
    of_table: dict[str, list[Record]] = defaultdict(list)
    for (table, _), record in records.items():
        of_table[table].append(record)
    (report,) = of_table["reports"]
    named = {name: tuple(of_table[name]) for name in _CONNECTED if name != "reports"}
    return Reading.model_validate({"report": report, **named})


def _placed(reading: Reading) -> Records:
    """Return the connected records of a reading by table and position."""
    found: Records = {("reports", 0): reading.report}
    for table, own in (("scores", reading.scores), ("findings", reading.findings)):
        found |= {(table, i): record for i, record in enumerate(own)}
    return found | {("measures", i): record for i, record in enumerate(reading.measures)}
