"""The assessed year of a report and the year of its measures (both B.E.)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from thaita.extract.find.titles import key_values, title_length
from thaita.extract.structure.grid import Grid
from thaita.extract.structure.page_furniture import FlowItem
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.models.roles import OF_MEASURES_ONLY, Role
from thaita.models.source_text import SourceText
from thaita.normalize.dates import Year, find_years
from thaita.normalize.figures import read_figures
from thaita.normalize.indicators import find_indicators
from thaita.normalize.numerals import strip_marker
from thaita.normalize.year_cues import any_year_word, is_other_year, role_after, role_before, year_words

_TITLE = "title"
"""The place of a mention in the report's title."""
_SCORED = re.compile(
    rf"[^0-9๐-๙]{{0,60}}{any_year_word('between')}[^0-9๐-๙]{{0,20}}[0-9๐-๙]{{1,3}}[.][0-9๐-๙]"
)
_PAGE = re.compile(rf"({any_year_word('glued')}\s*(?:25[0-9]{{2}}|๒๕[๐-๙]{{2}}))[0-9๐-๙]{{1,3}}$")
_FIGURE = re.compile(r"[0-9๐-๙]{1,3}[.][0-9๐-๙]{1,2}(?![0-9๐-๙.])")
_YEAR_AND_FIGURE = re.compile(r"\D{0,12}[0-9๐-๙]{4}\s*[:=]?\s*[0-9๐-๙]{1,3}[.][0-9๐-๙]{1,2}\s*")
"""A line that states a figure of a year; ten of them, beside other figures, are no stronger evidence than one."""
_REFERS = re.compile(rf"\s*[(]\s*{any_year_word('opens_bracket')}[^()]*[0-9๐-๙]{{4}}")
_ASIDE = re.compile(rf"[(](?![^()]*{any_year_word('in_bracket')})[^()]{{0,30}}$")
_LEAST_INDICATORS = 3
"""Least number of columns of indicators that make a table of results with a row for each year."""
_CONTEXT_LENGTH = 170
_SHORT = 130
_END_OF_HEADING = 12
"""Characters that may follow the year of a heading without a number or a mark."""
_NEAR = 0.6
"""Share of the winner's support from which another year casts doubt on it."""
_WEIGHTS: dict[str, tuple[float, float]] = {
    "title": (6, 12),
    "label": (6, 12),
    "plain": (3, 3),
    "heading": (4, 8),
    "column": (4, 8),
    "scored": (1.5, 4),
    "prose": (1, 3),
    "row": (0.5, 0.5),
    "past": (0.5, 0.5),
}
"""The weight of each kind of place, and the most that all mentions of one year in such places weigh together."""
_LENT = 2.0
"""The weight for the assessed year of a title that speaks of measures, unless its year is that of the measures."""
_PLANNED_TITLE = 3.0
"""The weight for the year of measures of a title: the heading of the measures outweighs it."""


