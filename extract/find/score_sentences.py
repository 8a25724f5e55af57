"""Indicator scores in running text: an indicator name, scoring words and a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from thaita.extract.find.score_candidates import ScoreCandidate, looks_like_score
from thaita.extract.find.score_pairs import Pair, figures_beside, pair_scores
from thaita.models.flags import Flag
from thaita.models.source_text import SourceText
from thaita.normalize.figures import read_figures
from thaita.normalize.frameworks import every_instrument
from thaita.normalize.indicators import Found, find_indicators, match_indicator
from thaita.normalize.numerals import Number, find_numbers, strip_marker

_BARS = re.compile(r"\s*[|;]\s*|\s+/\s+")
_INSTRUMENT = re.compile(rf"\s*[(]?(?:{'|'.join(every_instrument())})\s*[:\s]\s*")
_MAX_EXTRA_LETTERS = 34
"""Maximum letters around a name on its own line: ตัวชี้วัดที่ ๑๐ ชื่อตัวชี้วัด."""
_MAX_SCORE = 100
_NAMED = re.compile(
    r"\s*(?:ตัว.{1,4}วัด)?\s*(?:ที่)?\s*(?P<no>[0-9๐-๙]{0,2})\s*[.):]?\s*(?P<name>[^0-9๐-๙]{8,60}?)\s*(?:ได้|มี|คะแนน|ร้อยละ|เท่ากับ|[:=(]|$)"
)


def text_scores(text: SourceText, year: int | None) -> list[ScoreCandidate]:
    """Return the scores that a sentence or line states, in order.

    `year` is the fiscal year (B.E.) whose indicators are matched, None for those of all years. A misspelled name is
    accepted only if the line contains nothing else: "ตัวชี้วัดที่ ๙ การเปิดเผยข้อมุล ๙๓.๓๓".
    """
    found = list(_sentence_scores(text, year)) or _misspelt_line(text, year)
    segments = _segments(text)
    if len(segments) > max(1, len(found)):
        listed = [candidate for segment in segments for candidate in text_scores(segment, year)]
        return listed if len(listed) > len(found) else found
    return found


def _segments(text: SourceText) -> list[SourceText]:
    """Return the parts of a line between bars or semicolons, without a leading instrument name."""
    edges = [m.span() for m in _BARS.finditer(text.chars)]
    if not edges:
        return []
    starts = [_INSTRUMENT.match(text.chars), *edges]
    begin = [starts[0].end() if isinstance(starts[0], re.Match) else 0, *(end for _, end in edges)]
    stop = [*(start for start, _ in edges), len(text)]
    return [text[a:b].strip() for a, b in zip(begin, stop, strict=True)]


def _misspelt_line(text: SourceText, year: int | None) -> list[ScoreCandidate]:
    if len(text) > 120:
        return []
    numbers = [n for n in find_numbers(text.chars) if 0 <= n.value <= 100]
    named = _NAMED.match(text.chars[: numbers[-1].start]) if numbers else None
    match = match_indicator(named["name"], year) if named else None
    if named is None or match is None or not _ends_line(text, numbers[-1]):
        return []
    number = numbers[-1]
    between = text.chars[named.end("name") : number.start]
    meant = {figure.start: figure for figure in read_figures(text.chars)}
    if len(between) > 25 or number.start not in meant or not meant[number.start].is_own(year):
        return []
    if not looks_like_score(number, between, text.chars[number.end :]):
        return []
    name = text[named.start("name") : named.end("name")]
    flags = (*number.doubt, *((Flag.AMBIGUOUS_NAME,) if match.close else ()))
    score = text[number.start : number.end]
    return [
        ScoreCandidate(
            match.no,
            name,
            score,
            number.value,
            match.similarity,
            named["no"] or None,
            flags=flags,
            support=(text,),
        )
    ]


def _ends_line(text: SourceText, number: Number) -> bool:
    """Return whether only words such as คะแนน follow the number."""
    return not re.sub(r"คะแนน|%|ร้อยละ|[\s).|]", "", text.chars[number.end :])


def _sentence_scores(text: SourceText, year: int | None) -> Iterator[ScoreCandidate]:
    """Yield the scores of a sentence: those of the assessed year, and those of earlier years that it states."""
    names = indicator_names(text.chars, year)
    for pair in pair_scores(text.chars, names, year):
        yield named_score(text, pair)
    yield from _earlier_scores(text, names, year)


def indicator_names(chars: str, year: int | None) -> list[Found]:
    """Return the names of indicators in a text, without those that name an instrument."""
    return [found for found in find_indicators(chars, year) if not _is_instrument(chars, found)]


def _is_instrument(chars: str, found: Found) -> bool:
    """Return whether a name is that of an instrument: "การเปิดเผยข้อมูลสาธารณะ (OIT)"."""
    return (
        re.match(r"\s*(?:(?:สาธารณะ)?\s*[(]?\s*(?:OIT|EIT|IIT)\b|สาธารณะ\s*[(])", chars[found.end :])
        is not None
    )


def _earlier_scores(text: SourceText, names: Sequence[Found], year: int | None) -> Iterator[ScoreCandidate]:
    """Yield the scores of years before the assessed one: "ปี ๒๕๖๖ ได้ ๙๙.๐๐ ปีนี้ ๙๘.๑๒"."""
    if year is None or not names:
        return
    for i, found in enumerate(names):
        stop = names[i + 1].start if i + 1 < len(names) else len(text)
        for figure in figures_beside(text.chars, names):
            earlier = figure.plain and figure.year is not None and figure.year < year
            if earlier and found.end <= figure.start < stop and 0 <= figure.number.value <= _MAX_SCORE:
                yield replace(named_score(text, Pair(found, figure)), year=figure.year, support=())


def named_score(text: SourceText, pair: Pair) -> ScoreCandidate:
    """Return the candidate for an indicator and its figure in a text."""
    found, number = pair.name, pair.figure.number
    marker = re.search(
        r"(?<![0-9๐-๙.])[(]?([0-9๐-๙]{1,2})[).]?\s*(?:ด้าน)?\s*$",
        text.chars[max(0, found.start - 16) : found.start],
    )
    flags = (*number.doubt, *(() if pair.sure else (Flag.AMBIGUOUS_SCORE,)))
    return ScoreCandidate(
        found.no,
        text[found.start : found.end],
        text[number.start : number.end],
        number.value,
        found.similarity,
        no_as_written=marker[1] if marker else None,
        year=pair.figure.year,
        flags=flags,
        support=(text,) if _is_line(text, found, number) else (),
    )


def _is_line(text: SourceText, found: Found, number: Number) -> bool:
    alone = found.end <= number.start and not find_numbers(text.chars[found.end : number.start])
    return alone and len(text) - number.end < 12 and found.start < 40


def score_for_name(
    text: SourceText, value: tuple[SourceText, Number], year: int | None
) -> list[ScoreCandidate]:
    """Return the candidate for a text that only names one indicator and its score; an empty list for other text."""
    match = match_indicator(text.chars, year)
    named = find_indicators(text.chars, year)
    if match is None and len(named) == 1 and len(text) - len(named[0].as_written) < _MAX_EXTRA_LETTERS:
        match = match_indicator(named[0].as_written, year)
    if match is None:
        return []
    marker, start = strip_marker(text.chars)
    name = text[start:].strip() if len(named) != 1 else text[named[0].start : named[0].end]
    return [
        ScoreCandidate(
            match.no,
            name,
            value[0],
            value[1].value,
            match.similarity,
            re.sub(r"[^0-9๐-๙]", "", marker) or None,
            flags=value[1].doubt,
            support=(text,),
        )
    ]
