"""Baselines: the glyphs of a line, and marks drawn apart from their consonants."""

from __future__ import annotations

import re
from dataclasses import dataclass

from thaita.extract.readers.page.content import Glyph

_BASELINE_TOLERANCE = 0.4
"""Maximum difference of the middles of glyphs on one baseline, as a share of the type size."""

LETTER = re.compile(r"[^ัิ-ฺ็-๎\s]")


@dataclass(slots=True)
class Baseline:
    """Glyphs that share a baseline."""

    middle: float
    size: float
    glyphs: list[Glyph]


def add_to_baseline(rows: list[Baseline], glyph: Glyph) -> None:
    """Add a glyph to its baseline; the one drawn last is the most likely."""
    box, size = glyph.box, glyph.size
    middle = (box.top + box.bottom) / 2
    for row in reversed(rows):
        if abs(row.middle - middle) <= _BASELINE_TOLERANCE * (row.size if row.size > size else size):
            row.glyphs.append(glyph)
            if size > row.size:
                row.middle, row.size = middle, size
            return
    rows.append(Baseline(middle, size, [glyph]))


def with_marks_reattached(rows: list[Baseline]) -> list[Baseline]:
    """Move marks drawn without consonants to the nearest baseline with letters, if one is close enough."""
    letters = [row for row in rows if _has_letters(row)]
    if len(letters) == len(rows):
        return rows
    kept = list(letters)
    for row in rows:
        if row in letters or not _text_of(row).strip():
            continue
        near = min(letters, key=lambda other: abs(other.middle - row.middle), default=None)
        if near is not None and abs(near.middle - row.middle) <= near.size:
            near.glyphs = _with_marks_inserted(near.glyphs, row.glyphs)
        else:
            kept.append(row)
    return sorted(kept, key=lambda row: row.middle)


def _has_letters(row: Baseline) -> bool:
    return any(LETTER.search(glyph.text) for glyph in row.glyphs)


def _text_of(row: Baseline) -> str:
    return "".join(glyph.text for glyph in row.glyphs)


def _with_marks_inserted(letters: list[Glyph], marks: list[Glyph]) -> list[Glyph]:
    """Return the letters with each mark after the last letter that starts left of the mark's middle."""
    placed = list(letters)
    for mark in marks:
        if mark.text.strip():
            middle = (mark.box.x0 + mark.box.x1) / 2
            before = [i for i, glyph in enumerate(placed) if glyph.box.x0 <= middle]
            placed.insert(before[-1] + 1 if before else 0, mark)
    return placed
