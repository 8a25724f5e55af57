"""Values and bounds of dataset columns that depend on the frameworks of the fiscal years."""

from __future__ import annotations

from thaita.models.columns import INSTRUMENT, Column
from thaita.normalize.frameworks import every_indicator, every_instrument, every_topic


def values_of(column: Column) -> tuple[str, ...]:
    """Return the allowed values of a column if it has a fixed list; for instruments, those of all years."""
    return tuple(every_instrument()) if column.name == INSTRUMENT.name else column.values


def meanings_of(column: Column) -> tuple[str, str]:
    """Return the meaning of a column in English and Thai, with its numbers filled in."""
    last = {"last_indicator": max(every_indicator()), "last_topic": max(every_topic())}
    return column.meaning.format_map(last), column.meaning_th.format_map(last)
