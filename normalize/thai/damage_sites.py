"""Damaged places in a text that have several readings, and those readings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from thaita.normalize.thai.letters import (
    CONSONANT,
    FOLLOW,
    IMPOSSIBLE,
    INCOMPLETE_VOWEL,
    LEAD,
    LETTER,
    MARK,
    MARKS_POSSIBLE,
    TONE,
    TONE_ON_CODA,
)

_VOWEL = "ัิ-ฺ"

TORN = re.compile(rf"[{CONSONANT}] า")
"""Sara am split by a space: ส านักงาน."""

SHIFTED = re.compile(
    rf"{INCOMPLETE_VOWEL}|{TONE_ON_CODA}|[{_VOWEL}][{_VOWEL}]|[{_VOWEL}][{TONE}]? [{FOLLOW}]"
    rf"|(?<![{LEAD}])(?<![{LEAD}][{CONSONANT}])[{CONSONANT}][{TONE}](?![{CONSONANT}{FOLLOW}{MARK}])"
)
"""A mark on a consonant that cannot bear it, as when marks are shifted past a consonant."""


@dataclass(frozen=True, slots=True)
class Site:
    """A range of a text with its possible readings, each with a penalty added to its cost.

    `gain` is the margin by which a reading must be cheaper than the current text. The current text at the
    sites of `torn_sites` is impossible, so there the cheapest reading wins regardless of its gain.
    """

    start: int
    end: int
    readings: tuple[tuple[str, float], ...]
    gain: float = 0.0


_AM_FAVOUR = -3.0
_JOINED = 1.0
_MOVED = 2.0

_TORN_PLAIN = re.compile(rf"([{CONSONANT}]) ([{TONE}]?) ?า")
_TORN_TONE = re.compile(
    rf"([{CONSONANT}])([{_VOWEL}]?)([{CONSONANT}])([{TONE}]) า|([{CONSONANT}])([{TONE}]) า"
)
_PUSHED_TORN = re.compile(rf"([{CONSONANT}])([{CONSONANT}])([{_VOWEL}])([{TONE}]?) ([{FOLLOW}])")
_TWO_TONES = re.compile(rf"([{CONSONANT}])([{TONE}])([{TONE}]+)า")
_DOUBLED = re.compile(rf"([{CONSONANT}]?)([{CONSONANT}])([{MARK}]?)([{MARK}])\4(?!\4|[{MARK}]*า)")


def torn_sites(chars: str, torn: bool) -> Iterator[Site]:
    """Yield the places where sara am, or a syllable, is split; `torn` is True if the document splits sara am."""
    for match in _PUSHED_TORN.finditer(chars):
        first, second, vowel, tone, follow = match.groups()
        readings = [first + vowel + tone + second + follow, first + vowel + second + tone + follow]
        yield Site(*match.span(), tuple((reading, 0.0) for reading in readings))
    for match in _TORN_PLAIN.finditer(chars):
        letter, tone = match[1], match[2]
        favour = _AM_FAVOUR if torn or not tone else 0.0
        yield Site(*match.span(), ((f"{letter}{tone}ำ", favour), (f"{letter}{tone}า", 0.0)))
    for match in _TORN_TONE.finditer(chars):
        yield Site(*match.span(), tuple(_tone_readings(match, _AM_FAVOUR if torn else 0.0)))
    for match in _TWO_TONES.finditer(chars):
        letter, tones = match[1], {match[2], *match[3]}
        options = [(f"{letter}{tone}{vowel}", 0.0) for tone in sorted(tones) for vowel in "ำา"]
        yield Site(*match.span(), tuple(options))
    for match in _DOUBLED.finditer(chars):
        first, second, other, mark = match.groups()
        moved = first + mark * bool(first and not other) + second + other + mark
        yield Site(*match.span(), ((first + second + other + mark, 0.0), (moved, _MOVED)))


def _tone_readings(match: re.Match[str], favour: float) -> Iterator[tuple[str, float]]:
    if match[5]:
        letter, tone = match[5], match[6]
        yield f"{letter}{tone}า", 0.0
        yield f"{letter}{tone}ำ", favour
        return
    first, vowel, second, tone = match[1], match[2], match[3], match[4]
    yield f"{first}{vowel}{second}{tone}า", 0.0
    yield f"{first}{vowel}{second}{tone}ำ", favour
    yield f"{first}{vowel}{tone}{second}า", 0.0


_CLUSTERS = re.compile(
    rf"(?=(?:([{CONSONANT}])([{_VOWEL}็]?)([{TONE}]?)( ?))?"
    rf"([{CONSONANT}])([{MARK}]+)( ?)(?=([{LETTER}])?))[{CONSONANT}]"
)
_GAIN = 6.0


def shifted_sites(chars: str) -> Iterator[Site]:
    """Yield the places where a mark may belong to the preceding consonant, or a space may be wrong."""
    for match in _CLUSTERS.finditer(chars):
        first, vowel, tone, gap, second, marks, space, after = (group or "" for group in match.groups())
        space = space if after else ""
        moved = dict.fromkeys(_unshifted(first, vowel + tone, second, marks))
        # A leading vowel needs a consonant after it.
        following = after and after + "ก"
        readings = [reading for reading in moved if not IMPOSSIBLE.search(reading + following)]
        options = {reading + space: _JOINED * bool(gap) for reading in readings}
        if space and re.match(f"[{CONSONANT}]", after):
            torn = not gap and SHIFTED.search(chars, match.start(5), match.end(7))
            own = (first + vowel + tone + second + marks,) if torn else ()
            options |= dict.fromkeys((*readings, *own), _JOINED)
        if not options:
            continue
        start = match.start(1) if first else match.start(5)
        end = match.end(7) if space else match.end(6)
        yield Site(start, end, tuple(options.items()), _GAIN)


def _unshifted(first: str, own: str, second: str, marks: str) -> Iterator[str]:
    """Yield the ways to move marks back to the preceding consonant."""
    if not first:
        return
    for cut in range(1, len(marks) + 1):
        for moved, left in ((marks[:cut], marks[cut:]), (marks[-cut:], marks[:-cut])):
            if MARKS_POSSIBLE.fullmatch(own + moved) and MARKS_POSSIBLE.fullmatch(left):
                yield first + own + moved + second + left
