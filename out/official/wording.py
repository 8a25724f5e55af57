"""The words of a comparison in Thai and English, which the terminal and the page share."""

from __future__ import annotations

from collections.abc import Iterable

from thaita.check.agencies.register import Agency
from thaita.check.messages import text
from thaita.check.official.compare import STATUSES, Compared, CompareStatus, Comparison
from thaita.check.official.statement import Statement
from thaita.models.verdicts import Language
from thaita.normalize.place_names import level_word, place_names

_NAMED = 4
"""Number of candidates that are named."""


def agency_text(agency: Agency) -> str:
    """Return the name of an agency with its district and province, as Thai documents write it.

    >>> agency_text(Agency("", "เทศบาลตำบลท่ายาง", district="ท่ายาง", province="เพชรบุรี"))
    'เทศบาลตำบลท่ายาง อำเภอท่ายาง จังหวัดเพชรบุรี'
    """
    parts = [agency.name]
    in_capital = any(
        code.startswith(_CAPITAL) for code in place_names("province").get(agency.province or "", ())
    )
    for level, name in (("district", agency.district), ("province", agency.province)):
        if name:
            parts.append(name if in_capital else level_word(level) + name)
    return " ".join(parts)


_CAPITAL = "10"
"""The code of Bangkok, whose name and districts have other labels."""


def place_text(one: Statement, language: Language) -> str:
    """Return the file of a statement and its page, or its characters in a format without pages."""
    place = one.provenance
    if place.page is not None:
        return f"{one.source}, {text('page.page', language)} {place.page}"
    if place.start is None:
        return one.source
    return f"{one.source}, {text('page.at', language)} {place.start}-{place.end}"


def short_place(one: Statement, language: Language) -> str:
    """Return a place as short as a terminal needs: the file, and the page or the characters."""
    place = one.provenance
    if place.page is not None:
        return f"{one.source}, {text('page.page', language)} {place.page}"
    return one.source if place.start is None else f"{one.source}:{place.start}-{place.end}"


def remark(row: Compared, language: Language) -> str:
    """Return why a name is undecided or an agency has no counterpart, and what it could be."""
    parts = [text(f"compare.reason.{row.reason}", language)] if row.reason else []
    if row.candidates:
        names = "; ".join(map(agency_text, row.candidates[:_NAMED]))
        more = f" (+{len(row.candidates) - _NAMED})" if len(row.candidates) > _NAMED else ""
        parts.append(text("compare.candidates", language, names=names + more))
    doubts = [
        side for side in ("own", "official") if (one := getattr(row, side)) is not None and one.doubtful
    ]
    if row.status == "differ" and doubts:
        sides = ", ".join(text(f"compare.side.{side}", language) for side in doubts)
        parts.append(f"{text('compare.doubt', language)}: {sides}")
    return " · ".join(parts)


def scope(found: Comparison, language: Language) -> list[str]:
    """Return the sentences on what was compared."""
    if not found.years:
        own, official = years_text(found.own_years, language), years_text(found.official_years, language)
        return [text("compare.no_year", language, own=own, official=official)]
    sentences = [
        text(
            "compare.scope",
            language,
            reports=found.own.documents,
            lists=found.official.documents,
            years=years_text(found.years, language),
            compared=found.both,
        )
    ]
    if copies := found.own.copies + found.official.copies:
        sentences.append(text("compare.copies", language, count=copies))
    if found.official.problems:
        sentences.append(text("compare.problems", language, count=found.official.problems))
    if not found.has_differences() and not found.counts["only_own"] + found.counts["only_official"]:
        sentences.append(text("compare.all_agree", language))
    return sentences


def years_text(years: Iterable[int], language: Language) -> str:
    """Return years (B.E.) as a text."""
    return ", ".join(map(str, years)) or text("compare.none", language)


OF_VALUES: frozenset[CompareStatus] = frozenset({"agree", "differ", "only_own", "only_official"})
"""The statuses of single values; the others are of an agency and year as a whole."""


def outcome_counts(found: Comparison) -> list[tuple[str, int, int | None]]:
    """Return for each status the number of agencies and years, and that of values if the status is one of values.

    An agency with a value that differs is not counted among those that agree.
    """
    agencies: dict[str, set[tuple[str, int | None]]] = {}
    for row in found.rows:
        agencies.setdefault(row.status, set()).add(
            (row.agency.agency_id or agency_text(row.agency), row.year)
        )
    if "agree" in agencies:
        agencies["agree"] -= agencies.get("differ", set())
    return [
        (status, len(agencies[status]), found.counts[status] if status in OF_VALUES else None)
        for status in ("agree", *(one for one in STATUSES if one != "agree"))
        if status in agencies
    ]
