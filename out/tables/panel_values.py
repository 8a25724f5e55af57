"""Every value that a dataset states of an agency and year, from own reports and from lists, and which one wins.

The rule, in this order:

1. A value that a reviewer confirmed or corrected beats all others.
2. A sure value, one without a flag that casts doubt on it, beats a doubted one.
3. A value that is off the scale or marked as wrong never wins.
4. The preferred source beats the other, and both beat what an agency's report says of its neighbours. Lists are
   preferred by default: they repeat what the assessor published, in one form for all agencies, whereas each agency
   types its own report, and some print the nation's figures as theirs.
5. Then come the document that states the most of that agency and year, the one that lists the most agencies, the
   higher confidence, and the earlier report of the dataset.

Values are never averaged, and the values that did not win stay in the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, get_args

from thaita.check.official.measures import RESULT_MEASURES, indicator_measures
from thaita.check.official.standing import STANDINGS, Standing, standing
from thaita.check.official.statement import AS_WRITTEN, OF_ONE, is_points
from thaita.out.tables.dataframes import plain_rows
from thaita.out.tables.panel_conflicts import Points, add_conflicts

if TYPE_CHECKING:
    from pandas import DataFrame, Series

Prefer = Literal["official", "own"]
Source = Literal["own", "list", "other"]
Tables = Mapping[str, "DataFrame"]

KEYS = ["agency_id", "fiscal_year"]
OF_RESULTS = (*RESULT_MEASURES, "rank")
"""The measures that `results` has a column for; the scores of the indicators are `i1`, `i2`, ..."""

COLUMNS = (
    *KEYS, "measure", "value", "level", "source", "won", "conflict", "standing", "confidence", "flags", "report_id",
    "document", "table", "row_id", "page", "start", "end", "quote",
)  # fmt: skip
"""The columns of the long table, in order."""

POINTS = ("table", "row_id", "column", "value")
"""The columns of `evidence` that say from which points a percentage was converted."""

_PLACE = ["page", "start", "end", "quote", "confidence", "flags"]


def measures() -> tuple[str, ...]:
    """Return the names of all measures in the order of the panel's columns."""
    return (*indicator_measures(), *OF_RESULTS)


def panel_values(tables: Tables, prefer: Prefer = "official") -> DataFrame:
    """Return one row for each value that a document states of an agency in a fiscal year (B.E.).

    The columns are `COLUMNS`. `value` is a number, and `level` is the level as written, for the measure `grade` only.
    `source` is `own` for an agency's own report, `list` for a document about many agencies, and `other` for a report
    that another agency wrote about itself, which never wins over the two if it is as sure. `won` marks the value that the
    panel shows. `conflict` marks a value that differs from it by more than their decimals explain. `table` and
    `row_id` name the row of the dataset. Reports that repeat another file (`same_as`) are left out.
    Raises ValueError if `prefer` is none of `Prefer`.
    """
    if prefer not in get_args(Prefer):
        raise ValueError(f"prefer is {prefer!r}: use one of {', '.join(get_args(Prefer))}")
    reports = tables["reports"]
    kept = reports.loc[reports["same_as"].isna(), ["report_id", "source"]].rename(
        columns={"source": "document"}
    )
    found = _stated(tables).merge(kept, on="report_id")
    found["standing"] = _standings(found)
    found = _ranked(found, prefer)
    found["won"] = _winners(found)
    found = add_conflicts(found, KEYS, _points(tables))
    order = {name: at for at, name in enumerate(measures())}
    found["order"] = found["measure"].map(order)
    found = found.sort_values([*KEYS, "order"], kind="stable", ignore_index=True)
    return found[list(COLUMNS)]


def _stated(tables: Tables) -> DataFrame:
    """Return the values of all tables, each once, as they are stated."""
    from pandas import concat

    results, scores = (_with_source(tables[name], tables["reports"]) for name in ("results", "scores"))
    parts = [_of_column(results, name, "results", "result_id") for name in OF_RESULTS]
    known = concat([part[["report_id", "fiscal_year", "measure"]] for part in parts]).drop_duplicates()
    parts += _of_reports(tables["reports"], known)
    scores = scores.assign(
        measure="i" + scores["indicator_no"].astype("string"), level=None, value=scores["score"]
    )
    parts.append(scores.assign(table="scores", row_id=scores["score_id"]))
    names = [*KEYS, "measure", "value", "level", "source", "report_id", "table", "row_id", *_PLACE]
    types = {
        "value": "Float64",
        "level": "string",
        "table": "string",
        "source": "string",
        "measure": "string",
    }
    return concat(
        [part[names].astype(types) for part in parts if len(part)] or [parts[0][names].astype(types)]
    )


