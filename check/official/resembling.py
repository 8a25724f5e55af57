"""Agencies on one side that resemble an agency on the other: perhaps the same, written in a way that is too uncertain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from thaita.check.agencies.register import Agency
from thaita.normalize.agency_kinds import read_kind
from thaita.normalize.match_key import fold

if TYPE_CHECKING:
    from thaita.check.official.compare import Compared

_NEAR = 2
"""Letters in which a name may differ."""


def resembling(rows: Iterable[Compared]) -> Iterator[Compared]:
    """Yield the rows; those of agencies on one side name the agencies of the province that resemble them on the other.

    These have nearly the same name, or the same name with another kind (an organization that became a municipality).
    """
    rows = list(rows)
    alone: dict[tuple[str, int | None, str], list[Agency]] = {}
    for row in rows:
        if row.status in _OTHER:
            alone.setdefault((row.status, row.year, row.agency.province or ""), []).append(row.agency)
    for row in rows:
        others = alone.get((_OTHER.get(row.status, ""), row.year, row.agency.province or ""), [])
        found = _near(row.agency, others) if others else ()
        yield replace(row, candidates=found, reason="resembles") if found else row


_OTHER = {"not_published": "not_in_list", "not_in_list": "not_published"}


def _near(agency: Agency, others: list[Agency]) -> tuple[Agency, ...]:
    names = [fold(one.name) for one in others]
    found = process.extract(
        fold(agency.name), names, scorer=OSA.distance, score_cutoff=_NEAR, limit=None, processor=None
    )
    own = read_kind(agency.name).own
    near = {at for _, _, at in found} | {
        at for at, one in enumerate(others) if read_kind(one.name).own == own
    }
    return tuple(others[at] for at in sorted(near) if _same_numbers(agency.name, others[at].name))


def _same_numbers(first: str, second: str) -> bool:
    return [sign for sign in fold(first) if sign.isdigit()] == [
        sign for sign in fold(second) if sign.isdigit()
    ]
