"""The check whether a report prints the scores of the whole nation as its own."""

from __future__ import annotations

from thaita.check.view import Result, View, places
from thaita.normalize.national import national_indicators


def not_the_nations(view: View, _: str) -> Result | None:
    """Check that the scores are not those of the whole nation in that year.

    Where only some of the nation's scores are known, equal ones prove nothing: the rule is then not judged.
    """
    report, figures = view.reading.report, view.figures
    known = national_indicators(report.fiscal_year) if report.fiscal_year is not None else {}
    both = [no for no in known if no in figures]
    if not both or "national" in report.kind:
        return None
    where = places(*(view.scores[no] for no in both))
    sources = "; ".join(dict.fromkeys(known[no].source for no in both))
    values = {"year": report.fiscal_year, "count": len(both), "which": view.indicators(both)}
    if any(figures[no] != known[no].score for no in both):
        return Result("holds", "", values, where, source=sources)
    if len(both) < len(view.framework.indicators):
        return Result("not_judged", ".few", values, where, source=sources)
    return Result("broken", "", values, where, "inferred", sources)
