"""Ways to read the scores of a table or of a run of lines: which figure belongs to which name, for all names alike.

A relation says where the figures of all names stand: in column 3 of the name's row, on the line below with the label
"คะแนนที่ได้", in the row above. All relations are tried; the one that gives the most indicators a figure wins, and
a relation that fits about as well with other figures makes the scores ambiguous.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from thaita.extract.find.score_candidates import ScoreCandidate
from thaita.extract.find.score_plane import Name, Plane, Value
from thaita.models.flags import Flag
from thaita.normalize.weights import overall

_LEAST = 2
"""Minimum indicators of a reading: one name and one figure are read by `score_sentences`."""
_LIKELY_SHARE = 0.6
"""Least share of figures that are written like scores: whole numbers alone may be pages, ranks or weights."""
_MANY, _FULL = 4, Decimal(100)
_ALONE = 16
"""Maximum characters of a line that is only a figure."""
_OTHER_SCALE = 10
"""Scores of which none is greater may be of another scale than 100."""
_MAX_LINES = 12
"""Maximum rows between a name and its figure."""
_TOLERANCE = Decimal("0.015")
_PRIOR = {"after": 3, "right": 3, "below": 2, "left": 1, "before": 1, "above": 0, "order": 0}
"""How usual a direction is; it decides between readings that otherwise fit as well."""

_STATED = 4
KNOWN = 3
"""Rank of the scores of a column whose head is known."""

Link = tuple[Name, Value]


@dataclass(frozen=True, slots=True)
class Reading:
    """The scores that one relation gives; a year (B.E.) is part of the relation.

    `nos` are the indicators with exactly one score, `proven` tells whether a published overall score follows from them.
    """

    scores: tuple[ScoreCandidate, ...]
    nos: frozenset[int]
    rank: int
    proven: bool
    prior: int
    year: int | None = None

    @property
    def quality(self) -> tuple[bool, int, int]:
        """Sort key: readings with the same quality cannot be told apart."""
        return self.proven, len(self.nos), self.rank


def read_plane(plane: Plane, year: int | None, published: Collection[Decimal] = ()) -> list[Reading]:
    """Return the readings of a plane, the best first; those without a plausible number of scores are left out."""
    groups: dict[Hashable, list[Link]] = defaultdict(list)
    for key, name, value in _links(plane):
        groups[key].append((name, value))
    readings = []
    for key, links in groups.items():
        for kind, part in _single(links):
            reading = _reading(key, kind, part, year, published)
            if reading is not None:
                readings.append(reading)
    return sorted(readings, key=lambda one: (*one.quality, one.prior), reverse=True)


def stated_readings(
    scores: Sequence[ScoreCandidate], rank: int, year: int | None, published: Collection[Decimal]
) -> list[Reading]:
    """Return the scores that heads or sentences state as readings, one for each year (B.E.)."""
    readings = []
    for of in dict.fromkeys(one.year for one in scores):
        part = tuple(one for one in scores if one.year == of)
        values = _by_indicator((one.no, one.value) for one in part)
        if _is_constant(values):
            continue
        nos = frozenset(no for no, found in values.items() if len(found) == 1)
        readings.append(Reading(part, nos, rank, _proven(values, year, published), _STATED, of))
    return readings


def _by_indicator(figures: Iterable[tuple[int, Decimal]]) -> dict[int, set[Decimal]]:
    values: dict[int, set[Decimal]] = defaultdict(set)
    for no, value in figures:
        values[no].add(value)
    return values


def _is_constant(values: Mapping[int, set[Decimal]]) -> bool:
    """Return whether all indicators have one and the same figure, as a target or threshold; full marks may be equal."""
    figures = set().union(*values.values())
    return len(values) >= _MANY and len(figures) == 1 and figures != {_FULL}


def _proven(values: Mapping[int, set[Decimal]], year: int | None, published: Collection[Decimal]) -> bool:
    """Return whether a published overall score follows from the scores under the weights of the year (B.E.)."""
    figures = {no: next(iter(found)) for no, found in values.items() if len(found) == 1}
    total = overall(figures, year) if year is not None and len(figures) == len(values) else None
    return total is not None and any(abs(total - value) <= _TOLERANCE for value in published)


def _single(links: Sequence[Link]) -> Iterator[tuple[int, list[Link]]]:
    """Yield links with one figure a name: all, or the first, second, ... figure of each name.

    A figure goes to the nearest of several names.
    """
    of_name: dict[Name, list[Value]] = defaultdict(list)
    for name, value in links:
        of_name[name].append(value)
    most = max(map(len, of_name.values()))
    for k in range(most):
        yield k, [(name, values[k]) for name, values in of_name.items() if len(values) > k]
    if most > 1 and len({len(values) for values in of_name.values()}) > 1:
        yield -1, [(name, values[-1]) for name, values in of_name.items()]


def _reading(
    key: Hashable, kind: int, links: Sequence[Link], year: int | None, published: Collection[Decimal]
) -> Reading | None:
    direction = str(key[0]) if isinstance(key, tuple) else ""
    values = _by_indicator((name.candidate.no, value.number.value) for name, value in links)
    nos = frozenset(no for no, found in values.items() if len(found) == 1)
    likely = sum(value.likely for _, value in links)
    decimals = any("." in str(value.number.value) for _, value in links)
    least = 1 if direction == "below" and _directly_below(links) else _LEAST
    if (
        _is_constant(values)
        or len(nos) < least
        or len(nos) < len(values)
        or likely < _LIKELY_SHARE * len(links)
        or not decimals
    ):
        return None
    proven = _proven(values, year, published)
    rank = min(value.rank for _, value in links)
    flags = (Flag.AMBIGUOUS_SCORE,) if direction == "order" else ()
    if all(value.number.value <= _OTHER_SCALE for _, value in links):
        flags = (*flags, Flag.SCALE)
    scores = tuple(_score(name, value, flags) for name, value in links)
    years = {value.year for _, value in links}
    return Reading(
        scores, nos, rank, proven, _PRIOR[direction] - (kind != 0), years.pop() if len(years) == 1 else None
    )


def _directly_below(links: Sequence[Link]) -> bool:
    """Return whether a figure alone on the line below a name is its score."""
    return all(v.row == n.last + 1 and not v.label and len(v.cell) <= _ALONE for n, v in links)


def _score(name: Name, value: Value, flags: tuple[str, ...]) -> ScoreCandidate:
    crowd = (Flag.AMBIGUOUS_SCORE,) if value.crowded else ()
    return replace(
        name.candidate,
        score=value.text,
        value=value.number.value,
        year=value.year,
        flags=(*name.candidate.flags, *value.number.doubt, *flags, *crowd),
        support=(*name.candidate.support, value.cell) if len(value.cell) <= 60 else name.candidate.support,
    )


# --- relations ---------------------------------------------------------------------------------------------


def _links(plane: Plane) -> Iterator[tuple[Hashable, Name, Value]]:
    for r in sorted({name.row for name in plane.names} | {name.last for name in plane.names}):
        names = sorted((n for n in plane.names if r in (n.row, n.last)), key=lambda n: (n.column, n.start))
        values = sorted((v for v in plane.values if v.row == r), key=lambda v: (v.column, v.start))
        yield from _in_cells(names, values)
        yield from _in_row(names, values)
    yield from _vertical(plane, below=True)
    yield from _vertical(plane, below=False)
    yield from _in_order(plane)


def _in_cells(names: Sequence[Name], values: Sequence[Value]) -> Iterator[tuple[Hashable, Name, Value]]:
    for column in {name.column for name in names}:
        inside = [name for name in names if name.column == column]
        figures = [value for value in values if value.column == column]
        for i, name in enumerate(inside):
            stop = inside[i + 1].start if i + 1 < len(inside) else None
            begin = inside[i - 1].end if i else 0
            after = [v for v in figures if v.start >= name.end and (stop is None or v.end <= stop)]
            before = [v for v in figures[::-1] if begin <= v.start and v.end <= name.start]
            for value in _crowded(after):
                yield ("after", value.year), name, value
            for value in _crowded(before if name.row == name.last else []):
                yield ("before", value.year), name, value


def _in_row(names: Sequence[Name], values: Sequence[Value]) -> Iterator[tuple[Hashable, Name, Value]]:
    columns = sorted({name.column for name in names})
    for column in columns:
        inside = [name for name in names if name.column == column]
        right = [
            v
            for v in values
            if v.column > column and not (set(columns) & set(range(column + 1, v.column + 1)))
        ]
        left = [v for v in values if v.column < column and not (set(columns) & set(range(v.column, column)))]
        for direction, beside in (("right", right), ("left", left)):
            for c in sorted({value.column for value in beside}):
                cell = [value for value in beside if value.column == c]
                offset = c - column if len(columns) > 1 else c
                pairs = list(zip(inside, cell, strict=True)) if len(cell) == len(inside) else []
                if len(inside) == 1:
                    pairs = [(inside[0], value) for value in _crowded(cell)]
                for name, value in pairs:
                    yield (direction, offset, value.year), name, value


def _crowded(values: Sequence[Value]) -> list[Value]:
    """Return the figures of one place, marked if no label or year tells them apart."""
    kinds = Counter((value.label, value.year) for value in values if value.likely)
    return [replace(value, crowded=kinds[value.label, value.year] > 1) for value in values]


def _vertical(plane: Plane, *, below: bool) -> Iterator[tuple[Hashable, Name, Value]]:
    """Yield links to the rows below names, or above them, up to the next row with a name."""
    rows = sorted({name.row for name in plane.names})
    for r in rows:
        inside = sorted((n for n in plane.names if n.row == r), key=lambda n: (n.column, n.start))
        last = max(name.last for name in inside)
        others = [row for row in rows if (row > last if below else row < r)]
        edge = min(others, default=last + _MAX_LINES) if below else max(others, default=r - _MAX_LINES - 1)
        if below:
            near = [v for v in plane.values if last < v.row < edge]
        else:
            ends = max((n.last for n in plane.names if n.row == edge), default=edge)
            near = [v for v in plane.values if ends < v.row < r][::-1]
        yield from _aligned("below" if below else "above", inside, near)


def _aligned(
    direction: str, names: Sequence[Name], values: Sequence[Value]
) -> Iterator[tuple[Hashable, Name, Value]]:
    for r in dict.fromkeys(value.row for value in values):
        row = sorted((v for v in values if v.row == r), key=lambda v: (v.column, v.start))
        if len(names) == 1:
            for value in row:
                yield (direction, value.label, value.column, value.year), names[0], value
            continue
        labels = {value.label for value in row}
        label = labels.pop() if len(labels) == 1 else ""
        same = len({n.column for n in names}) == 1 and len({v.column for v in row}) == 1
        if same and len(row) == len(names):
            for name, value in zip(names, row, strict=True):
                yield (direction, label, "inline", value.year), name, value
        elif not same:
            for name in names:
                for value in row:
                    if value.column == name.column:
                        yield (direction, label, "column", value.year), name, value


def _in_order(plane: Plane) -> Iterator[tuple[Hashable, Name, Value]]:
    """Yield links between a list of names and the list of as many figures after or before it."""
    names = sorted(plane.names, key=lambda name: (name.row, name.column, name.start))
    if len(names) < _LEAST or len({name.candidate.no for name in names}) != len(names):
        return
    runs: list[list[Value]] = []
    for value in plane.values:
        if runs and value.row <= runs[-1][-1].row + 1 and value.column == runs[-1][-1].column:
            runs[-1].append(value)
        else:
            runs.append([value])
    for run in runs:
        apart = run[0].row > names[-1].last or run[-1].row < names[0].row
        if len(run) == len(names) and apart and all(value.likely for value in run):
            for name, value in zip(names, run, strict=True):
                yield ("order", run[0].row), name, value


def choose(readings: Iterable[Reading]) -> list[ScoreCandidate]:
    """Return the scores of a plane: of the best reading of each year, then of others for what it lacks.

    Each figure is used once. A rival that fits as well with another figure makes a score ambiguous.
    """
    ranked = list(readings)
    chosen: list[ScoreCandidate] = []
    used: dict[int, int] = {}
    for i, reading in enumerate(ranked):
        told = {(one.no, one.year) for one in chosen}
        new = [
            one
            for one in reading.scores
            if (one.no, one.year) not in told and used.get(one.score.origin[0], one.no) == one.no
        ]
        if not new or (i and len({one.no for one in new}) < _LEAST):
            continue
        rivals = [] if reading.proven else _rivals(reading, ranked[i + 1 :])
        for one in new:
            doubtful = any(
                other.no == one.no and other.value != one.value for rival in rivals for other in rival.scores
            )
            chosen.append(replace(one, flags=(*one.flags, Flag.AMBIGUOUS_SCORE)) if doubtful else one)
            used[one.score.origin[0]] = one.no
    return chosen


def _rivals(reading: Reading, others: Sequence[Reading]) -> list[Reading]:
    return [
        other
        for other in others
        if other.year == reading.year and len(other.nos) >= len(reading.nos) and other.rank >= reading.rank
    ]
