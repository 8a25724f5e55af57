"""Text outside the report's content: watermarks, note marks, crossed-out text and comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from thaita.extract.readers.page.content import Glyph
from thaita.extract.readers.page.lines import Line, read_lines
from thaita.models.flags import Flag
from thaita.normalize.note_marks import belongs_to_number

ASIDES = frozenset({Flag.COMMENT, Flag.NOTE_MARK, Flag.STRUCK, Flag.WATERMARK})
"""Flags of text that yields no values; it is kept apart from the lines and tables of the page."""

_SLANTED_SIZE, _UPRIGHT_SIZE = 1.5, 2.0
"""Factors of the page's usual type size from which slanted text, or pale upright text, is a watermark."""

_MARK = re.compile(r"[(\[]?(?:[\d๐-๙]{1,2}|[A-Za-zก-ฮ]|[*†‡§¶]{1,3})[)\]]?,?|[()\[\]]")
_MAX_LENGTH = 5
_SEARCH_WINDOW = 8
"""Number of glyphs before and after a mark among which its number is searched."""

_MAX_WATERMARKS = 100
"""Maximum number of large pale words on a page that can be watermarks; more are decoration."""

_DIGIT = re.compile(r"[\d๐-๙]")

_MARK_SIZE = 0.92
"""A raised mark is usually smaller than this share of the number's type size."""

_MIN_RAISE, _MIN_RAISE_FULL_SIZE = 0.12, 0.2
"""Minimum height, in ems, of a mark's baseline above the number's baseline: for a small mark, for one in full
size."""

_MAX_RAISE = 0.8
"""Maximum height of a mark in ems; anything higher belongs to the line above."""

_MAX_GAP = 0.4
"""Maximum gap in ems between a number and its mark."""

_DESCENT = 0.2
"""Ems by which a glyph's box extends below its baseline."""


def flag_asides(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Flag watermarks and raised note marks at numbers; return all flagged glyphs of the page that are visible."""
    odd = [glyph for glyph in glyphs if glyph.flag or glyph.turn or glyph.pale]
    if any(glyph.turn < 0 or glyph.pale for glyph in odd):
        _flag_watermarks([glyph for glyph in glyphs if glyph.visible and not glyph.flag])
    marks = list(_note_marks(glyphs))
    for glyph in marks:
        glyph.flag = Flag.NOTE_MARK
    return [glyph for glyph in (*odd, *marks) if glyph.flag and glyph.visible]


def _flag_watermarks(glyphs: Sequence[Glyph]) -> None:
    """Flag slanted text that is large or pale, and large pale text that other text is printed over.

    Slanted chart labels are as small as the surrounding text and in full color.
    """
    sizes = Counter[float]()
    for glyph in glyphs:
        if glyph.upright and not glyph.pale:
            sizes[round(glyph.size)] += len(glyph.text.strip())
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    large = [
        glyph
        for glyph in glyphs
        if glyph.turn < 0 or (glyph.pale and glyph.size >= _UPRIGHT_SIZE * usual > 0)
    ]
    for glyph in large[:_MAX_WATERMARKS]:
        if glyph.turn < 0:
            mark = glyph.pale or glyph.size >= _SLANTED_SIZE * usual
        else:
            mark = _is_printed_over(glyph, glyphs)
        if mark:
            glyph.flag = Flag.WATERMARK


def _is_printed_over(glyph: Glyph, others: Sequence[Glyph]) -> bool:
    a = glyph.box
    return any(
        b.box.x0 < a.x1 and a.x0 < b.box.x1 and b.box.top < a.bottom and a.top < b.box.bottom
        for b in others
        if b.size < glyph.size / 2 and b.text.strip()
    )


def _note_marks(glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    """Yield the raised marks beside a number drawn before or after them; a number can have several."""
    found: set[int] = set()
    for i, glyph in enumerate(glyphs):
        if (
            len(glyph.text) > _MAX_LENGTH
            or not _MARK.fullmatch(glyph.text.strip())
            or not _can_be_number_or_mark(glyph)
        ):
            continue
        before = next(
            (
                g
                for j in range(i - 1, max(-1, i - 1 - _SEARCH_WINDOW), -1)
                if j not in found and _can_be_number_or_mark(g := glyphs[j])
            ),
            None,
        )
        after = next(
            (g for g in islice(glyphs, i + 1, i + 1 + _SEARCH_WINDOW) if _can_be_number_or_mark(g)), None
        )
        beside = before and _DIGIT.match(before.text.rstrip()[-1]) and _is_raised(glyph, before)
        if beside and _is_part_of_number(glyphs, i, after):
            continue
        if beside or (after and _DIGIT.match(after.text.lstrip()) and _is_raised(glyph, after)):
            found.add(i)
            yield glyph


def _is_part_of_number(glyphs: Sequence[Glyph], i: int, after: Glyph | None) -> bool:
    """Return whether a raised digit is part of the number before it, such as a superscript exponent."""
    raised = [i]
    while raised[-1] + 1 < len(glyphs) and _in_same_figure(glyphs[i], glyphs[raised[-1] + 1]):
        raised.append(raised[-1] + 1)
    first = i
    while first > 0 and _in_same_figure(glyphs[i], glyphs[first - 1]):
        first -= 1
    mark = "".join(glyph.text for glyph in glyphs[first : raised[-1] + 1])
    before = "".join(glyph.text for glyph in glyphs[max(0, first - _SEARCH_WINDOW) : first] if not glyph.flag)
    return belongs_to_number(before, mark, after.text if after and len(raised) == 1 else "")


def _in_same_figure(mark: Glyph, other: Glyph) -> bool:
    """Return whether two glyphs are digits of the same raised figure."""
    size = mark.size
    level = abs(mark.box.bottom - other.box.bottom) <= 0.1 * size
    near = max(mark.box.x0 - other.box.x1, other.box.x0 - mark.box.x1) <= 2 * size
    return level and near and abs(other.size - size) <= 0.05 * size and other.text.strip().isdigit()


def _can_be_number_or_mark(glyph: Glyph) -> bool:
    """Return whether a glyph can be a number or its mark; OCR words are excluded because their positions are inexact."""
    return (
        glyph.visible
        and glyph.upright
        and not glyph.flag
        and glyph.font != "ocr"
        and not glyph.text.isspace()
    )


def _is_raised(mark: Glyph, number: Glyph) -> bool:
    """Return whether a mark is raised next to a number, on either side of it."""
    size = number.size
    gap = max(mark.box.x0 - number.box.x1, number.box.x0 - mark.box.x1)
    raised = (number.box.bottom - mark.box.bottom) - _DESCENT * (size - mark.size)
    if mark.size > number.size / _MARK_SIZE:
        return False
    least = _MIN_RAISE if mark.size <= _MARK_SIZE * size else _MIN_RAISE_FULL_SIZE
    return -_MAX_GAP * size <= gap <= _MAX_GAP * size and least * size <= raised <= _MAX_RAISE * size


def read_asides(flagged: Sequence[Glyph]) -> list[Line]:
    """Return the lines formed by glyphs that yield no values, each with its flag."""
    lines: list[Line] = []
    for flag in sorted(ASIDES):
        mine = [glyph for glyph in flagged if glyph.flag == flag]
        found = (
            [line for glyph in mine for line in read_lines([glyph])]
            if flag == Flag.COMMENT
            else read_lines(mine)
        )
        for line in found:
            line.flags = (flag,)
        lines += found
    return lines
