"""Ways to read the scores of a table or of a run of lines: which figure belongs to which name, for all names alike.

A relation says where the figures of all names stand: in column 3 of the name's row, on the line below with the label
"คะแนนที่ได้", in the row above. All relations are tried; the one that gives the most indicators a figure wins, and
a relation that fits about as well with other figures makes the scores ambiguous.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from thaita.extract.find.score_candidates import ScoreCandidate
from thaita.extract.find.score_places import Name, Plane, Value
from thaita.extract.find.score_relations import links
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
_TOLERANCE = Decimal("0.015")
_PRIOR = {"after": 3, "right": 3, "below": 2, "left": 1, "before": 1, "above": 0, "order": 0}
"""How usual a direction is; it decides between readings that otherwise fit as well."""

_STATED = 4
KNOWN = 3
"""Rank of the scores of a column whose head is known."""

Pairs = Sequence[tuple[Name, Value]]


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
    groups: dict[Hashable, list[tuple[Name, Value]]] = defaultdict(list)
    for key, name, value in links(plane):
        groups[key].append((name, value))
    readings = []
    for key, pairs in groups.items():
        for kind, part in _single(pairs):
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


def _single(links: Pairs) -> Iterator[tuple[int, list[tuple[Name, Value]]]]:
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
    key: Hashable, kind: int, links: Pairs, year: int | None, published: Collection[Decimal]
) -> Reading | None:
    direction = str(key[0]) if isinstance(key, tuple) else ""
    values = _by_indicator((name.candidate.no, value.number.value) for name, value in links)
    nos = frozenset(no for no, found in values.items() if len(found) == 1)
    likely = sum(value.likely for _, value in links)
    decimals = any("." in str(value.number.value) for _, value in links)
    least = 1 if direction == "below" and _directly_below(links) else _LEAST
    if direction == "above" and any(name.row - value.row > 1 for name, value in links):
        least = _MANY  # figures of a remark may stand some lines above any names
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
        flags, rank = (*flags, Flag.SCALE), -1
    scores = tuple(_score(name, value, flags) for name, value in links)
    years = {value.year for _, value in links}
    return Reading(
        scores, nos, rank, proven, _PRIOR[direction] - (kind != 0), years.pop() if len(years) == 1 else None
    )


def _directly_below(links: Pairs) -> bool:
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
