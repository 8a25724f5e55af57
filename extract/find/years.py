"""The assessed year of a report and the year of its measures (both B.E.)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from thaita.extract.structure.grid import Grid
from thaita.extract.structure.page_furniture import FlowItem
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.models.roles import Role
from thaita.models.source_text import SourceText
from thaita.normalize.dates import find_years
from thaita.normalize.indicators import find_indicators

_ASSESSED = re.compile(
    r"ผลการประเมิน|ผลประเมิน|ผลคะแนน|คะแนน|การประเมินผล|การประเมินคุณธรรม|ประเมินคุณธรรม|ประเมิน\s*ITA|ITA|ข้อค้นพบ|อ้างอิงผล|วิเคราะห์ผล",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"มาตรการ|แนวทาง|แผน(?!แม่บท)|ขับเคลื่อน|รายงานผลการดำเนิน|ข้อเสนอแนะในการ|นำไปใช้|ยกระดับ|นำไปสู่|ส่งเสริมคุณธรรม|การพัฒนาคุณธรรม"
)
_OTHER = re.compile(
    r"พระราชบัญญัติ|พ\.?ร\.?บ|ระเบียบ|ประกาศ|คำสั่ง|ยุทธศาสตร์|ก่อน|จากปี|กับปี|เทียบปี|ที่ผ่านมา|ย้อนหลัง|ตั้งแต่ปี|เป้าหมาย|ต่อไป"
)
_SCORED = re.compile(r"[^0-9๐-๙]{0,60}(?:ได้|คะแนน|เท่ากับ)[^0-9๐-๙]{0,20}[0-9๐-๙]{1,3}[.][0-9๐-๙]")
_TARGET = re.compile(r"\s*(?:ไม่น้อยกว่า|ไม่ต่ำกว่า|ตั้งเป้า|เป้าหมาย|ให้ได้)")
_REFERS = re.compile(r"\s*[(]\s*(?:โดย)?(?:อ้างอิง|ใช้|จาก)ผล[^()]*[0-9๐-๙]{4}")
_CONTEXT_LENGTH = 170
_TITLE_LINES = 14
_SHORT = 130


@dataclass(slots=True)
class Years:
    """The votes for each year (B.E.), and the first text that supports it."""

    assessed: Counter[int] = field(default_factory=Counter)
    planned: Counter[int] = field(default_factory=Counter)
    evidence: dict[tuple[str, int], SourceText] = field(default_factory=dict)

    def fiscal_year(self) -> int | None:
        """Return the assessed year (B.E.) with the most votes; the later year wins a tie."""
        return max(self.assessed, key=lambda year: (self.assessed[year], year), default=None)

    def plan_year(self) -> int | None:
        """Return the year of the measures (B.E.) with the most votes; the later year wins a tie."""
        return max(self.planned, key=lambda year: (self.planned[year], year), default=None)

    def ambiguous(self) -> bool:
        """Return whether two years have equally many votes as the assessed year."""
        counts = sorted(self.assessed.values(), reverse=True)
        return len(counts) > 1 and counts[0] == counts[1]

    def vote(self, role: str, year: int, weight: int, text: SourceText) -> None:
        """Add a vote for a year (B.E.) in a role, `assessed` or `planned`."""
        (self.assessed if role == "assessed" else self.planned)[year] += weight
        self.evidence.setdefault((role, year), text)


def find_report_years(flow: Sequence[FlowItem]) -> Years:
    """Return the votes for the assessed year and the year of the measures; mentions in titles count double.

    The nearest words before a year decide its role: words of assessment (ผลการประเมิน, ITA) or words of planning
    (มาตรการ, แนวทาง). Years in dates, laws and ranges are ignored.
    """
    years = Years()
    before = ""
    rows: dict[tuple[str, int], SourceText] = {}
    for i, item in enumerate(flow):
        if isinstance(item, Grid):
            _vote_by_heads(item, years)
            before = ""
            continue
        for role, year, text in _mentions(item, before):
            if _is_year_of_score(item, text):
                rows.setdefault((role, year), text)
            else:
                years.vote(role, year, 4 if i < _TITLE_LINES and len(item.text) < _SHORT else 2, text)
        before = (before + " " + item.text.chars)[-_CONTEXT_LENGTH:] if len(item.text) < _SHORT else ""
    for (role, year), text in rows.items():
        years.vote(role, year, 1, text)
    return years


def _is_year_of_score(para: FlowParagraph, year: SourceText) -> bool:
    """Return whether a year follows an indicator name on a short line, as in a list of scores.

    Ten such lines are no stronger evidence than one, and weaker evidence than a title.
    """
    before = para.text.chars[: para.text.chars.find(year.chars)]
    return len(para.text) < _SHORT and bool(find_indicators(before))


def _vote_by_heads(grid: Grid, years: Years) -> None:
    """Add the votes of column heads; the latest of several score columns is the assessed year."""
    for head in grid.heads:
        if head.year is not None and head.role == Role.FINDING:
            years.vote("assessed", head.year, 2, head.text)
    scored = [head for head in grid.heads if head.year is not None and head.role == Role.SCORE]
    if scored:
        latest = max(scored, key=lambda head: head.year or 0)
        years.vote("assessed", latest.year or 0, 6 if len(scored) > 1 else 2, latest.text)


def _mentions(para: FlowParagraph, before: str) -> Iterator[tuple[str, int, SourceText]]:
    chars = para.text.chars
    for year in find_years(chars):
        if year.kind in ("range", "law", "date") or year.doubt:
            continue
        if _REFERS.match(chars, year.end):
            yield "planned", year.value_be, para.text[year.start : year.end]
            continue
        shown = (before + " " + chars[: year.start])[-_CONTEXT_LENGTH:]
        assessed, planned = _last_end(_ASSESSED, shown), _last_end(_PLANNED, shown)
        if max(assessed, planned) < 0 or _OTHER.search(shown[-24:]):
            continue
        if _TARGET.match(chars[year.end :]):
            continue
        aside = re.search(r"[(](?![^()]*(?:อ้างอิง|ผล))[^()]{0,30}$", chars[: year.start]) is not None
        scored = not aside and _SCORED.match(chars[year.end :]) is not None
        role = "assessed" if scored or assessed > planned else "planned"
        yield role, year.value_be, para.text[year.start : year.end]
        if scored:
            yield role, year.value_be, para.text[year.start : year.end]


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    return max((match.end() for match in pattern.finditer(text)), default=-1)
