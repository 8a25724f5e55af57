"""The decisions of a whole run: applied to each report, with those that had no effect reported at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from thaita.corpus.review.apply import corrected
from thaita.corpus.review.decision import Decision
from thaita.corpus.review.decision_log import DecisionFile, decisions_beside, read_decisions
from thaita.corpus.review.decision_problems import damaged, not_applied
from thaita.models.rows import Row


@dataclass(slots=True)
class Corrections:
    """The decisions on the reports of an archive, applied as the reports arrive.

    `applied` counts decided cells, `lost` decisions without effect. Call `of_report` once for each report and
    `rest` after the last one.
    """

    file: DecisionFile
    applied: int = 0
    lost: int = 0
    _waiting: dict[str, list[Decision]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        waiting: dict[str, list[Decision]] = defaultdict(list)
        for decision in self.file.decisions:
            waiting[decision.report_id].append(decision)
        self._waiting = dict(waiting)

    def waits_for(self, report_id: str | None) -> bool:
        """Return whether there are decisions on a report that has not arrived yet."""
        return report_id in self._waiting

    def of_report(self, rows: Iterable[tuple[str, Row]]) -> Iterable[tuple[str, Row]]:
        """Return the rows of one outcome with the decisions on its report applied to them."""
        rows = tuple(rows)
        own = [row for table, row in rows if table == "reports"]
        decisions = self._waiting.get(str(own[0]["report_id"])) if own else None
        fitting = [one for one in decisions or () if one.sha256 == own[0]["sha256"]]
        if not fitting:
            return rows
        self._waiting[str(own[0]["report_id"])] = [one for one in decisions or () if one not in fitting]
        found = corrected(rows, fitting)
        self.applied += found.applied
        self.lost += len(found.lost)
        return found.rows

    def rest(self) -> Iterator[tuple[str, Row]]:
        """Yield problem rows for decisions whose report did not arrive, and for damaged lines."""
        for decisions in self._waiting.values():
            for decision in _last(decisions):
                self.lost += 1
                reason = "the archive no longer contains the file, or its content has changed"
                yield "problems", not_applied(decision, reason, known=False)
        for damage in self.file.damaged:
            yield "problems", damaged(damage.line, damage.reason)

    def summary(self) -> str:
        """Return the part of a run's summary line about decisions; empty if there are none."""
        if not (self.applied or self.lost or self.file.damaged):
            return ""
        parts = [f"; {self.applied} decision{'' if self.applied == 1 else 's'} of reviewers applied"]
        parts += [f"{self.lost} not"] if self.lost else []
        parts += [f"{len(self.file.damaged)} damaged lines"] if self.file.damaged else []
        return ", ".join(parts) + (": see problems.csv" if len(parts) > 1 else "")


def corrections_for(dataset: Path, named: Path | None = None, *, plain: bool = False) -> Corrections:
    """Return the decisions for a run: from `named`, else from the file next to the dataset; none if `plain`.

    Raises OSError if `named` does not exist or the file cannot be read.
    """
    if plain:
        return Corrections(DecisionFile())
    if named is not None and not named.exists():
        raise FileNotFoundError(f"{named}: no such file of corrections")
    return Corrections(read_decisions(named or decisions_beside(dataset)))


def _last(decisions: Iterable[Decision]) -> list[Decision]:
    """Return the last decision on each cell, except withdrawn ones."""
    last = {(one.table, one.row_id, one.column, one.extracted): one for one in decisions}
    return [one for one in last.values() if one.kind != "withdraw"]
