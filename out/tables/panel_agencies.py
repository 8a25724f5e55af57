"""One id for each agency of the panel, in all spellings of its name; a name that could be several agencies has none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from thaita.check.agencies.mention import Mention, mention_of
from thaita.check.agencies.register import Agency, Register, resolve
from thaita.out.tables.panel_values import Tables, of_agencies

if TYPE_CHECKING:
    from pandas import DataFrame

CANDIDATES = "candidates"
"""The column with the agencies that a name could stand for, joined by `|`; empty if it stands for one."""

_NAMES = ("agency", "agency_type", "district", "province")
_KEY = ["report_id", "agency_id"]


def with_canonical_ids(tables: Tables) -> dict[str, DataFrame]:
    """Return the tables with the ids and names of the register of agencies, and the column `candidates`.

    Only rows of agencies in `reports`, `results` and `scores` change. A name in a list that could be several agencies
    becomes an agency of its own, so that it is merged with none of them.
    """
    found = dict(tables)
    parts = {name: _agencies(tables[name]) for name in ("reports", "results")}
    mentions = {name: [_mention(row) for row in _rows(part)] for name, part in parts.items()}
    register = resolve(one for some in mentions.values() for one in some)
    for name, part in parts.items():
        found[name] = _with(tables[name], part, _resolved(part, mentions[name], register))
    scores = _agencies(tables["scores"])
    found["scores"] = _with(tables["scores"], scores, _of_scores(scores, parts, found, register))
    return found


def _agencies(table: DataFrame) -> DataFrame:
    return of_agencies(table) if "scope" in table.columns else table.dropna(subset=["agency_id"])


def _rows(table: DataFrame) -> list[dict[str, Any]]:
    plain = table.astype(object)
    return [
        {str(name): value for name, value in row.items()}
        for row in plain.where(plain.notna(), None).to_dict("records")
    ]


def _mention(row: Mapping[str, Any]) -> Mention:
    """Return the mention of a row; a report's statements about its own agency are no list that names it twice."""
    found = mention_of(row)
    return found if row.get("scope") == "agency" else replace(found, value="")


def _resolved(
    part: DataFrame, mentions: Sequence[Mention], register: Register
) -> list[dict[str, str | None]]:
    """Return the new values of the rows: id, name, type, place and candidates."""
    scopes = part["scope"].tolist() if "scope" in part.columns else ["own"] * len(part)
    return [_of_row(one, str(scope), register) for one, scope in zip(mentions, scopes, strict=True)]


def _of_row(mention: Mention, scope: str, register: Register) -> dict[str, str | None]:
    match, old = register.of(mention), mention.agency_id or ""
    if match.agency_id is not None:
        agency = register.agencies[match.agency_id]
        values = (agency.name, agency.agency_type, agency.district, agency.province)
        return {"agency_id": agency.agency_id, CANDIDATES: None, **dict(zip(_NAMES, values, strict=True))}
    names = dict(
        zip(_NAMES, (mention.name, mention.agency_type, mention.district, mention.province), strict=True)
    )
    if scope == "own" and old not in register.agencies:
        id_ = old  # the reports of an agency stay together, as far as their rows do
    else:
        row = mention.row if match.reason == "listed_twice" else ""
        id_ = "u" + sha256("|".join((mention.document, old, row)).encode()).hexdigest()[:12]
    return {"agency_id": id_, CANDIDATES: "|".join(map(_shown, match.candidates)) or None, **names}


def _shown(agency: Agency) -> str:
    """Return an agency with its place, as a person tells it apart."""
    return " ".join(part for part in (agency.name, agency.district, agency.province) if part)


def _of_scores(
    scores: DataFrame, parts: Mapping[str, DataFrame], found: Mapping[str, DataFrame], register: Register
) -> list[dict[str, str | None]]:
    """Return the new values of scores: those of the result or report that names the agency, else by the name."""
    known: dict[tuple[str, str], list[int]] = {}
    tables = [(name, found[name]) for name in ("results", "reports")]
    stated: list[dict[str, Any]] = []
    for name, table in tables:
        for row, old in zip(
            _rows(table.loc[parts[name].index]), parts[name]["agency_id"].tolist(), strict=True
        ):
            known.setdefault((str(row["report_id"]), str(old)), []).append(len(stated))
            stated.append(row)
    return [
        _of_score(
            row,
            [stated[at] for at in known.get((str(row["report_id"]), str(row["agency_id"])), ())],
            register,
        )
        for row in _rows(scores)
    ]


def _of_score(
    row: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], register: Register
) -> dict[str, str | None]:
    if (
        len({one["agency_id"] for one in rows}) > 1
    ):  # a list names two agencies alike: the row around the score tells
        end = row["end"]
        rows = [
            one
            for one in rows
            if end is not None and one.get("start") is not None and one["start"] < end <= one["end"]
        ]
        if len({one["agency_id"] for one in rows}) != 1:
            return {"agency_id": None, "agency": row["agency"], CANDIDATES: None}
    if rows:
        return {name: rows[0][name] for name in ("agency_id", "agency", CANDIDATES)}
    values = _of_row(replace(mention_of(row), value=""), str(row["scope"]), register)
    return {name: values[name] for name in ("agency_id", "agency", CANDIDATES)}


def _with(table: DataFrame, part: DataFrame, values: Iterable[Mapping[str, str | None]]) -> DataFrame:
    """Return a table with new values in the rows of a part; a place that the register leaves open stays."""
    from pandas import DataFrame as Frame

    new = Frame(list(values), index=part.index, dtype="string")
    changed = table.assign(**{CANDIDATES: None}).astype({CANDIDATES: "string"})
    for name in new.columns:
        if name in ("agency_id", CANDIDATES):
            changed.loc[part.index, name] = new[name]
        elif name in changed.columns:
            changed.loc[part.index, name] = new[name].fillna(changed.loc[part.index, name])
    return changed
