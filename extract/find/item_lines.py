"""Findings of lines about a disclosure item or question: "ข้อ O12 …: ไม่พบ …"."""

from __future__ import annotations

import re

from thaita.extract.find.finding_candidate import MIN_LENGTH, FindingCandidate
from thaita.extract.structure.context import Context
from thaita.models.finding_kinds import FindingKind
from thaita.models.flags import Flag
from thaita.models.source_text import SourceText
from thaita.normalize.items import LETTERS, decode_item
from thaita.normalize.match_key import fold

_ITEM_LINE = re.compile(
    rf"\s*(?:[-–•]\s*)?ข้อ(?:ที่)?\s*(?=[{LETTERS}{LETTERS.lower()}0๐lL]\s?-?\s?[0-9๐-๙])"
    rf"|\s*(?:[-–•]\s*)?(?=[{LETTERS}]\s?-?\s?[0-9๐-๙])"
)
_MAX_ITEM_LABEL = 160


def item_finding(text: SourceText, context: Context, year: int | None) -> FindingCandidate | None:
    """Return the finding of a line about a disclosure item or question: "ข้อ O12 …: ไม่พบ …"; None without one."""
    colon = text.chars.find(":", 0, _MAX_ITEM_LABEL)
    if colon < 0 or not _ITEM_LINE.match(text.chars):
        return None
    item, rest = decode_item(_code_text(text.chars[:colon]), year), text[colon + 1 :].strip()
    if item is None or len(fold(rest.chars)) < MIN_LENGTH:
        return None
    indicators = (context.indicator.no,) if context.indicator else ()
    flags = () if item.certain else (Flag.AMBIGUOUS_ITEM,)
    return FindingCandidate(
        FindingKind.OBSERVATION,
        rest,
        item.instrument,
        indicators,
        context.topic,
        (item.code,),
        flags,
        (text,),
        reasons=("way:item_line",),
    )


def _code_text(chars: str) -> str:
    """Return a line from its item code on, without the hyphen of "O-38"."""
    return re.sub(
        rf"(?<=[{LETTERS}{LETTERS.lower()}])\s?-\s?(?=[0-9๐-๙])", "", _ITEM_LINE.sub("", chars, count=1)
    )
