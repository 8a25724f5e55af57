"""Words for kinds of agencies: in a cell, in the head of a column of names, and in titles."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from thaita.normalize.agency_kinds import read_kind
from thaita.normalize.agency_types import agency_types
from thaita.normalize.cue_words import any_cue
from thaita.normalize.result_words import read_level_words

_OF_TYPE = re.compile(rf"{any_cue('of_type')}\s?")


@lru_cache(maxsize=256)
def full_kind(words: str) -> str | None:
    """Return the full word for a kind of agency, None if the words name no kind.

    >>> full_kind("อบต."), full_kind("เทศบาลตำบล")
    ('องค์การบริหารส่วนตำบล', 'เทศบาลตำบล')
    """
    level = read_level_words(words)
    return level.name if level and level.level == "type" else None


def head_kind(head: str) -> str | None:
    """Return the kind of agency that the head of a column of names is, to be read before each name.

    >>> head_kind("อบต."), head_kind("มหาวิทยาลัยราชภัฏ"), head_kind("ชื่อหน่วยงาน")
    ('องค์การบริหารส่วนตำบล', 'มหาวิทยาลัยราชภัฏ', None)
    """
    words = head.replace("\n", "").strip()
    if (full := full_kind(words)) or not words:
        return full
    named = read_kind(words)
    if named.kind is None or named.kind.level or named.damaged or named.kind.full in _with_branches():
        return None
    return named.kind.full + named.own


def kind_named(text: str) -> str | None:
    """Return the kind of agency that a text names after ประเภท; None if it names none or several.

    >>> kind_named("ผลการประเมิน ITA หน่วยงานประเภทจังหวัด ประจำปี"), kind_named("ประเภทเทศบาลเมืองและเทศบาลตำบล")
    ('จังหวัด', None)
    """
    found = set()
    for hit in _OF_TYPE.finditer(text):
        word = re.match(r"[ก-๎.]*", text[hit.end() :])
        rest = word[0] if word else ""
        ends = (end for end in range(len(rest), 1, -1) if full_kind(rest[:end]))
        end = next(ends, 0)
        found.add(full_kind(rest[:end]) if end and not rest[end:] else None)
    return found.pop() if len(found) == 1 else None


@cache
def local_kinds() -> tuple[str, ...]:
    """Return the full words of the kinds of local governments, the longest first."""
    kinds = {one.full for one in agency_types("local") if one.full != "จังหวัด"}
    return tuple(sorted(kinds, key=lambda kind: (-len(kind), kind)))


@cache
def _with_branches() -> frozenset[str]:
    """Return the kinds whose word begins names of offices of every sort: before a place it names none of them."""
    return frozenset(one.full for one in agency_types("other") if one.place == "branch")
