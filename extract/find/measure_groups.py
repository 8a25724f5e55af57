"""Measures from groups of lines: a title, steps below it, and lines "key: value" whose keys come in each group."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from thaita.extract.find.column_contents import read_contents
from thaita.extract.find.key_lines import TOLD_OWNER, KeyLine, is_usual_field
from thaita.models.roles import Role
from thaita.models.source_text import SourceText
from thaita.normalize.field_words import leading_role
from thaita.normalize.indicators import match_indicator
from thaita.normalize.match_key import ARABIC
from thaita.normalize.numerals import strip_marker

NAMED = re.compile(
    r"\s*(?:มาตรการ|โครงการ|กิจกรรม|ข้อ|เรื่อง|ลำดับ)\s*(?:ที่|ข้อที่)?\s*([0-9๐-๙]{1,3})(?![0-9๐-๙])\s*[.:)–-]*\s*"
)
"""A number with a word before it: "มาตรการที่ 2", "ข้อ 3"."""
_TOLD = (Role.RESULT, Role.OUTCOME, Role.MONITORING, Role.STEPS)
_PLAIN = (Role.OWNER, Role.PERIOD, Role.STATUS)
_MAX_BEFORE = 25
"""Number of lines above the first key of a document that can belong to its group."""


@dataclass(slots=True)
class Group:
    """The lines of one measure; `first`: no other group stands directly above it.

    `listed` are the lines of a list between two keys that belongs to neither.
    """

    keys: list[KeyLine] = field(default_factory=list)
    values: list[list[SourceText]] = field(default_factory=list)
    above: list[KeyLine] = field(default_factory=list)
    title: KeyLine | None = None
    guideline: KeyLine | None = None
    steps: list[KeyLine] = field(default_factory=list)
    first: bool = False
    listed: list[KeyLine] = field(default_factory=list)

    def add(self, piece: KeyLine) -> None:
        """Add a line with a key."""
        self.keys.append(piece)
        self.values.append([piece.value] if piece.value else [])

    def continue_value(self, lines: Sequence[KeyLine]) -> None:
        """Add lines to the value of the last key.

        A unit, date, status or indicator is complete: it ends before other words, and a list below it is one of steps.
        """
        have = [line.chars for line in self.values[-1]]
        if not have or read_contents(have).plain() not in (*_PLAIN, Role.INDICATOR):
            self.values[-1] += [line.value for line in lines]
        elif all(strip_marker(line.value.chars)[0] for line in lines):
            self.listed += lines


def read_groups(pieces: Sequence[KeyLine | None]) -> list[Group]:
    """Return the groups of lines; None among the pieces is an end of the text, such as a table."""
    order = _order(_parted(pieces, {}))
    groups = _parted(pieces, order)
    named = sum(leading_role(group.keys[0].key) is Role.TITLE for group in groups)
    if named > 0.5 * len(groups):
        return groups
    style = _title_style(groups) if len(groups) > 1 else ""
    for i, group in enumerate(groups):
        _place_title(
            group, style, groups[i - 1] if i else None, groups[i + 1] if i + 1 < len(groups) else None
        )
    _part_guidelines(groups)
    return groups


def _part_guidelines(groups: Sequence[Group]) -> None:
    """Take a line without a marker between a title and a list of steps as the guideline.

    If the groups with a list have such a line, a line without a marker is the guideline in the others too.
    """
    lists = [group.steps for group in groups if any(style_of(line.value)[0] for line in group.steps)]
    plain = sum(not style_of(lines[0].value)[0] for lines in lists)
    if not lists or plain < 0.5 * len(lists):
        return
    for group in groups:
        if group.steps and not style_of(group.steps[0].value)[0]:
            group.guideline, group.steps = group.steps[0], group.steps[1:]


def keys_of_measures(pieces: Sequence[KeyLine | None]) -> frozenset[str]:
    """Return the keys of the groups of lines that describe measures.

    A group does so if the words and the values of a key agree that it is an owner, a period or a status, or if
    two keys have such values or the usual name of a field, or if two keys speak of results, outcomes, steps or how a
    measure is watched. A key counts if it comes in at least two of these groups, and mostly there unless it is the
    usual name of a field; in a single one, only usual names of fields do.
    """
    groups = _parted(pieces, {})
    values: dict[str, list[str]] = {}
    for group in groups:
        for piece, lines in zip(group.keys, group.values, strict=True):
            values.setdefault(piece.key, []).append("\n".join(line.chars for line in lines))
    shown = {key: read_contents(found).plain() for key, found in values.items()}
    plain = {key for key, role in shown.items() if role in _PLAIN}
    hints = plain | {key for key in values if is_usual_field(key)}
    sure = {key for key in plain if leading_role(key) == shown[key] or key == TOLD_OWNER}
    told = {key: role for key in values if (role := leading_role(key)) in _TOLD and shown[key] is None}
    counts: Counter[str] = Counter()
    for group in groups:
        have = {piece.key for piece in group.keys}
        pair = len({told[key] for key in have & set(told)}) > 1 and any(map(is_usual_field, have))
        if have & sure or (len(have & hints) > 1 and have & plain) or pair:
            counts.update(have)
            if len(have & sure) > 1:
                counts.update(have & hints)
    return frozenset(
        key
        for key, count in counts.items()
        if count > 1 and (is_usual_field(key) or 2 * count >= len(values[key]))
    )


def _parted(pieces: Sequence[KeyLine | None], order: dict[str, float]) -> list[Group]:
    """Return the groups: a new one begins where a key comes again, or comes too early for its place."""
    groups: list[Group] = []
    loose: list[KeyLine] = []
    open_ = False
    for piece in pieces:
        if piece is None:
            _close(groups, loose, open_=open_)
            loose, open_ = [], False
        elif not piece.key:
            loose.append(piece)
        elif open_ and not _restarts(groups[-1], piece.key, order, loose):
            groups[-1].continue_value(loose)
            groups[-1].add(piece)
            loose = []
        else:
            above = list(_close(groups, loose, open_=open_))
            groups.append(Group(above=above[-_MAX_BEFORE:], first=not open_))
            groups[-1].add(piece)
            loose, open_ = [], True
    _close(groups, loose, open_=open_)
    return groups


def _restarts(group: Group, key: str, order: dict[str, float], loose: Sequence[KeyLine]) -> bool:
    have = [piece.key for piece in group.keys]
    if key in have:
        return True
    early = bool(order) and order.get(key, 99.0) < order.get(have[-1], 0.0)
    return early and bool(loose)


def _order(groups: Sequence[Group]) -> dict[str, float]:
    """Return the mean place of each key in the groups that have it."""
    places: dict[str, list[int]] = {}
    for group in groups:
        for i, piece in enumerate(group.keys):
            places.setdefault(piece.key, []).append(i)
    return {key: sum(found) / len(found) for key, found in places.items()}


def _close(groups: list[Group], loose: Sequence[KeyLine], *, open_: bool) -> Sequence[KeyLine]:
    """Add the lines below the last key that are its value, if it has none yet; return the other lines.

    The value is one line, or a list, such as the steps below "ขั้นตอน:".
    """
    if not open_ or groups[-1].values[-1] or not loose:
        return loose
    taken = 1
    while taken < len(loose) and all(strip_marker(line.value.chars)[0] for line in loose[: taken + 1]):
        taken += 1
    groups[-1].values[-1] += [line.value for line in loose[:taken]]
    return loose[taken:]


def style_of(text: SourceText) -> tuple[str, int | None]:
    """Return how a line is marked and its number: ("n.", 3), ("n.n", 2), ("-", None), ("", None) for plain text.

    >>> style_of(SourceText.at("2.1 ประชุม", 0)), style_of(SourceText.at("(๓) แจ้งเวียน", 0))
    (('n.n', 1), ('(n)', 3))
    """
    named = NAMED.match(text.chars)
    if named:
        return "named", int(named[1].translate(ARABIC))
    marker = strip_marker(text.chars)[0].strip().translate(ARABIC)
    digits = re.findall(r"\d+", marker)
    if digits:
        return re.sub(r"\d+", "n", marker).replace("))", ")"), int(digits[-1])
    if marker:
        return ("-", None) if len(marker) == 1 else ("letter", None)
    return ("heading", None) if match_indicator(text.chars) is not None else ("", None)


def _title_style(groups: Sequence[Group]) -> str:
    """Return how the titles are marked: the style that most groups have above their keys, counting from 1.

    A style whose numbers go up from group to group wins over others; then the one that comes first.
    """
    seen: Counter[str] = Counter()
    last: dict[str, int] = {}
    for i, group in enumerate(groups):
        lines = [style_of(line.value) for line in group.above]
        seen.update({style for style, _ in lines})
        seen.update([style for style, _ in lines[:1]])
        found = lines if i == 0 else reversed(lines)
        numbers = {style: number for style, number in found if number is not None}
        seen.update(style for style, number in numbers.items() if number == last.get(style, -1) + 1)
        last |= numbers
    del seen["heading"]
    return max(seen, key=lambda style: (seen[style], style)) if seen else ""


def in_series(groups: Sequence[Group]) -> list[bool]:
    """Return, for each group, whether its title is numbered on from that of a neighbor, in the same style."""
    marks = [style_of(group.title.value) if group.title is not None else ("", None) for group in groups]
    follows = [a[0] == b[0] and a[1] is not None and b[1] == a[1] + 1 for a, b in pairwise(marks)]
    return [any(follows[max(0, i - 1) : i + 1]) for i in range(len(groups))]


def _place_title(group: Group, style: str, before: Group | None, after: Group | None) -> None:
    """Choose the title among the lines above the keys; lines below it are steps, those above continue the last key."""
    lines = group.above
    places = [i for i, line in enumerate(lines) if style_of(line.value)[0] == style]
    if not places:
        places = [i for i, line in enumerate(lines) if style_of(line.value)[0] in ("", "named")][-1:]
    if not places:
        return
    at = _first_title(lines, places, after, style) if group.first or before is None else places[0]
    group.title, group.steps = lines[at], lines[at + 1 :]
    if NAMED.fullmatch(group.title.value.chars) and group.steps and not style_of(group.steps[0].value)[0]:
        below = group.steps.pop(0)  # the number stands alone above the title
        group.title = replace(group.title, value=SourceText.join((group.title.value, below.value), " "))


def _first_title(lines: Sequence[KeyLine], places: Sequence[int], after: Group | None, style: str) -> int:
    """Return the place of the first title: its number comes before the next one, or it is the last of its style."""
    following = [style_of(line.value) for line in after.above] if after else []
    numbers = [number for kind, number in following if kind == style and number is not None]
    for i in reversed(places):
        number = style_of(lines[i].value)[1]
        if numbers and number is not None and number == numbers[0] - 1:
            return i
    if not style and after is not None and after.above:
        return max(len(lines) - len(after.above), places[0]) if len(places) > 1 else places[-1]
    return places[-1]