def of_agencies(table: DataFrame) -> DataFrame:
    """Return the rows of `results` or `scores` that are about an agency, not a level such as a province."""
    return table[table["scope"].isna() | table["scope"].isin(["own", "agency"])].dropna(subset=["agency_id"])


def _with_source(table: DataFrame, reports: DataFrame) -> DataFrame:
    """Return the rows of agencies with a year, with their source; a row without a scope is its report's agency's own."""
    rows = of_agencies(table).dropna(subset=["fiscal_year"])
    about = reports.set_index("report_id")
    mine = rows["report_id"].map(about["agency_id"])
    own = rows["scope"].eq("own").fillna(False) | (
        rows["scope"].isna() & rows["agency_id"].eq(mine).fillna(False)
    )
    of_one = about["agency_id"].notna() & ~about["kind"].fillna("").str.split("|").map(
        OF_ONE.isdisjoint
    ).astype(bool)
    other = rows["report_id"].map(of_one).astype(bool)
    return rows.assign(source=own.map({True: "own", False: "list"}).mask(~own & other, "other"))


def _of_column(table: DataFrame, name: str, kind: str, row_id: str) -> DataFrame:
    rows = table[table[name].notna()]
    number = rows[name] if name != "grade" else None
    level = rows[name] if name == "grade" else None
    return rows.assign(measure=name, value=number, level=level, table=kind, row_id=rows[row_id])


def _of_reports(reports: DataFrame, known: DataFrame) -> list[DataFrame]:
    """Return the overall scores and levels of `reports` that `results` does not repeat."""
    reports = reports.dropna(subset=KEYS).assign(source="own", page=None, start=None, end=None, quote=None)
    reports = reports.assign(confidence=None)
    parts = [_of_column(reports, name, "reports", "report_id") for name in ("overall_score", "grade")]
    merged = [part.merge(known, how="left", indicator=True) for part in parts]
    return [part[part["_merge"] == "left_only"].drop(columns="_merge") for part in merged]


def _standings(found: DataFrame) -> Series[str]:
    """Return the standing of each value by its flags; each combination of flags and measure is judged once."""
    flags, names = found["flags"].fillna(""), found["measure"]
    pairs = flags + "\t" + names
    known = {pair: standing_of(*pair.split("\t")) for pair in pairs.unique()}
    return pairs.map(known)


def standing_of(flags: object, measure: str) -> Standing:
    """Return the standing of a value by the column `flags` of its row, which is missing if it has none."""
    return standing(flags.split("|") if isinstance(flags, str) and flags else (), measure)


def _points(tables: Tables) -> Points:
    """Return the points that percentages were converted from; empty for tables without `evidence`."""
    if "evidence" not in tables:
        return {}
    rows = filter(is_points, plain_rows(tables["evidence"][list(POINTS)]))
    return {(row["row_id"], row["column"].removesuffix(AS_WRITTEN)): row["value"] or "" for row in rows}


def _ranked(found: DataFrame, prefer: Prefer) -> DataFrame:
    """Return the values sorted from the one that wins to the last, within each agency, year and measure."""
    order: tuple[Source, ...] = ("own", "list", "other") if prefer == "own" else ("list", "own", "other")
    of_document = found.groupby(["report_id", *KEYS], sort=False)["measure"].transform("nunique")
    agencies = found.groupby("report_id", sort=False)["agency_id"].transform("nunique")
    keys = found.assign(
        tier=found["standing"].map({name: at for at, name in enumerate(STANDINGS)}),
        other=found["source"].map({source: at for at, source in enumerate(order)}),
        stated=-of_document,
        agencies=-agencies,
        unsure=-found["confidence"].fillna(0.0),
    )
    names = ["tier", "other", "stated", "agencies", "unsure"]
    return found.loc[keys.sort_values(names, kind="stable").index].reset_index(drop=True)


def _winners(found: DataFrame) -> Series[bool]:
    """Return which values win, given the order of `_ranked`.

    A rank counts within its document, so it must stand in the row of the overall score that won, if there is one.
    """
    usable = found[found["standing"] != "unusable"]
    scored = usable[usable["measure"] == "overall_score"].drop_duplicates(KEYS)
    ranks = usable["measure"] == "rank"
    placed = usable.loc[ranks, [*KEYS, "row_id"]].merge(scored[[*KEYS, "row_id"]], "left", on=KEYS)[
        "row_id_y"
    ]
    fits = placed.isna().to_numpy() | (placed.to_numpy() == usable.loc[ranks, "row_id"].to_numpy())
    usable = usable.drop(index=usable.index[ranks][~fits])
    first = usable.index[~usable.duplicated([*KEYS, "measure"])]
    return found.index.to_series().isin(first)
