"""A finding as read, and how a label gives one its kind and subject."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from thaita.extract.structure.column_heads import Head
from thaita.extract.structure.context import Context
from thaita.extract.structure.item_subject import LEAST_TEXT, without_subject_behind
from thaita.extract.structure.labels import Label
from thaita.extract.structure.row_subject import instrument_of
from thaita.models.finding_kinds import FindingKind
from thaita.models.flags import Flag
from thaita.models.records import Instrument
from thaita.models.source_text import SourceText
from thaita.normalize.cue_words import any_cue
from thaita.normalize.headings import is_phrase, match_heading
from thaita.normalize.indicators import find_indicators, match_indicator
from thaita.normalize.items import Item, find_items
from thaita.normalize.match_key import fold
from thaita.normalize.numerals import find_numbers
from thaita.normalize.topics import match_topic

_LONGEST_NAME = 90
_BEFORE_CODE = re.compile(rf"\s*(?:{any_cue('item')})?(?:ที่)?\s*[(\[]?\s*")
_BEHIND_CODE = re.compile(r"\s*[)\]]?\s*(?:[:：.–-]\s*|\s)(?=\S)")
_WORD = re.compile(r"[\u0e01-\u0e4e]{4}|[A-Za-z]{4}")
EMPTY_TEXTS = frozenset({"", "-", "–", "—", "ไม่มี", "."})
"""Match keys of cells that state nothing."""
MIN_LENGTH = 4
"""Minimum folded letters of a finding; a shorter text is a mark."""


@dataclass(frozen=True, slots=True)
class FindingCandidate:
    """A finding as read, without an id.

    `reasons` say how it was found; `under` is equal for the findings below the same label or in the same column.
    """

    kind: FindingKind
    text: SourceText
    instrument: Instrument | None = None
    indicators: tuple[int, ...] = ()
    topic: int | None = None
    items: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    support: tuple[SourceText, ...] = ()
    in_table: bool = False
    reasons: tuple[str, ...] = ()
    under: Hashable = None

    @property
    def marked(self) -> bool:
        """Whether the layout marks the text as an entry of its own: a list item, a cell, or text after its label."""
        return "way:line" not in self.reasons


def label_reasons(way: str, label: Label) -> tuple[str, ...]:
    """Return how a finding was found below or after a label: the way, and how sure the label is."""
    known = "likely" if label.heading.likely else "known" if label.heading.similarity == 100 else "resembling"
    whole = "whole" if label.exact else "more"
    return (f"way:{way}", f"label:{known}", f"label:{whole}", f"way:{way}:{known}:{whole}")


def column_reasons(heads: Sequence[Head], head: Head) -> tuple[str, ...]:
    """Return how sure the head of a column of findings and the heads beside it are."""
    known = "likely" if head.likely else "known"
    others = [one for one in heads if one.text and one is not head]
    strange = sum(one.role is None or one.likely for one in others)
    beside = "heads:unknown" if strange else "heads:known" if others else "heads:none"
    return ("way:column", f"label:{known}", beside, f"way:column:{known}:{beside}")


def from_label(
    label: Label | None,
    text: SourceText,
    whole: SourceText,
    context: Context,
    year: int | None,
    *,
    way: str,
    in_table: bool = False,
) -> Iterator[FindingCandidate]:
    """Yield the finding below or after a label; `whole` is the source text that supports it.

    `way` names the layout that ties the text to the label, for `FindingCandidate.reasons`.
    `year` (B.E.) decides the meaning of item codes.
    """
    if label is None or label.heading.kind is None or not _has_words(text.chars):
        return
    if not label.rest and _is_name(without_subject_behind(text.chars, context.year), context.year):
        return
    kind, written = label.heading.kind, context.instrument
    indicators = (context.indicator.no,) if context.indicator else ()
    items = [item for item in find_items(text.chars, year) if item.certain]
    flags: tuple[str, ...] = (Flag.LIKELY_HEADING,) if label.heading.likely else ()
    if items and (begin := _behind_code(text.chars, items[0])):
        text, written = text[begin:], written or items[0].instrument
        flags += _of_code(items[0], instrument_of(indicators, None, written, context.year))
    yield FindingCandidate(
        kind,
        text,
        None if kind.general else instrument_of(indicators, None, written, context.year),
        () if kind.general else indicators,
        context.topic if not indicators else None,
        tuple(dict.fromkeys(item.code for item in items)),
        flags,
        support=(whole,),
        in_table=in_table,
        reasons=label_reasons(way, label),
        under=label.text.spans(),
    )


def _of_code(item: Item, given: Instrument | None) -> tuple[str, ...]:
    """Return the flag of an entry whose item code is of another instrument than its heading."""
    return () if given in (None, item.instrument) else (Flag.INSTRUMENT_CONFLICT,)


def _has_words(chars: str) -> bool:
    return len(fold(chars)) >= MIN_LENGTH and _WORD.search(chars) is not None


def _behind_code(chars: str, item: Item) -> int:
    """Return where the text of an entry begins that its item code leads, as its number does: "ข้อ I4 …"; 0 without."""
    if not _BEFORE_CODE.fullmatch(chars[: item.start]):
        return 0
    gap = _BEHIND_CODE.match(chars, item.end)
    return gap.end() if gap and len(fold(chars[gap.end() :])) >= LEAST_TEXT else 0


def _is_name(chars: str, year: int | None) -> bool:
    """Return whether a text only names an indicator, topic or instrument, or is a heading: nothing was found."""
    if len(fold(chars)) > _LONGEST_NAME:
        return False
    if match_indicator(chars, year) or match_topic(chars) or is_phrase(chars):
        return True
    return match_heading(chars) is not None and not find_items(chars, year)


def states_score(chars: str, year: int | None) -> bool:
    """Return whether a list item contains only an indicator name and its score."""
    names, numbers = find_indicators(chars, year), find_numbers(chars)
    return len(names) == 1 and bool(numbers) and len(fold(chars)) < len(fold(names[0].as_written)) + 40
