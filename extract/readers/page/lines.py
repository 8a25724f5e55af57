"""Glyphs to lines of text: what stands on one baseline, in the order in which it is to be read."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from thaita.extract.readers.page.content import Glyph
from thaita.models.document import Box, around

SPACE = 0.38
"""Ems: a gap between inks that parts words where no space glyph stands. Measured on PDFs of Word,
LibreOffice and Chromium: gaps where the text has no space reach 0.36 (a change of font), words that
only a gap parts begin at 0.4."""

WIDE = 1.0
"""Ems: a gap that ends a segment of a line: what follows may be another column."""

_BACK = 1.3
"""Ems that a glyph may stand back from the end of what was drawn before it: marks and overlaps do."""

_OVER = 0.3
"""Ems by which a letter that fills a gap may stand over the letters beside it."""

_LEVEL = 0.4
"""Share of the type size by which the middles of glyphs on one line differ at most."""

_LETTER = re.compile(r"[^ัิ-ฺ็-๎\s]")
_LEANS = re.compile(r"[ัิ-ฺ็-๎]")
_CLOSES = re.compile(r"[.,:;%)\]”]")
_BEFORE_CLOSING = 0.5
"""Ems of a gap before a full stop or closing bracket that is a space: narrow digits leave much room."""


@dataclass(slots=True)
class Segment:
    """A stretch of a line without wide gaps."""

    text: str
    x0: float
    x1: float


@dataclass(slots=True)
class Line:
    """A line of text: its segments from left to right, its place and type size; `order` is its first glyph's.

    `spaced` says that a space glyph ends the line: one that a line break swallows on the page; `tied` that the
    line break stands inside a number, which goes on in the next line; `edges` are, where it is not the page, where the
    text of its column begins and ends; `unsure` that it may go on with another line than it seems;
    `doubtful` that its letters are not to be trusted: fonts of the page name letters wrongly. `sure` are, of a scan, its
    words from left to right with the probability that they are right, and another reading, if there is one. `flags` are
    those that values read from the line carry.
    """

    segments: tuple[Segment, ...]
    box: Box
    size: float
    order: int
    upright: bool = True
    spaced: bool = False
    doubtful: bool = False
    sure: tuple[tuple[str, float, str], ...] = ()
    flags: tuple[str, ...] = ()
    tied: bool = False
    edges: tuple[float, float] | None = None
    unsure: bool = False

    @property
    def text(self) -> str:
        """The words of the line, segments parted by a space."""
        if len(self.segments) == 1:
            return self.segments[0].text
        return " ".join(segment.text for segment in self.segments)


@dataclass(slots=True)
class _Row:
    """Glyphs on one baseline, while they are gathered."""

    middle: float
    size: float
    glyphs: list[Glyph]


def read_lines(glyphs: Sequence[Glyph]) -> list[Line]:
    """Return the lines that the glyphs of a cell or page form, from top to bottom.

    Inside a line the order of the content stream holds where it runs forward, since sorting by place
    tears Thai marks off their consonants; stretches that the stream draws out of order go by place.
    Text that is turned follows, in stream order.
    """
    if not glyphs:
        return []
    if len(glyphs) == 1 and glyphs[0].upright:
        only = _line_of_one(glyphs[0])
        return [] if only is None else [only]
    rows: list[_Row] = []
    turned: list[Glyph] = []
    for glyph in glyphs:
        if not glyph.upright:
            turned.append(glyph)
            continue
        _put(rows, glyph)
    if len(rows) > 1:
        rows.sort(key=lambda row: row.middle)
        rows = _with_marks(rows)
    lines = [line for row in rows if (line := _line(row.glyphs)) is not None]
    return lines + _turned_lines(turned)


def _put(rows: list[_Row], glyph: Glyph) -> None:
    """Add a glyph to the row whose baseline it shares; the row drawn last is the likeliest."""
    box, size = glyph.box, glyph.size
    middle = (box.top + box.bottom) / 2
    for row in reversed(rows):
        if abs(row.middle - middle) <= _LEVEL * (row.size if row.size > size else size):
            row.glyphs.append(glyph)
            if size > row.size:
                row.middle, row.size = middle, size
            return
    rows.append(_Row(middle, size, [glyph]))


def _with_marks(rows: list[_Row]) -> list[_Row]:
    """Put rows of nothing but Thai marks back onto the nearest row of letters, where one is near."""
    letters = [row for row in rows if _has_letters(row)]
    if len(letters) == len(rows):
        return rows
    kept = list(letters)
    for row in rows:
        if row in letters or not _words(row).strip():
            continue
        near = min(letters, key=lambda other: abs(other.middle - row.middle), default=None)
        if near is not None and abs(near.middle - row.middle) <= near.size:
            near.glyphs = _marked(near.glyphs, row.glyphs)
        else:
            kept.append(row)
    return sorted(kept, key=lambda row: row.middle)


def _has_letters(row: _Row) -> bool:
    return any(_LETTER.search(glyph.text) for glyph in row.glyphs)


def _words(row: _Row) -> str:
    return "".join(glyph.text for glyph in row.glyphs)


def _marked(letters: list[Glyph], marks: list[Glyph]) -> list[Glyph]:
    """Return letters with each mark after the last of them that begins left of the mark's middle."""
    placed = list(letters)
    for mark in marks:
        if mark.text.strip():
            middle = (mark.box.x0 + mark.box.x1) / 2
            before = [i for i, glyph in enumerate(placed) if glyph.box.x0 <= middle]
            placed.insert(before[-1] + 1 if before else 0, mark)
    return placed


