"""Numbers and dates of a workbook as their formats display them (ECMA-376 Part 1, 18.8.30)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

CellValue = str | int | float | bool | datetime | date | time | timedelta | Decimal | None

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?|\.[#0?]+")
_LOCALE = re.compile(r"\[\$[^\]-]*-([0-9A-Fa-f]+)")
_BUDDHIST = 7
"""The Thai solar calendar in the third byte of a locale ([MS-LCID], [MS-NLMP] calendar ids)."""
_ERA = 543
_GENERAL_DIGITS = 10
"""Significant digits of a number in the format General."""


def displayed(value: CellValue, form: str) -> str:
    """Return a value as a cell displays it.

    >>> displayed(94.98333, "0.00"), displayed(0.853, "0.0%"), displayed(1234, "#,##0"), displayed(92.3199999999, "General")
    ('94.98', '85.3%', '1,234', '92.32')
    >>> displayed(date(2025, 8, 1), "[$-107041E]d mmm yyyy")
    '1/8/2568'
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float, Decimal)):
        return _number(Decimal(str(value)), form)
    if isinstance(value, date):  # datetime is one, too
        return _date(value, form)
    return str(value)


def _number(value: Decimal, form: str) -> str:
    if not value.is_finite():
        return ""
    sections = form.split(";")
    section = sections[1] if value < 0 and len(sections) > 1 and _DIGITS.search(sections[1]) else sections[0]
    plain = _LITERAL.sub(lambda found: "\0" * len(found[0]), section)
    digits = _DIGITS.search(plain)
    if digits is None or section.strip().lower() in ("general", "@", ""):
        return _general(value)
    if section is not sections[0]:
        value = abs(value)
    if "%" in plain:
        value *= 100
    decimals = digits[0].partition(".")[2]
    shown = f"{value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP):{',' if ',' in digits[0] else ''}f}"
    if "#" in decimals and "." in shown:
        least = len(shown) - decimals.count("#")
        shown = (shown[:least] + shown[least:].rstrip("0")).rstrip(".")
    return f"{_literals(section[: digits.start()])}{shown}{'%' if '%' in plain else ''}{_literals(section[digits.end() :])}"


def _general(value: Decimal) -> str:
    shown = f"{value:.{_GENERAL_DIGITS}g}"
    shown = f"{Decimal(shown):f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _literals(part: str) -> str:
    return "".join(found[1] or found[2] or "" for found in _LITERAL.finditer(part) if found[1] or found[2])


def _date(value: date, form: str) -> str:
    """Return a date as day/month/year, in the calendar of its format; a format of years shows the year only."""
    locale = _LOCALE.search(form)
    codes = _LITERAL.sub("", form).lower()
    buddhist = (locale is not None and int(locale[1], 16) >> 24 & 0xFF == _BUDDHIST) or "b" in codes
    buddhist = buddhist or (locale is not None and int(locale[1], 16) >> 16 & 0xFF == _BUDDHIST)
    year = value.year + (_ERA if buddhist else 0)
    if "d" not in codes and "m" not in codes:
        return str(year)
    return f"{value.day}/{value.month}/{year}"
