"""Records of pdfminer's device (drawn text and painted areas), and decoding of PDF text strings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pdfminer.utils import PDFDocEncoding, Rect

SAME_LINE = 0.5
"""Minimum vertical overlap of two boxes on one line, as a share of the lower box."""


@dataclass(frozen=True, slots=True)
class DrawnText:
    """A piece of drawn text; its box counts from the page's bottom left corner, in points, as the page is displayed."""

    text: str
    box: Rect
    size: float
    font: str
    upright: bool
    visible: bool
    lines: int = 1
    order: int = 0
    baseline: float = 0.0
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Painted:
    """A painted area: its box as in `DrawnText`, its position in the stream, and whether it hides content below it."""

    box: Rect
    order: int
    covers: bool


def decode_text_string(raw: object) -> str | None:
    r"""Return a PDF text string as Unicode: UTF-16 or UTF-8 with a byte order mark, otherwise PDFDocEncoding.

    None if the value is not a string. Source: ISO 32000-2, 7.9.2.2.

    >>> decode_text_string(b"\xfe\xff\x0e\x01\x0e\x33"), decode_text_string(b"caf\xe9")
    ('กำ', 'café')
    """
    if not isinstance(raw, bytes):
        return None
    for mark, encoding in (
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xef\xbb\xbf", "utf-8"),
    ):
        if raw.startswith(mark):
            return _without_language(raw[len(mark) :].decode(encoding, "replace"))
    return "".join(PDFDocEncoding[byte] for byte in raw)


def _without_language(text: str) -> str:
    """Return the text without its language escapes (U+001B, letters, U+001B)."""
    parts = text.split("\x1b")
    return "".join(parts[::2]) if len(parts) % 2 else text


def merge_drawn(text: str, drawn: Sequence[DrawnText]) -> DrawnText:
    """Return the drawn pieces merged into one with the given text."""
    x0, y0, x1, y1 = (tuple(piece.box[side] for piece in drawn) for side in range(4))
    first = drawn[0]
    return DrawnText(
        text,
        (min(x0), min(y0), max(x1), max(y1)),
        max(piece.size for piece in drawn),
        first.font,
        first.upright,
        any(piece.visible for piece in drawn),
        _line_count(drawn),
        first.order,
        first.baseline,
        first.turn,
    )


def _line_count(drawn: Sequence[DrawnText]) -> int:
    """Return the number of lines that the pieces occupy: 1 if each is beside the previous one."""
    across = (1, 3) if drawn[0].upright else (0, 2)
    count = 1
    for before, after in pairwise(drawn):
        low, high = across
        shared = min(before.box[high], after.box[high]) - max(before.box[low], after.box[low])
        lower = min(before.box[high] - before.box[low], after.box[high] - after.box[low])
        count += shared < SAME_LINE * lower
    return count
