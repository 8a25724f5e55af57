"""Prints a report's records: as tables in a terminal, or as plain text in a pipe."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from thaita.models.measure_tables import AFTER_PERIOD, BEFORE_PERIOD
from thaita.models.records import Reading
from thaita.models.rows import Value, rows

Row = dict[str, Value]
Rows = dict[str, list[Row]]

_VIEWS = {
    "scores": ("indicator_no", "instrument", "indicator", "score", "agency", "flags"),
    "results": (
        "scope",
        "agency",
        "fiscal_year",
        "overall_score",
        "grade",
        "iit",
        "eit",
        "oit",
        "rank",
        "flags",
    ),
    "findings": ("kind", "instrument", "indicator_no", "item_code", "text", "flags"),
    "measure_steps": ("measure_id", "step_no", "text"),
    "measure_owners": ("measure_id", "owner"),
    "evidence": ("table", "row_id", "column", "value"),
    "problems": ("severity", "code", "row_id", "message_en"),
    "unread": ("kind", "start", "text"),
}
"""The columns shown for each table; columns that are empty in all rows are left out."""

_FIRST = ("reports", "results", "scores", "findings", "measures", "problems")
_RIGHT = frozenset({"indicator_no", "score", "step_no", "start"})
_PLAIN_WIDTH = 100_000

_VISIBLE = {code: 0x2400 + code for code in range(0x20)} | dict.fromkeys(
    [*range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0xFFFD
)
_VISIBLE |= {0x09: 0x20, 0x0A: 0x0A, 0x0D: 0x0A}


def visible(text: str) -> str:
    r"""Return the text with control characters replaced by visible symbols, so that a terminal does not obey them.

    >>> visible("ก\x1b[31mข\tค")
    'ก␛[31mข ค'
    """
    return text.replace("\r\n", "\n").translate(_VISIBLE)


def show(reading: Reading, console: Console, *, only: str | None = None, quotes: bool = False) -> None:
    """Print a report: its fields, results of other agencies, scores, findings, measures and problems, and a count of unread text.

    `only` is the name of the only table to print; `quotes` adds the source text below each value. Tables fit the
    width of a terminal; in a pipe no line is wrapped, so that a search finds every phrase.
    """
    print_parts(_parts(_by_table(reading), only, quotes, plain=not console.is_terminal), console)


def print_parts(parts: Iterable[RenderableType], console: Console) -> None:
    """Print rich renderables: fitted to the width of a terminal, or in a pipe as plain text without wrapping."""
    parts = list(parts)
    if console.is_terminal:
        console.print(Group(*parts))
        return
    buffer = io.StringIO()
    Console(file=buffer, width=_PLAIN_WIDTH, color_system=None).print(Group(*parts))
    lines = [line.rstrip() for line in buffer.getvalue().splitlines()]
    console.file.write("\n".join(lines) + "\n")


def _by_table(reading: Reading) -> Rows:
    tables: Rows = {}
    for name, row in rows(reading):
        tables.setdefault(name, []).append(row)
    return tables


def _parts(tables: Rows, only: str | None, quotes: bool, *, plain: bool) -> Iterator[RenderableType]:
    special: dict[str, Callable[[], RenderableType]] = {
        "reports": lambda: _fields(tables["reports"][0]),
        "measures": lambda: _measures(tables, quotes),
    }
    listed = any(row["scope"] == "agency" for row in tables.get("results", []))
    first = _FIRST if listed else tuple(name for name in _FIRST if name != "results")
    for name in (only,) if only else first:
        found = tables.get(name, [])
        yield Text(f"{name} ({len(found)})", style="bold")
        if found:
            yield special[name]() if name in special else _table(name, tables, quotes, plain=plain)
        yield Text("")
    if only is None:
        counts = Counter(str(row["kind"]) for row in tables.get("unread", []))
        shown = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items())) or "nothing"
        yield Text(f"unread: {shown}", style="bold")


def _table(name: str, tables: Rows, quotes: bool, *, plain: bool) -> Table:
    found = tables[name]
    agency = tables["reports"][0]["agency"]
    columns = [
        column
        for column in _VIEWS[name]
        if any(
            row[column] is not None and not (column == "agency" and row[column] == agency) for row in found
        )
    ]
    table = Table(
        box=None if plain else box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2 if plain else 1, 0, 0)
    )
    for column in columns:
        long = column in ("text", "message_en", "value", "indicator", "owner")
        table.add_column(
            column,
            justify="right" if column in _RIGHT else "left",
            overflow="fold",
            ratio=None,
            no_wrap=column in _RIGHT or column in ("instrument", "severity", "kind"),
            min_width=16 if long else None,
        )
    for row in found:
        cells = [_text(row[column]) for column in columns]
        if quotes and (quote := row.get("quote")):
            place = max(
                (i for i, column in enumerate(columns) if column in ("text", "indicator", "message_en")),
                default=len(columns) - 1,
            )
            cells[place] = cells[place] + "\n" + _quote(quote)
        table.add_row(*cells)
    return table


def _grid() -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    return grid


def _fields(row: Row) -> Table:
    grid = _grid()
    for name, value in row.items():
        if value is not None:
            grid.add_row(name, _text(value))
    return grid


def _measures(tables: Rows, quotes: bool) -> Group:
    return Group(*(part for row in tables["measures"] for part in (_measure(row, tables, quotes), Text(""))))


def _measure(row: Row, tables: Rows, quotes: bool) -> Table:
    grid = _grid()
    mine = row["measure_id"]
    grid.add_row("measure", Text(str(mine), style="bold"))
    for name in BEFORE_PERIOD:
        _add(grid, name, row[name])
    for step in tables.get("measure_steps", []):
        if step["measure_id"] == mine:
            _add(grid, f"step {step['step_no']}", step["text"])
    for owner in tables.get("measure_owners", []):
        if owner["measure_id"] == mine:
            _add(grid, "owner", owner["owner"])
    _add(grid, "period", _period(row))
    for name in AFTER_PERIOD:
        _add(grid, name, row[name])
    if quotes and (quote := row["quote"]):
        grid.add_row("quote", _quote(quote))
    return grid


def _period(row: Row) -> str | None:
    if row["period_start"] is None and row["period_end"] is None:
        return None if row["period_as_written"] is None else str(row["period_as_written"])
    days = f"{row['period_start'] or '…'} - {row['period_end'] or '…'}"
    return days if row["period_as_written"] is None else f"{days} ({row['period_as_written']})"


def _add(grid: Table, label: str, value: Value) -> None:
    if value is not None:
        grid.add_row(label, _text(value))


def _text(value: Value) -> Text:
    return Text("" if value is None else visible(str(value)))


def _quote(quote: Value) -> Text:
    """Return a source text on one line, with symbols for line breaks."""
    return Text("» " + visible(str(quote)).replace("\n", " ⏎ "), style="dim italic")
