"""Ruling lines in a page image: long thin straight strokes, told from letters by what they meet."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from thaita.extract.readers.ocr.strokes import BESIDE, Stroke, View, odd, view_of
from thaita.extract.readers.page.content import Rule

Gray = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

_LONG = 36.0
"""Points from which a thin stroke is a line by itself; no letter has one."""

_SLIM = 12.0
"""How many times longer than thick a line is that stands by itself."""

_GAP = 12.0
"""Points of a gap that is closed where no crossing line ends the pieces on both sides of it."""

_WORN = 60.0
"""Points of a gap that is closed where ink is left in it."""

_LEFT = 0.5
"""Share of such a gap that has ink."""

_MEET = 4.0
"""Points from a crossing line within which the end of a line is meant to reach it."""

_TOUCH = 1.5
"""Points from a crossing line within which both ends of a short line must lie."""

_INK = 170
"""Shades below this are ink on an evened page."""

_CURL = 0.1
"""Share of its length at which a short line may have ink right beside it: a letter's stem has curls."""

_SOLID = 0.93
"""Share of its length from which a long stroke is drawn through; the tops of letters in a row are not."""

_TIGHT = 0.25
"""Share of its length at which a long stroke with gaps may have ink beside it."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """The ruling lines of a page: in PDF points, and their pixels (a mask of the page's shape)."""

    rules: tuple[Rule, ...]
    ink: Mask


def find_rules(even: Gray, dpi: float) -> Ruling:
    """Return the horizontal and vertical ruling lines of a straightened page on white paper.

    `even` is uint8 of shape (rows, columns). Rules are in PDF points (pixels * 72 / `dpi`), each line one
    rule. The mask covers the lines but leaves the strokes of letters that cross them.
    """
    unit = dpi / 72
    flat_view = view_of(even, unit)
    upright_view = view_of(np.asarray(cv2.transpose(even), dtype=np.uint8), unit)
    flat, upright = _lines(flat_view, upright_view, unit)
    flat, upright = (
        _bridged(flat, upright, flat_view.even, unit),
        _bridged(upright, flat, upright_view.even, unit),
    )
    _extend(flat, upright, even, unit)
    _extend(upright, flat, upright_view.even, unit)
    covered = _cover(flat_view, flat, unit), _cover(upright_view, upright, unit).T
    ink = _painted(even, covered, (flat, upright), unit)
    rules = [_rule(line, 72 / dpi, True) for line in flat] + [
        _rule(line, 72 / dpi, False) for line in upright
    ]
    return Ruling(tuple(sorted(rules, key=lambda rule: (rule.top, rule.x0))), ink)


def _rule(line: Stroke, scale: float, flat: bool) -> Rule:
    near, far = (line.at - line.thick / 2) * scale, (line.at + line.thick / 2) * scale
    start, end = line.start * scale, line.end * scale
    return Rule(start, near, end, far) if flat else Rule(near, start, far, end)


def _lines(flat: View, upright: View, unit: float) -> tuple[list[Stroke], list[Stroke]]:
    """Return the strokes that are lines: long ones, and short ones between two that cross them."""
    views = (flat, upright)
    kept = tuple([s for s in view.strokes if _stands(s, view.even, unit)] for view in views)
    open_ = [
        [s for s in view.strokes if not any(s is one for one in kept[i])] for i, view in enumerate(views)
    ]
    found = True
    while found:
        found = False
        for way in (0, 1):
            rest = []
            for stroke in open_[way]:
                if _held(stroke, kept[1 - way], unit) and _beside(stroke, views[way].even, unit) <= _CURL:
                    kept[way].append(stroke)
                    found = True
                else:
                    rest.append(stroke)
            open_[way] = rest
    return kept[0], kept[1]


def _stands(stroke: Stroke, even: Gray, unit: float) -> bool:
    """Return whether a stroke is a line by itself: long, and no row of letters that nearly touch."""
    if stroke.length < max(_LONG * unit, _SLIM * stroke.thick):
        return False
    drift = round(BESIDE * unit)
    if _drawn(stroke, even, drift) >= _SOLID:
        return True
    return _beside(stroke, even, unit, drift) <= _TIGHT


def _held(stroke: Stroke, crossing: list[Stroke], unit: float) -> bool:
    """Return whether both ends of a short stroke lie on lines that cross it, and it is as thin as they."""
    ends = (
        _nearest(stroke.start, stroke.at, crossing, unit),
        _nearest(stroke.end, stroke.at, crossing, unit),
    )
    return (
        all(
            line is not None
            and abs(line.at - end) <= _TOUCH * unit + line.thick / 2
            and stroke.thick <= 2 * line.thick + 1
            for line, end in zip(ends, (stroke.start, stroke.end), strict=True)
        )
        and ends[0] is not ends[1]
    )


def _drawn(stroke: Stroke, even: Gray, drift: int) -> float:
    """Return the share of a stroke's length at which ink is, up to `drift` pixels off its place."""
    top, bottom = int(stroke.at - stroke.thick / 2) - drift, int(stroke.at + stroke.thick / 2) + drift
    band = even[max(top, 0) : bottom + 1, round(stroke.start) : round(stroke.end)]
    return float((band.min(axis=0) < _INK).mean()) if band.size else 0.0


def _beside(stroke: Stroke, even: Gray, unit: float, drift: int = 0) -> float:
    """Return the share of a stroke's length that has ink right beside it, its ends left out."""
    rim = round(1.2 * unit)
    start, end = round(stroke.start) + rim, round(stroke.end) - rim
    top = round(stroke.at - stroke.thick / 2) - 1 - drift
    bottom = round(stroke.at + stroke.thick / 2) + 1 + drift
    above = even[max(top - rim, 0) : max(top, 0), start:end]
    below = even[bottom : bottom + rim, start:end]
    if not above.size or not below.size:
        return 1.0
    return float(((above.min(axis=0) < _INK) | (below.min(axis=0) < _INK)).mean())


def _nearest(end: float, at: float, crossing: list[Stroke], unit: float) -> Stroke | None:
    """Return the crossing line nearest to an end among those that pass the stroke's place."""
    reach = _MEET * unit
    passing = [line for line in crossing if line.start - reach <= at <= line.end + reach]
    return min(passing, key=lambda line: abs(line.at - end), default=None)


def _bridged(lines: list[Stroke], crossing: list[Stroke], even: Gray, unit: float) -> list[Stroke]:
    """Return the lines with gaps closed that no crossing lines explain, or in which ink is left."""
    result: list[Stroke] = []
    for line in sorted(lines, key=lambda s: s.start):
        for before in result:
            if abs(before.at - line.at) <= BESIDE * unit and _belongs(before, line, crossing, even, unit):
                before.join(line)
                break
        else:
            result.append(line)
    return result


def _belongs(before: Stroke, line: Stroke, crossing: list[Stroke], even: Gray, unit: float) -> bool:
    """Return whether two pieces in a row are one line."""
    gap = line.start - before.end
    ended = _meets(before.end, before.at, crossing, unit) and _meets(line.start, line.at, crossing, unit)
    if not ended and gap <= min(_GAP * unit, before.length, line.length):
        return True
    if not 0 < gap <= _WORN * unit:
        return gap <= 0
    return _worn(_between(before, before.end, line.start), even, unit)


def _meets(end: float, at: float, crossing: list[Stroke], unit: float) -> bool:
    line = _nearest(end, at, crossing, unit)
    return line is not None and abs(line.at - end) <= _TOUCH * unit + line.thick / 2


def _extend(lines: list[Stroke], crossing: list[Stroke], even: Gray, unit: float) -> None:
    """Move the ends that nearly meet a crossing line, or once met it, onto it."""
    reach = _MEET * unit
    for line in lines:
        passing = [one.at for one in crossing if one.start - reach <= line.at <= one.end + reach]
        before = sorted((at for at in passing if at < line.start + reach), reverse=True)
        after = sorted(at for at in passing if at > line.end - reach)
        for goal in before:
            if abs(goal - line.start) > reach and not _worn(_between(line, goal, line.start), even, unit):
                break
            line.start = goal
        for goal in after:
            if goal <= line.start or (
                abs(goal - line.end) > reach and not _worn(_between(line, line.end, goal), even, unit)
            ):
                break
            line.end = goal


def _between(line: Stroke, start: float, end: float) -> Stroke:
    return Stroke(line.at, start, end, line.thick)


def _worn(missing: Stroke, even: Gray, unit: float) -> bool:
    """Return whether ink of a line is left in a gap."""
    return _drawn(missing, even, round(0.4 * unit)) >= _LEFT and _beside(missing, even, unit) <= _TIGHT


def _cover(view: View, lines: list[Stroke], unit: float) -> Gray:
    """Return 1 where the pixels of lines along the rows are, and a little around them, else 0."""
    near = np.zeros_like(view.mask)
    pad = _pad(unit)
    drift = round(BESIDE * unit) + 1
    for line in lines:
        top, bottom = int(line.at - line.thick / 2) - drift, int(line.at + line.thick / 2) + drift + 1
        place = (slice(max(top, 0), bottom), slice(max(round(line.start), 0), round(line.end)))
        near[place] = view.mask[place]
    return np.asarray(cv2.dilate(near, np.ones((2 * pad + 1, 2 * pad + 1), np.uint8)), dtype=np.uint8)


def _pad(unit: float) -> int:
    return round(max(1.0, 0.4 * unit))


def _painted(
    even: Gray, covered: tuple[Gray, Gray], lines: tuple[list[Stroke], list[Stroke]], unit: float
) -> Mask:
    """Return the covered pixels less the strokes of letters that reach through a line."""
    either = covered[0] | covered[1]
    letters = np.asarray(even < _INK, dtype=np.uint8) & (1 - either)
    painted = either > 0
    for way in (0, 1):
        thick = max((line.thick for line in lines[way]), default=0.0)
        if not thick:
            continue
        size = odd(thick + 2 * _pad(unit) + 2)
        kernel = np.ones((1, size) if way else (size, 1), np.uint8)
        # Where a letter's ink goes on along both sides of a line, it reaches through it.
        through = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, kernel)
        painted &= (through == 0) | (covered[way] == 0)
    return np.asarray(painted, dtype=np.bool_)
