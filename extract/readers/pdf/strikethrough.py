"""Lines that cross text out: drawn through the middle of its letters after it, and no longer than it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Protocol

from thaita.extract.readers.page.content import Rule
from thaita.models.flags import Flag

_LOW, _HIGH = 0.1, 0.5
"""Ems above the baseline between which a line goes through the letters; underlines and rules of a table do not."""

_TOUCH = 1.5
"""Points from an upright rule within which a line ends at it: a ruling line of a table."""

_OVER = 0.6
"""Share of a run that a line crosses at least to strike it out."""

_FILLED = 0.6
"""Share of a line that the text it strikes out covers at least."""


_MOST = 1_000
"""Level lines of a page that may cross out text at most: more are a drawing."""


class _Struck(Protocol):
    """What is asked of a run of text."""

    x0: float
    x1: float
    baseline: float
    size: float
    order: int
    upright: bool
    flag: str
    text: str


class Strikes:
    """The lines of a page that may cross out text: level rules that are no part of a grid, and `laid`, a reader's own."""

    def __init__(self, rules: Sequence[Rule], laid: Sequence[Rule] = ()) -> None:
        upright = sorted((r.x0, r.top, r.bottom) for r in rules if not r.horizontal)
        level = [rule for rule in rules if rule.horizontal and not _is_of_grid(rule, upright)]
        some = [*level, *laid] if len(level) + len(laid) <= _MOST else []
        self.rules = sorted(some, key=lambda rule: rule.top)
        self.levels = [rule.top for rule in self.rules]

    def through(self, run: _Struck) -> Sequence[Rule]:
        """Return the lines drawn over a run, at the height of its letters."""
        baseline, size = run.baseline, run.size
        i = bisect_left(self.levels, baseline - _HIGH * size)
        lowest = baseline - _LOW * size
        if i == len(self.levels) or self.levels[i] > lowest or not run.upright:
            return ()
        rules = self.rules[i : bisect_right(self.levels, lowest)]
        return [r for r in rules if r.order > run.order and r.x0 < run.x1 and run.x0 < r.x1]

    def ends(self, run: _Struck) -> list[float]:
        """Return where lines through a run begin and end inside it."""
        rules = self.through(run)
        ends = {x for rule in rules for x in (rule.x0, rule.x1) if run.x0 + 1 < x < run.x1 - 1}
        return sorted(ends)

    def strike(self, runs: Iterable[_Struck]) -> list[Rule]:
        """Flag the runs that lines cross out; return those lines."""
        crossed: dict[int, tuple[Rule, list[_Struck]]] = {}
        for run in runs if self.levels else ():
            for rule in self.through(run):
                if min(rule.x1, run.x1) - max(rule.x0, run.x0) >= _OVER * (run.x1 - run.x0):
                    crossed.setdefault(id(rule), (rule, []))[1].append(run)
        strikes: list[Rule] = []
        for rule, found in crossed.values():
            if sum(run.x1 - run.x0 for run in found) >= _FILLED * (rule.x1 - rule.x0):
                strikes.append(rule)
                for run in found:
                    run.flag = Flag.STRUCK
        return strikes


def _is_of_grid(rule: Rule, upright: Sequence[tuple[float, float, float]]) -> bool:
    for end in (rule.x0, rule.x1):
        first = bisect_left(upright, (end - _TOUCH,))
        for _, top, bottom in upright[first : bisect_left(upright, (end + _TOUCH,))]:
            if top - _TOUCH <= rule.top <= bottom + _TOUCH:
                return True
    return False
