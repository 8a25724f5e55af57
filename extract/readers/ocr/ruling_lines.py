"""Ruling lines of a page image: long, thin, straight strokes, distinguished from letters by the lines they meet."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from thaita.extract.readers.ocr.strokes import MAX_OFFSET, Stroke, StrokeView, find_strokes, odd_size
from thaita.extract.readers.page.content import Rule

Gray = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

_MIN_LENGTH = 36.0
"""Minimum length in points of a thin stroke that is a line on its own; no letter has one."""

_MIN_SLENDERNESS = 12.0
"""Minimum ratio of length to thickness of such a line."""

_MAX_GAP = 12.0
"""Maximum gap in points that is closed if no crossing line ends the pieces on both sides."""

_MAX_WORN_GAP = 60.0
"""Maximum gap in points that is closed if ink is left in it."""

_MIN_INK_LEFT = 0.5
"""Minimum share of such a gap that has ink."""

_MAX_EXTENSION = 4.0
"""Points from a crossing line within which the end of a line is extended to it."""

_MAX_END_DISTANCE = 1.5
"""Points from a crossing line within which both ends of a short line must lie."""

_INK = 170
"""Shades below this are ink on a page with white paper."""

_MAX_INK_BESIDE = 0.1
"""Maximum share of a short line's length with ink directly beside it: the stem of a letter has curls."""

_MIN_INKED = 0.93
"""Minimum inked share of a long stroke's length; the tops of letters in a row have less."""

_MAX_INK_BESIDE_LONG = 0.25
"""Maximum share of the length of a long stroke with gaps that may have ink beside it."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """The ruling lines of a page: in PDF points, and as a pixel mask of the page's shape."""

    rules: tuple[Rule, ...]
    ink: Mask


def find_rules(even: Gray, dpi: float) -> Ruling:
    """Return the horizontal and vertical ruling lines of a straightened page on white paper.

    `even` is uint8 of shape (rows, columns). Rules are in PDF points (pixels * 72 / `dpi`), one for each
    line. The mask covers the lines except where strokes of letters cross them.
    """
    unit = dpi / 72
    flat_view = find_strokes(even, unit)
    upright_view = find_strokes(np.asarray(cv2.transpose(even), dtype=np.uint8), unit)
    flat, upright = _lines(flat_view, upright_view, unit)
    flat, upright = (
        _with_gaps_closed(flat, upright, flat_view.even, unit),
        _with_gaps_closed(upright, flat, upright_view.even, unit),
    )
    _extend_to_crossings(flat, upright, even, unit)
    _extend_to_crossings(upright, flat, upright_view.even, unit)
    covered = _line_mask(flat_view, flat, unit), _line_mask(upright_view, upright, unit).T
    ink = _without_letters(even, covered, (flat, upright), unit)
    rules = [_rule(line, 72 / dpi, True) for line in flat] + [
        _rule(line, 72 / dpi, False) for line in upright
    ]
    return Ruling(tuple(sorted(rules, key=lambda rule: (rule.top, rule.x0))), ink)


def _rule(line: Stroke, scale: float, flat: bool) -> Rule:
    near, far = (line.at - line.thick / 2) * scale, (line.at + line.thick / 2) * scale
    start, end = line.start * scale, line.end * scale
    return Rule(start, near, end, far) if flat else Rule(near, start, far, end)


def _lines(flat: StrokeView, upright: StrokeView, unit: float) -> tuple[list[Stroke], list[Stroke]]:
    """Return the strokes that are lines: long ones, and short ones between two lines that cross them."""
    views = (flat, upright)
    kept = tuple([s for s in view.strokes if _is_line_alone(s, view.even, unit)] for view in views)
    open_ = [
        [s for s in view.strokes if not any(s is one for one in kept[i])] for i, view in enumerate(views)
    ]
    found = True
    while found:
        found = False
        for way in (0, 1):
            rest = []
            for stroke in open_[way]:
                if (
                    _is_between_lines(stroke, kept[1 - way], unit)
                    and _ink_beside_share(stroke, views[way].even, unit) <= _MAX_INK_BESIDE
                ):
                    kept[way].append(stroke)
                    found = True
                else:
                    rest.append(stroke)
            open_[way] = rest
    return kept[0], kept[1]


def _is_line_alone(stroke: Stroke, even: Gray, unit: float) -> bool:
    """Return whether a stroke is a line on its own: long, and not a row of letters that nearly touch."""
    if stroke.length < max(_MIN_LENGTH * unit, _MIN_SLENDERNESS * stroke.thick):
        return False
    drift = round(MAX_OFFSET * unit)
    if _inked_share(stroke, even, drift) >= _MIN_INKED:
        return True
    return _ink_beside_share(stroke, even, unit, drift) <= _MAX_INK_BESIDE_LONG


def _is_between_lines(stroke: Stroke, crossing: list[Stroke], unit: float) -> bool:
    """Return whether both ends of a short stroke lie on crossing lines, and it is as thin as they are."""
    ends = (
        _nearest(stroke.start, stroke.at, crossing, unit),
        _nearest(stroke.end, stroke.at, crossing, unit),
    )
    return (
        all(
            line is not None
            and abs(line.at - end) <= _MAX_END_DISTANCE * unit + line.thick / 2
            and stroke.thick <= 2 * line.thick + 1
            for line, end in zip(ends, (stroke.start, stroke.end), strict=True)
        )
        and ends[0] is not ends[1]
    )


