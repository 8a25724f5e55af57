"""Indicator scores in running text: an indicator name, scoring words and a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from thaita.extract.find.score_candidates import ScoreCandidate, looks_like_score, read_score
from thaita.extract.structure.context import FlowEntry
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.models.flags import Flag
from thaita.models.source_text import SourceText
from thaita.normalize.date_forms import any_word
from thaita.normalize.date_years import find_years
from thaita.normalize.frameworks import every_instrument
from thaita.normalize.indicators import Found, find_indicators, match_indicator
from thaita.normalize.numerals import Number, find_numbers, strip_marker, to_arabic

_SCORE_WORDS = re.compile(r"ผลการประเมิน|คะแนน|ร้อยละ|เท่ากับ|[=:]|ได้\s*$|อยู่ที่\s*$|%")
_OTHER_FIGURE = re.compile(
    r"เพิ่มขึ้น|ลดลง|เกณฑ์|เป้าหมาย|น้ำหนัก|คะแนนเต็ม|ระดับประเทศ|ค่าเฉลี่ยของ|มากกว่า|น้อยกว่า|ต่ำกว่า|สูงกว่า|ไม่ถึง"
    r"|ปีที่ผ่านมา|ปีก่อน|เดิม|ไม่เกิน|ระหว่าง|ส่วนที่|ข้อที่|จำนวน|ข้อ(?:ที่|คำถาม)?\s*[IEOieo0๐]?\s*[0-9๐-๙]|(?<![A-Za-z])[IEO][0-9๐-๙]|ปี\s*$|พ\.?ศ\.?\s*$|จาก\s*$"
)
_YEAR_WORD = re.compile(r"(?:ปี(?:\s*งบประมาณ)?)?\s*(?:พ\.?\s?ศ\.?)?\s*$")
_BARS = re.compile(r"\s*[|;]\s*|\s+/\s+")
_INSTRUMENT = re.compile(rf"\s*[(]?(?:{'|'.join(every_instrument())})\s*[:\s]\s*")
_MAX_EXTRA_LETTERS = 34
"""Maximum letters around a name on its own line: ตัวชี้วัดที่ ๑๐ ชื่อตัวชี้วัด."""
_FULL_MARKS = re.compile(r"\s*(?:คะแนน)?\s*(?:จาก|/)\s*(?:คะแนน)?(?:เต็ม)?\s*([0-9๐-๙]{1,3})(?![0-9๐-๙.])")
_MAX_GAP = 110
"""Maximum letters between an indicator name and its score in a sentence."""
_NAMED = re.compile(
    r"\s*(?:ตัว.{1,4}วัด)?\s*(?:ที่)?\s*(?P<no>[0-9๐-๙]{0,2})\s*[.):]?\s*(?P<name>[^0-9๐-๙]{8,60}?)\s*(?:ได้|มี|คะแนน|ร้อยละ|เท่ากับ|[:=(]|$)"
)


def is_other_figure(between: str) -> bool:
    """Return whether the words before a number make it a change, a target, a mean or the number of a question."""
    return _OTHER_FIGURE.search(between) is not None


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
    if len(between) > 25 or _OTHER_FIGURE.search(between):
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
    """Yield the scores of a sentence: an indicator name, scoring words and a number."""
    names = find_indicators(text.chars, year)
    if "ตามลำดับ" in text.chars:
        yield from _respective_scores(text, names)
        return
    for i, found in enumerate(names):
        stop = names[i + 1].start if i + 1 < len(names) else len(text)
        for number, stated_year in _scores_by_year(
            text.chars, found.end, min(stop, found.end + _MAX_GAP + 12)
        ):
            between = text.chars[found.end : number.start]
            if found.doubtful and not _SCORE_WORDS.search(between) and between.strip(" :=-–("):
                continue
            yield _named_score(text, found, number, stated_year)


def _named_score(text: SourceText, found: Found, number: Number, year: int | None) -> ScoreCandidate:
    marker = re.search(
        r"(?<![0-9๐-๙])[(]?([0-9๐-๙]{1,2})[).]?\s*(?:ด้าน)?\s*$",
        text.chars[max(0, found.start - 16) : found.start],
    )
    return ScoreCandidate(
        found.no,
        text[found.start : found.end],
        text[number.start : number.end],
        number.value,
        found.similarity,
        no_as_written=marker[1] if marker else None,
        year=year or _year_before(text.chars, found.start),
        flags=(*number.doubt, *_scale_flag(text.chars, number)),
        support=(text,) if _is_line(text, found, number) else (),
    )


def _scores_by_year(chars: str, start: int, stop: int) -> list[tuple[Number, int | None]]:
    """Return the score between two offsets, or one score for each year: "ปี ๒๕๖๖ ได้ ๙๙.๐๐ ปีนี้ ๙๘.๑๒".

    The year (B.E.) is None for the report's own year.
    """
    first = _first_score(chars, start, stop)
    named: list[tuple[int, int, int | None]] = [
        (start + m.start(), start + m.end(), None)
        for m in re.finditer(any_word("this_year"), chars[start:stop])
    ]
    named += [
        (start + year.start, start + year.end, year.value_be)
        for year in find_years(chars[start:stop])
        if year.kind in ("plain", "fiscal")
    ]
    if not named or (first is not None and first.start < min(named)[0]):
        return [(first, None)] if first is not None else []
    found: list[tuple[Number, int | None]] = []
    ends = [start + number.end for number in find_numbers(chars[start:stop])]
    named.sort(key=lambda mention: mention[0])
    for (begin, end, value), (until, *_) in zip(named, [*named[1:], (stop, stop, None)], strict=True):
        words = _YEAR_WORD.sub("", chars[max((e for e in ends if e <= begin), default=start) : begin])
        number = _first_score(chars, end, until) if not _OTHER_FIGURE.search(words) else None
        if number is not None:
            found.append((number, value))
    return found


def _respective_scores(text: SourceText, names: Sequence[Found]) -> Iterator[ScoreCandidate]:
    """Yield the scores of "… และ … ได้คะแนน … และ … ตามลำดับ" if it has as many names as figures."""
    if len(names) < 2:
        return
    end = text.chars.index("ตามลำดับ")
    start = names[-1].end
    numbers = [n for n in find_numbers(text.chars[start:end]) if 0 <= n.value <= 100]
    if len(numbers) != len(names) or not _SCORE_WORDS.search(text.chars[start:end]):
        return
    for found, number in zip(names, numbers, strict=True):
        score = text[start + number.start : start + number.end]
        name = text[found.start : found.end]
        yield ScoreCandidate(found.no, name, score, number.value, found.similarity, flags=number.doubt)


def _year_before(chars: str, start: int) -> int | None:
    """Return the year (B.E.) directly before an indicator name: "ปี ๒๕๖๗ การใช้อำนาจ …"; None without one."""
    years = [
        year for year in find_years(chars[max(0, start - 40) : start]) if year.kind in ("plain", "fiscal")
    ]
    return years[-1].value_be if years else None


def _scale_flag(chars: str, number: Number) -> tuple[str, ...]:
    """Return the flag of a figure with a maximum other than 100: "40.00 จากคะแนนเต็ม 40"."""
    match = _FULL_MARKS.match(chars, number.end)
    return (Flag.SCALE,) if match and to_arabic(match[1]) != "100" else ()


def _is_line(text: SourceText, found: Found, number: Number) -> bool:
    alone = not find_numbers(text.chars[found.end : number.start])
    return alone and len(text) - number.end < 12 and found.start < 40


def _first_score(chars: str, start: int, stop: int) -> Number | None:
    for number in find_numbers(chars[start:stop]):
        between = chars[start : start + number.start]
        if _OTHER_FIGURE.search(between) or not 0 <= number.value <= 100 or "\n" in between:
            return None
        bare = not re.sub(r"[\s:=\-–.()]|ได้|คะแนน|ร้อยละ|เท่ากับ", "", between)
        after = chars[start + number.end : start + number.end + 12].lstrip()
        if not looks_like_score(number, between, after):
            return None
        if _SCORE_WORDS.search(between) or (
            bare and (between.strip() or "." in to_arabic(number.as_written))
        ):
            return replace(number, start=start + number.start, end=start + number.end)
        if bare and re.match(r"คะแนน|%|$", after):
            return replace(number, start=start + number.start, end=start + number.end)
        return None
    return None


def stacked_scores(lines: Sequence[SourceText], year: int | None) -> list[ScoreCandidate]:
    """Return the scores of lines in which figures and names alternate; the first line is a figure.

    Slides and text exported by columns contain such stacks. The first line decides how figures and names pair up.
    """
    candidates: list[ScoreCandidate] = []
    for value_line, name_line in zip(lines[0::2], lines[1::2], strict=False):
        value, match = read_score(value_line), match_indicator(name_line.chars, year)
        if value is not None and match is not None and 0 <= value[1].value <= 100:
            candidates += score_for_name(name_line, value, year)
    decimal = any("." in to_arabic(candidate.score.chars) for candidate in candidates)
    return candidates if decimal else []


def score_on_last_line(lines: Sequence[SourceText], year: int | None) -> list[ScoreCandidate]:
    """Return the score on the last line if the lines above it contain only an indicator name; else an empty list."""
    value = read_score(lines[-1]) if len(lines) > 1 else None
    if value is None or not 0 <= value[1].value <= 100 or not looks_like_score(value[1], "", lines[-1].chars):
        return []
    return score_for_name(SourceText.join(lines[:-1], " "), value, year)


def next_line_score(
    para: FlowParagraph, following: Sequence[FlowEntry], year: int | None
) -> list[ScoreCandidate]:
    """Return the score below an indicator name that fills one to three lines; an empty list without one."""
    lines = [para.text]
    for below in following:
        if not isinstance(below.item, FlowParagraph) or len(lines) > 3:
            return []
        value = read_score(below.item.text)
        if value is not None:
            fits = 0 <= value[1].value <= 100 and looks_like_score(value[1], "", below.item.text.chars)
            return score_for_name(SourceText.join(lines, " "), value, year) if fits else []
        lines.append(below.item.text)
    return []


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
