"""Finds the page on which each value of a gold stands in a printed document."""

from __future__ import annotations

import re
from typing import Any

import pypdfium2 as pdfium
from rapidfuzz.fuzz import partial_ratio

DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
SURE = 90
"""Similarity (0–100) from which a page is said to hold a text."""


def fold(text: str) -> str:
    """Return a text without white space, marks of lists and the script of its digits."""
    text = text.replace("\u0e4d\u0e32", "\u0e33").translate(DIGITS)
    return re.sub(r"[\s\u200b\ufeff•–—-]+", "", text)


def page_texts(pdf: bytes) -> list[str]:
    """Return the folded text of each page."""
    return [fold(page.get_textpage().get_text_bounded()) for page in pdfium.PdfDocument(pdf)]


def page_of(text: str, pages: list[str]) -> int | None:
    """Return the page (from 1) that holds a text; None if no page or several could."""
    wanted = fold(text)
    likeness = [partial_ratio(wanted, page) if page else 0.0 for page in pages]
    best = max(likeness, default=0.0)
    if best < SURE or sum(one > best - 3 for one in likeness) > 1:
        return None
    return likeness.index(best) + 1


def add_pages(gold: dict[str, Any], pages: list[str]) -> None:
    """Add to each value of a gold the page it stands on, where that is plain."""
    texts = [(entry, entry["words"]) for entry in gold["scores"]]
    texts += [(entry, entry["text"]) for entry in gold["findings"]]
    texts += [(entry, entry["title"]) for entry in gold["measures"]]
    for entry, text in texts:
        if page := page_of(text, pages):
            entry["page"] = page
