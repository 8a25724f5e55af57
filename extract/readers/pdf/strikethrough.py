"""Strikethrough: lines drawn through the middle of letters, after them, and no longer than the text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Protocol

from thaita.extract.readers.page.content import Rule
from thaita.models.flags import Flag

_LOW, _HIGH = 0.1, 0.5
"""Height in ems above the baseline at which a line strikes letters through; underlines and table rules are
outside it."""

_TOLERANCE = 1.5
"""Maximum distance in points between the end of a table's ruling line and a vertical rule."""

_MIN_CROSSED = 0.6
"""Minimum share of a run that a line must cross to strike it out."""

_MIN_COVERED = 0.6
"""Minimum share of a line that the struck text must cover."""


_MAX_LINES = 1_000
"""Maximum number of level lines on a page that can strike text out; a page with more contains a drawing."""


class _TextRun(Protocol):
    """The attributes of a text run that strikethrough detection needs."""

    x0: float
    x1: float
    baseline: float
    size: float
    order: int
    upright: bool
    flag: str
    text: str


class StrikeLines:
    """The lines of a page that may strike text out: level rules outside grids, and lines of annotations (`laid`)."""

    def __init__(self, rules: Sequence[Rule], laid: Sequence[Rule] = ()) -> None:
        upright = sorted((r.x0, r.top, r.bottom) for r in rules if not r.horizontal)
        level = [rule for rule in rules if rule.horizontal and not _is_in_grid(rule, upright)]
        some = [*level, *laid] if len(level) + len(laid) <= _MAX_LINES else []
        self.rules = sorted(some, key=lambda rule: rule.top)
        self.levels = [rule.top for rule in self.rules]

    def lines_through(self, run: _TextRun) -> Sequence[Rule]:
        """Return the lines drawn over a run, at the height of its letters."""
        baseline, size = run.baseline, run.size
        i = bisect_left(self.levels, baseline - _HIGH * size)
        lowest = baseline - _LOW * size
        if i == len(self.levels) or self.levels[i] > lowest or not run.upright:
            return ()
        rules = self.rules[i : bisect_right(self.levels, lowest)]
        return [r for r in rules if r.order > run.order and r.x0 < run.x1 and run.x0 < r.x1]

    def ends_inside(self, run: _TextRun) -> list[float]:
        """Return the x at which lines through a run start or end inside it."""
        rules = self.lines_through(run)
        ends = {x for rule in rules for x in (rule.x0, rule.x1) if run.x0 + 1 < x < run.x1 - 1}
        return sorted(ends)

    def flag_struck(self, runs: Iterable[_TextRun]) -> list[Rule]:
        """Flag the runs that lines strike out, and return those lines."""
        crossed: dict[int, tuple[Rule, list[_TextRun]]] = {}
        for run in runs if self.levels else ():
            for rule in self.lines_through(run):
                if min(rule.x1, run.x1) - max(rule.x0, run.x0) >= _MIN_CROSSED * (run.x1 - run.x0):
                    crossed.setdefault(id(rule), (rule, []))[1].append(run)
        strikes: list[Rule] = []
        for rule, found in crossed.values():
            if sum(run.x1 - run.x0 for run in found) >= _MIN_COVERED * (rule.x1 - rule.x0):
                strikes.append(rule)
                for run in found:
                    run.flag = Flag.STRUCK
        return strikes


def _is_in_grid(rule: Rule, upright: Sequence[tuple[float, float, float]]) -> bool:
    for end in (rule.x0, rule.x1):
        first = bisect_left(upright, (end - _TOLERANCE,))
        for _, top, bottom in upright[first : bisect_left(upright, (end + _TOLERANCE,))]:
            if top - _TOLERANCE <= rule.top <= bottom + _TOLERANCE:
                return True
    return False