def _line(glyphs: Sequence[Glyph]) -> Line | None:
    if len(glyphs) == 1:
        return _line_of_one(glyphs[0])
    stretches = _stretches(glyphs)
    if len(stretches) > 1:
        stretches = _with_late(stretches)
    spaces = _early_spaces(glyphs)
    parts = [segment for stretch in stretches if (segment := _segment(stretch, spaces)) is not None]
    if not parts:
        return None
    size = _usual_size(glyphs)
    segments = _near_joined(sorted(parts, key=lambda part: part.x0), size) if len(parts) > 1 else parts
    last = max(glyphs, key=lambda glyph: glyph.box.x1)
    spaced = last.text.endswith(" ") or any(g.text == " " and g.order > last.order for g in glyphs)
    return Line(tuple(segments), _around(glyphs), size, min([glyph.order for glyph in glyphs]), spaced=spaced)


def _usual_size(glyphs: Sequence[Glyph]) -> float:
    """Return the type size of most letters: a space or full stop of another font says nothing of a line."""
    first = glyphs[0].size
    if all(glyph.size == first for glyph in glyphs):
        return first
    letters: dict[float, int] = {}
    for glyph in glyphs:
        letters[glyph.size] = letters.get(glyph.size, 0) + sum(map(str.isalnum, glyph.text))
    return max(letters, key=lambda size: (letters[size], size))


def _line_of_one(glyph: Glyph) -> Line | None:
    """Return the line of a single piece of text, as most lines of cells are."""
    text = re.sub(" {2,}", " ", glyph.text) if "  " in glyph.text else glyph.text
    said = text.strip()
    if not said:
        return None
    segment = Segment(said, glyph.box.x0, glyph.box.x1)
    return Line((segment,), glyph.box, glyph.size, glyph.order, spaced=text[-1] == " ")


def _stretches(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return the glyphs parted where the stream jumps, back or over a wide gap."""
    stretches: list[list[Glyph]] = []
    end = 0.0
    for glyph in glyphs:
        gap = glyph.box.x0 - end
        if stretches and -_BACK * glyph.size <= gap <= WIDE * glyph.size:
            stretches[-1].append(glyph)
            end = max(end, glyph.box.x1)
        elif glyph.text.strip():
            stretches.append([glyph])
            end = glyph.box.x1
    return stretches


def _with_late(stretches: list[list[Glyph]]) -> list[list[Glyph]]:
    """Put a stretch that fills a gap of an earlier one there: letters of another font may be drawn late."""
    kept: list[list[Glyph]] = []
    for stretch in stretches:
        start, end = stretch[0].box.x0, max(glyph.box.x1 for glyph in stretch)
        for host in kept:
            gaps = itertools.pairwise(host)
            fits = (
                i
                for i, (a, b) in enumerate(gaps, 1)
                if a.box.x1 - _OVER * a.size <= start and end <= b.box.x0 + _OVER * b.size
            )
            at = next(fits, None)
            if at is not None:
                host[at:at] = stretch
                break
        else:
            kept.append(stretch)
    return kept


def _early_spaces(glyphs: Sequence[Glyph]) -> list[float]:
    """Return where spaces stand that the stream draws before the words on their left, as for a missing font."""
    return [
        space.box.x0
        for space, glyph in itertools.pairwise(glyphs)
        if space.text == " " and glyph.box.x0 < space.box.x0
    ]


def _segment(glyphs: Sequence[Glyph], spaces: Sequence[float]) -> Segment | None:
    text = ""
    end = glyphs[0].box.x0
    for glyph in glyphs:
        gap = glyph.box.x0 - end
        said = glyph.text
        if gap > SPACE * glyph.size and text and text[-1] != " " and not _LEANS.match(said):
            text += "" if gap <= _BEFORE_CLOSING * glyph.size and _CLOSES.match(said) else " "
        elif text and text[-1] != " " and any(end - 0.5 <= at <= glyph.box.x0 for at in spaces):
            text += " "
        text += said
        if glyph.box.x1 > end and said.strip():
            end = glyph.box.x1
    text = re.sub(" {2,}", " ", text) if "  " in text else text
    return Segment(text.strip(), glyphs[0].box.x0, end) if text.strip() else None


def _near_joined(parts: Sequence[Segment], size: float) -> list[Segment]:
    """Return segments, those that stand close although drawn apart joined."""
    joined = [parts[0]]
    for part in parts[1:]:
        last = joined[-1]
        gap = part.x0 - last.x1
        if gap <= WIDE * size:
            glue = " " if gap > SPACE * size else ""
            joined[-1] = Segment(last.text + glue + part.text, last.x0, max(last.x1, part.x1))
        else:
            joined.append(part)
    return joined


def _turned_lines(glyphs: Sequence[Glyph]) -> list[Line]:
    """Return lines of turned text: glyphs that follow each other in the stream along one direction."""
    groups: list[list[Glyph]] = []
    for glyph in glyphs:
        if groups:
            last = groups[-1][-1].box
            overlap = min(last.x1, glyph.box.x1) - max(last.x0, glyph.box.x0)
            if overlap > 0.3 * min(last.x1 - last.x0, glyph.box.x1 - glyph.box.x0):
                groups[-1].append(glyph)
                continue
        groups.append([glyph])
    lines = []
    for group in groups:
        text = re.sub(" {2,}", " ", "".join(glyph.text for glyph in group)).strip()
        if text:
            box = _around(group)
            segment = Segment(text, box.x0, box.x1)
            lines.append(Line((segment,), box, group[0].size, group[0].order, upright=False))
    return lines


def _around(glyphs: Sequence[Glyph]) -> Box:
    return around([glyph.box for glyph in [one for one in glyphs if one.text.strip()] or glyphs])
