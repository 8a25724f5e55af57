"""Collects the agencies of a dataset and all that documents state of them, before any page is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thaita.normalize.frameworks import every_indicator, every_instrument
from thaita.normalize.place_names import place_names
from thaita.out.site.survey import Coverage, Result, Stated, Subject, Survey, Value, Values
from thaita.out.tables.coverage import coverage, national_comparison
from thaita.out.tables.csv_tables import DatasetError
from thaita.out.tables.dataframes import plain_rows
from thaita.out.tables.panel import panel_tables, wide_panel
from thaita.out.tables.panel_agencies import CANDIDATES, with_canonical_ids
from thaita.out.tables.panel_values import of_agencies, panel_values

if TYPE_CHECKING:
    from pandas import DataFrame

_ID = re.compile(r"[a-z0-9]{1,64}")

_NAMED = ("reports", "results", "scores")
_PLACE = ("agency_type", "subdistrict", "district", "province", "province_code")
_INSTRUMENTS = {code.lower(): code for code in every_instrument()}


def survey(dataset: Path, *, verify: bool = True) -> Survey:
    """Return the agencies of a dataset with their results, from own reports and from lists.

    Raises DatasetError if a table is missing or damaged (with `verify`, also if it differs from its checksum), or if
    an id cannot be used as a file name.
    """
    tables = panel_tables(dataset, verify=verify)
    _check(tables)
    years = tables["scores"]["report_id"].map(tables["reports"].set_index("report_id")["fiscal_year"])
    tables["scores"]["fiscal_year"] = tables["scores"]["fiscal_year"].fillna(years.astype("Int64"))
    tables = with_canonical_ids(tables)
    values = panel_values(tables)
    found = Survey(values=Values(list(_values(values))))
    for row in plain_rows(tables["reports"]):
        _add_report(found, row)
    for name in ("results", "scores"):
        for row in plain_rows(of_agencies(tables[name]).drop_duplicates("agency_id")):
            _describe(_subject(found, row["agency_id"], row["report_id"]), row)
    for agency_id in found.values.agencies():
        _add_values(_subject(found, agency_id, ""), found.values.of(agency_id))
    _add_rest(found, tables)
    wide = wide_panel(tables, values)
    found.coverage = Coverage(
        provinces=list(plain_rows(coverage(wide, values, ["province", "fiscal_year"]))),
        types=list(plain_rows(coverage(wide, values, ["agency_type", "fiscal_year"]))),
        years=list(plain_rows(coverage(wide, values, ["fiscal_year"]))),
        national=national_comparison(tables, wide),
    )
    return found


def _check(tables: dict[str, DataFrame]) -> None:
    """Raise DatasetError for an id that cannot be a file name, and for a score that `extract` cannot have written."""
    for name, column in (("reports", "report_id"), *((name, "agency_id") for name in _NAMED)):
        for value in tables[name][column].dropna().unique():
            _id(value)
    scores = tables["scores"]
    known = scores["report_id"].isin(tables["reports"]["report_id"])
    sound = known & scores["score"].notna() & scores["indicator_no"].isin(list(every_indicator()))
    if not sound.all():
        message = f"the score {scores.loc[~sound, 'score_id'].iloc[0]} is damaged; run `thaita extract` again"
        raise DatasetError(message)


def _id(value: object) -> str:
    """Return an id that is safe as a file name; no other part of a dataset is used in file names."""
    if not _ID.fullmatch(str(value)):
        message = f"the id {str(value)[:80]!r} is not an id that `thaita extract` writes; run `thaita extract` again"
        raise DatasetError(message)
    return str(value)


def _values(values: DataFrame) -> Iterator[Value]:
    known: dict[str | None, tuple[str, ...]] = {None: ()}
    names = ["agency_id", "fiscal_year", *Value._fields[2:]]
    flags_at = names.index("flags")
    for one in plain_rows(values[names]):
        row, flags = tuple(one.values()), one["flags"]
        if flags not in known:
            known[flags] = tuple(flags.split("|"))
        yield Value._make((*row[:flags_at], known[flags], *row[flags_at + 1 :]))


def _subject(found: Survey, agency_id: object, report_id: object) -> Subject:
    key = _id(agency_id or report_id)
    name = f"{'agencies' if agency_id else 'reports'}/{key}"
    return found.subjects.setdefault(name, Subject(name, f"{name}.html", bool(agency_id)))


def _describe(subject: Subject, row: dict[str, Any]) -> None:
    """Add the name and place that a row states, as far as they are open."""
    subject.name = subject.name or row["agency"]
    for name in _PLACE:
        if getattr(subject, name) is None:
            setattr(subject, name, row.get(name))
    if subject.province_code is None and subject.province in place_names("province"):
        subject.province_code = place_names("province")[subject.province][0]
    if row.get(CANDIDATES) and not subject.candidates:
        subject.candidates = tuple(str(row[CANDIDATES]).split("|"))


def _add_report(found: Survey, row: dict[str, Any]) -> None:
    report_id, year = row["report_id"], row["fiscal_year"]
    subject = _subject(found, row["agency_id"], report_id)
    subject.reports += 1
    _describe(subject, {**row, "agency": row["agency"] if row["agency_id"] else row["source"]})
    found.of_report[report_id] = subject.key
    found.years[report_id] = year
    computed = row["overall_computed"]
    if year is None and row["overall_score"] is None and computed is None and not row["grade"]:
        return
    result = subject.result(year)
    if result.computed is None and computed is not None:
        result.computed = _number(computed)


def _add_values(subject: Subject, values: Sequence[Value]) -> None:
    """Add the values of an agency to its results; of scores off the scale, which never win, the first."""
    stated: dict[tuple[int, str], list[Value]] = {}
    sources: dict[int, set[str]] = {}
    for one in values:
        stated.setdefault((one.year, one.measure), []).append(one)
        sources.setdefault(one.year, set()).add(one.source)
    for (year, measure), some in stated.items():
        result = subject.result(year)
        result.sources = frozenset(sources[year])
        best = next((one for one in some if one.won), some[0])
        if measure == "grade":
            result.grade = best.level if best.won else None
        elif measure == "rank":
            result.rank = int(best.value or 0) if best.won else None
        else:
            others = dict.fromkeys(
                _number(one.value)
                for one in some
                if one is not best and (one.conflict or (not one.won and not best.won))
            )
            _set(
                result,
                measure,
                Stated(
                    _number(best.value),
                    best.flags,
                    tuple(one for one in others if one != _number(best.value)),
                ),
            )


def _set(result: Result, measure: str, stated: Stated) -> None:
    if measure == "overall_score":
        result.overall = stated
    elif measure in _INSTRUMENTS:
        result.instruments[_INSTRUMENTS[measure]] = stated
    elif measure[1:].isdigit():
        result.scores[int(measure[1:])] = stated


def _add_rest(found: Survey, tables: dict[str, DataFrame]) -> None:
    """Add what the panel leaves out: results without an agency or a year, as the reports state them."""
    reports, scores = tables["reports"], tables["scores"]
    for row in plain_rows(reports[reports["agency_id"].isna() | reports["fiscal_year"].isna()]):
        subject = found.subjects[found.of_report[row["report_id"]]]
        if row["overall_score"] is not None:
            result = subject.result(row["fiscal_year"])
            result.overall = _merged(result.overall, Stated(_number(row["overall_score"]), _flags(row)))
        if row["grade"]:
            result = subject.result(row["fiscal_year"])
            result.grade = result.grade or row["grade"]
    own = scores["scope"].isna() | (scores["scope"] == "own")
    left = (scores["agency_id"].isna() & own) | (scores["agency_id"].notna() & scores["fiscal_year"].isna())
    for row in plain_rows(scores[left.fillna(False)]):
        if row["scope"] in (None, "own", "agency"):
            key = found.of_report[row["report_id"]]
            subject = _subject(found, row["agency_id"], "") if row["agency_id"] else found.subjects[key]
            one = subject.result(row["fiscal_year"]).scores
            number = int(row["indicator_no"])
            one[number] = _merged(one.get(number), Stated(_number(row["score"]), _flags(row)))


def _merged(before: Stated | None, new: Stated) -> Stated:
    if before is None:
        return new
    kept = new if before.doubted and not new.doubted else before
    values = dict.fromkeys((before.value, *before.others, new.value))
    others = tuple(value for value in values if value != kept.value)
    return Stated(kept.value, kept.flags, others)


def _flags(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(row["flags"]).split("|")) if row["flags"] else ()


def _number(value: float | None) -> Decimal:
    return Decimal(str(value))
