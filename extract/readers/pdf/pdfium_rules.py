"""Ruling lines and filled areas drawn by PDFium's path objects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thaita.extract.readers.page.content import Rule
from thaita.extract.readers.page.drawn_bullets import may_be_bullet
from thaita.extract.readers.page.matrix import Matrix, apply, apply_box, compose
from thaita.extract.readers.pdf import pdfium_api as api
from thaita.extract.readers.pdf.dashed_rules import MAX_DASH, Piece, join_dashes
from thaita.extract.readers.pdf.rounded_frames import Point, Step, frame_rules

THIN = 4.0
"""Maximum thickness in points of a shape that is a line."""

_SHORTEST = 3.0
_PALE = 0.9
"""Lightness from which a small shape is decoration, not a bullet."""

_MAX_SEGMENTS = 2000
"""A path with more segments is a drawing, not a table."""

Area = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Fill:
    """An area filled with one color: its box on the displayed page, its lightness, and its position in the stream."""

    box: Area
    lightness: float
    order: int


def read_paths(
    paths: Sequence[int], orders: Sequence[int], to_page: Matrix
) -> tuple[list[Rule], list[Fill], list[Area]]:
    """Return the ruling lines, the filled areas, and the shapes that may be bullets, of path objects.

    A line can be drawn as a stroke, a thin filled rectangle, a row of dots or dashes, or the edge of a
    stroked rectangle. `orders` are the positions of the objects in the content stream.
    """
    bullets: list[Area] = []
    rules: list[Rule] = []
    fills: list[Fill] = []
    pieces: list[Piece] = []
    drawn: dict[Piece, int] = {}
    for path, order, bounds in zip(paths, orders, api.bounds(paths), strict=True):
        x0, top, x1, bottom = box = apply_box(to_page, bounds)
        wide, high = x1 - x0, bottom - top
        thin, long = (wide, high) if wide < high else (high, wide)
        filled, stroked = api.draw_mode(path)
        if not filled and not stroked:
            continue
        if may_be_bullet(*box) and (not filled or _is_dark(path)):
            bullets.append(box)
        if thin <= THIN:
            if long <= MAX_DASH:
                pieces.append(box)
                drawn[box] = order
            else:
                rules.append(_rule(*box, order))
            continue
        count = api.count_segments(path)
        if filled:
            red, green, blue, alpha = api.fill_colors([path])[0]
            if alpha == 255:
                fills.append(Fill(box, (red + green + blue) / 765, order))
        if (stroked or count > 6) and count <= _MAX_SEGMENTS:
            rules += _edges(path, count, to_page, order, stroked=stroked)
    joined, single = join_dashes(pieces)
    rules += [*joined, *(_rule(*piece, drawn[piece]) for piece in single if _is_long(piece))]
    return rules, fills, bullets


def _is_dark(path: int) -> bool:
    red, green, blue, alpha = api.fill_colors([path])[0]
    return alpha == 255 and (red + green + blue) / 765 < _PALE


def _is_long(piece: Piece) -> bool:
    """Return whether a mark is a line rather than a dot or a joint of two borders."""
    wide, high = piece[2] - piece[0], piece[3] - piece[1]
    thin, long = (wide, high) if wide < high else (high, wide)
    return long >= _SHORTEST and long > 1.5 * thin


def _rule(x0: float, top: float, x1: float, bottom: float, order: int) -> Rule:
    """Return the center line of a thin shape."""
    if x1 - x0 >= bottom - top:
        y = (top + bottom) / 2
        return Rule(x0, y, x1, y, order)
    x = (x0 + x1) / 2
    return Rule(x, top, x, bottom, order)


def _edges(path: int, count: int, to_page: Matrix, order: int, *, stroked: bool) -> Iterator[Rule]:
    """Yield the edges of a stroked path, or the thin parts of a filled one, and the sides of rounded frames of either."""
    to_page = compose(api.matrices([path])[0], to_page)
    outlines = list(_outlines(path, count, to_page))
    for points, straight, curved in outlines:
        if curved:
            if stroked or len(outlines) > 1:
                yield from frame_rules(points, straight)
        elif stroked:
            yield from _straight_rules(straight, order)
        elif len(points) >= 4:
            x0, top, x1, bottom = _around(points)
            if min(x1 - x0, bottom - top) <= THIN and max(x1 - x0, bottom - top) >= _SHORTEST:
                yield _rule(x0, top, x1, bottom, order)


def _straight_rules(steps: Sequence[Step], order: int) -> Iterator[Rule]:
    for (ax, ay), (bx, by) in steps:
        x0, x1, top, bottom = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
        if min(x1 - x0, bottom - top) <= 1 and max(x1 - x0, bottom - top) >= _SHORTEST:
            yield _rule(x0, top, x1, bottom, order)


def _around(points: Sequence[Point]) -> Area:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _outlines(path: int, count: int, to_page: Matrix) -> Iterator[tuple[list[Point], list[Step], bool]]:
    """Yield the points of each part of a path, its straight steps, and whether it has curves."""
    points: list[Point] = []
    straight: list[Step] = []
    curved = False
    for i in range(count):
        segment = api.get_segment(path, i)
        kind = api.segment_type(segment)
        if kind == api.MOVE_TO:
            if len(points) > 1:
                yield points, straight, curved
            points, straight, curved = [], [], False
        place = apply(to_page, *api.point(segment))
        if kind == api.BEZIER_TO:
            curved = True
        elif points:
            straight.append((points[-1], place))
        points.append(place)
        if api.segment_closes(segment):
            straight.append((points[-1], points[0]))
            points.append(points[0])
    if len(points) > 1:
        yield points, straight, curved
