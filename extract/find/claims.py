"""What the prose claims of indicators: the strength, the weakness, the highest and lowest score."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, Literal, Protocol, TypeVar

from thaita.extract.structure.page_furniture import Item
from thaita.extract.structure.paragraphs import Para
from thaita.models.source_text import SourceText
from thaita.normalize.frameworks import every_indicator
from thaita.normalize.indicators import Found, find_indicators

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


class Says(Protocol):
    """Anything that says what is claimed of which indicator."""

    @property
    def claimed(self) -> Claimed:
        """What is claimed."""

    @property
    def no(self) -> int:
        """The indicator's number."""


Saying = TypeVar("Saying", bound=Says)


@dataclass(frozen=True, slots=True)
class Contradiction(Generic[Saying]):
    """A claim that the scores of the same report contradict.

    The indicator's `score` ranks `rank` from the highest of `count`; `other` is the indicator that has
    the score which the claim would need, `other_score`.
    """

    claim: Saying
    score: Decimal
    rank: int
    count: int
    other: int
    other_score: Decimal

    @property
    def message(self) -> str:
        """Why the claim cannot be true."""
        name, other = every_indicator()[self.claim.no].name, every_indicator()[self.other].name
        if self.claim.claimed in ("highest", "lowest"):
            return (
                f"The text says that {name} ({self.score}) has the {self.claim.claimed} score;"
                f" {other} has {self.other_score}."
            )
        called = "the weakness" if self.claim.claimed == "weakness" else "a strength"
        end = "lowest" if self.claim.claimed == "weakness" else "highest"
        return (
            f"The text calls {name} ({self.score}) {called}; it ranks {self.rank} of {self.count}"
            f" and the {end} score is {other} ({self.other_score})."
        )


def find_claims(flow: Sequence[Item], year: int | None = None) -> Iterator[Claim]:
    """Yield the claims about the indicators of a fiscal year (B.E.) in reading order."""
    for item in flow:
        if isinstance(item, Para) and not item.running:
            names = find_indicators(item.text.chars, year)
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


def contradictions(
    claims: Sequence[Saying], scores: Mapping[int, Decimal]
) -> Iterator[Contradiction[Saying]]:
    """Yield the claims that the scores contradict.

    The highest and the lowest must be so; a strength must not lie below the middle of the ranking and
    a weakness not above it. Fewer than three scores are no ranking.
    """
    if len(scores) < 3:
        return
    ranked = sorted(scores, key=lambda no: scores[no])
    middle = (len(ranked) - 1) / 2
    for claim in claims:
        if claim.no not in scores:
            continue
        rank = ranked.index(claim.no)
        other = ranked[-1] if claim.claimed in ("highest", "strength") else ranked[0]
        wrong = {
            "highest": scores[other] != scores[claim.no],
            "lowest": scores[other] != scores[claim.no],
            "weakness": rank > middle,
            "strength": rank < middle,
        }[claim.claimed]
        if wrong:
            place, count = len(ranked) - rank, len(ranked)
            yield Contradiction(claim, scores[claim.no], place, count, other, scores[other])
