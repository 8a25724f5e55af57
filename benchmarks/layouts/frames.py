"""Forms of a report's opening: where the agency and the year stand."""

from __future__ import annotations

import re

from document import Block, Cards, Cell, Heading, PageBreak, Paragraph, Table
from draft import Draft, paragraph
from forms import form


def places(draft: Draft, *, short: bool = False) -> str:
    """Return the places of the agency that the document states, as an address writes them."""
    agency = draft.agency
    words = ("ต.", "อ.", "จ.") if short else ("ตำบล", "อำเภอ", "จังหวัด")
    found = [
        f"{word}{place}"
        for word, place in zip(words, (agency.subdistrict, agency.district, agency.province), strict=True)
        if place and (f"{word}{place}" not in agency.name)
    ]
    return " ".join(found)


MEASURES = re.compile(r"(?:^|\|)(?:มาตรการ|แผน|ประกาศมาตรการ)|(?:เรื่อง|กำหนด) ?มาตรการ|แนวทางปฏิบัติ")
PROGRESS = re.compile(r"กำกับติดตาม|ผลการดำเนินการ")
"""Titles of plans, and of reports on what was done of them."""


def _suits(draft: Draft, text: str) -> bool:
    """Return whether a title suits the kind of report."""
    kind = draft.forms["kind"]
    return (kind == "measures" or not MEASURES.search(text)) and (
        kind == "progress" or not PROGRESS.search(text)
    )


def _titled(draft: Draft, role: str) -> list[str]:
    """Return the lines of a title that state agency, year and places, adding what they lack; record the statement.

    The title of a plan, or of a report on one, states the year it is for, others the year of the results.
    """
    year = draft.results.year
    phrase = draft.phrase("sentences", lambda text: _suits(draft, text), role=role)
    if _suits(draft, phrase) and (MEASURES.search(phrase) or PROGRESS.search(phrase)):
        year += 1
    lines = [line.strip() for line in draft.fill(phrase, year=str(year)).split("|") if line.strip()]
    draft.state_agency()
    draft.state_year()
    if not draft.names_agency(" ".join(lines)):
        lines = [*lines, draft.agency.name]
    if draft.figures(str(year)) not in " ".join(lines):
        lines.insert(1 if role == "cover" else len(lines), draft.figures(f"ประจำปีงบประมาณ พ.ศ. {year}"))
    return [*lines, where] if (where := places(draft)) else lines


@form("frame", "cover")
def cover(draft: Draft) -> list[Block]:
    """A cover page of centred lines."""
    lines = _titled(draft, "cover")
    return [*(Heading(line, 1, "bold", "center") for line in lines), PageBreak()]


@form("frame", "title")
def title(draft: Draft) -> list[Block]:
    """Centred title lines at the head of the first page."""
    return [Heading(line, 1, "bold", "center") for line in _titled(draft, "cover")]


@form("frame", "title style")
def title_style(draft: Draft) -> list[Block]:
    """A title in a heading style, the agency below it as a plain line."""
    first, *rest = _titled(draft, "cover")
    return [Heading(first, 1, "style"), *(Paragraph(line) for line in rest)]


@form("frame", "memo")
def memo(draft: Draft) -> list[Block]:
    """The head of a memorandum: unit, date, subject."""
    draft.state_agency()
    draft.state_year()
    lines = [line.strip() for line in draft.say("memo").split("|")]
    where, name = places(draft, short=draft.random.random() < 0.5), draft.figures(draft.agency.name)
    if not draft.names_agency(" ".join(lines)):
        lines.insert(1, f"ส่วนราชการ {name}")
    if where:
        at = next(number for number, line in enumerate(lines) if draft.names_agency(line))
        lines[at] = lines[at].replace(name, f"{name} {where}", 1)
    if draft.figures(str(draft.results.year)) not in " ".join(lines):
        lines.append(draft.figures(f"เรื่อง รายงานผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. {draft.results.year}"))
    if not any(line.startswith("บันทึก") for line in lines):
        lines.insert(0, "บันทึกข้อความ")
    return [
        Heading(line, 1, "bold", "center") if line.startswith("บันทึก") else Paragraph(line) for line in lines
    ]


