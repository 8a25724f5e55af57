"""How far an agency's name goes, as all its mentions in a report show together.

No list holds the names of departments, hospitals or colleges, and a word that often ends a name can be part of one
(กรมการเดินเรือ|ภายในประเทศ). Where a name is repeated, its mentions decide: letters that follow it every time, and
at whose end the line or the word ends, belong to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from thaita.normalize.agencies import Agency
from thaita.normalize.match_key import fold

_LETTERS = re.compile(r"[ก-๎]*")
_MOSTLY = 0.75
"""Least share of a name's mentions that must go on."""
_LEAST_ENDS = 2
"""Least mentions that must end where the longer name does."""
_LEAST_LETTERS, _MOST_LETTERS = 2, 40


def longer_names(mentions: Iterable[tuple[Agency, str]]) -> Mapping[str, str]:
    """Return the letters that belong to names behind their supposed end, by folded name.

    `mentions`: an agency and the text from the start of its name on.
    """
    followed: dict[str, list[str]] = {}
    for agency, text in mentions:
        behind = _LETTERS.match(text, agency.end - agency.start)
        followed.setdefault(fold(agency.name), []).append(behind[0] if behind and agency.doubt else "")
    return {name: rest for name, behind in followed.items() if (rest := _common_rest(behind))}


def _common_rest(behind: Sequence[str]) -> str:
    """Return the letters with which the mentions of a name go on alike; nothing if they do not."""
    going_on = [letters for letters in behind if letters]
    if len(going_on) < _LEAST_ENDS or len(going_on) < _MOSTLY * len(behind):
        return ""
    rest = min(going_on, key=len)
    fits = _LEAST_LETTERS <= len(rest) <= _MOST_LETTERS and going_on.count(rest) >= _LEAST_ENDS
    return rest if fits and all(letters.startswith(rest) for letters in going_on) else ""


def with_rest(agency: Agency, text: str, longer: Mapping[str, str]) -> Agency:
    """Return an agency with the letters that belong to its name, if they follow it in the text."""
    rest = longer.get(fold(agency.name)) if agency.doubt else None
    if not rest or not text.startswith(rest, agency.end):
        return agency
    doubt = tuple(one for one in agency.doubt if one != "cut")
    place = agency.place_name + rest
    return replace(
        agency,
        name=agency.name + rest,
        place_name=place,
        end=agency.end + len(rest),
        doubt=doubt or ("unknown_place",),
    )
