"""Tables whose rows alone are separated, by lines or by colored heads: heads and white space give the columns."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from thaita.extract.readers.page.content import Glyph, PageContent, Rule, sides_of
from thaita.extract.readers.page.lines import Line, read_lines
from thaita.extract.readers.page.row_bands import (
    NEAR,
    OVER,
    Band,
    Level,
    band_of,
    group_levels,
    head_levels,
    middle_of,
    right_of,
)
from thaita.extract.readers.page.ruled_tables import Bar, Lattice, join_bars
from thaita.models.document import Box, around

_MIN_BANDS = 3
"""Minimum number of bands from which white space alone gives the columns; below colored heads, one is enough."""

_MIN_COLUMNS = 3
"""Minimum number of columns: two may be a list and its bullets, or two texts side by side."""

_ESTABLISHED = 4
"""Number of bands with the same white space from which text across it belongs to no row of the table."""

_GUTTER = 0.4
"""Minimum white space in ems between two columns, over all rows."""

_MAX_CROSSED = 0.34
"""Maximum share of bands whose text crosses the columns, as titles of groups of rows do."""

_FILLED = 0.5
"""Minimum share of the bands in which each column has text."""

_REACH = 14.0
"""Maximum distance in points from the outermost line to the text of heads above it, or of a last row below it."""

_PITCH = 2.2
"""Maximum baseline distance, in type sizes, of the lines of such a row."""

Stretch = tuple[float, float]
"""The start and end along x of white or covered space."""


def banded_table_rules(content: PageContent, lattices: Sequence[Lattice]) -> list[Rule]:
    """Return the lines around the cells of the tables whose rows alone are separated.

    Tables with drawn cells (`lattices` of more than one cell) stay as they are.
    """
    drawn = [one.box for one in lattices if len(one.cells) > 1]
    flat = join_bars([Bar((r.top + r.bottom) / 2, r.x0, r.x1) for r in content.rules if r.horizontal])
    flat = [bar for bar in flat if not any(_holds(box, bar.start, bar.at) for box in drawn)]
    fills = [box for box in content.fills if not any(_holds(one, box.x0, box.top) for one in drawn)]
    glyphs = [one for one in content.glyphs if one.visible and one.upright and one.text.strip()]
    glyphs.sort(key=middle_of)
    rules: list[Rule] = []
    for levels in group_levels([*(Level(bar.at, bar.start, bar.end) for bar in flat), *head_levels(fills)]):
        for table in _tables(levels, glyphs):
            rules += table
            rules += _parts(flat, table)
    return rules


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x0 - NEAR <= x <= box.x1 + NEAR and box.top - NEAR <= y <= box.bottom + NEAR


def _tables(levels: Sequence[Level], glyphs: Sequence[Glyph]) -> Iterator[list[Rule]]:
    """Yield the lines of each table between levels of equal width."""
    x0, x1 = levels[0].x0, levels[0].x1
    bands = [band_of(glyphs, x0, x1, a.at, b.at) for a, b in itertools.pairwise(levels)]
    first = 0
    while first < len(bands):
        heads = levels[first].heads
        walls, number = (
            _below_heads(bands[first:], levels[first:]) if heads else _by_white_space(bands[first:])
        )
        if not walls:
            first += max(1, number)
            continue
        table = bands[first : first + number]
        if not heads:
            table = [*_open_band(glyphs, table, walls, x0, x1, above=True), *table]
        table = [*table, *_open_band(glyphs, table, walls, x0, x1, above=False)]
        yield _rules(table, walls, x0, x1, heads)
        first += number


def _below_heads(bands: Sequence[Band], levels: Sequence[Level]) -> tuple[list[float], int]:
    """Return the walls between columns that colored heads show, and the number of bands, with that of the heads.

    Colored cells further down are stripes, unless they have other walls or a title stands above them.
    """
    walls = _walls_of(levels[0].heads)
    if len(walls) < _MIN_COLUMNS - 1 or not bands[0].lines:
        return [], 0
    number = 1
    for band, level in zip(bands[1:], levels[1:], strict=False):
        if level.heads:
            above = bands[number - 1]
            titled = number > 1 and len(above.lines) == 1 and sum(map(bool, above.heights(walls))) == 1
            if not _are_near(walls, _walls_of(level.heads)) or (titled and above.lines[0].bold):
                number -= titled
                break
        if any(map(band.crosses, walls)) and len(band.lines) > 1:
            break
        number += 1
    return (walls, number) if _are_rows(bands[1:number], walls, 1) else ([], 0)


def _walls_of(heads: Sequence[Box]) -> list[float]:
    """Return the sides between colored areas, from left to right."""
    edges = sorted({edge for box in heads for edge in (box.x0, box.x1)})
    return [b for a, b in itertools.pairwise(edges) if b - a > NEAR][:-1]


def _are_near(walls: Sequence[float], others: Sequence[float]) -> bool:
    return len(walls) == len(others) and all(abs(a - b) <= NEAR for a, b in zip(walls, others, strict=True))


def _by_white_space(bands: Sequence[Band]) -> tuple[list[float], int]:
    """Return the walls in the white space between columns that the bands share, and the number of those bands.

    Bands that share white space but are no rows are counted too, without walls.
    """
    walls: list[float] = []
    kept: list[Band] = []
    covered: list[Stretch] = []
    number = 0
    for i, band in enumerate(bands, 1):
        if not band.lines:
            break
        stretches = _with_band(covered, band)
        more = [(a[1] + b[0]) / 2 for a, b in itertools.pairwise(stretches)]
        known = len(walls) if len(kept) >= _ESTABLISHED else 0
        if len(more) >= max(known, _MIN_COLUMNS - 1):
            kept.append(band)
            walls, number, covered = more, i, stretches
        elif len(band.lines) > 1 or not kept:
            break
    walls = [wall for wall in walls if not _is_idle(wall, walls, kept)]
    least = _MIN_BANDS - _is_head(kept)
    enough = len(walls) >= _MIN_COLUMNS - 1 and len(kept) >= max(least, (1 - _MAX_CROSSED) * number)
    if not enough:
        return [], 0
    return (walls, number) if _are_rows(kept, walls, least) else ([], number)


def _is_head(bands: Sequence[Band]) -> bool:
    """Return whether the first band is bold and the next one is not, as heads and a row are."""
    looks = [all(line.bold for line in band.lines) for band in bands[:2]]
    return looks == [True, False]


def _with_band(covered: Sequence[Stretch], band: Band) -> list[Stretch]:
    """Return the stretches that text covers, with that of one more band; a gap narrower than a gutter parts none."""
    gutter = _GUTTER * max(line.size for line in band.lines)
    merged: list[Stretch] = []
    for x0, x1 in sorted([*covered, *((one.box.x0, right_of(one)) for one in band.glyphs)]):
        if merged and x0 - merged[-1][1] < gutter:
            merged[-1] = merged[-1][0], max(merged[-1][1], x1)
        else:
            merged.append((x0, x1))
    return merged


def _is_idle(wall: float, walls: Sequence[float], bands: Sequence[Band]) -> bool:
    """Return whether the column left of a wall has text in too few bands to be one."""
    before = [one for one in walls if one < wall]
    low = before[-1] if before else float("-inf")
    full = sum(any(low <= one.box.x0 < wall for one in band.glyphs) for band in bands)
    return full < _FILLED * len(bands)


def _are_rows(bands: Sequence[Band], walls: Sequence[float], least: int) -> bool:
    """Return whether each band is one row of several cells; a band may also hold several rows, line by line."""
    full = [band.heights(walls) for band in bands if band.lines]
    several = [heights for heights in full if sum(map(bool, heights)) > 1]
    stacked = [
        heights for heights in several if len({one for one in heights if one}) == 1 and max(heights) > 1
    ]
    if len(several) < max(least, (1 - _MAX_CROSSED) * len(full)):
        return False
    return not stacked if len(several) < _MIN_BANDS else 2 * len(stacked) <= len(several)


def _open_band(
    glyphs: Sequence[Glyph],
    table: Sequence[Band],
    walls: Sequence[float],
    x0: float,
    x1: float,
    *,
    above: bool,
) -> list[Band]:
    """Return the row above or below the outermost level whose outer side has no line; empty if there is none."""
    height = max(band.bottom - band.top for band in table)
    start = table[0].top - height if above else table[-1].bottom
    lines = read_lines(band_of(glyphs, x0, x1, start, start + height).glyphs)
    at = table[0].top if above else table[-1].bottom
    found: list[Line] = []
    for line in reversed(lines) if above else lines:
        far = at - line.box.bottom if above else line.box.top - at
        step = abs(line.box.bottom - found[-1].box.bottom) if found else 0.0
        if far > (_REACH if not found else height) or step > _PITCH * line.size:
            break
        if any(s.x0 < wall - OVER and s.x1 > wall + OVER for s in line.segments for wall in walls):
            break
        found.append(line)
    if not found:
        return []
    box = around([line.box for line in found])
    band = band_of(glyphs, x0, x1, box.top - 1, at) if above else band_of(glyphs, x0, x1, at, box.bottom + 1)
    heights = band.heights(walls)
    full = sum(map(bool, heights))
    return [band] if full >= max(2, _FILLED * len(heights)) and _are_rows([band], walls, 1) else []


def _rules(
    bands: Sequence[Band], walls: Sequence[float], x0: float, x1: float, heads: Sequence[Box]
) -> list[Rule]:
    """Return the lines between rows, and the walls where no text crosses them."""
    rules = [Rule(x0, at, x1, at) for at in [bands[0].top, *(band.bottom for band in bands)]]
    for i, band in enumerate(bands):
        if i == 0 and heads:
            rules += [rule for box in heads for rule in sides_of(box)]
            continue
        inner = [wall for wall in walls if not band.crosses(wall)]
        rules += [Rule(wall, band.top, wall, band.bottom) for wall in (x0, *inner, x1)]
    return rules


def _parts(flat: Sequence[Bar], table: Sequence[Rule]) -> list[Rule]:
    """Return the lines that cross some columns of a table from wall to wall: they end cells merged over rows."""
    box = around([Box(rule.x0, rule.top, rule.x1, rule.bottom) for rule in table])
    walls = {rule.x0 for rule in table if not rule.horizontal}
    return [
        Rule(bar.start, bar.at, bar.end, bar.at)
        for bar in flat
        if box.top < bar.at < box.bottom
        and bar.end - bar.start < box.x1 - box.x0 - NEAR
        and all(any(abs(wall - end) <= NEAR for wall in walls) for end in (bar.start, bar.end))
    ]
