"""Compare a dataset with the gold of generated lists.

usage: python benchmarks/lists/measure.py DATASET GOLD [--by form|format|size] [--errors N]

A cell is right outright, in doubt (right or wrong, but its row has a flag of doubt), silently wrong, or missing. Rows
that the gold lacks are counted as extra, those without a flag of doubt as silent. `caught` are rows whose parts do not
give their overall score, and that have a flag.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter, defaultdict
from decimal import Decimal, InvalidOperation
from pathlib import Path

from thaita.models.flags import ABOUT, NOTES, Flag

csv.field_size_limit(2**24)
COLUMNS = ("overall_score", "grade", "iit", "eit", "eit_part1", "eit_part2", "oit", "rank", "agencies")
TOLERANCE = {"iit": Decimal("0.02"), "eit": Decimal("0.02"), "oit": Decimal("0.02")}


def rows_of(dataset: Path, table: str) -> dict[str, list[dict[str, str]]]:
    """Return the rows of a table by the file that they were read from."""
    sources = {row["report_id"]: row["source"] for row in _read(dataset / "reports.csv")}
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _read(dataset / f"{table}.csv"):
        found[sources[row["report_id"]]].append(row)
    return found


def _read(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def doubted(row: dict[str, str], column: str = "") -> bool:
    """Return whether a row has a flag of doubt, or, with a column, one that does not concern other columns only."""
    known = [Flag.known(flag) for flag in filter(None, row["flags"].split("|"))]
    doubts = [flag for flag in known if flag not in NOTES]
    if Flag.BY_ORDER in doubts and column:
        doubts = [flag for flag in doubts if flag is not Flag.BY_ORDER or column in ABOUT[flag]]
    return bool(doubts)


def same(column: str, given: str, wanted: object) -> bool:
    """Return whether a value is the gold's."""
    try:
        return abs(Decimal(given) - Decimal(str(wanted))) <= TOLERANCE.get(column, 0)
    except InvalidOperation:
        return given == str(wanted)


def key(row: dict[str, object]) -> tuple[str, str, str]:
    """Return what identifies a row, apart from the province."""
    scope = str(row.get("scope") or "agency")
    name = "".join(str(row.get("agency") or "").split())
    if scope == "province":
        name = str(row.get("province") or name.removeprefix("จังหวัด"))
    return scope, "" if scope == "national" else name, str(row.get("fiscal_year") or "")


def find(
    rows: dict[tuple[str, str, str], list[dict[str, str]]], gold: dict[str, object]
) -> dict[str, str] | None:
    """Return and remove the row that the gold describes."""
    same_key = rows.get(key(gold), [])
    for one in same_key:
        if not gold.get("province") or not one.get("province") or one["province"] == gold["province"]:
            same_key.remove(one)
            return one
    return None


def compare(
    gold: dict, results: list[dict[str, str]], scores: list[dict[str, str]], errors: list[str]
) -> Counter[str]:
    """Return the counts of one document."""
    tally: Counter[str] = Counter()
    by_key = defaultdict(list)
    for row in results:
        by_key[key(row)].append(row)
    for wanted in gold["results"]:
        row = find(by_key, wanted)
        for column in COLUMNS:
            if column in wanted:
                _count(tally, "results", column, row and row.get(column, ""), row, wanted, errors)
        if row:
            for column in set(COLUMNS) - set(wanted):
                given = row.get(column)
                if given and not doubted(row, column) and column not in ("rank", "agencies"):
                    tally["invented"] += 1
        if wanted["wrong"]:
            tally["planted"] += 1
            tally["caught"] += bool(row and doubted(row))
    left = [row for some in by_key.values() for row in some]
    for row in left:
        tally["extra rows"] += 1
        tally["extra silent"] += not doubted(row)
        errors.append(
            f"extra {row['scope']} {row['agency']} {row['fiscal_year']} {row['overall_score']} {row['flags']}"
        )
    by_score = defaultdict(list)
    for row in scores:
        by_score[*key(row), row["indicator_no"]].append(row)
    for wanted in gold["scores"]:
        found = by_score.get((*key(wanted), str(wanted["indicator_no"])), [])
        row = found.pop(0) if found else None
        _count(tally, "scores", "score", row and row["score"], row, wanted, errors)
    for row in (row for some in by_score.values() for row in some):
        tally["extra scores silent" if not doubted(row) else "extra scores"] += 1
        errors.append(f"extra score {key(row)} {row['indicator_no']} {row['score']}")
    return tally


def _count(
    tally: Counter[str],
    table: str,
    column: str,
    given: str | None,
    row: dict[str, str] | None,
    wanted: dict,
    errors: list[str],
) -> None:
    tally[f"{table} cells"] += 1
    if not given:
        outcome = "missing"
    elif doubted(row, column):
        outcome = "in doubt"
    else:
        outcome = "right" if same(column, given, wanted[column]) else "silent"
    tally[f"{table} {outcome}"] += 1
    if outcome in ("missing", "silent"):
        who = f"{wanted['scope']} {wanted['agency']} {wanted['fiscal_year']} {wanted.get('indicator_no', '')}"
        errors.append(f"{outcome} {column} {who}: {given} for {wanted[column]}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("dataset", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--by", choices=("form", "format", "size"), default="form")
    parser.add_argument("--errors", type=int, default=0, help="how many errors of each document are shown")
    parser.add_argument("--only", default="", help="only documents whose name starts so")
    parser.add_argument("documents", type=Path, nargs="?")
    given = parser.parse_args()
    results, scores = rows_of(given.dataset, "results"), rows_of(given.dataset, "scores")
    folder = given.documents or given.gold.parent / "documents"
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    for path in sorted(folder.iterdir()):
        if not path.name.startswith(given.only):
            continue
        gold = json.loads((given.gold / f"{path.stem}.json").read_text(encoding="utf-8"))
        errors: list[str] = []
        tally = compare(gold, results.get(path.name, []), scores.get(path.name, []), errors)
        group = {"form": gold["form"], "format": path.suffix, "size": gold["size"]}[given.by]
        tallies[group] += tally
        tallies["all"] += tally
        for error in errors[: given.errors]:
            print(path.name, error)
    for group, tally in tallies.items():
        print(_line(group, tally))


def _line(group: str, tally: Counter[str]) -> str:
    parts = []
    for table in ("results", "scores"):
        if cells := tally[f"{table} cells"]:
            counts = [tally[f"{table} {what}"] for what in ("right", "in doubt", "silent", "missing")]
            parts.append(
                f"{table} {counts[0]}/{cells} ({counts[0] / cells:.1%}) doubt {counts[1]} SILENT {counts[2]} missing {counts[3]}"
            )
    extra = ("extra rows", "extra silent", "invented", "extra scores", "extra scores silent")
    parts += [f"{what} {tally[what]}" for what in extra if tally[what]]
    if tally["planted"]:
        parts.append(f"caught {tally['caught']}/{tally['planted']}")
    return f"{group:18} " + " · ".join(parts)


if __name__ == "__main__":
    sys.exit(main())
