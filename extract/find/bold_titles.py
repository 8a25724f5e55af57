"""Bold words that begin a paragraph: the title of a measure, with other words of it behind them."""

from __future__ import annotations

from thaita.extract.structure.context import FlowEntry
from thaita.extract.structure.grid import Grid
from thaita.models.source_text import SourceText

_LEAST = 12
"""Least letters of bold words that are a title."""


def bold_title(text: SourceText, entry: FlowEntry) -> tuple[SourceText, SourceText]:
    """Return the bold words that begin a part of a paragraph, and the rest; all of it and nothing without such words."""
    item = entry.item
    nothing = text[len(text) :]
    if isinstance(item, Grid) or not 0 < item.lead < len(item.text):
        return text, nothing
    end = item.text.origin[item.lead]
    at = next((i for i, origin in enumerate(text.origin) if origin >= end), len(text))
    return (text[:at].strip(" :–-"), text[at:].strip()) if at >= _LEAST else (text, nothing)
