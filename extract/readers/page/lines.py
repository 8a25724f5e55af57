"""Lines of text from glyphs: the glyphs on one baseline, in reading order."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from thaita.extract.readers.page.baselines import LETTER, Baseline, add_to_baseline, with_marks_reattached
from thaita.extract.readers.page.content import Glyph, count_letters, has_words
from thaita.extract.readers.page.drawn_bullets import BULLET
from thaita.models.document import Box, around

SPACE = 0.38
"""Minimum gap in ems between words without a space glyph. In PDFs of Word, LibreOffice and Chromium, gaps
inside words reach 0.36 (at a change of font), and gaps between words start at 0.4."""

WIDE = 1.0
"""Gap in ems that ends a segment of a line: the text after it may be another column."""

_MAX_STEP_BACK = 1.3
"""Maximum step back in ems from the end of the previous glyph, as marks and overlapping letters make."""

_MAX_OVERLAP = 0.3
"""Ems by which a letter that fills a gap may overlap the letters beside it."""

_COMBINING = re.compile(r"[ัิ-ฺ็-๎]")
_CLOSING = re.compile(r"[.,:;%)\]”]")
_SPACE_BEFORE_CLOSING = 0.5
"""Minimum gap in ems that is a space before a full stop or closing bracket: narrow digits leave more room."""


@dataclass(slots=True)
class Segment:
    """A stretch of a line without wide gaps; `bold`: all its letters are, None if only some are."""

    text: str
    x0: float
    x1: float
    bold: bool | None = False


@dataclass(slots=True)
class Line:
    """A line of text: its segments from left to right, its box and type size, and the order of its first glyph.

    `spaced`: it ends with a space glyph. `tied`: it ends inside a number. `edges`: the edges of its column, if not
    those of the page. `uncertain`: it may belong to another paragraph. `doubtful`: fonts of the page name letters
    wrongly. `word_confidences` (scans only): its words, each with the probability that it is right and an
    alternative reading. `flags`: flags of all values read from the line. `bold`, `pale`: all its letters are; None if
    only some are. `lead`: the number of letters up to the end of the bold words that it begins with.
    """

    segments: tuple[Segment, ...]
    box: Box
    size: float
    order: int
    upright: bool = True
    spaced: bool = False
    doubtful: bool = False
    word_confidences: tuple[tuple[str, float, str], ...] = ()
    flags: tuple[str, ...] = ()
    tied: bool = False
    edges: tuple[float, float] | None = None
    uncertain: bool = False
    bold: bool | None = False
    pale: bool | None = False
    lead: int = 0

    @property
    def text(self) -> str:
        """The words of the line; a space separates segments."""
        if len(self.segments) == 1:
            return self.segments[0].text
        return " ".join(segment.text for segment in self.segments)


def read_lines(glyphs: Sequence[Glyph]) -> list[Line]:
    """Return the lines that the glyphs of a cell or page form, from top to bottom; turned text follows.

    Stream order is kept where it runs forward, because sorting by position separates Thai marks from their
    consonants. Stretches that the stream draws out of order are sorted by position.
    """
    if not glyphs:
        return []
    if len(glyphs) == 1 and glyphs[0].upright:
        only = _line_of_one(glyphs[0])
        return [] if only is None else [only]
    rows: list[Baseline] = []
    turned: list[Glyph] = []
    for glyph in glyphs:
        if not glyph.upright:
            turned.append(glyph)
            continue
        add_to_baseline(rows, glyph)
    if len(rows) > 1:
        rows.sort(key=lambda row: row.middle)
        rows = with_marks_reattached(rows)
    lines = [line for row in rows if (line := _line_from(row.glyphs)) is not None]
    return lines + _turned_lines(turned)


def _line_from(glyphs: Sequence[Glyph]) -> Line | None:
    if len(glyphs) == 1:
        return _line_of_one(glyphs[0])
    stretches = _split_at_jumps(glyphs)
    if len(stretches) > 1:
        stretches = _with_late_stretches(stretches)
    spaces = _early_spaces(glyphs)
    parts = [segment for stretch in stretches if (segment := _segment_from(stretch, spaces)) is not None]
    if not parts:
        return None
    size = _usual_size(glyphs)
    segments = (
        _join_close_segments(sorted(parts, key=lambda part: part.x0), size) if len(parts) > 1 else parts
    )
    last = max(glyphs, key=lambda glyph: glyph.box.x1)
    spaced = last.text.endswith(" ") or any(g.text == " " and g.order > last.order for g in glyphs)
    inked = _inked(glyphs)
    return Line(
        tuple(segments),
        _ink_box(glyphs),
        size,
        min([glyph.order for glyph in glyphs]),
        spaced=spaced,
        bold=common_look(glyph.bold for glyph in inked),
        pale=common_look(glyph.pale for glyph in inked),
        lead=_bold_lead(inked),
    )


def _inked(glyphs: Sequence[Glyph]) -> list[Glyph]:
    return [glyph for glyph in glyphs if LETTER.search(glyph.text) and glyph.text != BULLET]


def _bold_lead(glyphs: Sequence[Glyph]) -> int:
    """Return the number of letters up to the end of the bold words that a line begins with; its number may be plain."""
    letters = lead = 0
    words = False
    for glyph in glyphs:
        if lead == letters or not (lead or words):
            own = count_letters(glyph.text) if glyph.bold else glyph.lead
            lead = letters + own if own else lead
        letters += count_letters(glyph.text)
        words = words or has_words(glyph.text)
    return lead


def common_look(looks: Iterable[bool | None]) -> bool | None:
    """Return the look that all letters share; None if they differ."""
    found = set(looks)
    return found.pop() if len(found) == 1 else None


def _usual_size(glyphs: Sequence[Glyph]) -> float:
    """Return the type size of most letters; a space or full stop in another font does not count."""
    first = glyphs[0].size
    if all(glyph.size == first for glyph in glyphs):
        return first
    letters: dict[float, int] = {}
    for glyph in glyphs:
        letters[glyph.size] = letters.get(glyph.size, 0) + sum(map(str.isalnum, glyph.text))
    return max(letters, key=lambda size: (letters[size], size))


def _line_of_one(glyph: Glyph) -> Line | None:
    """Return the line of a single piece of text, the usual case in table cells."""
    text = re.sub(" {2,}", " ", glyph.text) if "  " in glyph.text else glyph.text
    said = text.strip()
    if not said:
        return None
    segment = Segment(said, glyph.box.x0, glyph.box.x1, glyph.bold)
    return Line(
        (segment,),
        glyph.box,
        glyph.size,
        glyph.order,
        spaced=text[-1] == " ",
        bold=glyph.bold,
        pale=glyph.pale,
        lead=count_letters(said) if glyph.bold else glyph.lead,
    )


def _split_at_jumps(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Split the glyphs where the stream jumps back or over a wide gap."""
    stretches: list[list[Glyph]] = []
    end = 0.0
    for glyph in glyphs:
        gap = glyph.box.x0 - end
        if stretches and -_MAX_STEP_BACK * glyph.size <= gap <= WIDE * glyph.size:
            stretches[-1].append(glyph)
            end = max(end, glyph.box.x1)
        elif glyph.text.strip():
            stretches.append([glyph])
            end = glyph.box.x1
    return stretches


