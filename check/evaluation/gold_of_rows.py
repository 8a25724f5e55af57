"""The rows of a report as gold: what a reviewed report says is what a careful reader takes from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from thaita.check.evaluation.fold import number
from thaita.check.evaluation.gold import MEASURE_FIELDS, REPORT_FIELDS
from thaita.check.evaluation.outcomes import Place
from thaita.check.evaluation.report_rows import ReportRows, Row, Tables, text_of
from thaita.models.finding_kinds import FindingKind

Plain = dict[str, Any]

_NUMBERS = frozenset({"fiscal_year", "plan_year", "overall_score", "indicator_no", "topic_no"})
_LABELS = ("indicator_no", "topic_no", "item_code")
_LISTS = ("steps", "owners")


def gold_of_rows(tables: Tables) -> Plain:
    """Return the gold of a report as JSON values, with the page and the quote of each value as its place.

    Fields that are empty are listed as not stated. Scores are left out, and so not judged, if several agencies have
    scores of the same indicator and year.
    """
    rows = ReportRows(tables)
    report = {name: _value(rows.report, name) for name in REPORT_FIELDS}
    places = {
        name: place for name in REPORT_FIELDS if (place := _place(rows.place("reports", rows.report, name)))
    }
    findings = [row for row in rows.rows("findings") if text_of(row, "kind") != FindingKind.LIMITATION]
    limitations = [row for row in rows.rows("findings") if text_of(row, "kind") == FindingKind.LIMITATION]
    scores = _scores(rows, report["fiscal_year"])
    return {
        "source": text_of(rows.report, "source"),
        "report": {name: value for name, value in report.items() if value is not None},
        "not_stated": [name for name, value in report.items() if value is None],
        "places": places,
        **({} if scores is None else {"scores": scores}),
        "findings": [_finding(row, rows) for row in findings],
        "limitations": [text_of(row, "text") for row in limitations],
        "measures": [_measure(row, rows) for row in rows.rows("measures")],
    }


def _scores(rows: ReportRows, year: object) -> list[Plain] | None:
    own = [row for row in rows.rows("scores") if (text_of(row, "scope") or "own") == "own"]
    keys = Counter((row.get("fiscal_year") or year, row.get("indicator_no")) for row in own)
    if keys and max(keys.values()) > 1:
        return None
    return [_score(row, rows, year) for row in own]


def _score(row: Row, rows: ReportRows, year: object) -> Plain:
    own_year = number(row.get("fiscal_year"))
    other = own_year is not None and own_year != year
    return {
        "indicator_no": _value(row, "indicator_no"),
        "instrument": text_of(row, "instrument"),
        "score": number(row.get("score")),
        "name_as_written": text_of(row, "name_as_written"),
        **({"fiscal_year": int(own_year or 0)} if other else {}),
        **_place(rows.place("scores", row)),
    }


def _finding(row: Row, rows: ReportRows) -> Plain:
    labels = {name: _label(row, name) for name in _LABELS}
    return {
        "kind": text_of(row, "kind"),
        "text": text_of(row, "text"),
        **_stated({"instrument": text_of(row, "instrument"), **labels}),
        **_place(rows.place("findings", row)),
    }


def _measure(row: Row, rows: ReportRows) -> Plain:
    fields = {name: _label(row, name) if name in _LABELS else text_of(row, name) for name in MEASURE_FIELDS}
    lists = {"steps": rows.steps(row), "owners": rows.owners(row)}
    return {
        **_stated({**fields, **lists}),
        "not_stated": [name for name, value in fields.items() if value is None and name not in _LISTS],
        **_place(rows.place("measures", row)),
    }


def _stated(values: Mapping[str, Any]) -> Plain:
    return {name: value for name, value in values.items() if value is not None}


def _value(row: Row, name: str) -> str | int | float | None:
    text = text_of(row, name)
    if text is None or name not in _NUMBERS:
        return text
    found = number(text)
    return int(found) if found is not None and found.is_integer() and name != "overall_score" else found


def _label(row: Row, name: str) -> str | int | list[str | int] | None:
    """Return a label; a list if the row has several."""
    parts: list[str | int] = [
        int(part) if name in _NUMBERS else part for part in (text_of(row, name) or "").split("|") if part
    ]
    return None if not parts else parts[0] if len(parts) == 1 else parts


def _place(place: Place) -> Plain:
    return _stated({"page": place.page, "words": place.quote or None})