def _inked_share(stroke: Stroke, even: Gray, drift: int) -> float:
    """Return the share of a stroke's length that has ink, up to `drift` pixels off its position."""
    top, bottom = int(stroke.at - stroke.thick / 2) - drift, int(stroke.at + stroke.thick / 2) + drift
    band = even[max(top, 0) : bottom + 1, round(stroke.start) : round(stroke.end)]
    return float((band.min(axis=0) < _INK).mean()) if band.size else 0.0


def _ink_beside_share(stroke: Stroke, even: Gray, unit: float, drift: int = 0) -> float:
    """Return the share of a stroke's length with ink directly beside it, excluding its ends."""
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
    """Return the crossing line nearest to an end, among those that extend past the stroke's position."""
    reach = _MAX_EXTENSION * unit
    passing = [line for line in crossing if line.start - reach <= at <= line.end + reach]
    return min(passing, key=lambda line: abs(line.at - end), default=None)


def _with_gaps_closed(lines: list[Stroke], crossing: list[Stroke], even: Gray, unit: float) -> list[Stroke]:
    """Return the lines with gaps closed that no crossing line explains, or in which ink is left."""
    result: list[Stroke] = []
    for line in sorted(lines, key=lambda s: s.start):
        for before in result:
            if abs(before.at - line.at) <= MAX_OFFSET * unit and _is_same_line(
                before, line, crossing, even, unit
            ):
                before.join(line)
                break
        else:
            result.append(line)
    return result


def _is_same_line(before: Stroke, line: Stroke, crossing: list[Stroke], even: Gray, unit: float) -> bool:
    """Return whether two consecutive pieces are one line."""
    gap = line.start - before.end
    ended = _meets(before.end, before.at, crossing, unit) and _meets(line.start, line.at, crossing, unit)
    if not ended and gap <= min(_MAX_GAP * unit, before.length, line.length):
        return True
    if not 0 < gap <= _MAX_WORN_GAP * unit:
        return gap <= 0
    return _has_ink_left(_gap_stroke(before, before.end, line.start), even, unit)


def _meets(end: float, at: float, crossing: list[Stroke], unit: float) -> bool:
    line = _nearest(end, at, crossing, unit)
    return line is not None and abs(line.at - end) <= _MAX_END_DISTANCE * unit + line.thick / 2


def _extend_to_crossings(lines: list[Stroke], crossing: list[Stroke], even: Gray, unit: float) -> None:
    """Extend ends that nearly meet a crossing line to it."""
    reach = _MAX_EXTENSION * unit
    for line in lines:
        passing = [one.at for one in crossing if one.start - reach <= line.at <= one.end + reach]
        before = sorted((at for at in passing if at < line.start + reach), reverse=True)
        after = sorted(at for at in passing if at > line.end - reach)
        for goal in before:
            if abs(goal - line.start) > reach and not _has_ink_left(
                _gap_stroke(line, goal, line.start), even, unit
            ):
                break
            line.start = goal
        for goal in after:
            if goal <= line.start or (
                abs(goal - line.end) > reach
                and not _has_ink_left(_gap_stroke(line, line.end, goal), even, unit)
            ):
                break
            line.end = goal


def _gap_stroke(line: Stroke, start: float, end: float) -> Stroke:
    return Stroke(line.at, start, end, line.thick)


def _has_ink_left(missing: Stroke, even: Gray, unit: float) -> bool:
    """Return whether ink of a line is left in a gap."""
    return (
        _inked_share(missing, even, round(0.4 * unit)) >= _MIN_INK_LEFT
        and _ink_beside_share(missing, even, unit) <= _MAX_INK_BESIDE_LONG
    )


def _line_mask(view: StrokeView, lines: list[Stroke], unit: float) -> Gray:
    """Return a mask of the pixels of lines along the rows, with a small margin."""
    near = np.zeros_like(view.mask)
    pad = _margin(unit)
    drift = round(MAX_OFFSET * unit) + 1
    for line in lines:
        top, bottom = int(line.at - line.thick / 2) - drift, int(line.at + line.thick / 2) + drift + 1
        place = (slice(max(top, 0), bottom), slice(max(round(line.start), 0), round(line.end)))
        near[place] = view.mask[place]
    return np.asarray(cv2.dilate(near, np.ones((2 * pad + 1, 2 * pad + 1), np.uint8)), dtype=np.uint8)


def _margin(unit: float) -> int:
    return round(max(1.0, 0.4 * unit))


def _without_letters(
    even: Gray, covered: tuple[Gray, Gray], lines: tuple[list[Stroke], list[Stroke]], unit: float
) -> Mask:
    """Return the covered pixels without the strokes of letters that cross a line."""
    either = covered[0] | covered[1]
    letters = np.asarray(even < _INK, dtype=np.uint8) & (1 - either)
    painted = either > 0
    for way in (0, 1):
        thick = max((line.thick for line in lines[way]), default=0.0)
        if not thick:
            continue
        size = odd_size(thick + 2 * _margin(unit) + 2)
        kernel = np.ones((1, size) if way else (size, 1), np.uint8)
        # Ink that continues on both sides of a line belongs to a letter that crosses it.
        through = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, kernel)
        painted &= (through == 0) | (covered[way] == 0)
    return np.asarray(painted, dtype=np.bool_)
