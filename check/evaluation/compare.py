"""Comparison of one report with its gold: every judged value and its outcome."""

from __future__ import annotations

from pathlib import PurePosixPath

from thaita.check.evaluation.finding_rows import finding_outcomes
from thaita.check.evaluation.gold import Gold
from thaita.check.evaluation.indicator_scores import score_outcomes
from thaita.check.evaluation.measure_rows import measure_outcomes
from thaita.check.evaluation.outcomes import Grounded, Judged, Outcome
from thaita.check.evaluation.report_fields import report_outcomes
from thaita.check.evaluation.report_rows import ReportRows, Tables, text_of


def compare(name: str, gold: Gold, tables: Tables | None) -> Judged:
    """Return the outcomes of a report's values against its gold.

    `tables` are the report's rows by table, with exactly one row of `reports`; None if the dataset does not have
    the report: then all its values are missing, unless the document is not about ITA and need not give a report.
    """
    rows = ReportRows(tables or {})
    judged = _judged_tables(gold)
    found: list[Outcome | Grounded] = []
    if tables is not None or gold.about_ita:
        found += report_outcomes(gold, rows)
    if "scores" in judged:
        found += score_outcomes(gold, rows)
    if "findings" in judged:
        found += finding_outcomes(gold, rows)
    if "measures" in judged:
        found += measure_outcomes(gold, rows)
    source = None if tables is None else text_of(rows.report, "source") or ""
    return Judged(
        name=name,
        source=source,
        about_ita=gold.about_ita,
        classes=_classes(gold, source),
        tables=judged,
        outcomes=tuple(one for one in found if isinstance(one, Outcome)),
        grounded=tuple(one for one in found if isinstance(one, Grounded)),
    )


def _judged_tables(gold: Gold) -> frozenset[str]:
    """Return the tables that a gold judges: those that it has, and all if the document is not about ITA."""
    judged = {
        "scores": gold.scores is not None,
        "findings": gold.findings is not None or gold.limitations is not None,
        "measures": gold.measures is not None,
    }
    return frozenset({"reports", *(table for table, is_ in judged.items() if is_ or not gold.about_ita)})


def _classes(gold: Gold, source: str | None) -> dict[str, tuple[str, ...]]:
    """Return the properties of a document by which figures are split, each with its values."""
    suffix = PurePosixPath(gold.source or source or "").suffix.lower().lstrip(".")
    year = gold.report.fiscal_year
    form = {f"form.{name}": _values(value) for name, value in gold.form.items()}
    return {
        **{name: values for name, values in form.items() if values},
        "format": (suffix or "none",),
        "fiscal_year": ("none" if year is None else str(year),),
    }


def _values(value: object) -> tuple[str, ...]:
    """Return the values of a property; a document with a list of them is in each of their classes."""
    if value is None:
        return ()
    return tuple(dict.fromkeys(map(str, value))) if isinstance(value, list) else (str(value),)
