"""What the prose claims of indicators: the strength, the weakness, the highest and lowest score."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from thaita.extract.furniture import Item
from thaita.extract.paragraphs import Para
from thaita.models.source_text import SourceText
from thaita.normalize.indicators import Found, find_indicators, indicator_names

Claimed = Literal["strength", "weakness", "highest", "lowest"]

_NEXT = re.compile(r"รองลงมา|รองจาก|ลำดับถัด")
_CLAIMS: tuple[tuple[Claimed, re.Pattern[str]], ...] = (
    ("strength", re.compile(r"จุดแข็ง[^\n]{0,160}?(?:คือ|ได้แก่)\s*(?:ตัวชี้วัด)?\s*(?:ด้าน)?\s*$")),
    ("weakness", re.compile(r"(?:จุดอ่อน|ข้อบกพร่อง)[^\n]{0,160}?(?:คือ|ได้แก่)\s*(?:ตัวชี้วัด)?\s*(?:ด้าน)?\s*$")),
    (
        "highest",
        re.compile(r"คะแนน(?:ที่)?(?:สูงที่สุด|สูงสุด|มากที่สุด)[^\n]{0,40}?(?:คือ|ได้แก่)\s*(?:ตัวชี้วัด)?\s*(?:ด้าน)?\s*$"),
    ),
    (
        "lowest",
        re.compile(
            r"คะแนน(?:ที่)?(?:น้อยที่สุด|น้อยสุด|ต่ำที่สุด|ต่ำสุด)[^\n]{0,40}?(?:คือ|ได้แก่)\s*(?:ตัวชี้วัด)?\s*(?:ด้าน)?\s*$"
        ),
    ),
)
_AFTER: tuple[tuple[Claimed, re.Pattern[str]], ...] = (
    ("highest", re.compile(r"^[^\n]{0,60}?(?:ซึ่ง)?เป็น(?:ตัวชี้วัดที่ได้)?คะแนน(?:ที่)?(?:สูงที่สุด|สูงสุด|มากที่สุด)")),
    ("lowest", re.compile(r"^[^\n]{0,60}?(?:ซึ่ง)?เป็น(?:ตัวชี้วัดที่ได้)?คะแนน(?:ที่)?(?:น้อยที่สุด|ต่ำที่สุด|ต่ำสุด)")),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of the prose that one indicator is strong, weak, highest or lowest."""

    claimed: Claimed
    no: int
    text: SourceText


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A claim that the scores of the same report contradict, and why."""

    claim: Claim
    message: str


def find_claims(flow: Sequence[Item]) -> Iterator[Claim]:
    """Yield the claims in reading order."""
    for item in flow:
        if isinstance(item, Para) and not item.running:
            names = find_indicators(item.text.chars)
            for i, found in enumerate(names):
                stop = names[i + 1].start if i + 1 < len(names) else len(item.text)
                yield from _claims(item.text, found, stop, names[i - 1].end if i else 0)


def _claims(text: SourceText, found: Found, stop: int, start: int) -> Iterator[Claim]:
    before, after = text.chars[max(start, found.start - 220) : found.start], text.chars[found.end : stop]
    for claimed, pattern in _CLAIMS:
        match = pattern.search(before)
        if match and not _NEXT.search(match[0]):
            begin = found.start - len(before) + match.start()
            yield Claim(claimed, found.no, text[begin : found.end])
    for claimed, pattern in _AFTER:
        match = pattern.search(after)
        if match:
            yield Claim(claimed, found.no, text[found.start : found.end + match.end()])


def contradictions(claims: Sequence[Claim], scores: Mapping[int, Decimal]) -> Iterator[Contradiction]:
    """Yield the claims that the scores contradict.

    The highest and the lowest must be so; a strength must not lie below the middle of the ranking and
    a weakness not above it, and the one weakness that a sentence names must not be another than the
    one that it calls lowest.
    """
    if len(scores) < 3:
        return
    ranked = sorted(scores, key=lambda no: scores[no])
    lowest, highest = ranked[0], ranked[-1]
    for claim in claims:
        if claim.no not in scores:
            continue
        name, score = indicator_names()[claim.no][0], scores[claim.no]
        rank = ranked.index(claim.no)
        extreme = {"highest": highest, "lowest": lowest}.get(claim.claimed)
        if extreme is not None and scores[extreme] != score:
            other = indicator_names()[extreme][0]
            yield Contradiction(
                claim,
                f"The text says that {name} ({score}) has the {claim.claimed} score;"
                f" {other} has {scores[extreme]}.",
            )
        middle = (len(ranked) - 1) / 2
        if claim.claimed == "weakness" and rank > middle:
            other = indicator_names()[lowest][0]
            yield Contradiction(
                claim,
                f"The text calls {name} ({score}) the weakness; it ranks {len(ranked) - rank} of"
                f" {len(ranked)} and the lowest score is {other} ({scores[lowest]}).",
            )
        if claim.claimed == "strength" and rank < middle:
            other = indicator_names()[highest][0]
            yield Contradiction(
                claim,
                f"The text calls {name} ({score}) a strength; it ranks {len(ranked) - rank} of"
                f" {len(ranked)} and the highest score is {other} ({scores[highest]}).",
            )
