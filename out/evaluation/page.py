"""An evaluation as one self-contained HTML page: the summary, then each document's errors beside their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from markupsafe import Markup, escape
from rapidfuzz.distance import Indel

from thaita.check.evaluation.classes import RANKED
from thaita.check.evaluation.fold import SOFT, alike, fold
from thaita.check.evaluation.outcomes import KINDS, Judged, Outcome
from thaita.out.evaluation.places import Pictures, Shown
from thaita.out.evaluation.summary import Summary
from thaita.out.evaluation.table import interval, line_of, percent
from thaita.out.templates import templates_of
from thaita.out.terminal import visible

_LONGEST = 1500
"""Characters of a value that the page shows."""

_CLASS_FIGURES = ("whole", "report", "scores", "findings", "labels", "measures")


@dataclass(frozen=True, slots=True)
class Entry:
    """The errors of one gold entry or row, and its place."""

    table: str
    name: str
    errors: tuple[Outcome, ...]
    shown: Shown


@dataclass(frozen=True, slots=True)
class Document:
    """A document that is not whole: its name, its figures as a line, and its errors."""

    name: str
    line: str
    entries: tuple[Entry, ...]


def evaluation_page(summary: Summary, folder: Path | None, by: Sequence[str], worst: int) -> str:
    """Return an evaluation as HTML; `folder` holds the documents, for pictures of their pages."""
    pictures = Pictures(folder)
    documents = [_document(one, pictures) for one in summary.documents if one.errors or one.is_absent]
    template = templates_of("thaita.out.evaluation").get_template("evaluation.html")
    return template.render(
        summary=summary,
        documents=documents,
        pictures=pictures,
        by=by or tuple(summary.splits),
        worst=summary.worst(worst),
        ranked=RANKED,
        kinds=KINDS,
        class_figures=_CLASS_FIGURES,
        percent=percent,
        interval=interval,
        compared=compared,
        value=_value,
        repeats=_repeats,
    )


def _document(one: Judged, pictures: Pictures) -> Document:
    if one.is_absent:
        return Document(one.name, "not in the dataset", ())
    return Document(one.label, line_of(one), tuple(_entries(one, pictures)))


def _entries(one: Judged, pictures: Pictures) -> Iterator[Entry]:
    groups = [
        (*key, tuple(group)) for key, group in groupby(one.errors, lambda error: (error.table, _group(error)))
    ]
    shown = pictures.of(one.source, [errors[0] for _, _, errors in groups])
    for (table, name, errors), place in zip(groups, shown, strict=True):
        yield Entry(table, name, errors, place)


def _group(error: Outcome) -> str:
    """Return the key of errors that are shown together: the entry, or for the report the field, which has its place."""
    return error.field if error.table == "reports" else error.entry


def compared(want: str | None, got: str | None) -> tuple[Markup, Markup]:
    """Return a wanted and a found value as HTML; where they are alike, what differs is marked."""
    left, right = _value(want), _value(got)
    if not left or not right or alike(right, left) < SOFT / 2:
        return escape(left), escape(right)
    wanted, found = Markup(), Markup()
    for step in Indel.opcodes(left, right):
        a, b = left[step.src_start : step.src_end], right[step.dest_start : step.dest_end]
        wanted += a if step.tag == "equal" else _marked(a)
        found += b if step.tag == "equal" else _marked(b)
    return wanted, found


def _marked(text: str) -> Markup:
    return Markup("<mark>{}</mark>").format(text) if text.strip() else escape(text)


def _value(text: str | None) -> str:
    shown = text or ""
    return visible(shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…")


def _repeats(shown: Shown, errors: Sequence[Outcome]) -> bool:
    """Return whether the text at a place only repeats a value that is shown above it."""
    if shown.picture or shown.before.strip() or shown.after.strip():
        return False
    return not shown.at or any(fold(shown.at) in (fold(one.got), fold(one.want)) for one in errors)
