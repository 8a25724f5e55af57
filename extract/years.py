"""Which year was assessed and which year the measures are for (both B.E.)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from thaita.extract.flow import Item, Para
from thaita.extract.grid import Grid
from thaita.models.source_text import SourceText
from thaita.normalize.dates import find_years

_ASSESSED = re.compile(
    r"ผลการประเมิน|ผลประเมิน|ผลคะแนน|คะแนน|การประเมินผล|การประเมินคุณธรรม|ประเมินคุณธรรม|ประเมิน\s*ITA|ITA|ข้อค้นพบ|วิเคราะห์ผล"
    r"|ข้อมูลมาจากระบบ",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"มาตรการ|แนวทาง|แผน(?!แม่บท)|ขับเคลื่อน|รายงานผลการดำเนิน|ข้อเสนอแนะในการ|นำไปใช้|นำไปสู่|ส่งเสริมคุณธรรม|การพัฒนาคุณธรรม"
)
_OTHER = re.compile(r"พระราชบัญญัติ|พ\.?ร\.?บ|ระเบียบ|ประกาศ|คำสั่ง|ยุทธศาสตร์|ก่อน|ที่ผ่านมา|ย้อนหลัง|ตั้งแต่ปี|เป้าหมาย|ต่อไป")
_BEFORE = 170
_TITLE_LINES = 14
_SHORT = 130


@dataclass(slots=True)
class Years:
    """The votes for each year, and the text that speaks for it first."""

    assessed: Counter[int] = field(default_factory=Counter)
    planned: Counter[int] = field(default_factory=Counter)
    evidence: dict[tuple[str, int], SourceText] = field(default_factory=dict)

    def fiscal_year(self) -> int | None:
        """Return the assessed year with most support, the later of two with equal support."""
        return max(self.assessed, key=lambda year: (self.assessed[year], year), default=None)

    def plan_year(self) -> int | None:
        """Return the year of the measures with most support, the later of two with equal support."""
        return max(self.planned, key=lambda year: (self.planned[year], year), default=None)

    def ambiguous(self) -> bool:
        """Tell whether two years have equal support for being the assessed one."""
        counts = sorted(self.assessed.values(), reverse=True)
        return len(counts) > 1 and counts[0] == counts[1]

    def vote(self, role: str, year: int, weight: int, text: SourceText) -> None:
        """Count a mention of a year for a role."""
        (self.assessed if role == "assessed" else self.planned)[year] += weight
        self.evidence.setdefault((role, year), text)


def find_report_years(flow: Sequence[Item]) -> Years:
    """Weigh every mention of a year by the words before it; titles count double.

    A mention after words of assessment (ผลการประเมิน, ITA) speaks for the assessed year, one after
    words of planning (มาตรการ, แนวทาง) for the plan's; the nearest words decide. Years in dates,
    laws and ranges do not count.
    """
    years = Years()
    before = ""
    for i, item in enumerate(flow):
        if isinstance(item, Grid):
            for head in item.heads:
                if head.year is not None and head.role in ("finding", "score"):
                    years.vote("assessed", head.year, 2, head.text)
            before = ""
            continue
        for role, year, text in _mentions(item, before):
            years.vote(role, year, 4 if i < _TITLE_LINES and len(item.text) < _SHORT else 2, text)
        before = (before + " " + item.text.chars)[-_BEFORE:] if len(item.text) < _SHORT else ""
    return years


def _mentions(para: Para, before: str) -> Iterator[tuple[str, int, SourceText]]:
    chars = para.text.chars
    for year in find_years(chars):
        if year.kind in ("range", "law", "date") or year.doubt:
            continue
        shown = (before + " " + chars[: year.start])[-_BEFORE:]
        assessed, planned = _last(_ASSESSED, shown), _last(_PLANNED, shown)
        if max(assessed, planned) < 0 or _OTHER.search(shown[-24:]):
            continue
        role = "assessed" if assessed > planned else "planned"
        yield role, year.value_be, para.text[year.start : year.end]


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.end() for match in pattern.finditer(text)), default=-1)
