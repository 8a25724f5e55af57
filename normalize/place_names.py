"""The names of provinces, districts and subdistricts, with their official codes.

Names and codes are those of the Department of Provincial Administration, from the package geothai (TIS 1099:
two digits for a province, four for a district, six for a subdistrict). Short forms, common misspellings and
the words that end a name are listed in `data/place_variants.csv`.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

LEVELS = ("subdistrict", "district", "province")


@cache
def place_words(kind: str) -> dict[str, str]:
    """Return the meaning of each written form of one kind in `data/place_variants.csv`, longest first."""
    with files("thaita.normalize.data").joinpath("place_variants.csv").open(encoding="utf-8") as source:
        rows = {row["written"]: row["name"] for row in csv.DictReader(source) if row["kind"] == kind}
    return dict(sorted(rows.items(), key=lambda row: -len(row[0])))


def level_word(level: str) -> str:
    """Return the word before the names of the areas of one of `LEVELS`.

    >>> level_word("district")
    'อำเภอ'
    """
    return next(word for word, named in place_words("level").items() if named == level)


@cache
def level_labels(level: str) -> tuple[str, ...]:
    """Return the words and abbreviations before the names of the areas of one of `LEVELS`, longest first.

    >>> level_labels("province")
    ('จังหวัด', 'จ.')
    """
    labels = {**place_words("level"), **place_words("label")}
    return tuple(sorted((word for word, named in labels.items() if named == level), key=len, reverse=True))


def capital_word() -> str:
    """Return the short name of the district of a province's capital."""
    return next(iter(place_words("capital")))


@cache
def place_names(level: str) -> dict[str, tuple[str, ...]]:
    """Return the codes of the current areas by name, for one of `LEVELS`."""
    import geothai

    provinces = geothai.provinces()
    districts = [d for p in provinces for d in geothai.districts(p.code)]
    names: dict[str, tuple[str, ...]] = {}
    if level == "province":
        rows = [(p.name_th, p.code) for p in provinces]
    elif level == "district":
        rows = [(d.name_th.removeprefix("เขต"), d.code) for d in districts]
    else:
        rows = [(s.name_th.split(" (")[0], s.code) for d in districts for s in geothai.subdistricts(d.code)]
    for name, code in rows:
        names[name] = (*names.get(name, ()), code)
    return names


@cache
def official_names(level: str) -> dict[str, str]:
    """Return the names of the current areas by code."""
    return {code: name for name, codes in place_names(level).items() for code in codes}


@cache
def abolished_names(level: str) -> dict[str, tuple[str, ...]]:
    """Return the codes of abolished areas by name, for names that no current area has."""
    from geothai.abolished import abolished_areas

    names: dict[str, tuple[str, ...]] = {}
    for area in abolished_areas():
        if area.level == level and area.name_th not in place_names(level):
            names[area.name_th] = (*names.get(area.name_th, ()), area.code)
    return names


def codes_of(name: str, level: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the codes of a name as written at one level, and its doubts."""
    if level == "district" and name == capital_word():
        return tuple(
            c for codes in place_names("district").values() for c in codes if re.match("(?!10)..01", c)
        ), ()
    if name in place_names(level):
        return place_names(level)[name], ()
    if official := place_words(level).get(name):
        return place_names(level)[official], ("variant",)
    return (abolished_names(level)[name], ("abolished",)) if name in abolished_names(level) else ((), ())


@cache
def openings(level: str) -> frozenset[str]:
    """Return the first three letters of every name of a level, for a quick test whether a name can start."""
    names = (*place_names(level), *place_words(level), *abolished_names(level), capital_word())
    return frozenset(name[:3] for name in names)


@cache
def names_of(level: str) -> tuple[str, ...]:
    """Return the names of the current areas of a level, without duplicates."""
    return tuple(place_names(level))
