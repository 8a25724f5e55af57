"""The pages about results of many agencies: coverage, a ranking for each year, and where sources differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from thaita.check.national import Compared
from thaita.normalize.thai.order import thai_order
from thaita.out.panels.texts import text as panel_text
from thaita.out.site.agency import Difference, differences
from thaita.out.site.figures import overall_of
from thaita.out.site.pages import Pages
from thaita.out.site.peers import Peers
from thaita.out.site.survey import Coverage, Result, Subject, province_key

MOST_DIFFERENCES = 1_000
"""Maximum number of values that the page of differences lists."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A row of the ranking: the ranks among all agencies, of its type and in its province; `kind` is a number.

    `alike`: its province has another agency with the name, so that the district tells them apart.
    """

    subject: Subject
    result: Result
    score: float
    rank: int
    in_kind: int | None
    in_province: int | None
    province: str
    kind: int
    alike: bool


@dataclass(frozen=True, slots=True)
class Crossed:
    """A row of a coverage table: its name, its page if any, and the counts of each year; None for no agency."""

    name: str | None
    key: str | None
    cells: list[Mapping[str, Any] | None]


class ResultPages:
    """Renders the pages with the templates of `Pages`."""

    def __init__(self, pages: Pages, peers: Peers) -> None:
        self.pages, self.peers, self.survey = pages, peers, pages.survey
        self.agencies = self.survey.agencies

    def all(self) -> Iterator[tuple[str, str]]:
        """Yield the path and the HTML of every page; none for a dataset without agencies."""
        if not self.agencies:
            return
        yield "coverage.html", self.coverage()
        yield "differences.html", self.differences()
        for year in self.pages.ranked_years:
            yield f"ranking/{year}.html", self.ranking(year)

    def coverage(self) -> str:
        """Return the page with the counts by province, type and year, and the comparison with national results."""
        found: Coverage = self.survey.coverage
        years = [row["fiscal_year"] for row in found.years]
        keys = {one.province: province_key(one) for one in self.agencies}
        shown = [one for one in found.national if one.reason != "few"]
        return self.pages.render(
            "coverage.html",
            "",
            filtered=True,
            years=found.years,
            tables=[
                ("province_by_year", "province", _crossed(found.provinces, "province", years, keys)),
                ("kind_by_year", "agency_type", _crossed(found.types, "agency_type", years, {})),
            ],
            national=[(one, self._outcome(one)) for one in shown],
        )

    def _outcome(self, one: Compared) -> tuple[str, str]:
        """Return the name of a figure and its outcome in words."""
        detail = one.reason or ("info" if one.severity == "info" else "")
        outcome = ".".join(filter(None, (one.outcome, detail)))
        language = self.pages.language
        return panel_text(f"figure.{one.figure}", language), panel_text(outcome, language)

    def ranking(self, year: int) -> str:
        """Return the page that ranks all agencies with an overall score in a year."""
        kinds = sorted({one.agency_type for one in self.agencies if one.agency_type}, key=thai_order)
        number = {kind: i for i, kind in enumerate(kinds, 1)}
        rows = self._ranked(year, number)
        names = {row.province: row.subject.province for row in rows}
        used = {row.kind for row in rows}
        return self.pages.render(
            "ranking.html",
            "../",
            filtered=True,
            year=year,
            rows=rows,
            kinds=[(number[kind], kind) for kind in kinds if number[kind] in used],
            provinces=sorted(names.items(), key=lambda one: (one[1] is None, thai_order(one[1] or ""))),
        )

    def _ranked(self, year: int, number: Mapping[str, int]) -> list[Ranked]:
        scored = [
            (score, subject, result)
            for subject in self.agencies
            if (result := subject.results.get(year)) is not None and (score := overall_of(result)) is not None
        ]
        names = Counter((subject.name, subject.province) for _, subject, _ in scored)
        rows: list[Ranked] = []
        for at, (score, subject, result) in enumerate(sorted(scored, key=lambda one: -one[0]), 1):
            same = bool(rows) and abs(rows[-1].score - score) < 1e-9
            places = (self.peers.rank(subject, result, "kind"), self.peers.rank(subject, result, "province"))
            kind = number.get(subject.agency_type or "", 0)
            rank = rows[-1].rank if same else at
            alike = names[subject.name, subject.province] > 1
            rows.append(Ranked(subject, result, score, rank, *places, province_key(subject), kind, alike))
        return rows

    def differences(self) -> str:
        """Return the page that lists the values in which own reports and lists differ."""
        found: list[tuple[Subject, Difference]] = []
        for subject in self.agencies:
            values = self.survey.values.of(subject.key.rpartition("/")[2])
            found += [(subject, one) for one in differences(values)]
        return self.pages.render(
            "differences.html",
            "",
            filtered=True,
            found=found[:MOST_DIFFERENCES],
            total=len(found),
            concerned=len({subject.key for subject, _ in found}),
        )


def _crossed(
    rows: Sequence[Mapping[str, Any]], by: str, years: Sequence[int], keys: Mapping[str | None, str]
) -> list[Crossed]:
    """Return a row for each group with a cell for each year, sorted by name; the group without a name is last."""
    cells: dict[str | None, dict[int, Mapping[str, Any]]] = {}
    for row in rows:
        cells.setdefault(row[by], {})[row["fiscal_year"]] = row
    names = sorted(cells, key=lambda name: (name is None, thai_order(name or "")))
    return [Crossed(name, keys.get(name), [cells[name].get(year) for year in years]) for name in names]
