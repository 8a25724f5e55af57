"""What follows from corrected cells: the cells that the program computes from others, so that none contradicts them.

`codes` of the place, `agency_id`, the agency and year of a report's scores, an indicator's name and
instrument, a finding's instrument, the computed overall score, the kind of a report and the flags of sums,
ranges and periods follow. A cell that a person decided on is never overwritten, and neither are words of
the source (`*_as_written`, `quote`, `evidence`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from thaita.corpus.review.reviewable_fields import flags_of
from thaita.extract.find.score_tables import TOLERANCE
from thaita.extract.structure.row_subject import instrument_of
from thaita.models.records import Instrument
from thaita.models.rows import Row, Value
from thaita.normalize.agencies import find_agencies
from thaita.normalize.agency_ids import agency_id
from thaita.normalize.frameworks import indicator
from thaita.normalize.items import INSTRUMENT_OF, Item
from thaita.normalize.places import resolve
from thaita.normalize.weights import overall

Tables = Mapping[str, Sequence[Row]]
Cells = Collection[tuple[str, int, str]]

_FIGURES = frozenset({("scores", "score"), ("scores", "indicator_no")})
_PLACE = ("subdistrict", "district", "province")


@dataclass(frozen=True, slots=True)
class Touched:
    """The cells that a person decided on, those of them that changed or are wrong, and those that are wrong."""

    decided: Cells
    changed: Cells
    wrong: Cells


def follow(before: Tables, after: Tables, touched: Touched) -> list[str]:
    """Bring the rows of one report in `after` in line with its corrected cells; returns what cannot be.

    `before` are the rows as extracted.
    """
    work = _Following(before, after, touched, {(table, column) for table, _, column in touched.changed})
    for (report,), (old,) in [(after["reports"], before["reports"])] if after.get("reports") else []:
        work.report(report)
        work.scores(report, old)
        clashes = work.sums(report)
        work.kinds(report)
    for table in ("findings", "measures"):
        work.rows(table)
    return clashes if after.get("reports") else []


@dataclass(slots=True)
class _Following:
    before: Tables
    after: Tables
    touched: Touched
    columns: set[tuple[str, str]]

    def _put(self, table: str, at: int, column: str, value: Value) -> None:
        if (table, at, column) not in self.touched.decided and self.after[table][at][column] != value:
            self.after[table][at][column] = value
            self.columns.add((table, column))

    def _year(self) -> int | None:
        """Return the year of the report's results as it stands now."""
        reports = self.after.get("reports")
        return _number(reports[0]["fiscal_year"]) if reports else None

    def _touched(self, table: str, *names: str) -> bool:
        return any((table, name) in self.columns for name in names)

    def report(self, report: Row) -> None:
        """Let the place's codes follow its names, and the agency's type and id its name and place."""
        if self._touched("reports", *_PLACE):
            names = [_text(report[name]) for name in _PLACE]
            found = resolve(*names)
            for name, stated in zip(_PLACE, names, strict=True):
                code = getattr(found, f"{name}_code") if found and stated else None
                self._put("reports", 0, f"{name}_code", code)
        if self._touched("reports", "agency") and report["agency"] is not None:
            named = [one for one in find_agencies(str(report["agency"])) if "generic" not in one.doubt]
            if len(named) == 1:
                self._put("reports", 0, "agency_type", named[0].agency_type)
        if self._touched("reports", "agency", *_PLACE):
            agency = _text(report["agency"])
            place = _text(report["district_code"]), _text(report["province_code"])
            self._put("reports", 0, "agency_id", agency_id(agency, *place))

    def scores(self, report: Row, old: Row) -> None:
        """Let the report's own scores follow its agency and year, and each score its indicator."""
        for i, row in enumerate(self.after["scores"]):
            was = self.before["scores"][i]
            for column in ("agency", "fiscal_year"):
                if self._touched("reports", column) and was[column] == old[column]:
                    self._put("scores", i, column, report[column])
            if row["agency"] != was["agency"] or report["agency_id"] != old["agency_id"]:
                own = row["agency"] == report["agency"]
                other = agency_id(_text(row["agency"]), None, _text(report["province_code"]))
                self._put("scores", i, "agency_id", report["agency_id"] if own else other)
            if row["indicator_no"] != was["indicator_no"]:
                named = indicator(int(str(row["indicator_no"])), _number(row["fiscal_year"]))
                self._put("scores", i, "indicator", named.name)
                self._put("scores", i, "instrument", named.instrument)
            if row["score"] != was["score"]:
                _flag(row, "range", on=not 0 <= Decimal(str(row["score"])) <= 100)

    def sums(self, report: Row) -> list[str]:
        """Compute the overall score anew and let `sum_mismatch` follow; returns scores that clash."""
        scores = ("score", "indicator_no", "agency", "fiscal_year")
        if not self._touched("scores", *scores) and not self._touched(
            "reports", "agency", "fiscal_year", "overall_score"
        ):
            return []
        own = self._own(report)
        values: dict[int, set[Decimal]] = {}
        for row in own:
            if any(row is one for one in self._void()):
                continue
            values.setdefault(int(str(row["indicator_no"])), set()).add(Decimal(str(row["score"])))
        clashes = [no for no, found in values.items() if len(found) > 1]
        year = report["fiscal_year"]
        known = {no: found.copy().pop() for no, found in values.items()}
        computed = overall(known, int(str(year))) if year is not None and not clashes else None
        self._put("reports", 0, "overall_computed", computed)
        published = report["overall_score"]
        if not any("other_scheme" in flags_of(row) for row in own):
            wrong = computed is not None and published is not None
            wrong = wrong and abs(Decimal(str(computed)) - Decimal(str(published))) > TOLERANCE
            for row in (report, *own):
                _flag(row, "sum_mismatch", on=wrong)
        return [
            f"several scores of {indicator(no, _number(year)).name} differ for one agency" for no in clashes
        ]

    def _own(self, report: Row) -> list[Row]:
        rows = list(self.after["scores"])
        own = [row for row in rows if row["agency"] == report["agency"]]
        return own or (rows if len({row["agency"] for row in rows}) == 1 else [])

    def _void(self) -> list[Row]:
        """Return the scores that are known to be wrong: no sum can be made of them."""
        wrong = {i for table, i, column in self.touched.wrong if (table, column) in _FIGURES}
        return [self.after["scores"][i] for i in wrong]

    def kinds(self, report: Row) -> None:
        """Let the kinds `measures` and `progress` follow what the measures say of their state."""
        if not self._touched("measures", "status", "result", "outcome"):
            return
        done = [any(row[name] for name in ("status", "result", "outcome")) for row in self.after["measures"]]
        kept = [
            kind for kind in str(report["kind"] or "").split("|") if kind not in ("", "measures", "progress")
        ]
        kept += ["measures"] if not all(done) else []
        kept += ["progress"] if any(done) else []
        self._put("reports", 0, "kind", "|".join(kept) or None)

    def rows(self, table: str) -> None:
        """Let a finding's instrument follow its indicator or item, and `period_end_before_start` the dates."""
        for i, row in enumerate(self.after.get(table, ())):
            was = self.before[table][i]
            if table == "findings" and any(row[name] != was[name] for name in ("indicator_no", "item_code")):
                self._put(table, i, "instrument", _instrument(row, self._year()))
            dates = row.get("period_start"), row.get("period_end")
            if table == "measures" and dates != (was["period_start"], was["period_end"]):
                _flag(row, "period_end_before_start", on=None not in dates and str(dates[0]) > str(dates[1]))


def _instrument(row: Row, year: int | None) -> Value:
    """Return the instrument of a finding as `instrument_of` does, for its cells as they stand now."""
    numbers = tuple(int(part) for part in str(row["indicator_no"] or "").split("|") if part)
    letters = {part[0] for part in str(row["item_code"] or "").split("|") if part}
    by_item = INSTRUMENT_OF.get(letters.pop()) if len(letters) == 1 else None
    return by_item or instrument_of(
        numbers, cast("Item | None", None), cast("Instrument | None", row["instrument"]), year
    )


def _flag(row: Row, flag: str, *, on: bool) -> None:
    """Set or take away a flag of a row."""
    flags = [one for one in flags_of(row) if one != flag] + ([flag] if on else [])
    if on != (flag in flags_of(row)):
        row["flags"] = "|".join(flags) or None


def _number(value: Value) -> int | None:
    return None if value is None else int(str(value))


def _text(value: Value) -> str | None:
    return None if value is None else str(value)
