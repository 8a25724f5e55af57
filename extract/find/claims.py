"""Claims of the prose about indicators: strength, weakness, highest score and lowest score."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, Literal, Protocol, TypeVar, get_args

from thaita.extract.structure.page_furniture import FlowItem
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.models.source_text import SourceText
from thaita.normalize.cue_words import any_cue
from thaita.normalize.frameworks import every_indicator
from thaita.normalize.indicators import Found, find_indicators

ClaimKind = Literal["strength", "weakness", "highest", "lowest"]

_NEXT = re.compile(any_cue("claim_next"))
_NAMES = rf"{any_cue('claim_names')}\s*(?:{any_cue('claim_label')}\s*)*$"
_EXTREMES: tuple[ClaimKind, ...] = ("highest", "lowest")


def _before_name(kind: ClaimKind) -> re.Pattern[str]:
    """Return the pattern of a claim that names its indicator at the end: จุดแข็ง คือ, คะแนนสูงสุด ได้แก่."""
    claimed = any_cue(f"claim_{kind}")
    if kind in _EXTREMES:
        return re.compile(rf"{any_cue('claim_score')}{claimed}[^\n]{{0,40}}?{_NAMES}")
    return re.compile(rf"{claimed}[^\n]{{0,160}}?{_NAMES}")


def _after_name(kind: ClaimKind) -> re.Pattern[str]:
    """Return the pattern of a claim after the name of its indicator: ซึ่งเป็นคะแนนที่ต่ำที่สุด."""
    claimed = any_cue(f"claim_{kind}")
    return re.compile(rf"^[^\n]{{0,60}}?{any_cue('claim_is')}{any_cue('claim_score')}{claimed}")


_BEFORE_NAME = tuple((kind, _before_name(kind)) for kind in get_args(ClaimKind))
_AFTER_NAME = tuple((kind, _after_name(kind)) for kind in _EXTREMES)


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement in the prose that an indicator is a strength or weakness, or has the highest or lowest score."""

    claimed: ClaimKind
    no: int
    text: SourceText


class ClaimLike(Protocol):
    """An object that states a claim about an indicator."""

    @property
    def claimed(self) -> ClaimKind:
        """The kind of the claim."""

    @property
    def no(self) -> int:
        """The number of the indicator."""


ClaimT = TypeVar("ClaimT", bound=ClaimLike)


@dataclass(frozen=True, slots=True)
class Contradiction(Generic[ClaimT]):
    """A claim that the scores of the same report contradict.

    `score` is the score of the indicator and `rank` its rank among `count` scores, counted from the highest.
    `other` is the indicator for which the claim would be true, and `other_score` its score.
    """

    claim: ClaimT
    score: Decimal
    rank: int
    count: int
    other: int
    other_score: Decimal

    @property
    def message(self) -> str:
        """The reason why the claim cannot be true, as a sentence."""
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

    @property
    def message_th(self) -> str:
        """The same in Thai."""
        name, other = every_indicator()[self.claim.no].name, every_indicator()[self.other].name
        called, end = _IN_THAI[self.claim.claimed]
        return (
            f"ข้อความระบุว่า {name} ({self.score}) {called} แต่อยู่ลำดับที่ {self.rank} จาก {self.count}"
            f" และคะแนน{end}คือ {other} ({self.other_score})"
        )


_IN_THAI: dict[ClaimKind, tuple[str, str]] = {
    "highest": ("ได้คะแนนสูงสุด", "สูงสุด"),
    "lowest": ("ได้คะแนนต่ำสุด", "ต่ำสุด"),
    "weakness": ("เป็นจุดอ่อน", "ต่ำสุด"),
    "strength": ("เป็นจุดแข็ง", "สูงสุด"),
}


def find_claims(flow: Sequence[FlowItem], year: int | None = None) -> Iterator[Claim]:
    """Yield the claims about the indicators of a fiscal year (B.E.), in reading order."""
    for item in flow:
        if isinstance(item, FlowParagraph) and not item.running:
            names = find_indicators(item.text.chars, year)
            for i, found in enumerate(names):
                stop = names[i + 1].start if i + 1 < len(names) else len(item.text)
                yield from _claims(item.text, found, stop, names[i - 1].end if i else 0)


def _claims(text: SourceText, found: Found, stop: int, start: int) -> Iterator[Claim]:
    before, after = text.chars[max(start, found.start - 220) : found.start], text.chars[found.end : stop]
    for claimed, pattern in _BEFORE_NAME:
        match = pattern.search(before)
        if match and not _NEXT.search(match[0]):
            begin = found.start - len(before) + match.start()
            yield Claim(claimed, found.no, text[begin : found.end])
    for claimed, pattern in _AFTER_NAME:
        match = pattern.search(after)
        if match:
            yield Claim(claimed, found.no, text[found.start : found.end + match.end()])


def contradictions(
    claims: Sequence[ClaimT], scores: Mapping[int, Decimal]
) -> Iterator[Contradiction[ClaimT]]:
    """Yield the claims that the scores contradict.

    A highest or lowest score must be exactly that. A strength must not rank below the middle, and a weakness not
    above it. Fewer than three scores do not make a ranking, so nothing is yielded.
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
