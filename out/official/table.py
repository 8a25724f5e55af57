"""Prints a comparison: a summary first, then what differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from thaita.check.messages import measure_name, text
from thaita.check.official.compare import Compared, CompareStatus, Comparison
from thaita.check.official.statement import Statement
from thaita.models.verdicts import Language
from thaita.out.official.wording import OF_VALUES, agency_text, outcome_counts, remark, scope, short_place
from thaita.out.terminal import print_parts, visible

_SHOWN = 40
"""Maximum number of rows of each part on a terminal; a pipe gets all."""
_STYLES = {"differ": "bold red", "unresolved": "yellow", "not_published": "yellow", "not_in_list": "yellow"}


def show_comparison(found: Comparison, language: Language, console: Console) -> None:
    """Print what was compared, the counts, and each part of what does not agree."""
    print_parts(_parts(found, language, plain=not console.is_terminal), console)


def _parts(found: Comparison, language: Language, *, plain: bool) -> Iterator[RenderableType]:
    yield Text(text("compare.title", language), style="bold")
    for sentence in scope(found, language):
        yield Text(sentence)
    if found.rows:
        yield _counts(found, language, plain=plain)
    for status, some in groupby(found.rows, key=lambda row: row.status):
        if status == "agree":
            continue
        rows = list(some)
        yield Text("")
        yield Text(text(f"compare.about.{status}", language), style=_STYLES.get(status, "bold"))
        if plain:
            yield _lines(rows, status, language)
        else:
            yield from _blocks(rows[:_SHOWN], status, language)
            if len(rows) > _SHOWN:
                yield Text(text("compare.more", language, count=len(rows) - _SHOWN), style="dim")
    if found.has_differences():
        yield Text("")
        yield Text(text("compare.note", language), style="dim")


def _counts(found: Comparison, language: Language, *, plain: bool) -> Table:
    table = Table(
        box=None if plain else box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2 if plain else 1, 0, 0)
    )
    table.add_column(text("compare.result", language))
    for name in ("agencies", "values"):
        table.add_column(text(f"compare.{name}", language), justify="right")
    for status, agencies, values in outcome_counts(found):
        style = _STYLES.get(status, "")
        cells = (
            text(f"compare.status.{status}", language),
            f"{agencies:,}",
            "" if values is None else f"{values:,}",
        )
        table.add_row(*(Text(cell, style=style) for cell in cells))
    return table


def _sides(status: CompareStatus) -> tuple[str, ...]:
    return ("own", "official") if status == "differ" else (status.removeprefix("only_"),)


def _blocks(rows: Iterable[Compared], status: CompareStatus, language: Language) -> Iterator[RenderableType]:
    """Yield the rows for a terminal: the agency and year on a line, and what there is to say below."""
    for (agency, year), some in groupby(rows, key=lambda row: (agency_text(row.agency), row.year)):
        head = Text(visible(agency), style="bold")
        head.append(f"  {text('compare.year', language)} {year}" if year else "", style="dim not bold")
        yield head
        if status in OF_VALUES:
            yield _grid(some, status, language)
            continue
        for row in some:
            one = row.own or row.official
            parts = (remark(row, language), short_place(one, language) if one is not None else "")
            yield Padding(Text(visible(" · ".join(filter(None, parts)))), (0, 0, 0, 2))


def _grid(rows: Iterable[Compared], status: CompareStatus, language: Language) -> Table:
    """Return the measures of an agency with the values of each side, below them their places."""
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(width=2)
    grid.add_column(ratio=4, overflow="fold")
    for _ in _sides(status):
        grid.add_column(ratio=4, overflow="fold")
    grid.add_column(justify="right", width=8)
    for row in rows:
        cells = [Text("")]
        measure = Text(measure_name(row.measure, language))
        if said := remark(row, language):
            measure.append("\n" + visible(said), style="yellow")
        cells.append(measure)
        for side in _sides(status):
            one: Statement = getattr(row, side)
            cell = Text(f"{text(f'compare.short.{side}', language)} ", style="dim")
            cell.append(visible(str(one.value)), style="bold not dim")
            cell.append("\n" + visible(short_place(one, language)).replace("\n", " "), style="dim")
            cells.append(cell)
        cells.append(Text("" if row.difference is None else f"{row.difference:+}", style="bold"))
        grid.add_row(*cells)
    return grid


def _lines(rows: Iterable[Compared], status: CompareStatus, language: Language) -> Table:
    """Return the rows for a pipe: each on one line."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    heads = ["agency", "year"]
    heads += (
        ["measure", *_sides(status), *(["difference"] if status == "differ" else [])]
        if status in OF_VALUES
        else ["place"]
    )
    for head in (*heads, "remark"):
        table.add_column(text(f"compare.{head}", language))
    for row in rows:
        cells = [agency_text(row.agency), str(row.year or "")]
        if status in OF_VALUES:
            cells.append(measure_name(row.measure, language))
            for side in _sides(status):
                one: Statement = getattr(row, side)
                cells.append(f"{one.value} ({short_place(one, language)})")
            if status == "differ":
                cells.append("" if row.difference is None else f"{row.difference:+}")
        else:
            first = row.own or row.official
            cells.append(short_place(first, language) if first is not None else "")
        table.add_row(*(Text(visible(cell).replace("\n", " ")) for cell in (*cells, remark(row, language))))
    return table
