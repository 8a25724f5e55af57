"""Prints verdicts as tables: all verdicts on one report, or an overview of many reports."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from thaita.check.judge import Judged
from thaita.check.messages import banner, how_sure, say, source_of, text
from thaita.models.verdicts import Language, Verdict, VerdictStatus, Where
from thaita.normalize.truncate import shortened
from thaita.out.terminal import print_parts, visible
from thaita.out.verdicts.values import Overview

SIGNS = {"present": "✓", "holds": "✓", "partly": "~", "absent": "✗", "broken": "✗", "not_judged": "–"}
_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan", None: ""}
_QUOTED = 48
"""Maximum number of characters of a quote in a table."""
_WORST = 20
"""Maximum number of reports that the overview lists."""


def show_judged(judged: Judged, language: Language, console: Console) -> None:
    """Print every verdict on a report: its rule, its status, its message and its sources."""
    report, plain = judged.report, not console.is_terminal
    title = " · ".join(str(part) for part in (report.agency, report.source) if part)
    table = _table(plain=plain)
    for name in ("rule", "verdict", "found", "where"):
        short = name in ("rule", "verdict")
        table.add_column(
            text(f"page.{name}", language),
            overflow="fold",
            no_wrap=short,
            ratio=None if short or plain else 2,
        )
    for verdict in judged.verdicts:
        table.add_row(*_cells(verdict, language, "  " if plain else "\n"))
    lines = [Text(visible(line), style="yellow") for line in banner(judged.unseen, language)]
    print_parts((Text(visible(title), style="bold"), *lines, table), console)


def _table(*, plain: bool) -> Table:
    return Table(box=None if plain else box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2 if plain else 1, 0, 0))


def _cells(verdict: Verdict, language: Language, break_: str) -> tuple[Text, Text, Text, Text]:
    style = _STYLES[verdict.severity]
    status = f"{SIGNS[verdict.status]} {text(f'status.{verdict.status}', language)}"
    if verdict.severity:
        status += f"{break_.strip(' ') or ' '}({text(f'severity.{verdict.severity}', language)})"
    rule = verdict.rule.rule if verdict.rule.rule != verdict.rule.check else ""
    found = Text(verdict.rule.title[language], style="bold" if verdict.severity else "")
    found.append(break_ + visible(say(verdict, language)).replace("\n", " "), style=style or "dim")
    if verdict.severity:
        source = source_of(verdict, language)
        found.append(f"{break_}[{how_sure(verdict, language)}: {visible(source)}]", style="dim")
    where = Text(_places(verdict.where, language, break_), style="dim")
    return Text(rule), Text(status, style=style), found, where


def _places(where: tuple[Where, ...], language: Language, break_: str) -> str:
    shown = [visible(place_of(one, language)) for one in where if one.provenance.spans]
    more = [f"(+{len(shown) - 2})"] if len(shown) > 2 else []
    return break_.join([*shown[:2], *more])


def place_of(where: Where, language: Language) -> str:
    """Return a readable form of a place: its page or offsets, and the start of its quote."""
    place = where.provenance
    short = shortened(place.quote, _QUOTED)
    if place.page is not None:
        return f"{text('page.page', language)} {place.page} «{short}»"
    return f"{text('page.at', language)} {place.start}-{place.end} «{short}»"


def show_overview(overview: Overview, unread: int, language: Language, console: Console) -> None:
    """Print the results by rule over all reports, and the reports to review first."""
    table = _table(plain=not console.is_terminal)
    statuses: tuple[VerdictStatus, ...] = ("present", "partly", "absent", "holds", "broken", "not_judged")
    table.add_column(text("page.rule", language), overflow="fold")
    for status in statuses:
        table.add_column(text(f"status.{status}", language), justify="right")
    for name, rule, counts in overview.by_rule():
        label = f"{name} {rule.title[language]}" if rule.rule != rule.check else rule.title[language]
        table.add_row(label, *(str(counts[status] or "") for status in statuses))
    lines = [_line(judged, language) for judged in _first(overview)]
    count = Text(text("page.count", language, **overview.counts()))
    left = [Text(text("page.unread", language, count=unread))] if unread else []
    print_parts((table, *lines, count, *left), console)


def _line(judged: Judged, language: Language) -> Text:
    worst = judged.worst()
    said = (f"{v.rule.rule} {say(v, language)}" for v in judged.verdicts if v.severity == worst)
    line = f"{judged.report.source}: {' · '.join(said)}"
    return Text(visible(line).replace("\n", " "), style=_STYLES[worst])


def _first(overview: Overview) -> list[Judged]:
    """Return at most `_WORST` reports with errors or warnings, the worst first."""
    ranks = {"error": 0, "warning": 1}
    found = [
        (ranks[str(one.worst())], i, one) for i, one in enumerate(overview.doubtful) if one.worst() in ranks
    ]
    return [one for _, _, one in sorted(found)[:_WORST]]
