"""Counts over all reports: the indicators, topics and items that findings concern, and the flags of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Literal

from thaita.models.finding_kinds import FindingKind
from thaita.models.flags import SURE
from thaita.models.records import Finding, Reading

TO_IMPROVE = tuple(kind for kind in FindingKind if kind.to_improve)
"""The kinds of finding that ask for improvement."""

FLAGGED = ("reports", "scores", "findings", "measures")
"""The tables with a `flags` column."""

About = Literal["indicator", "topic", "item"]


@dataclass(slots=True)
class Concern:
    """The findings that concern one indicator, topic or item: counts by kind, and the agencies."""

    kinds: Counter[str] = field(default_factory=Counter)
    subjects: set[str] = field(default_factory=set)

    @property
    def total(self) -> int:
        """The number of findings of all kinds."""
        return sum(self.kinds.values())


@dataclass(slots=True)
class Tally:
    """The counts over all reports read so far.

    `concerns` counts findings by indicator number, topic number, or (year, item): the meaning of an item's code
    depends on the year. `bare` counts the findings that name none of these.
    """

    concerns: dict[About, dict[Hashable, Concern]] = field(
        default_factory=lambda: {"indicator": {}, "topic": {}, "item": {}}
    )
    findings: int = 0
    bare: int = 0
    flags: Counter[tuple[str, str]] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    marked: Counter[str] = field(default_factory=Counter)

    def add(self, reading: Reading, subject: str) -> None:
        """Count the rows and findings of a subject's report."""
        self._flagged("reports", [reading.report.flags])
        self._flagged("scores", [one.flags for one in reading.scores])
        self._flagged("findings", [one.flags for one in reading.findings])
        self._flagged("measures", [one.flags for one in reading.measures])
        for finding in reading.findings:
            if finding.kind.to_improve:
                self._concern(finding, reading.report.fiscal_year, subject)

    def most_common(self, about: About, limit: int | None = None) -> list[tuple[Hashable, Concern]]:
        """Return the most common concerns, by the number of findings, then of agencies, then by name.

        `limit` is the maximum number of concerns; None returns all.
        """
        pairs = self.concerns[about].items()
        return sorted(pairs, key=lambda one: (-one[1].total, -len(one[1].subjects), str(one[0])))[:limit]

    def doubts(self) -> list[tuple[str, dict[str, int]]]:
        """Return each flag with its number of rows by table, the most frequent first."""
        totals: Counter[str] = Counter()
        for (_, flag), count in self.flags.items():
            totals[flag] += count
        return [
            (flag, {table: self.flags[table, flag] for table in FLAGGED})
            for flag, _ in sorted(totals.items(), key=lambda one: (-one[1], one[0]))
        ]

    def _flagged(self, table: str, rows: list[tuple[str, ...]]) -> None:
        self.rows[table] += len(rows)
        doubts = [[flag for flag in dict.fromkeys(flags) if flag not in SURE] for flags in rows]
        self.marked[table] += sum(bool(flags) for flags in doubts)
        self.flags.update((table, flag) for flags in doubts for flag in flags)

    def _concern(self, finding: Finding, year: int | None, subject: str) -> None:
        self.findings += 1
        items = [code for code in (finding.item_code or "").split("|") if code]
        named: list[tuple[About, Hashable]] = [("indicator", number) for number in finding.indicator_no]
        if finding.topic_no is not None:
            named.append(("topic", finding.topic_no))
        named += [("item", (year, code)) for code in items]
        self.bare += not named
        for about, thing in dict.fromkeys(named):
            concern = self.concerns[about].setdefault(thing, Concern())
            concern.kinds[finding.kind] += 1
            concern.subjects.add(subject)
