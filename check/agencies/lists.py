"""The province of a list: what a name without a place can take from the names beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from thaita.check.agencies.mention import Mention, Named, located, named, places_named
from thaita.normalize.place_names import LEVELS

_ENOUGH = 3
"""Names that must show the province of a list."""


class ListProvinces:
    """Reads mentions, with the province of their list where all other names of the list lie in one.

    A list of a province often says so in its title only, or not at all. A name that only one place in the country has
    shows the province; several of them in one province, and none in another, show it for the whole list.
    """

    def __init__(self, mentions: Iterable[Mention]) -> None:
        shown: dict[str, dict[str, set[str]]] = {}
        for mention in mentions:
            said = named(mention)
            if mention.document and said is not None and said.spot and _is_local(said):
                shown.setdefault(mention.document, {}).setdefault(said.spot[:2], set()).add(said.full)
        self._of = {
            document: next(iter(provinces))
            for document, provinces in shown.items()
            if len(provinces) == 1 and len(next(iter(provinces.values()))) >= _ENOUGH
        }

    def named(self, mention: Mention) -> Named | None:
        """Return what a mention says, in the province of its list if it leaves the place open."""
        said = named(mention)
        province = self._of.get(mention.document, "")
        if said is None or said.spot or not province or not _is_local(said):
            return said
        places = places_named(said)
        if places and not any(code.startswith(province) for code in places):
            return said
        placed = replace(said, spot=province)
        return replace(placed, spot=located(placed))


def _is_local(said: Named) -> bool:
    return said.kind is not None and not said.kind.national and said.kind.level in (*LEVELS, "any")
