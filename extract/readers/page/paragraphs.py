"""Paragraphs from lines: decide which line ends come from the column width and which from the author."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from thaita.extract.readers.page.first_word import first_word
from thaita.extract.readers.page.lines import Line
from thaita.extract.readers.page.list_numbers import continues_numbering
from thaita.models.roles import Role
from thaita.normalize.headings import match_heading
from thaita.normalize.list_items import BULLETS
from thaita.normalize.owners import is_unit

_MARKER = re.compile(
    r"(?:[(]?[0-9๐-๙]{1,2}(?:[.][0-9๐-๙]{1,2})*[.)](?![0-9๐-๙])|[0-9๐-๙]{1,2}/\s|[(]?[ก-ฮ][.)]\s"
    rf"|[{re.escape(BULLETS)}☐☑]\s?\D)"
)
_MARKER_ONLY = re.compile(
    r"[(]?[0-9๐-๙]{1,3}(?:[.][0-9๐-๙]{1,3})*[.)]|[(]?[0-9๐-๙]{1,2}(?:[.][0-9๐-๙]{1,2})*|[0-9๐-๙]{1,2}/|[(]?[ก-ฮ][.)]"
    rf"|[{re.escape(BULLETS)}☐☑]"
)
_SPLIT_SARA_AM = re.compile("(?<=[ก-ฮ]) (?=[่-๋]?า)")
_KEY = re.compile(r"([^\s:：][^:：]{1,30}?)\s*[:：]\s*\S")
_OPENING = "([{“"
_NUMBER = re.compile(r"([(]?)(\d{1,3})([.)])(?!\d)")
_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_THAI = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e4e]")
_MARK = re.compile(r"[ัิ-ฺ็-๎]")
_FULL_LINE_ROOM = 1.2
"""A line that leaves no more room than this, in ems, was broken by the width, whatever follows."""

_COLUMN_GAP = 2.2
"""Minimum gap in ems between columns: no justified line of prose has one as wide."""

_RIGHT_ALIGNED_SHARE = 0.25
"""Minimum share of the column left of a right-aligned line; first lines are not indented that far."""

_SPACE_WIDTH = 0.6
"""Width in ems of a space before a word, plus the tolerance between ink and type."""

_WORD_TOLERANCE = 0.2
"""Ems by which the width of a first word is uncertain: it is that of its letters on the average."""

_INDENTED_ROOM = 0.1
"""Share of the column's width by which a line may end early if it is indented and the next one is not."""
_LEAST_INDENT, _MOST_INDENT = 1.0, 6.0
"""Ems by which the first line of a paragraph is indented."""

_MAX_PITCH = 1.75
"""Maximum baseline distance in type sizes within a paragraph, unless 1.35 times the usual pitch is more."""

_SIZE_TOLERANCE = 0.12
"""Share by which type sizes in one paragraph may differ."""

_INDENT_TOLERANCE = 0.7
"""Ems by which the left edges of the lines of a paragraph may differ."""


def join_lines(lines: Sequence[Line], left: float, right: float) -> list[list[Line]]:
    """Return the lines grouped into paragraphs; `left` and `right` are the edges of the column's text.

    A line continues the previous one if that one had no room for its first word and nothing else (a list
    marker, a new indent, a larger gap, another type size) marks a new paragraph.
    """
    if len(lines) == 1:
        return [[lines[0]]]
    paragraphs: list[list[Line]] = []
    pitch = usual_pitch(lines)
    for line in lines:
        if paragraphs and continues_paragraph(paragraphs[-1], line, left, right, pitch):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def usual_pitch(lines: Sequence[Line], share: float = 0.5) -> float:
    """Return the usual baseline distance in type sizes: the one that a share of the distances does not exceed."""
    steps = sorted(
        (b.box.bottom - a.box.bottom) / max(a.size, b.size)
        for a, b in itertools.pairwise(lines)
        if b.box.bottom > a.box.bottom
    )
    return min(steps[int(share * len(steps))], 2.2) if steps else 1.2


def continues_paragraph(
    paragraph: Sequence[Line], line: Line, left: float, right: float, pitch: float
) -> bool:
    """Return whether a line belongs to the paragraph before it."""
    before = paragraph[-1]
    step = (line.box.bottom - before.box.bottom) / max(before.size, line.size)
    if not 0 < step <= max(_MAX_PITCH, 1.35 * pitch) or not (before.upright and line.upright):
        return False
    alike = abs(before.size - line.size) <= _SIZE_TOLERANCE * max(before.size, line.size)
    return alike and reads_on_from(paragraph, line, left, right)


def starts_list_item(line: Line) -> bool:
    """Return whether a line starts with a list marker."""
    return _MARKER.match(line.text) is not None


