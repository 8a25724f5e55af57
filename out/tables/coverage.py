"""How much of the agencies, provinces and years a dataset's panel covers, and whether a year is complete."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from thaita.check.national import Compared, Group, Volume, compare
from thaita.normalize.frameworks import framework
from thaita.normalize.grades import level_name
from thaita.normalize.national import About, NationalResult, national_results, outside_types
from thaita.out.tables.dataframes import plain_rows
from thaita.out.tables.panel_values import KEYS, Tables, standing_of

if TYPE_CHECKING:
    from pandas import DataFrame, Series

BY = ("fiscal_year", "province", "agency_type")
COUNTS = (
    "agencies",
    "overall_score",
    "indicators",
    "grade",
    "own",
    "list",
    "both",
    "conflicts",
    "values",
    "sure",
)
"""The counts of a group: agencies, those with an overall score, with all indicators of the year, with a level; those
with their own report, in a list, and in both; those whose documents disagree; and the values shown, and the sure ones."""

_PASS = 85


def coverage(wide: DataFrame, values: DataFrame, by: Sequence[str] = BY) -> DataFrame:
    """Return the counts of `COUNTS` and `sure_share` (0-1) for each group of agencies, sorted.

    `wide` and `values` come from `wide_panel` and `panel_values`. `by` names columns of `fiscal_year`, `province` and
    `agency_type`. Agencies without a province or type form groups of their own, with an empty name.
    """
    rows = wide.reset_index()
    own, listed = (rows["sources"].str.contains(name, regex=False) for name in ("own", "list"))
    counted = rows[list(by)].assign(
        agencies=1,
        overall_score=rows["overall_score"].notna(),
        indicators=_all_indicators(rows),
        grade=rows["grade"].notna(),
        own=own,
        list=listed,
        both=own & listed,
        conflicts=rows["conflicts"] != "",
        **_values(rows, values),
    )
    counted[list(COUNTS)] = counted[list(COUNTS)].astype("Int64")
    found = counted.groupby(list(by), dropna=False, sort=True)[list(COUNTS)].sum().reset_index()
    found["sure_share"] = (
        (found["sure"] / found["values"].where(found["values"] > 0)).astype("Float64").round(4)
    )
    return found


def _all_indicators(rows: DataFrame) -> Series[bool]:
    """Return which rows have a score for every indicator of their year."""
    from pandas import Series, concat

    parts = [
        part[[f"i{no}" for no in framework(year).indicators]].notna().all(axis=1)
        for year, part in _by_year(rows)
    ]
    return concat(parts).reindex(rows.index) if parts else Series(dtype=bool)


def _values(rows: DataFrame, values: DataFrame) -> dict[str, Series[int]]:
    """Return the number of values that the panel shows of each agency and year, and of those that are sure."""
    won = values[values["won"]]
    sure = won[won["standing"].isin(["decided", "sure"])]
    index = rows.set_index(KEYS).index
    counts = {"values": won, "sure": sure}
    return {
        name: part.groupby(KEYS).size().reindex(index, fill_value=0).set_axis(rows.index)
        for name, part in counts.items()
    }


def national_comparison(tables: Tables, wide: DataFrame) -> list[Compared]:
    """Return how the panel of each year compares with national figures: published ones, and those in documents."""
    found: list[Compared] = []
    stated = _stated(tables)
    for year, rows in _by_year(wide.reset_index()):
        found += compare(_volume(year, rows), [*national_results(year), *stated])
    return found


def _by_year(rows: DataFrame) -> Iterator[tuple[int, DataFrame]]:
    for year in sorted(rows["fiscal_year"].unique().tolist()):
        yield year, rows[rows["fiscal_year"] == year]


def _volume(year: int, rows: DataFrame) -> Volume:
    rows = rows[~rows["agency_type"].isin(outside_types()).fillna(False)]
    scored = rows.dropna(subset=["overall_score"])
    levels = rows["grade"].dropna().map(level_name).value_counts()
    return Volume(
        year,
        _group(scored),
        {str(name): _group(part) for name, part in scored.groupby("agency_type")},
        {str(name): int(count) for name, count in levels.items()},
    )


def _group(rows: DataFrame) -> Group:
    if not len(rows):
        return Group()
    scores = rows["overall_score"]
    return Group(len(rows), float(scores.mean()), int((scores >= _PASS).sum()))


_ABOUT = {"national": "nation", "type": "type"}


def _stated(tables: Tables) -> list[NationalResult]:
    """Return what the documents themselves state about the nation and about types of agencies, each figure once.

    A document about one province states types too, so those count only from documents that also state the nation.
    Figures in doubt are left out: one that is misread would decide how complete the dataset is.
    """
    reports = tables["reports"].loc[tables["reports"]["same_as"].isna(), ["report_id", "source"]]
    rows = tables["results"].dropna(subset=["fiscal_year"]).merge(reports, on="report_id")
    nation = rows.loc[rows["scope"].eq("national").fillna(False), "report_id"]
    about = rows["scope"].isin(list(_ABOUT)) & rows["overall_score"].notna() & rows["report_id"].isin(nation)
    sure = rows["flags"].map(
        lambda flags: standing_of(flags, "overall_score") in ("decided", "sure"), na_action=None
    )
    stated = rows[about & sure.astype(bool)]
    columns = ["fiscal_year", "scope", "agency", "agencies", "overall_score"]
    return [
        NationalResult(
            row["fiscal_year"],
            cast("About", _ABOUT[row["scope"]]),
            row["agency"] or "",
            row["agencies"],
            Decimal(str(row["overall_score"])),
            None,
            None,
            "stated",
            row["source"],
            "",
        )
        for row in plain_rows(stated.drop_duplicates(columns)[[*columns, "source"]])
    ]
