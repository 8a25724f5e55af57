"""Which cells of the dataset a person may decide on, and which of them a row cannot be without."""

from __future__ import annotations

from thaita.models.cells import DECIDABLE as DECIDABLE
from thaita.models.cells import concerns as concerns
from thaita.models.cells import flags_of as flags_of
from thaita.models.cells import row_id_of as row_id_of
from thaita.models.readings import RECORDS

REQUIRED = {
    table: frozenset(name for name in names if RECORDS[table].model_fields[name].is_required())
    for table, names in DECIDABLE.items()
}
"""Columns that a row of a table cannot be without."""
