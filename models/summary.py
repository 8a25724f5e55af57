"""Short summaries of readings and tables for consoles and notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thaita.models.records import Reading


def reading_summary(reading: Reading) -> str:
    """Return a one-line summary of a report: its agency, its year (B.E.) and its counts of records."""
    report = reading.report
    year = f"FY{report.fiscal_year}" if report.fiscal_year else "year unknown"
    found = ", ".join(f"{count} {name}" for name, count in _counts(reading).items())
    return f"<Reading {report.source!r}: {report.agency or 'agency unknown'}, {year}; {found}>"


def reading_html(reading: Reading) -> str:
    """Return an HTML summary of a reading: the report, its scores with flags, and its counts of records.

    All text from the report is escaped.
    """
    report = reading.report
    place = (report.agency, report.province, report.fiscal_year, report.overall_score, report.grade)
    head = " · ".join(str(one) for one in place if one is not None)
    scores = ((one.indicator_no, one.indicator, one.score, ", ".join(one.flags)) for one in reading.scores)
    counts = ", ".join(f"{count} {name}" for name, count in _counts(reading).items())
    table = html_table(("no", "indicator", "score", "flags"), scores) if reading.scores else ""
    return f"<p><b>{escape(report.source)}</b><br>{escape(head)}<br>{escape(counts)}</p>{table}"


def tables_summary(tables: Mapping[str, int]) -> str:
    """Return a one-line summary of a dataset: its tables and their row counts."""
    return f"<Dataset: {', '.join(f'{name} {rows:,}' for name, rows in tables.items())}>"


def html_table(head: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    """Return an HTML table with all cells escaped."""
    lines = [f"<tr>{''.join(f'<th>{escape(str(cell))}</th>' for cell in head)}</tr>"]
    lines += [f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in rows]
    return f"<table>{''.join(lines)}</table>"


def _counts(reading: Reading) -> dict[str, int]:
    return {
        "scores": len(reading.scores),
        "findings": len(reading.findings),
        "measures": len(reading.measures),
        "problems": len(reading.problems),
    }
