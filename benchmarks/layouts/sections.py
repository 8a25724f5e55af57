"""The parts of a report around its findings and measures: background, results, calendar, next steps, closing."""

from __future__ import annotations

from itertools import accumulate

import overall
from bank import rows
from document import Block, Cell, Heading, PageBreak, Paragraph, Table
from draft import Draft, header, paragraph
from forms import choose, write_chosen
from periods import MONTHS

SILENT = ("none", "table total")
"""Forms of the overall result that write nothing of their own."""
STEPS = (
    ("ลงทะเบียนหน่วยงานและนำเข้าข้อมูลพื้นฐานในระบบ ITAS", 12, 1),
    ("เก็บข้อมูลแบบวัด IIT และ EIT", 1, 6),
    ("ตอบแบบตรวจการเปิดเผยข้อมูลสาธารณะ (OIT)", 3, 4),
    ("ผู้ตรวจประเมินให้คะแนน OIT", 5, 5),
    ("ชี้แจงเพิ่มเติมต่อผู้ตรวจประเมิน", 6, 6),
    ("วิเคราะห์ผลและให้ข้อเสนอแนะ", 7, 7),
    ("ประกาศผลการประเมิน", 8, 8),
)
"""What happens in a round of the assessment, with its first and last month."""


def background(draft: Draft) -> list[Block]:
    """Return why and how the agency was assessed, with the law it rests on, a calendar or a table of method."""
    blocks: list[Block] = []
    random = draft.random
    if random.random() < 0.6:
        blocks.append(draft.heading("background"))
        blocks += [paragraph(draft.say("background")) for _ in range(random.randint(1, 2))]
        if random.random() < 0.3:
            blocks.append(paragraph(draft.say("legal", lambda text: _binds(draft, text))))
        blocks += overall.distractors(draft, (*overall.NO_FIGURE, *overall.ASIDE), 1)
    if random.random() < 0.3:
        blocks += [draft.heading("method"), paragraph(draft.say("method"))]
        table = random.random()
        if table < 0.4:
            blocks += overall.band_table(draft)
        elif table < 0.7:
            blocks += overall.respondents_table(draft)
    if random.random() < 0.08:
        blocks += _calendar(draft)
    return blocks


def _binds(draft: Draft, text: str) -> bool:
    """Return whether a law binds the agency: some bind one kind of local administration only."""
    return "องค์การบริหารส่วนตำบล" not in text or draft.agency.agency_type == "อบต."


def _calendar(draft: Draft) -> list[Block]:
    """Return the calendar of the round of assessment: no measures of the agency's."""
    year = draft.results.year
    lines = [header("ที่", "กิจกรรม", "ช่วงเวลา")]
    for number, (step, first, last) in enumerate(STEPS, 1):
        ends = [f"{MONTHS[month - 1]} {(year - (month >= 10)) % 100}" for month in (first, last)]
        texts = (str(number), step, " - ".join(dict.fromkeys(ends)))
        cells = [Cell(draft.figures(text, table=True), align="center") for text in texts]
        cells[1].align = "left"
        lines.append(cells)
    heading = draft.heading("calendar", suits=lambda text: "ประเมิน" in text and "แผน" not in text)
    return [heading, Table(lines, widths=(0.7, 4.5, 2.0))]


def results(draft: Draft) -> list[Block]:
    """Return the part on the results: the overall score and the scores, with other figures around them."""
    choose(draft, "overall")
    choose(draft, "scores")
    if draft.forms["overall"] in SILENT and draft.forms["scores"] == "none":
        draft.forms["overall"] = "words only"
    blocks: list[Block] = [draft.heading("results"), *overall.distractors(draft, overall.NEAR_SCORES, 1)]
    order = [
        aspect
        for aspect, silent in (("overall", SILENT), ("scores", ("none",)))
        if draft.forms[aspect] not in silent
    ]
    if draft.random.random() < 0.25:
        order.reverse()
    for number, aspect in enumerate(order):
        if number and draft.random.random() < 0.4:
            blocks.append(draft.heading(aspect, suits=lambda text: fits_form(draft, "scores", text)))
        if aspect == "scores":
            blocks += _list_head(draft)
        blocks += write_chosen(draft, aspect)
    if draft.forms["overall"] == "table total" and not draft.overall_stated:
        draft.forms["overall"] = "none"
    return [*blocks, *overall.distractors(draft, (*overall.NEAR_SCORES, "d_item", *overall.ASIDE), 2)]


def fits_form(draft: Draft, aspect: str, text: str) -> bool:
    """Return whether a heading that names a table, a chart, an order or a number fits the form below it."""
    form = draft.forms.get(aspect, "")
    if "แผนภูมิ" in text or "กราฟ" in text:
        return form == "chart"
    if "ตาราง" in text:
        return form.startswith("table") or form == "cards"
    if "ลำดับ" in text:
        return form != "table ranked"
    return "สิบตัวชี้วัด" not in text or form != "prose highest lowest"


def _list_head(draft: Draft) -> list[Block]:
    """Return now and then a sentence that leads to the scores, where a list, a table or a chart follows."""
    if not draft.forms["scores"].startswith(("table", "lines", "chart")) or draft.random.random() > 0.3:
        return []
    return [paragraph(draft.say("score_list_head", lambda text: fits_form(draft, "scores", text)))]


def next_steps(draft: Draft) -> list[Block]:
    """Return now and then a last part on what happens with the report itself."""
    if draft.random.random() > 0.12:
        return []
    texts = [draft.say("next_steps") for _ in range(draft.random.randint(1, 2))]
    return [draft.heading("next_steps"), *map(paragraph, texts)]


def closing(draft: Draft) -> list[Block]:
    """Return the last sentence and the signature."""
    blocks: list[Block] = []
    if draft.random.random() < 0.08:
        year = draft.results.year
        blocks.append(Paragraph("เผยแพร่ทางเว็บไซต์ของหน่วยงาน", link=f"https://www.example.go.th/ita{year}"))
    said = draft.say("closing") if draft.random.random() < 0.4 else ""
    if said:
        blocks.append(paragraph(said))
    if draft.random.random() < 0.4 or "ลงชื่อ" in said or "ลงนาม" in said:
        roles = {row["role"] for row in rows("sentences")}
        own = (f"signature_{draft.agency.agency_type}", f"signature_{draft.agency.family}", "signature")
        role = draft.random.choice(("signature", next(role for role in own if role in roles)))
        lines = draft.say(role).split("|")
        blocks += [Paragraph(line.strip(), "center") for line in lines]
    return blocks


def contents(draft: Draft, blocks: list[Block]) -> list[Block]:
    """Return a page of contents for the headings of these blocks, with the pages they may stand on."""
    heads = [block.text for block in blocks if isinstance(block, Heading) and block.level == 1]
    if len(heads) < 3:
        return []
    pages = list(accumulate(draft.random.choices((0, 1, 2), (2, 3, 1), k=len(heads)), initial=1))[:-1]
    title = draft.bank.draw("headings", meaning="contents")["text"]
    lines = [
        Paragraph(f"{head}\t{draft.figures(str(page))}", leaders=True)
        for head, page in zip(heads, pages, strict=True)
    ]
    return [Paragraph(title, "center", bold=True), *lines, PageBreak()]
