"""Automatic numbering: the markers that Word displays before list items but does not store as text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from thaita.extract.readers.docx.number_formats import list_number
from thaita.extract.readers.docx.styles import ParagraphFormat, Styles, read_run_format
from thaita.extract.readers.docx.symbols import decode_symbols
from thaita.extract.readers.docx.xml import Element, W, child_value, integer, switched_on, value

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
"""Number of levels in a list (ECMA-376 Part 1, 17.9.6)."""
_MAX_MARKER = 255
"""Maximum length of a marker; Word displays far fewer characters."""
_DASHES = frozenset("-–—−‐‑")
_KEPT_BULLETS = frozenset("☐☑☒✓✗→○")


@dataclass(frozen=True, slots=True)
class Level:
    """A list level: its start value, its number format and the text around the number.

    `restart` is the level (1 is the topmost) whose items restart the count: 0 for none, None for every higher
    level.
    """

    start: int = 1
    style: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    arabic: bool = False
    font: str | None = None
    paragraph_style: str | None = None


@dataclass(frozen=True, slots=True)
class ListDefinition:
    """A list: the definition that it shares its count with, its levels, and the start values that it overrides."""

    form: str
    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass(slots=True)
class Numbering:
    """The lists of `numbering.xml` by their id."""

    lists: dict[str, ListDefinition] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Element | None, styles: Styles) -> Numbering:
        """Return the lists of the part; empty if there is no such part."""
        numbering = cls()
        if root is None:
            return numbering
        forms = {value(form, "abstractNumId"): form for form in root.findall(W + "abstractNum")}
        used = {
            value(item, "numId") or "": child_value(item, "abstractNumId") for item in root.findall(W + "num")
        }
        levels = {name: _levels(form) for name, form in forms.items()}
        for item in root.findall(W + "num"):
            name = child_value(item, "abstractNumId")
            linked = child_value(forms.get(name), "numStyleLink")
            if linked is not None and (target := styles.list_of_style(linked)) in used:
                name = used[target or ""]
            if name in levels:
                numbering.lists[value(item, "numId") or ""] = _list_definition(name or "", levels[name], item)
        return numbering


def _levels(form: Element) -> dict[int, Level]:
    return {i: _level(level) for level in form.findall(W + "lvl") if 0 <= (i := _index(level)) < _LEVELS}


def _list_definition(name: str, shared: dict[int, Level], item: Element) -> ListDefinition:
    levels = dict(shared)
    starts: dict[int, int] = {}
    for override in item.findall(W + "lvlOverride"):
        level = override.find(W + "lvl")
        if not 0 <= _index(override) < _LEVELS:
            continue
        if level is not None:
            levels[_index(override)] = _level(level)
        start = integer(child_value(override, "startOverride"))
        if start is not None:
            starts[_index(override)] = start
    return ListDefinition(name, levels, starts)


def _index(element: Element) -> int:
    return integer(value(element, "ilvl"), 0) or 0


def _level(level: Element) -> Level:
    text = level.find(W + "lvlText")
    look = read_run_format(level.find(W + "rPr"))
    start = integer(child_value(level, "start"), 1)
    return Level(
        start=1 if start is None else start,
        style=child_value(level, "numFmt") or "decimal",
        text=(value(text) or "")[:_MAX_MARKER],
        suffix=child_value(level, "suff") or "tab",
        restart=integer(child_value(level, "lvlRestart")),
        arabic=switched_on(level.find(W + "isLgl")) or False,
        font=look.low or look.high,
        paragraph_style=child_value(level, "pStyle"),
    )


@dataclass(slots=True)
class Counters:
    """The running counts of a story's lists; `unknown` collects unknown number formats."""

    numbering: Numbering
    unknown: set[str] = field(default_factory=set)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    def marker(self, paragraph: ParagraphFormat, empty: bool = False) -> str:
        """Return the marker of the next paragraph with this list, including the separator from the text.

        A bullet before empty text is not a marker; a number is (a column of running numbers).
        """
        found = self.numbering.lists.get(paragraph.list_id or "0") if paragraph.list_id != "0" else None
        if found is None:
            return ""
        index = _level_index(paragraph, found)
        level = found.levels.get(index)
        if level is None:
            return ""
        if level.style == "bullet":
            return "" if empty else _bullet(level) + _separator(level)
        self._count(paragraph.list_id or "", found, index)
        marker = self._marker_text(found, index)
        return marker + _separator(level) if marker.strip() else ""

    def _count(self, list_id: str, found: ListDefinition, index: int) -> None:
        counts = self._counts.setdefault(found.form, {})
        start = found.starts.get(index)
        level = found.levels[index]
        if start is not None and (list_id, index) not in self._started:
            counts[index] = start
        else:
            counts[index] = counts[index] + 1 if index in counts else level.start if start is None else start
        self._started.add((list_id, index))
        for lower in [other for other in counts if other > index]:
            restart = found.levels[lower].restart if lower in found.levels else None
            if restart is None or index < restart:
                del counts[lower]

    def _marker_text(self, found: ListDefinition, index: int) -> str:
        level = found.levels[index]
        counts = self._counts[found.form]

        def number(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            other = found.levels.get(place, Level())
            count = counts.get(place, found.starts.get(place, other.start))
            written = list_number(count, "decimal" if level.arabic else other.style)
            if written is None:
                self.unknown.add(other.style)
                return str(count)
            return written

        return _PLACE.sub(number, level.text)[:_MAX_MARKER]


def _level_index(paragraph: ParagraphFormat, found: ListDefinition) -> int:
    if paragraph.list_level is not None:
        return paragraph.list_level
    by_style = (i for i, level in found.levels.items() if level.paragraph_style == paragraph.list_style)
    return next(by_style, 0) if paragraph.list_style else 0


def _separator(level: Level) -> str:
    return "" if level.suffix == "nothing" else " "


def _bullet(level: Level) -> str:
    """Return the displayed bullet: dashes, boxes, ticks and words unchanged, any ornament as •.

    A single letter o is the hollow circle of Word's standard lists, set in a typewriter font.
    """
    text = decode_symbols(level.text, level.font).strip()
    if text and set(text) <= _DASHES:
        return "-"
    if text in _KEPT_BULLETS or (text != "o" and any(char.isalnum() for char in text)):
        return text
    return "•"
