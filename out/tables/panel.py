"""The panel: the scores of agencies over years as a wide table, for models and comparisons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from thaita.normalize.frameworks import every_indicator

if TYPE_CHECKING:
    from pandas import DataFrame, Series

_PLACE = ("agency", "agency_type", "district", "province", "province_code")


def panel(tables: Mapping[str, DataFrame]) -> DataFrame:
    """Return one row for each agency and fiscal year (B.E.), indexed by `agency_id` and `fiscal_year`.

    Columns: `agency`, `agency_type`, `district`, `province`, `province_code`; `i1`, `i2`, …, the scores of the
    indicators of all years (0-100); `overall_score` and `grade` as published; `reports`, the number of reports for
    that year; and `conflicts`, the columns in which they differ, joined by `|`. If reports differ, the first of those
    with the most indicators is used. Scores without an agency or a year are left out.
    """
    scores = tables["scores"].dropna(subset=["agency_id", "fiscal_year"])
    scores = scores.assign(column="i" + scores["indicator_no"].astype("string"))
    stated = scores.groupby(["report_id", "agency_id", "fiscal_year"])["column"].transform("nunique")
    scores = scores.assign(stated=stated).sort_values("stated", ascending=False, kind="stable")
    keys = ["agency_id", "fiscal_year"]
    wide = scores.drop_duplicates([*keys, "column"]).pivot(index=keys, columns="column", values="score")
    wide = wide.reindex(columns=[f"i{no}" for no in every_indicator()])
    own = _own(tables["reports"].dropna(subset=keys), keys)
    whole = own.join(wide, how="outer")
    whole["agency"] = whole["agency"].fillna(scores.groupby(keys)["agency"].first())
    reports = scores.groupby(keys)["report_id"].nunique()
    whole["reports"] = reports.reindex(whole.index).fillna(1).astype("Int64")
    differ = scores.groupby([*keys, "column"])["score"].nunique()
    whole["conflicts"] = _joined(differ[differ > 1], keys).reindex(whole.index).fillna("").astype("string")
    whole.columns.name = None
    columns = [*_PLACE, *wide.columns, "overall_score", "grade", "reports", "conflicts"]
    return whole[columns].sort_index()


def _own(reports: DataFrame, keys: list[str]) -> DataFrame:
    """Return the first value of each column that a report states for its own agency and year."""
    columns = [*_PLACE, "overall_score", "grade"]
    return reports.groupby(keys)[columns].first()


def _joined(differ: Series[int], keys: list[str]) -> Series[str]:
    names = differ.reset_index()
    return names.groupby(keys)["column"].agg("|".join)
