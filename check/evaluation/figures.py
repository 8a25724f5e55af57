"""The figures of documents: what each adds to a share, and the shares over many of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from thaita.check.evaluation.intervals import Part, Share, share_of
from thaita.check.evaluation.outcomes import FOUND, TABLES, Judged, Outcome

Figures = dict[str, Share]

MAIN = ("whole", "report", "scores", "findings", "labels", "measures", "grounding")
"""The figures that every class and threshold has; the others are details of them."""

_ROWS = ("findings", "measures")


def figures(documents: Iterable[Judged]) -> Figures:
    """Return the figures over documents by name; docs/evaluation.md defines each."""
    parts: dict[str, list[Part]] = defaultdict(list)
    for one in documents:
        for name, part in document_parts(one).items():
            parts[name].append(part)
    names = sorted(parts, key=lambda name: (_rank(name), name))
    return {name: share_of(parts[name]) for name in names}


def _rank(name: str) -> int:
    main = name.partition(".")[0]
    return MAIN.index(main) if main in MAIN else len(MAIN)


def document_parts(one: Judged) -> dict[str, Part]:
    """Return what a document adds to each figure."""
    by_table: dict[str, list[Outcome]] = {table: [] for table in TABLES}
    for outcome in one.outcomes:
        by_table[outcome.table].append(outcome)
    return {
        **_whole(one, by_table),
        **_report(by_table["reports"]),
        **_scores(by_table["scores"]),
        **_found("findings", by_table["findings"]),
        **_labels(by_table["findings"]),
        **_found("measures", by_table["measures"]),
        **_measure_fields(by_table["measures"]),
        **_grounding(one),
    }


def _whole(one: Judged, by_table: dict[str, list[Outcome]]) -> dict[str, Part]:
    """Return whether every judged value of the document, and of each table, is right and nothing is extra."""
    right = {
        table: not one.is_absent and all(outcome.is_right for outcome in found)
        for table, found in by_table.items()
    }
    parts: dict[str, Part] = {"whole": (float(all(right.values())), 1)}
    if not one.about_ita:
        nothing = all(right[table] for table in TABLES if table != "reports")
        return {**parts, "whole.nothing": (float(nothing), 1)}
    judged = [table for table in TABLES if table in one.tables and (table != "reports" or by_table[table])]
    return {**parts, **{f"whole.{table}": (float(right[table]), 1) for table in judged}}


def _report(outcomes: list[Outcome]) -> dict[str, Part]:
    fields = {f"report.{one.field}": (one.share, 1) for one in outcomes}
    return {"report": _sum(fields.values()), **fields}


def _scores(outcomes: list[Outcome]) -> dict[str, Part]:
    right = sum(one.is_right for one in outcomes)
    wanted = sum(one.want is not None for one in outcomes)
    rows = sum(one.outcome != "missing" for one in outcomes)
    return {"scores": (right, wanted), "scores.precision": (right, rows)}


def _found(table: str, outcomes: list[Outcome]) -> dict[str, Part]:
    counts = Counter(one.outcome for one in outcomes if one.field == FOUND)
    found, extra = counts["right"], counts["extra_flagged"] + counts["extra_silent"]
    return {table: (found, found + counts["missing"]), f"{table}.precision": (found, found + extra)}


def _labels(outcomes: list[Outcome]) -> dict[str, Part]:
    """Return how many found findings have their whole text, and how many have every label right."""
    labels: dict[str, list[Outcome]] = defaultdict(list)
    parts: dict[str, list[Part]] = defaultdict(list)
    for one in outcomes:
        if one.field == FOUND:
            continue
        if one.field == "text":
            parts["findings.strict"].append((one.share, 1))
            continue
        labels[one.entry].append(one)
        parts[f"labels.{one.field}"].append((one.share, 1))
    entries = [(float(all(one.is_right for one in of_entry)), 1) for of_entry in labels.values()]
    return {"labels": _sum(entries), **{name: _sum(values) for name, values in parts.items()}}


def _measure_fields(outcomes: list[Outcome]) -> dict[str, Part]:
    parts: dict[str, list[Part]] = defaultdict(list)
    for one in outcomes:
        if one.field != FOUND:
            parts[f"measures.{one.field}"].append((one.share, 1))
    return {name: _sum(values) for name, values in parts.items()}


def _grounding(one: Judged) -> dict[str, Part]:
    """Return how many right values stand at the gold's place: all parts of the place, and each part."""
    entries: dict[tuple[str, str], list[bool]] = defaultdict(list)
    parts: dict[str, list[Part]] = defaultdict(list)
    for place in one.grounded:
        entries[place.table, place.entry].append(place.right)
        parts[f"grounding.{place.part}"].append((float(place.right), 1))
    whole = [(float(all(right)), 1) for right in entries.values()]
    return {"grounding": _sum(whole), **{name: _sum(values) for name, values in parts.items()}}


def _sum(parts: Iterable[Part]) -> Part:
    counted = list(parts)
    return sum(part[0] for part in counted), sum(part[1] for part in counted)


def silent_rows(one: Judged) -> Counter[str]:
    """Return by table how many values or rows of a document are wrong and silent.

    Of reports and scores each value counts; of findings and measures each row that is extra or has a wrong or
    missing value. A missing report field, score, finding or measure is not silent: there is no value to trust.
    """
    silent: set[tuple[str, str]] = set()
    for outcome in one.errors:
        if outcome.row_id is None or outcome.flagged:
            continue
        if outcome.table in _ROWS:
            silent.add((outcome.table, outcome.row_id))
        elif outcome.outcome != "missing":
            silent.add((outcome.table, f"{outcome.field} {outcome.entry}"))
    return Counter(table for table, _ in silent)


def counts(documents: Iterable[Judged]) -> dict[tuple[str, str], Counter[str]]:
    """Return how often each outcome occurs, by table and field, in the order of the tables."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for table, field, outcome in _fields(documents):
        found.setdefault((table, field), Counter())[outcome] += 1
    return {key: found[key] for key in sorted(found, key=lambda key: TABLES.index(key[0]))}


def _fields(documents: Iterable[Judged]) -> Iterator[tuple[str, str, str]]:
    for one in documents:
        for outcome in one.outcomes:
            yield outcome.table, outcome.field, outcome.outcome
