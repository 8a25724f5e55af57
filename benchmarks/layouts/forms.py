"""The forms a report is composed from, by aspect, and the split that each belongs to.

`forms.csv` is the list: a form of `fit` may be looked at and tuned on, one of `check` only measured, one of
`last` measured once before a change is called done. A form that belongs to `all` is no secret: it stands in
every split.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path

from document import Block
from draft import Draft

Write = Callable[[Draft], list[Block]]
WRITERS: dict[tuple[str, str], Write] = {}


def form(aspect: str, name: str) -> Callable[[Write], Write]:
    """Register a function that writes one form of an aspect."""

    def register(write: Write) -> Write:
        WRITERS[aspect, name] = write
        return write

    return register


@cache
def listed() -> tuple[dict[str, str], ...]:
    """Return the rows of `forms.csv`: aspect, form, split (several joined by "|"), weight, from_year (B.E.)."""
    with Path(__file__).with_name("forms.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def choose(draft: Draft, aspect: str) -> str:
    """Choose a form of an aspect from the draft's split, by weight, and note it. Raises LookupError."""
    year = draft.results.year
    own = [
        row
        for row in listed()
        if row["aspect"] == aspect
        and _is_in(row["split"], draft.bank.split)
        and year >= int(row["from_year"] or year)
    ]
    if not own:
        raise LookupError(f"no form of {aspect} for {draft.bank.split}")
    weights = [float(row["weight"] or 1) for row in own]
    draft.forms[aspect] = draft.random.choices([row["form"] for row in own], weights)[0]
    return draft.forms[aspect]


def _is_in(splits: str, split: str) -> bool:
    return splits == "all" or split in splits.split("|")


def write_chosen(draft: Draft, aspect: str) -> list[Block]:
    """Write an aspect in the form that was chosen for it."""
    return WRITERS[aspect, draft.forms[aspect]](draft)


def write(draft: Draft, aspect: str) -> list[Block]:
    """Choose a form of an aspect from the draft's split, and write it."""
    choose(draft, aspect)
    return write_chosen(draft, aspect)