@dataclass(slots=True)
class Years:
    """The mentions of each year (B.E.) by role and kind of place, and the first text that supports it.

    `measured`: the report contains a table of measures.
    """

    mentions: Counter[tuple[str, int, str]] = field(default_factory=Counter)
    evidence: dict[tuple[str, int], SourceText] = field(default_factory=dict)
    measured: bool = False

    def fiscal_year(self) -> int | None:
        """Return the assessed year (B.E.) with the best support; the later year wins a tie."""
        return _best(self._assessed())

    def plan_year(self) -> int | None:
        """Return the year of the measures (B.E.) with the best support; the later year wins a tie.

        A title alone speaks of measures if the report contains some or states another assessed year.
        """
        support = self.support("planned")
        stated = any(role == "planned" and place != _TITLE for role, _, place in self.mentions)
        assessed = any(role == "assessed" and place != "past" for role, _, place in self.mentions)
        return _best(support) if stated or self.measured or assessed else None

    def ambiguous(self) -> bool:
        """Return whether another year has almost as much support as the assessed year, or only a title lends it."""
        counts = sorted(self._assessed().values(), reverse=True)
        lent = self.fiscal_year() not in self.support("assessed")
        return bool(counts) and (lent or (len(counts) > 1 and counts[1] >= _NEAR * counts[0]))

    def vote(self, role: str, year: int, place: str, text: SourceText) -> None:
        """Add a mention of a year (B.E.) in a role, `assessed` or `planned`, and a kind of place."""
        self.mentions[role, year, place] += 1
        self.evidence.setdefault((role, year), text)

    def text_of(self, role: str, year: int) -> SourceText | None:
        """Return the text that supports a year in a role; that of a title may support either."""
        other = "planned" if role == "assessed" else "assessed"
        return self.evidence.get((role, year)) or self.evidence.get((other, year))

    def support(self, role: str) -> dict[int, float]:
        """Return the weight of all mentions of each year (B.E.) in a role, `assessed` or `planned`."""
        support: dict[int, float] = {}
        for (its, year, place), count in self.mentions.items():
            if its == role:
                weight, most = _WEIGHTS[place]
                if (role, place) == ("planned", _TITLE):
                    weight = most = _PLANNED_TITLE
                support[year] = support.get(year, 0) + min(count * weight, most)
        return support

    def _assessed(self) -> dict[int, float]:
        support, plan = self.support("assessed"), self.plan_year()
        for role, year, place in self.mentions:
            if (role, place) == ("planned", _TITLE) and year != plan:
                support[year] = support.get(year, 0) + _LENT
        return support


def _best(support: dict[int, float]) -> int | None:
    return max(support, key=lambda year: (support[year], year), default=None)


def find_report_years(flow: Sequence[FlowItem]) -> Years:
    """Return the mentions of the assessed year and the year of the measures.

    The nearest words before a year decide its role: words of assessment (ผลการประเมิน, ITA) or words of planning
    (มาตรการ, แนวทาง). Years in dates, laws and ranges are ignored.
    """
    years = Years()
    before = ""
    titles = title_length(flow)
    _vote_by_particulars(flow, years)
    for i, item in enumerate(flow):
        if isinstance(item, Grid):
            _vote_by_heads(item, years)
            _vote_by_rows(item, years)
            before = ""
            continue
        for role, year, place in _mentions(item, before, i < titles):
            years.vote(role, year.value_be, place, item.text[year.start : year.end])
        before = (before + " " + item.text.chars)[-_CONTEXT_LENGTH:] if len(item.text) < _SHORT else ""
    return years


def _vote_by_particulars(flow: Sequence[FlowItem], years: Years) -> None:
    """Add the years that labels of the report's particulars state; one without a role is the assessed year."""
    for label, value in key_values(flow):
        if _FIGURE.search(value.chars) and _is_result(f"{label.chars} {value.chars}"):
            for year in find_years(label.chars)[:1]:
                before = label.chars[: year.start]
                if not year.doubt and role_before(before) == "assessed" and not is_other_year(before):
                    years.vote("assessed", year.value_be, "scored", label[year.start : year.end])
        if not any(word in label.chars for word in year_words("label")):
            continue
        for year in find_years(value.chars)[:1]:
            if year.kind in ("fiscal", "plain", "bare") and not year.doubt:
                role = role_before(label.chars + " " + value.chars[: year.start])
                text = value[year.start : year.end]
                if role in ("assessed", "planned"):
                    years.vote(role, year.value_be, "label", text)
                elif role is None:
                    years.vote("assessed", year.value_be, "plain", text)


def _is_result(line: str) -> bool:
    """Return whether the words of a line make its figures results: no targets, means or changes."""
    return all(figure.plain for figure in read_figures(line) if "." in figure.number.as_written)


