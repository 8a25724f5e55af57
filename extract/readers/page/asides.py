"""What a page shows beside the report's own words: watermarks, footnote marks, crossed-out text, comments."""

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
"""Flags of text that no value is read from; it is kept apart from the lines and tables of the page."""

_LARGE, _LARGER = 1.5, 2.0
"""Times the page's usual type size from which slanting, or pale upright text is a watermark."""

_MARK = re.compile(r"[(\[]?(?:[\d๐-๙]{1,2}|[A-Za-zก-ฮ]|[*†‡§¶]{1,3})[)\]]?,?|[()\[\]]")
_LONGEST = 5
_BESIDE = 8
"""Glyphs before and after a mark among which its number is looked for."""

_MOST = 100
"""Large pale words of a page that may be watermarks at most: more are decoration."""

_DIGIT = re.compile(r"[\d๐-๙]")

_SMALLER = 0.92
"""Times the size of a number: a raised mark is often set smaller than this."""

_RAISED, _RAISED_FULL = 0.12, 0.2
"""Ems by which the baseline of such a mark, or of one in full size, stands above the number's at least."""

_HIGHEST = 0.8
"""Ems by which it stands above at most: what is higher belongs to the line above."""

_NEAR = 0.4
"""Ems between a number and its mark at most."""

_DESCENT = 0.2
"""Ems that a glyph's box reaches under its baseline."""


def find_asides(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Flag watermarks and the raised marks that stand against numbers; return all glyphs of a page that carry a flag."""
    odd = [glyph for glyph in glyphs if glyph.flag or glyph.turn or glyph.pale]
    if any(glyph.turn < 0 or glyph.pale for glyph in odd):
        _find_watermarks([glyph for glyph in glyphs if glyph.visible and not glyph.flag])
    marks = list(_note_marks(glyphs))
    for glyph in marks:
        glyph.flag = Flag.NOTE_MARK
    return [glyph for glyph in (*odd, *marks) if glyph.flag and glyph.visible]


def _find_watermarks(glyphs: Sequence[Glyph]) -> None:
    """Flag slanting text that is large or pale, and large pale text that other text is printed over.

    Slanting labels of a chart are as small as the text around them and in full colour.
    """
    sizes = Counter[float]()
    for glyph in glyphs:
        if glyph.upright and not glyph.pale:
            sizes[round(glyph.size)] += len(glyph.text.strip())
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    large = [
        glyph for glyph in glyphs if glyph.turn < 0 or (glyph.pale and glyph.size >= _LARGER * usual > 0)
    ]
    for glyph in large[:_MOST]:
        if glyph.turn < 0:
            mark = glyph.pale or glyph.size >= _LARGE * usual
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
    """Yield the raised marks that stand against the number drawn before or after them, one mark or several."""
    found: set[int] = set()
    for i, glyph in enumerate(glyphs):
        if len(glyph.text) > _LONGEST or not _MARK.fullmatch(glyph.text.strip()) or not _may_be(glyph):
            continue
        before = next(
            (
                g
                for j in range(i - 1, max(-1, i - 1 - _BESIDE), -1)
                if j not in found and _may_be(g := glyphs[j])
            ),
            None,
        )
        after = next((g for g in islice(glyphs, i + 1, i + 1 + _BESIDE) if _may_be(g)), None)
        beside = before and _DIGIT.match(before.text.rstrip()[-1]) and _is_raised(glyph, before)
        if beside and _belongs(glyphs, i, after):
            continue
        if beside or (after and _DIGIT.match(after.text.lstrip()) and _is_raised(glyph, after)):
            found.add(i)
            yield glyph


def _belongs(glyphs: Sequence[Glyph], i: int, after: Glyph | None) -> bool:
    """Tell whether a raised figure belongs to the number before it, whichever of its digits is asked for."""
    raised = [i]
    while raised[-1] + 1 < len(glyphs) and _goes_on(glyphs[i], glyphs[raised[-1] + 1]):
        raised.append(raised[-1] + 1)
    first = i
    while first > 0 and _goes_on(glyphs[i], glyphs[first - 1]):
        first -= 1
    mark = "".join(glyph.text for glyph in glyphs[first : raised[-1] + 1])
    before = "".join(glyph.text for glyph in glyphs[max(0, first - _BESIDE) : first] if not glyph.flag)
    return belongs_to_number(before, mark, after.text if after and len(raised) == 1 else "")


def _goes_on(mark: Glyph, other: Glyph) -> bool:
    """Tell whether another glyph is a digit of the same raised figure."""
    size = mark.size
    level = abs(mark.box.bottom - other.box.bottom) <= 0.1 * size
    near = max(mark.box.x0 - other.box.x1, other.box.x0 - mark.box.x1) <= 2 * size
    return level and near and abs(other.size - size) <= 0.05 * size and other.text.strip().isdigit()


def _may_be(glyph: Glyph) -> bool:
    """Tell whether a glyph may be a number or its mark: recognised words have no exact places."""
    return (
        glyph.visible
        and glyph.upright
        and not glyph.flag
        and glyph.font != "ocr"
        and not glyph.text.isspace()
    )


def _is_raised(mark: Glyph, number: Glyph) -> bool:
    """Tell whether a mark stands raised against a number, on either side of it."""
    size = number.size
    gap = max(mark.box.x0 - number.box.x1, number.box.x0 - mark.box.x1)
    raised = (number.box.bottom - mark.box.bottom) - _DESCENT * (size - mark.size)
    if mark.size > number.size / _SMALLER:
        return False
    least = _RAISED if mark.size <= _SMALLER * size else _RAISED_FULL
    return -_NEAR * size <= gap <= _NEAR * size and least * size <= raised <= _HIGHEST * size


def read_asides(flagged: Sequence[Glyph]) -> list[Line]:
    """Return the lines of the glyphs that no value is read from, each with its flag."""
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