def _with_late_stretches(stretches: list[list[Glyph]]) -> list[list[Glyph]]:
    """Insert each stretch that fills a gap of an earlier one: letters of another font may be drawn later."""
    kept: list[list[Glyph]] = []
    for stretch in stretches:
        start, end = stretch[0].box.x0, max(glyph.box.x1 for glyph in stretch)
        for host in kept:
            gaps = itertools.pairwise(host)
            fits = (
                i
                for i, (a, b) in enumerate(gaps, 1)
                if a.box.x1 - _MAX_OVERLAP * a.size <= start and end <= b.box.x0 + _MAX_OVERLAP * b.size
            )
            at = next(fits, None)
            if at is not None:
                host[at:at] = stretch
                break
        else:
            kept.append(stretch)
    return kept


def _early_spaces(glyphs: Sequence[Glyph]) -> list[float]:
    """Return the x of spaces that the stream draws before the words on their left, as happens with missing fonts."""
    return [
        space.box.x0
        for space, glyph in itertools.pairwise(glyphs)
        if space.text == " " and glyph.box.x0 < space.box.x0
    ]


def _segment_from(glyphs: Sequence[Glyph], spaces: Sequence[float]) -> Segment | None:
    text = ""
    end = glyphs[0].box.x0
    for glyph in glyphs:
        gap = glyph.box.x0 - end
        said = glyph.text
        if gap > SPACE * glyph.size and text and text[-1] != " " and not _COMBINING.match(said):
            text += "" if gap <= _SPACE_BEFORE_CLOSING * glyph.size and _CLOSING.match(said) else " "
        elif text and text[-1] != " " and any(end - 0.5 <= at <= glyph.box.x0 for at in spaces):
            text += " "
        text += said
        if glyph.box.x1 > end and said.strip():
            end = glyph.box.x1
    text = re.sub(" {2,}", " ", text) if "  " in text else text
    if not text.strip():
        return None
    return Segment(text.strip(), glyphs[0].box.x0, end, common_look(glyph.bold for glyph in _inked(glyphs)))


def _join_close_segments(parts: Sequence[Segment], size: float) -> list[Segment]:
    """Join segments that are close together although they were drawn apart."""
    joined = [parts[0]]
    for part in parts[1:]:
        last = joined[-1]
        gap = part.x0 - last.x1
        if gap <= WIDE * size:
            glue = " " if gap > SPACE * size else ""
            bold = common_look((last.bold, part.bold))
            joined[-1] = Segment(last.text + glue + part.text, last.x0, max(last.x1, part.x1), bold)
        else:
            joined.append(part)
    return joined


def _turned_lines(glyphs: Sequence[Glyph]) -> list[Line]:
    """Return the lines of turned text: glyphs that follow each other in the stream along one direction."""
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
            box = _ink_box(group)
            segment = Segment(text, box.x0, box.x1)
            lines.append(Line((segment,), box, group[0].size, group[0].order, upright=False))
    return lines


def _ink_box(glyphs: Sequence[Glyph]) -> Box:
    return around([glyph.box for glyph in [one for one in glyphs if one.text.strip()] or glyphs])
