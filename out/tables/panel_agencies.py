"""One id for each agency of the panel, in all spellings of its name; a name that could be several agencies has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from thaita.check.agencies.mention import Mention, mention_of
from thaita.check.agencies.register import Agency, resolve
from thaita.out.tables.dataframes import plain_rows
from thaita.out.tables.panel_values import Tables, of_agencies

if TYPE_CHECKING:
    from pandas import DataFrame

CANDIDATES = "candidates"
"""The column with the agencies that a name could stand for, joined by `|`; empty if it stands for one."""


_SEEN = ["report_id", "score_id", "scope", "agency", "agency_id", "fiscal_year", "end"]
"""The columns of a score that tell whose it is."""


def with_canonical_ids(tables: Tables) -> dict[str, DataFrame]:
    """Return the tables with the ids and names of the register of agencies, and the column `candidates`.

    Only rows of agencies in `reports`, `results` and `scores` change. A name in a list that could be several agencies
    becomes an agency of its own, so that it is merged with none of them.
    """
    found = dict(tables)
    parts = {name: _agencies(tables[name]) for name in ("reports", "results")}
    mentions = {name: [_mention(row) for row in plain_rows(part)] for name, part in parts.items()}
    scores = _agencies(tables["scores"])
    named = set(zip(parts["results"]["report_id"], parts["results"]["agency_id"], strict=True))
    only = scores.drop_duplicates(["report_id", "agency_id", "agency", "fiscal_year"])
    others = [row for row in plain_rows(only[_SEEN]) if (row["report_id"], row["agency_id"]) not in named]
    ids = _Ids([one for some in (*mentions.values(), map(_mention, others)) for one in some])
    for name, part in parts.items():
        scopes = part["scope"].tolist() if "scope" in part.columns else ["own"] * len(part)
        new = [ids.values(one, str(scope)) for one, scope in zip(mentions[name], scopes, strict=True)]
        found[name] = _with(tables[name], part, new)
    found["scores"] = _with(tables["scores"], scores, _of_scores(scores, parts, found, ids))
    return found


def _agencies(table: DataFrame) -> DataFrame:
    return of_agencies(table) if "scope" in table.columns else table.dropna(subset=["agency_id"])


def _mention(row: Mapping[str, Any]) -> Mention:
    """Return the mention of a row; a report's statements about its own agency are no list that names it twice."""
    found = mention_of(row)
    return found if row.get("scope") == "agency" else replace(found, value="")


class _Ids:
    """The ids of agencies: those that rows of the dataset have, so that its tables can be joined.

    An agency has the register's id if rows have it, else that of its first row that no other agency has.
    """

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.register = resolve(mentions)
        used: dict[str, dict[str, None]] = {}
        owners: dict[str, set[str]] = {}
        for mention in mentions:
            match = self.register.of(mention)
            if mention.agency_id and match.reason != "no_name":
                agency = match.agency_id or ""
                used.setdefault(agency, {})[mention.agency_id] = None
                owners.setdefault(mention.agency_id, set()).add(agency)
        self._ids = {
            agency: agency if agency in some else next((id_ for id_ in some if len(owners[id_]) == 1), agency)
            for agency, some in used.items()
        }
        self._taken = frozenset(self._ids.values())

    def values(self, mention: Mention, scope: str) -> New:
        """Return the new values of a row: id, candidates, name, type and place."""
        match, old = self.register.of(mention), mention.agency_id or ""
        if match.agency_id is not None:
            agency = self.register.agencies[match.agency_id]
            id_ = self._ids.get(agency.agency_id, agency.agency_id)
            return New(id_, None, agency.name, agency.agency_type, agency.district, agency.province)
        candidates = "|".join(map(_shown, match.candidates)) or None
        names = (mention.name, mention.agency_type, mention.district, mention.province)
        if old and old not in self._taken and (scope == "own" or match.reason == "no_name"):
            return New(
                old, candidates, *names
            )  # the reports of an agency stay together, as far as their rows do
        row = mention.row if match.reason == "listed_twice" else ""
        hashed = sha256("|".join((mention.document, old, row)).encode()).hexdigest()
        return New("u" + hashed[:12], candidates, *names)


class New(NamedTuple):
    """The new values of a row of an agency; None leaves a value as it is."""

    agency_id: str | None
    candidates: str | None
    agency: str | None
    agency_type: str | None = None
    district: str | None = None
    province: str | None = None


def _shown(agency: Agency) -> str:
    """Return an agency with its place, as a person tells it apart."""
    return " ".join(part for part in (agency.name, agency.district, agency.province) if part)


def _of_scores(
    scores: DataFrame, parts: Mapping[str, DataFrame], found: Mapping[str, DataFrame], ids: _Ids
) -> list[New]:
    """Return the new values of scores: those of the result or report that names the agency, else by the name."""
    known: dict[tuple[str, str], dict[New, list[tuple[int, int]]]] = {}
    names: dict[tuple[str, str, str | None], dict[New, list[tuple[int, int]]]] = {}
    for name, part in parts.items():
        rows = found[name].loc[part.index].reindex(columns=["report_id", *New._fields, "start", "end"])
        for row, old in zip(plain_rows(rows), plain_rows(part[["agency_id", "agency"]]), strict=True):
            new, key = (
                New(row["agency_id"], row[CANDIDATES], row["agency"]),
                (row["report_id"], old["agency_id"]),
            )
            spans = [(row["start"], row["end"])] if row["start"] is not None else []
            for some in (known.setdefault(key, {}), names.setdefault((*key, old["agency"]), {})):
                some.setdefault(new, []).extend(spans)
    values = []
    for row in plain_rows(scores[_SEEN]):
        key = (row["report_id"], row["agency_id"])
        if key not in known:
            known[key] = {ids.values(_mention(row), str(row["scope"])): []}
        values.append(_one_of(names.get((*key, row["agency"]), known[key]), row["end"]))
    return values


def _one_of(known: Mapping[New, Sequence[tuple[int, int]]], end: int | None) -> New:
    """Return the agency of a score; if the list names two alike, that of the row that contains the score."""
    if len(known) > 1 and end is not None:
        known = {
            one: spans for one, spans in known.items() if any(start < end <= stop for start, stop in spans)
        }
    return next(iter(known)) if len(known) == 1 else New(None, None, None)


def _with(table: DataFrame, part: DataFrame, values: Sequence[New]) -> DataFrame:
    """Return a table with new values in the rows of a part; what the register leaves open stays."""
    from pandas import DataFrame as Frame

    new = Frame(values, columns=list(New._fields), index=part.index, dtype="string")
    changed = table.assign(**{CANDIDATES: None}).astype({CANDIDATES: "string"})
    for name in New._fields:
        if name in ("agency_id", CANDIDATES):
            changed.loc[part.index, name] = new[name]
        elif name in changed.columns:
            changed.loc[part.index, name] = new[name].fillna(changed.loc[part.index, name])
    return changed