def _vote_by_heads(grid: Grid, years: Years) -> None:
    """Add the votes of column heads; the latest of several score columns is the assessed year."""
    years.measured = years.measured or any(head.role in OF_MEASURES_ONLY for head in grid.heads)
    for head in grid.heads:
        if head.year is not None and head.role == Role.FINDING:
            years.vote("assessed", head.year, "prose", head.text)
        if head.role in (Role.PERIOD, Role.MONTH):
            for year in find_years(head.text.chars):
                if year.kind == "fiscal" and not year.doubt:
                    years.vote("planned", year.value_be, "column", head.text)
    scored = [head for head in grid.heads if head.year is not None and head.role == Role.SCORE]
    if scored:
        latest = max(scored, key=lambda head: head.year or 0)
        undated = any(head.year is None and head.role == Role.SCORE for head in grid.heads)
        place = "past" if undated and len(scored) == 1 else "column"
        years.vote("assessed", latest.year or 0, place, latest.text)


def _vote_by_rows(grid: Grid, years: Years) -> None:
    """Add the years of a table that has a row for each: the latest of them is the assessed year."""
    if sum(head.indicator_no is not None for head in grid.heads) < _LEAST_INDICATORS:
        return
    for column in range(len(grid.heads)):
        cells = [row.cells[column].text for row in grid.rows if row.cells[column].has_own_text()]
        found = [(year, cell) for cell in cells for year in find_years(cell.chars) if _is_whole(cell, year)]
        if cells and len(found) == len(cells):
            latest, text = max(found, key=lambda pair: pair[0].value_be)
            years.vote("assessed", latest.value_be, "column", text)
            return


def _is_whole(cell: SourceText, year: Year) -> bool:
    """Return whether a cell states a year and nothing else but words for it."""
    return not year.doubt and not any(
        char.isdigit() for char in cell.chars[: year.start] + cell.chars[year.end :]
    )


def _mentions(para: FlowParagraph, before: str, opening: bool) -> Iterator[tuple[str, Year, str]]:
    """Yield each year of a paragraph that belongs to the report, with its role and kind of place."""
    chars = _without_page(para)
    for year in find_years(chars):
        if year.kind in ("range", "law", "date") or year.doubt:
            continue
        place = _place(para, year, opening)
        if _REFERS.match(chars, year.end):
            yield "planned", year, place
            continue
        role = role_before((before + " " + chars[: year.start])[-_CONTEXT_LENGTH:])
        after = role_after(chars[year.end :])
        if is_other_year(chars[: year.start]) or after == "other":
            continue
        if role is None and place == _TITLE:
            yield "assessed", year, "plain"
        aside = _ASIDE.search(chars[: year.start]) is not None
        if not aside and _SCORED.match(chars[year.end :]) and role is not None:
            role, place = "past" if role == "past" else "assessed", place if place == "row" else "scored"
        if role == "past" or (after == "past" and role == "assessed"):
            role, place = "assessed", "past"
        if role is not None or after == "assessed":
            yield role or "assessed", year, place


def _without_page(para: FlowParagraph) -> str:
    """Return the text of a paragraph without the page number that is glued to the year of a running head."""
    return _PAGE.sub(r"\1", para.text.chars)


def _place(para: FlowParagraph, year: Year, opening: bool) -> str:
    """Return the kind of place where a year stands.

    A year after an indicator's name on a short line, or with nothing but a figure, is one of a list of scores: ten
    such lines are no stronger evidence than one, and weaker than a title.
    """
    chars = para.text.chars
    if len(chars) >= _SHORT:
        return "prose"
    if find_indicators(chars[: year.start]) or _YEAR_AND_FIGURE.fullmatch(chars):
        return "row"
    if _FIGURE.search(chars[year.end :]):
        return "prose"
    ends = len(chars) - year.end <= _END_OF_HEADING
    marked = para.heading or para.running or bool(strip_marker(chars)[0])
    if opening and not strip_marker(chars)[0]:
        return "title"
    return "heading" if ends or marked else "prose"