def reads_on_from(paragraph: Sequence[Line], line: Line, left: float, right: float) -> bool:
    """Return whether a line continues the text of a paragraph, whatever lies between them on the page."""
    before = paragraph[-1]
    if before.tied:
        return True
    if columns_of(line) > 1 or columns_of(before) > 1 or _look_differs(before, line):
        return False
    if before.text[-1:] in _OPENING:
        return True
    if _starts_field(line.text):
        return False
    opens = starts_list_item(line) or continues_numbering(line.text, (one.text for one in paragraph))
    if opens and not (_continues_number(paragraph, line) or _closes_bracket(paragraph, line)):
        return False
    if not _starts_at_indent(paragraph, line):
        return False
    room = _room(before, left, right) - _SPACE_WIDTH * line.size
    if _leaves_indent(paragraph, line, left):
        room -= _INDENTED_ROOM * (right - left)
    tolerance = _WORD_TOLERANCE * line.size if _THAI.match(line.text) else 0.0
    return room < _first_word_width(line, room) + tolerance


def _starts_field(text: str) -> bool:
    """Return whether a line starts with a known label and a colon, or with that of units and a unit, as a field does."""
    key = _KEY.match(text)
    heading = match_heading(key[1]) if key else None
    if heading is not None and heading.similarity == 100:
        return True
    word, _, rest = text.partition(" ")
    named = match_heading(word) if is_unit(rest) else None
    return named is not None and named.similarity == 100 and named.role is Role.OWNER


def _look_differs(before: Line, line: Line) -> bool:
    """Return whether one line is bold or pale and the other is not, as a heading and its text are."""
    looks = ((before.bold, line.bold), (before.pale, line.pale))
    return any(a is not None and b is not None and a != b for a, b in looks)


def columns_of(line: Line) -> int:
    """Return the number of parts into which wide gaps divide a line, not counting a list marker."""
    if len(line.segments) == 1:
        return 1
    parts = line.segments[1:] if _MARKER_ONLY.fullmatch(line.segments[0].text) else line.segments
    return 1 + sum(b.x0 - a.x1 > _COLUMN_GAP * line.size for a, b in itertools.pairwise(parts))


def _starts_at_indent(paragraph: Sequence[Line], line: Line) -> bool:
    """Return whether a line starts where the next line of a paragraph can start."""
    before = paragraph[-1]
    if _centered(before, line):
        return True
    shift = line.box.x0 - before.box.x0
    if len(paragraph) > 1:
        return abs(shift) <= _INDENT_TOLERANCE * line.size
    return shift <= _INDENT_TOLERANCE * line.size or starts_list_item(before)


def _leaves_indent(paragraph: Sequence[Line], line: Line, left: float) -> bool:
    """Return whether a line at the margin follows a line that is indented, as the first one of a paragraph is."""
    first = paragraph[0]
    indented = _LEAST_INDENT * first.size <= first.box.x0 - left <= _MOST_INDENT * first.size
    return len(paragraph) == 1 and indented and abs(line.box.x0 - left) <= _INDENT_TOLERANCE * line.size


def _closes_bracket(paragraph: Sequence[Line], line: Line) -> bool:
    """Return whether a line closes a bracket that a paragraph has left open: "(ม.ค. 64" and "– มี.ค. 64)"."""
    text = "".join(one.text for one in paragraph)
    return text.count("(") > text.count(")") and ")" in line.text.partition("(")[0][2:]


def _room(line: Line, left: float, right: float) -> float:
    """Return the free room beside a line in points: on both sides if it is centered or right-aligned."""
    before, after = line.box.x0 - left, right - line.box.x1
    centered = before > line.size and abs(before - after) < 0.5 * line.size
    to_right = before > _RIGHT_ALIGNED_SHARE * (right - left) and before > after
    return before + after if centered or to_right else after


def _continues_number(paragraph: Sequence[Line], line: Line) -> bool:
    """Return whether the number at the start of a line continues one in the middle of the paragraph."""
    number = _NUMBER.match(line.text.translate(_ARABIC))
    if number is None:
        return False
    before = f"{number[1]}{int(number[2]) - 1}{number[3]}"
    return any(before in one.text.translate(_ARABIC)[1:] for one in paragraph)


def _centered(before: Line, line: Line) -> bool:
    """Return whether two lines have the same middle, as centered lines do."""
    return abs((before.box.x0 + before.box.x1) - (line.box.x0 + line.box.x1)) <= line.size


def _first_word_width(line: Line, room: float) -> float:
    """Return the approximate width in points of a line's first word; `room` decides whether a close look is needed."""
    text = _SPLIT_SARA_AM.sub("", line.segments[0].text)
    chunk = text.split(" ", 1)[0]
    letter = (line.segments[0].x1 - line.segments[0].x0) / max(1, len(_MARK.sub("", text)))
    width = letter * len(_MARK.sub("", chunk))
    if room < _FULL_LINE_ROOM * line.size or room > width or not _THAI.match(chunk):
        return width
    return letter * len(_MARK.sub("", first_word(chunk)))


def line_separator(before: str, after: str) -> str:
    """Return the separator between two lines of one paragraph: nothing between Thai letters or after a bracket.

    >>> line_separator("การประเมิน", "คุณธรรม"), line_separator("ITA", "๒๕๖๘"), line_separator("ผล (", "ITA)")
    ('', ' ', '')
    """
    if before[-1:].isspace() or before[-1:] in _OPENING:
        return ""
    return "" if _THAI.match(before[-1:]) and _THAI.match(after) else " "
