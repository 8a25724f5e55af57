"""Prints an evaluation: documents, figures with intervals, outcomes by field, splits and calibration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from thaita.check.evaluation.classes import RANKED, Class
from thaita.check.evaluation.figures import document_parts, silent_rows
from thaita.check.evaluation.intervals import Share
from thaita.check.evaluation.outcomes import KINDS, Judged, Outcome
from thaita.normalize.truncate import shortened
from thaita.out.evaluation.summary import Summary
from thaita.out.terminal import print_parts, visible

_SHOWN = 70
"""Characters of a value that a line shows."""

_CLASS_FIGURES = ("whole", "report", "scores", "findings", "labels", "measures")


def show_summary(summary: Summary, console: Console, *, by: Sequence[str] = (), worst: int = 0) -> None:
    """Print the totals of an evaluation, and none of its documents; `by` names properties to split by."""
    print_parts(_totals(summary, by, worst, plain=not console.is_terminal), console)


def show_documents(documents: Iterable[Judged], console: Console, *, errors: bool) -> None:
    """Print a line for each document, and with `errors` a line for each value that is not right."""
    print_parts((Text(visible(line)) for one in documents for line in _document(one, errors)), console)


def _totals(summary: Summary, by: Sequence[str], worst: int, *, plain: bool) -> Iterator[RenderableType]:
    count = f"{len(summary.documents)} documents"
    yield Text(count + (f", {len(summary.absent)} of them not in the dataset" if summary.absent else ""))
    yield Text("")
    yield _figures(summary, plain)
    yield Text("")
    yield _outcomes(summary, plain)
    yield Text("")
    silent = ", ".join(f"{table} {number}" for table, number in sorted(summary.silent.items()))
    yield Text(
        f"wrong or extra without a doubt: {summary.counted['silent']}" + (f" ({silent})" if silent else "")
    )
    if summary.calibration:
        yield Text("")
        yield _calibration(summary, plain)
    for name in by:
        yield Text("")
        yield _split(name, summary.splits[name], plain)
    if worst:
        yield Text("")
        yield _worst(summary, worst, plain)


def _table(plain: bool, left: Sequence[str], right: Sequence[str]) -> Table:
    table = Table(
        box=None if plain else box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2 if plain else 1, 0, 0)
    )
    for name in left:
        table.add_column(name, overflow="fold")
    for name in right:
        table.add_column(name, justify="right")
    return table


def _figures(summary: Summary, plain: bool) -> Table:
    table = _table(plain, ["figure"], ["right", "of", "documents", "share", "95 %"])
    for name, share in summary.figures.items():
        if share.of:
            table.add_row(name, f"{share.right:.10g}" if share.right == int(share.right) else f"{share.right:.1f}",
                          str(share.of), str(share.documents), percent(share), interval(share))  # fmt: skip
    return table


def _outcomes(summary: Summary, plain: bool) -> Table:
    table = _table(plain, ["table", "field"], [kind.replace("_", " ") for kind in KINDS])
    for (name, field), counts in summary.outcomes.items():
        table.add_row(name, field, *(str(counts[kind] or "") for kind in KINDS))
    return table


def _calibration(summary: Summary, plain: bool) -> Table:
    table = _table(plain, ["confidence of", "band"], ["stated", "values", "share right", "95 %"])
    for name, bands in summary.calibration.items():
        for band in bands:
            share = band.share
            table.add_row(
                name, band.name, f"{band.stated:.3f}", str(share.of), percent(share), interval(share)
            )
    return table


def _split(name: str, classes: Sequence[Class], plain: bool) -> Table:
    table = _table(plain, [name], ["documents", *_CLASS_FIGURES])
    for one in classes:
        shares = [one.figures.get(figure) for figure in _CLASS_FIGURES]
        cells = [f"{percent(share)} ({interval(share)})" if share and share.of else "" for share in shares]
        table.add_row(visible(one.value), str(one.documents), *cells)
    return table


def _worst(summary: Summary, count: int, plain: bool) -> Table:
    table = _table(plain, ["worst in", "class"], ["documents", "right", "of", "share", "95 %"])
    found = summary.worst(count)
    for figure in RANKED:
        for one in found:
            if one.figure == figure:
                share, name = one.share, visible(f"{one.property}={one.value}")
                cells = (
                    str(one.documents),
                    f"{share.right:.10g}",
                    str(share.of),
                    percent(share),
                    interval(share),
                )
                table.add_row(figure, name, *cells)
    return table


def percent(share: Share) -> str:
    """Return a share in per cent."""
    return "-" if share.share is None else f"{100 * share.share:.1f} %"


def interval(share: Share) -> str:
    """Return the interval of a share in per cent."""
    return f"{100 * share.low:.1f}-{100 * share.high:.1f}"


def _document(one: Judged, errors: bool) -> Iterator[str]:
    if one.is_absent:
        yield f"{one.name}: not in the dataset"
    else:
        yield f"{one.label}: {line_of(one)}"
    if errors:
        yield from (f"    {error_line(outcome)}" for outcome in one.errors)


def line_of(one: Judged) -> str:
    """Return the figures of a document as one line."""
    parts = document_parts(one)
    shown = [f"{name} {parts[name][0]:g}/{parts[name][1]}" for name in _CLASS_FIGURES[1:] if parts[name][1]]
    extra = sum(outcome.outcome.startswith("extra") for outcome in one.outcomes)
    silent = silent_rows(one).total()
    end = "whole" if parts["whole"][0] else f"{extra} extra, {silent} silent"
    return ", ".join([*shown, end])


def error_line(outcome: Outcome) -> str:
    """Return an outcome that is not right as one line: its place in the gold, what was wanted and what was found."""
    kind = outcome.outcome.replace("_", ", ")
    values = [
        f"want «{_short(outcome.want)}»" if outcome.want else "",
        f"got «{_short(outcome.got)}»" if outcome.got else "",
    ]
    near = f"; nearest row «{_short(outcome.near)}»" if outcome.near else ""
    return f"{outcome.table} {outcome.entry} {outcome.field}: {kind}: {', '.join(filter(None, values))}{near}"


def _short(text: str | None) -> str:
    return shortened(" ".join((text or "").split()), _SHOWN)