@form("frame", "announcement")
def announcement(draft: Draft) -> list[Block]:
    """The head of an announcement: ประกาศ, agency, subject."""
    lines = _titled(draft, "announcement")
    return [Heading(line, 1, "bold", "center") for line in lines]


@form("frame", "letterhead")
def letterhead(draft: Draft) -> list[Block]:
    """The agency and its address at the right of the first lines, the subject below."""
    draft.state_agency()
    draft.state_year()
    head = [Paragraph(line, "right") for line in (draft.agency.name, places(draft)) if line]
    subject = draft.figures(f"เรื่อง ผลการประเมินคุณธรรมและความโปร่งใส ปีงบประมาณ {draft.results.year}")
    return [*head, Paragraph(subject, bold=True)]


@form("frame", "running head")
def running_head(draft: Draft) -> list[Block]:
    """The agency stands in the running head only (see `furniture`), the year in the title."""
    draft.state_agency()
    draft.state_year()
    text = draft.figures(f"รายงานผลการประเมิน ITA ปีงบประมาณ {draft.results.year}")
    return [Heading(text, 1, "bold", "center")]


@form("frame", "first sentence")
def first_sentence(draft: Draft) -> list[Block]:
    """A title without a name; the first sentence names the agency and the year."""
    draft.state_agency()
    draft.state_year()
    name = f"{draft.agency.name} {places(draft)}".strip()
    text = draft.random.choice(
        (
            "{name} ได้เข้ารับการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (ITA) ประจำปีงบประมาณ พ.ศ. {year} และขอรายงานผลดังต่อไปนี้",
            "ตามที่ {name} เข้าร่วมการประเมิน ITA ปีงบประมาณ พ.ศ. {year} นั้น บัดนี้ได้รับแจ้งผลเรียบร้อยแล้ว",
            "เอกสารฉบับนี้จัดทำโดย {name} เพื่อสรุปผล ITA ประจำปี {year}",
        )
    )
    heading = Heading("บทวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใส", 1, draft.look)
    return [heading, paragraph(draft.figures(text.format(name=name, year=draft.results.year)))]


@form("frame", "title table")
def title_table(draft: Draft) -> list[Block]:
    """A table of keys and values at the head: agency, place, year, who wrote it."""
    draft.state_agency()
    draft.state_year()
    rows = [["ชื่อหน่วยงาน", draft.agency.name]]
    if where := places(draft):
        rows.append(["ที่ตั้ง", where])
    rows.append(["ปีงบประมาณที่ประเมิน", draft.figures(str(draft.results.year), table=True)])
    rows.append(["ผู้จัดทำ", draft.random.choice(("งานนิติการ", "ฝ่ายแผนงาน", "กลุ่มงานบริหารทั่วไป"))])
    cells = [[Cell(key, bold=True), Cell(value)] for key, value in rows]
    return [Heading("แบบรายงานผลการประเมิน ITA", 1, "bold", "center"), Table(cells, 0, widths=(1.5, 4.0))]


@form("frame", "slide")
def slide(draft: Draft) -> list[Block]:
    """A slide's head: a coloured line with the subject, the agency in a box."""
    draft.state_agency()
    draft.state_year()
    boxes = [
        [draft.agency.name, *([where] if (where := places(draft)) else [])],
        [draft.figures(f"ปีงบประมาณ {draft.results.year}")],
    ]
    return [Heading("ผลการประเมิน ITA", 1, "boxed", "center"), Cards(boxes)]


@form("news frame", "news")
def news(draft: Draft) -> list[Block]:
    """A news item: a headline, a date line and a lead that names the agency."""
    draft.state_agency()
    draft.state_year()
    name = f"{draft.agency.name} {places(draft)}".strip()
    month = draft.random.choice(("สิงหาคม", "กันยายน", "ตุลาคม"))
    day = draft.figures(f"{draft.random.randint(1, 28)} {month} {draft.results.year}")
    lead = draft.figures(
        f"{name} เผยแพร่ผลการประเมินคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. {draft.results.year} ต่อสาธารณชนแล้ว"
    )
    head = draft.random.choice(
        ("ประกาศผล ITA แล้ว", "หน่วยงานของเราพร้อมรับการตรวจสอบ", "ข่าวประชาสัมพันธ์ ผลประเมินความโปร่งใส")
    )
    return [Heading(head, 1, draft.look), Paragraph(day), paragraph(lead)]
