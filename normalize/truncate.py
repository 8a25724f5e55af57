"""Truncation of texts for display on one line."""

from __future__ import annotations


def shortened(text: str, most: int) -> str:
    r"""Return a text on one line, truncated to `most` characters.

    >>> shortened("ก\n ข", 5), shortened("การใช้อำนาจ", 4)
    ('ก ข', 'การ…')
    """
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
