"""What the cells of a column show by themselves: dates, units, statuses, lists, names of indicators, numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from thaita.models.roles import Role
from thaita.normalize.dates import parse_period
from thaita.normalize.indicators import match_indicator
from thaita.normalize.list_items import split_items
from thaita.normalize.match_key import fold
from thaita.normalize.owners import names_units
from thaita.normalize.statuses import parse_progress, parse_status

_NUMBER = re.compile(r"[(]?\d{1,3}(?:[.]\d{1,2})?[.)]{0,2}")
_DASHES = "-–—. "
_LONGEST_PERIOD = 90
_MOST_CELLS = 12
"""Number of cells that show what a column holds; more only take time."""
PLAIN = (Role.PERIOD, Role.OWNER, Role.STATUS, Role.INDICATOR, Role.NUMBER)
"""Roles whose contents are known without a head."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The cells of a column: the share (0-1) that reads as each plain role, the share of lists, mean letters."""

    shares: dict[Role, float]
    lists: float
    letters: float
    count: int

    def plain(self) -> Role | None:
        """Return the plain role that most cells show; None if the column holds other text."""
        best = max(PLAIN, key=lambda role: self.shares.get(role, 0.0))
        return best if self.shares.get(best, 0.0) >= 0.6 else None


def is_period(cell: str) -> bool:
    """Return whether a text is a period or date and little else."""
    shown = " ".join(cell.split())
    if len(shown) > _LONGEST_PERIOD:
        return False
    period = parse_period(shown, 2568)
    return period.start is not None or period.end is not None


def _is_status(cell: str) -> bool:
    status = parse_status(cell) or (parse_progress(cell) if "%" in cell or "ร้อยละ" in cell else None)
    return status is not None and (status.value is not None or status.doubt is not None) and not status.rest


def _is_indicator(cell: str) -> bool:
    return len(cell) < 120 and match_indicator(cell.replace("\n", " ")) is not None


def _is_number(cell: str) -> bool:
    return _NUMBER.fullmatch(fold(cell)) is not None


_TESTS: dict[Role, Callable[[str], bool]] = {
    Role.PERIOD: is_period,
    Role.OWNER: names_units,
    Role.STATUS: _is_status,
    Role.INDICATOR: _is_indicator,
    Role.NUMBER: _is_number,
}


def read_contents(cells: Sequence[str]) -> Contents:
    """Return what the first cells of a column show; empty cells and dashes do not count."""
    return _read_contents(tuple(cell for cell in cells if cell.strip(_DASHES))[:_MOST_CELLS])


@lru_cache(maxsize=4096)
def _read_contents(shown: tuple[str, ...]) -> Contents:
    """Read the cells of a column; cached, as several steps ask about the same column."""
    if not shown:
        return Contents({}, 0.0, 0.0, 0)
    shares = {role: sum(map(test, shown)) / len(shown) for role, test in _TESTS.items()}
    lists = sum(len(split_items(cell)) > 1 for cell in shown) / len(shown)
    return Contents(shares, lists, sum(len(fold(cell)) for cell in shown) / len(shown), len(shown))
