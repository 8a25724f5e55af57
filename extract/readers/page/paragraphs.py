"""Lines to paragraphs: which line ends were made by the width of the column, and which by the author."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from thaita.extract.readers.page.first_word import first_word
from thaita.extract.readers.page.lines import Line
from thaita.extract.readers.page.list_numbers import counts_on

_MARKER = re.compile(
    r"(?:[(]?[0-9๐-๙]{1,2}(?:[.][0-9๐-๙]{1,2})*[.)](?![0-9๐-๙])|[(]?[ก-ฮ][.)]\s|[-–•●▪➢✓☐☑◆○*]\s?\D)"
)
_MARKER_ONLY = re.compile(
    r"[(]?[0-9๐-๙]{1,3}(?:[.][0-9๐-๙]{1,3})*[.)]|[(]?[0-9๐-๙]{1,2}(?:[.][0-9๐-๙]{1,2})*|[(]?[ก-ฮ][.)]|[-–•●▪➢✓☐☑◆○*]"
)
_TORN = re.compile("(?<=[ก-ฮ]) (?=[่-๋]?า)")
_OPENING = "([{“"
_NUMBER = re.compile(r"([(]?)(\d{1,3})([.)])")
_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_THAI = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e4e]")
_MARK = re.compile(r"[ัิ-ฺ็-๎]")
_ALWAYS = 1.2
"""Ems: a line that leaves no more room was broken by the width, whatever follows."""

_COLUMNS = 2.2
"""Ems: a gap that no justified line of prose has."""

_TO_RIGHT = 0.25
"""Share of the column left of a line that is set to the right; a first line is not indented so far."""

_SPACE = 0.6
"""Ems that the space before a word takes, and how far ink and type may differ."""

_PITCH = 1.75
"""Type sizes between the baselines of two lines of one paragraph at most; or the usual pitch and a half."""

_ALIKE = 0.12
"""Share by which type sizes in one paragraph differ."""

_INDENT = 0.7
"""Ems by which the lines of a paragraph begin at different places."""


def join_lines(lines: Sequence[Line], left: float, right: float) -> list[list[Line]]:
    """Return the lines grouped into paragraphs; `left` and `right` are the edges of the column's text.

    A line goes on with the one before if that one had no room for its first word, and nothing else
    (a list marker, a new indent, a larger gap, other type) says that a paragraph begins.
    """
    if len(lines) == 1:
        return [[lines[0]]]
    paragraphs: list[list[Line]] = []
    pitch = usual_pitch(lines)
    for line in lines:
        if paragraphs and goes_on(paragraphs[-1], line, left, right, pitch):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def usual_pitch(lines: Sequence[Line], share: float = 0.5) -> float:
    """Return the usual distance of baselines in type sizes: that which a share of them does not exceed."""
    steps = sorted(
        (b.box.bottom - a.box.bottom) / max(a.size, b.size)
        for a, b in itertools.pairwise(lines)
        if b.box.bottom > a.box.bottom
    )
    return min(steps[int(share * len(steps))], 2.2) if steps else 1.2


def goes_on(paragraph: Sequence[Line], line: Line, left: float, right: float, pitch: float) -> bool:
    """Tell whether a line belongs to the paragraph before it."""
    before = paragraph[-1]
    step = (line.box.bottom - before.box.bottom) / max(before.size, line.size)
    if not 0 < step <= max(_PITCH, 1.35 * pitch) or not (before.upright and line.upright):
        return False
    alike = abs(before.size - line.size) <= _ALIKE * max(before.size, line.size)
    return alike and follows(paragraph, line, left, right)


def begins_item(line: Line) -> bool:
    """Tell whether a line begins with the marker of a list item."""
    return _MARKER.match(line.text) is not None


def follows(paragraph: Sequence[Line], line: Line, left: float, right: float) -> bool:
    """Tell whether a line reads on from a paragraph, whatever stands between them on the page."""
    before = paragraph[-1]
    if before.tied:
        return True
    if columns_of(line) > 1 or columns_of(before) > 1:
        return False
    if before.text[-1:] in _OPENING:
        return True
    opens = begins_item(line) or counts_on(line.text, (one.text for one in paragraph))
    if (opens and not _counts_on(paragraph, line)) or not _aligned(paragraph, line):
        return False
    room = _room(before, left, right) - _SPACE * line.size
    return room < _needs(line, room)


def columns_of(line: Line) -> int:
    """Return in how many parts wide gaps divide a line, the marker of a list item not counted."""
    if len(line.segments) == 1:
        return 1
    parts = line.segments[1:] if _MARKER_ONLY.fullmatch(line.segments[0].text) else line.segments
    return 1 + sum(b.x0 - a.x1 > _COLUMNS * line.size for a, b in itertools.pairwise(parts))


def _aligned(paragraph: Sequence[Line], line: Line) -> bool:
    """Tell whether a line begins where the next line of a paragraph may begin."""
    before = paragraph[-1]
    if _centred(before, line):
        return True
    shift = line.box.x0 - before.box.x0
    if len(paragraph) > 1:
        return abs(shift) <= _INDENT * line.size
    return shift <= _INDENT * line.size or begins_item(before)


def _room(line: Line, left: float, right: float) -> float:
    """Return how much room a line leaves in its column: on both sides where it is set centred or to the right."""
    before, after = line.box.x0 - left, right - line.box.x1
    centred = before > line.size and abs(before - after) < 0.5 * line.size
    to_right = before > _TO_RIGHT * (right - left) and before > after
    return before + after if centred or to_right else after


def _counts_on(paragraph: Sequence[Line], line: Line) -> bool:
    """Tell whether the number that begins a line counts on from one in the midst of the paragraph."""
    number = _NUMBER.match(line.text.translate(_ARABIC))
    if number is None:
        return False
    before = f"{number[1]}{int(number[2]) - 1}{number[3]}"
    return any(before in one.text.translate(_ARABIC)[1:] for one in paragraph)


def _centred(before: Line, line: Line) -> bool:
    """Tell whether two lines share their middle, as centred lines do."""
    return abs((before.box.x0 + before.box.x1) - (line.box.x0 + line.box.x1)) <= line.size


def _needs(line: Line, room: float) -> float:
    """Return about how much room the first word of a line needs, in points; `room` says how closely to look."""
    text = _TORN.sub("", line.segments[0].text)
    chunk = text.split(" ", 1)[0]
    letter = (line.segments[0].x1 - line.segments[0].x0) / max(1, len(_MARK.sub("", text)))
    width = letter * len(_MARK.sub("", chunk))
    if room < _ALWAYS * line.size or room > width or not _THAI.match(chunk):
        return width
    return letter * len(_MARK.sub("", first_word(chunk)))


def glue(before: str, after: str) -> str:
    """Return what stands between two lines of one paragraph: nothing between Thai letters or after a bracket.

    >>> glue("การประเมิน", "คุณธรรม"), glue("ITA", "๒๕๖๘"), glue("ผล (", "ITA)")
    ('', ' ', '')
    """
    if before[-1:].isspace() or before[-1:] in _OPENING:
        return ""
    return "" if _THAI.match(before[-1:]) and _THAI.match(after) else " "
