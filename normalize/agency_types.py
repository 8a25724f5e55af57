"""The kinds of agencies, and the words around their names, as listed in the data.

`data/agency_types.csv` lists the words that begin the name of each kind, and bodies or units that never publish a
report. `data/agency_contexts.csv` lists the words that stand before a name, end it or continue it.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_LONG = 8
"""Letters of a word that begins a name also where it is glued to the word before, in a line or label."""
_LONGER = 9
"""The same in a sentence."""

_IF_LED = "(?(led)|(?!))"
"""Pattern that matches, without letters, where a word can begin: after another script, a sign or a leading word."""


@dataclass(frozen=True, slots=True)
class AgencyType:
    """The word for a kind of agency.

    `place` determines what follows the word: the name of a place of this level (`any` level, or `bangkok`: one of
    its districts), a province and the number of an office (`zone`), a name that ends in จังหวัด or อำเภอ and a place (`branch`), a name that ends in จำกัด
    (`company`), one that ends in แห่งประเทศไทย (`nation`), free words (empty), or free words that count only where a name fills a line (`title`).
    """

    written: str
    full: str
    agency_type: str
    place: str

    def abbreviated(self) -> bool:
        """Return whether the word is an abbreviation, such as อบต. or สภ."""
        return "." in self.written or self.has_other_form(".")

    def has_other_form(self, dot: str) -> bool:
        """Return whether the abbreviation is listed with its dot too, or without one if `dot` is empty."""
        other = self.written.rstrip(".") + dot
        return other != self.written and any(kind.written == other for kind in agency_types("local"))


@cache
def agency_types(kind: str) -> tuple[AgencyType, ...]:
    """Return the words of one kind of rows in `data/agency_types.csv`, longest first."""
    with files("thaita.normalize.data").joinpath("agency_types.csv").open(encoding="utf-8") as source:
        rows = [row for row in csv.DictReader(source) if row["kind"] == kind]
    types = [AgencyType(r["written"], r["full"], r["agency_type"], r["place"]) for r in rows]
    return tuple(sorted(types, key=lambda one: -len(one.written)))


@cache
def agency_words(kind: str) -> tuple[str, ...]:
    """Return the words of one kind in `data/agency_contexts.csv`, longest first."""
    with files("thaita.normalize.data").joinpath("agency_contexts.csv").open(encoding="utf-8") as source:
        words = [row["written"] for row in csv.DictReader(source) if row["kind"] == kind]
    return tuple(sorted(words, key=lambda word: -len(word)))


def loose(written: str) -> str:
    """Return a pattern that matches the written form with or without its spaces."""
    return r"\s{0,2}".join(re.escape(part) for part in written.split(" "))


@cache
def one_of(kind: str) -> str:
    """Return a pattern that matches any word of one kind in `data/agency_contexts.csv`; ณ is no part of คุณธรรม."""
    return "|".join(
        f"(?<![ก-๎]){word}(?![ก-๎])" if len(word) == 1 else re.escape(word) for word in agency_words(kind)
    )


@cache
def heads(alone: bool) -> re.Pattern[str]:
    """Return the pattern of the words that begin an agency's name; each has a group named after its kind.

    `alone`: names are looked for in a line or label, where a long word counts also if it is glued to the one before.
    """
    local = [f"(?P<local{i}>{_bounded(kind)})" for i, kind in enumerate(agency_types("local"))]
    led = "|".join(f"(?<={re.escape(word)})" for word in (*agency_words("led"), *agency_words("post")))
    led = rf"(?P<led>(?<![ก-๎])|{led})"  # once before all words: the pattern is compiled in each process
    whole = [
        f"(?P<whole{i}>{'' if kind.agency_type == kind.full else _IF_LED}{loose(kind.written)})"
        for i, kind in enumerate(agency_types("whole"))
    ]
    other = [
        f"(?P<other{i}>{'' if len(kind.written) >= (_LONG if alone else _LONGER) else _IF_LED}{loose(kind.written)})"
        for i, kind in enumerate(agency_types("other"))
    ]
    return re.compile(
        rf"(?:(?:{one_of('office')})\s?)?(?:{'|'.join(local)})|{led}?(?:{'|'.join(whole + other)})"
    )


def _bounded(kind: AgencyType) -> str:
    """Return the pattern of a local type; an abbreviation counts only where a word can start and end.

    A dot ends อบต. anywhere, but without one it is also inside words (ตอบตรงกัน, ชอบจริยธรรม).
    """
    if not kind.abbreviated():
        return loose(kind.written)
    led = "|".join(f"(?<={re.escape(word)})" for word in agency_words("led"))
    if not kind.written.endswith("."):
        return rf"(?:(?<![ก-๎.])|{led}){loose(kind.written)}(?=[\sก-ฮเ-ไ])"
    before = "(?<![.])" if kind.has_other_form("") else "(?<![ก-๎.])"
    return before + loose(kind.written)


@cache
def beginnings() -> re.Pattern[str]:
    """Return the pattern of the first letters of all words that begin an agency's name.

    It finds the few places of a text at which the much larger pattern of `heads` has to be tried.
    """
    kinds = [kind for group in ("local", "whole", "other") for kind in agency_types(group)]
    letters = {kind.written[:3].split(" ")[0] for kind in kinds if kind.place != "nation"} | {
        word[:3] for word in agency_words("office")
    }
    nation = [
        rf"{kind.written}(?=[ก-๎]{{2,40}}?(?:{one_of('nation')}))" for kind in kinds if kind.place == "nation"
    ]
    return re.compile("|".join([*map(re.escape, sorted(letters)), *nation]))
