"""Prints the panel of a dataset in short: its years, its sources, what differs, and what it covers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from thaita.check.messages import measure_name
from thaita.check.national import Compared
from thaita.models.verdicts import Language
from thaita.normalize.thai.order import thai_order
from thaita.out.panels.texts import text
from thaita.out.tables.coverage import coverage
from thaita.out.tables.panel_values import KEYS
from thaita.out.terminal import print_parts, visible

if TYPE_CHECKING:
    from pandas import DataFrame

_SHOWN = 10
"""Maximum number of differing values that the summary lists."""

_YEARS = ("agencies", "overall_score", "indicators", "grade", "own", "list", "both", "conflicts")


def show_panel(wide: DataFrame, values: DataFrame, language: Language, console: Console) -> None:
    """Print the counts of each year, and the values in which documents differ."""
    print_parts(_summary(wide, values, language, plain=not console.is_terminal), console)


def show_coverage(
    wide: DataFrame, values: DataFrame, compared: Iterable[Compared], language: Language, console: Console
) -> None:
    """Print the counts of each year, type and province, and the comparison with national figures."""
    plain = not console.is_terminal
    parts: list[RenderableType] = []
    if len(wide):
        parts = [_years(wide, values, language, plain), Text(text("legend", language), style="dim")]
        for by, title in (("agency_type", "by_type"), ("province", "by_province")):
            parts += [Text(text(title, language), style="bold"), _crossed(wide, values, by, language, plain)]
        parts += _national(wide, list(compared), language, plain)
    print_parts(parts or [Text(text("empty", language))], console)


def _summary(
    wide: DataFrame, values: DataFrame, language: Language, *, plain: bool
) -> Iterator[RenderableType]:
    if not len(wide):
        yield Text(text("empty", language))
        return
    yield _years(wide, values, language, plain)
    yield Text(text("legend", language), style="dim")
    differing = values[values["conflict"]]
    if not len(differing):
        yield Text(text("no_conflict", language))
        return
    agencies = differing["agency_id"].nunique()
    yield Text(text("differ", language, count=f"{len(differing):,}", agencies=f"{agencies:,}"))
    names = wide["agency"].to_dict()
    shown = differing.head(_SHOWN).merge(values[values["won"]], on=[*KEYS, "measure"], suffixes=("", "_used"))
    for row in shown.to_dict("records"):
        name = names[row["agency_id"], row["fiscal_year"]]
        what = f"{name} {row['fiscal_year']} {measure_name(row['measure'], language)}"
        both = f"{_stated(row, '_used', language)} · {_stated(row, '', language)}"
        yield Text(visible(f"  {what}: {both}"))


def _stated(row: Mapping[Any, object], side: str, language: Language) -> str:
    """Return a value with its document and page, and whether it is in doubt."""
    value, page, document = row[f"value{side}"], row[f"page{side}"], row[f"document{side}"]
    shown = f"{value:.2f}" if isinstance(value, float) else str(row[f"level{side}"])
    place = str(document) + (f", {text('page', language, page=page)}" if isinstance(page, int) else "")
    source = text(f"source.{row[f'source{side}']}", language)
    doubt = f", {text('standing.doubted', language)}" if row[f"standing{side}"] == "doubted" else ""
    return f"{text('used' if side else 'not_used', language)} {shown} ({source}: {place}{doubt})"


def _table(plain: bool, left: Sequence[str], right: Sequence[str]) -> Table:
    table = Table(
        box=None if plain else box.SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 2 if plain else 1, 0, 0),
    )
    for name in left:
        table.add_column(name, overflow="fold")
    for name in right:
        table.add_column(name, justify="right", overflow="fold")
    return table


def _years(wide: DataFrame, values: DataFrame, language: Language, plain: bool) -> Table:
    heads = [text(name, language) for name in (*_YEARS, "sure_share")]
    table = _table(plain, [text("fiscal_year", language)], heads)
    for row in coverage(wide, values, ["fiscal_year"]).to_dict("records"):
        share = row["sure_share"]
        counts = [f"{row[name]:,}" for name in _YEARS]
        table.add_row(str(row["fiscal_year"]), *counts, f"{100 * share:.1f} %" if share == share else "–")
    return table


def _crossed(wide: DataFrame, values: DataFrame, by: str, language: Language, plain: bool) -> Table:
    """Return the number of agencies with an overall score for each group and year."""
    rows = coverage(wide, values, [by, "fiscal_year"])
    rows[by] = rows[by].fillna("")
    crossed = rows.pivot(index=by, columns="fiscal_year", values="overall_score").fillna(0)
    table = _table(plain, [text(by, language)], [str(year) for year in crossed.columns])
    for name in sorted(crossed.index, key=lambda name: (name == "", thai_order(name))):
        shown = [f"{count:,}" if count else "–" for count in crossed.loc[name]]
        table.add_row(visible(name) or text("none", language), *shown)
    return table


def _national(
    wide: DataFrame, compared: list[Compared], language: Language, plain: bool
) -> Iterator[RenderableType]:
    years = {int(year) for year in wide.index.get_level_values("fiscal_year")}
    few = {one.published.year for one in compared if one.reason == "few" and one.published.about == "nation"}
    shown = [one for one in compared if one.reason != "few"]
    if shown:
        heads = [text(name, language) for name in ("fiscal_year", "about", "figure", "outcome")]
        yield Text(text("national", language), style="bold")
        table = _table(plain, heads[:3], [text("stated", language), text("found", language)])
        table.add_column(heads[3], overflow="fold")
        for one in shown:
            table.add_row(
                *_compared(one, language),
                style={"warning": "yellow", "info": "cyan"}.get(str(one.severity), ""),
            )
        yield table
        named = dict.fromkeys((one.published.year, one.published.source) for one in shown)
        for year, source in named:
            yield Text(visible(text("sources", language, year=year, source=source)), style="dim")
    known = {one.published.year for one in compared}
    for name, some in (("few", few), ("unknown", years - known)):
        if some:
            yield Text(text(name, language, years=", ".join(map(str, sorted(some)))))


def _compared(one: Compared, language: Language) -> list[str]:
    digits = 0 if one.figure in ("agencies", "at_least_85") else 2
    outcome = ".".join(filter(None, (one.outcome, one.reason or ("info" if one.severity == "info" else ""))))
    published = one.published
    return [
        str(published.year),
        visible(published.name),
        text(f"figure.{one.figure}", language),
        f"{one.stated:,.{digits}f}",
        f"{one.found:,.{digits}f}",
        text(outcome, language),
    ]
