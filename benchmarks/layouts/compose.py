"""Composes a report from independent choices."""

from __future__ import annotations

from random import Random

import findings
import frames
import measures
import overall
import score_lines
import score_prose
import score_tables
from bank import Bank
from document import Block, Document, Heading, PageBreak, Paragraph
from draft import Draft, paragraph
from facts import agency_rows, draw_agency, draw_results
from forms import WRITERS, choose, form, write, write_chosen

ASPECTS = (findings, frames, measures, overall, score_lines, score_prose, score_tables)
"""The modules whose import registers the forms."""
YEARS = range(2562, 2570)
FONTS = ("Laksaman", "Garuda", "Norasi", "Loma", "Kinnari", "Umpush", "Waree")
KINDS = (
    "analysis",
    "analysis and measures",
    "scores only",
    "findings only",
    "measures",
    "progress",
    "passage",
    "news",
    "other",
)


def compose(split: str, random: Random, format_name: str) -> tuple[Document, dict[str, object]]:
    """Return a document of a split's forms and its gold. The same state of `random` gives the same document."""
    bank = Bank(split, random)
    rows = agency_rows()
    families = sorted({row["family"] for row in rows})
    family = random.choice(families)
    year = random.choice(YEARS)
    draft = Draft(
        random=random,
        bank=bank,
        agency=draw_agency(random, random.choice(agency_rows(family))),
        results=draw_results(random, year),
        last=draw_results(random, year - 1),
        other=draw_agency(random, random.choice(rows)),
        digits=random.choice(("arabic", "arabic", "thai", "mixed")),
        numbering=random.choice(("none", "decimal", "thai letters", "parts", "chapters", "paren")),
        look=random.choice(("style", "style", "bold", "plain", "underline")),
        trailing_zeros=random.random() < 0.85,
    )
    kind = choose(draft, "kind")
    draft.forms |= {
        "format": format_name,
        "split": split,
        "family": draft.agency.family,
        "digits": draft.digits,
    }
    if kind == "other":
        return _other(draft)
    blocks = _passage(draft) if kind == "passage" else _report(draft, kind)
    document = Document(blocks)
    _furnish(draft, document)
    return document, _gold(draft)


def _report(draft: Draft, kind: str) -> list[Block]:
    frame = "frame" if kind != "news" else "news frame"
    blocks = [*write(draft, frame), *_background(draft)]
    if kind not in ("measures", "progress", "findings only"):
        blocks += _results(draft)
    if kind in ("analysis", "analysis and measures", "findings only"):
        blocks += [draft.heading("analysis"), *write(draft, "findings")]
    if kind in ("analysis and measures", "measures"):
        blocks += [_planned(draft, "measures"), *write(draft, "measures")]
    if kind == "progress":
        blocks += [_planned(draft, "progress"), *write(draft, "progress")]
    return [*blocks, *_closing(draft)]


def _planned(draft: Draft, meaning: str) -> Block:
    """Return a heading of measures that states the year they are planned for."""
    year = draft.results.year + 1
    draft.state_plan_year(year)
    heading = draft.heading(meaning, year=str(year), last_year=str(year - 1))
    if draft.figures(str(year)) not in heading.text:
        heading.text += draft.figures(
            draft.random.choice((" ประจำปีงบประมาณ พ.ศ. {}", " ปีงบประมาณ {}")).format(year)
        )
    return heading


def _background(draft: Draft) -> list[Block]:
    blocks: list[Block] = []
    if draft.random.random() < 0.6:
        blocks.append(draft.heading("background"))
        blocks += [paragraph(draft.say("background")) for _ in range(draft.random.randint(1, 2))]
        blocks += overall.distractors(draft, (*overall.NO_FIGURE, *overall.ASIDE), 1)
    if draft.random.random() < 0.3:
        blocks.append(draft.heading("method"))
        blocks.append(paragraph(draft.say("method")))
        table = draft.random.random()
        blocks += (
            overall.band_table(draft)
            if table < 0.4
            else overall.respondents_table(draft)
            if table < 0.7
            else []
        )
    return blocks


def _results(draft: Draft) -> list[Block]:
    choose(draft, "overall")
    choose(draft, "scores")
    blocks: list[Block] = [draft.heading("results"), *overall.distractors(draft, overall.NEAR_SCORES, 1)]
    order = ["overall", "scores"]
    if draft.random.random() < 0.25:
        order.reverse()
    for number, aspect in enumerate(order):
        if number and draft.forms[aspect] != "none" and draft.random.random() < 0.4:
            blocks.append(draft.heading(aspect))
        blocks += write_chosen(draft, aspect)
    if draft.forms["overall"] == "table total" and not draft.overall_stated:
        draft.forms["overall"] = "none"
    return [*blocks, *overall.distractors(draft, (*overall.NEAR_SCORES, "d_item", *overall.ASIDE), 2)]


def _closing(draft: Draft) -> list[Block]:
    blocks: list[Block] = []
    if draft.random.random() < 0.4:
        blocks.append(paragraph(draft.say("closing")))
    if draft.random.random() < 0.4:
        role = draft.random.choice(("signature", f"signature_{draft.agency.family}"))
        lines = draft.say(role).split("|")
        blocks += [Paragraph(line.strip(), "center") for line in lines]
    return blocks


def _passage(draft: Draft) -> list[Block]:
    """Return a long document of another matter with one passage on the assessment."""
    row = draft.bank.draw("long_documents")
    family = next(
        (family for family in {row["family"] for row in agency_rows()} if f"({family})" in row["kind"]), None
    )
    if family:
        draft.agency = draw_agency(draft.random, draft.random.choice(agency_rows(family)))
        draft.forms["family"] = family
    texts = [draft.fill(text.strip()) for text in row["paragraphs"].split("|")]
    at = draft.random.randint(len(texts) // 3, len(texts) - 2)
    draft.state_agency()
    draft.state_year()
    where = frames.places(draft)
    name = f"{draft.agency.name} {where}".strip()
    title = [Heading(draft.fill(row["title"]), 1, "bold", "center"), Heading(name, 1, "bold", "center")]
    line = paragraph(
        draft.figures(
            f"ในปีงบประมาณ พ.ศ. {draft.results.year} หน่วยงานได้เข้ารับการประเมินคุณธรรมและความโปร่งใส (ITA)"
        )
    )
    passage: list[Block] = [draft.heading("results"), line, *write(draft, "overall")]
    if draft.random.random() < 0.7:
        passage += write(draft, "scores")
    if draft.random.random() < 0.4:
        passage += write(draft, "findings")
    passage.append(
        draft.titled(draft.random.choice(("การดำเนินงานด้านอื่น", "งานด้านอื่นในรอบปี", "ภารกิจอื่นของหน่วยงาน")))
    )
    return [*title, *map(paragraph, texts[:at]), *passage, *map(paragraph, texts[at:])]


def _other(draft: Draft) -> tuple[Document, dict[str, object]]:
    """Return a document that is not about the assessment at all."""
    row = draft.bank.draw("other_documents")
    title = Heading(draft.fill(row["title"]), 1, "bold", "center")
    name = Heading(draft.agency.name, 1, "bold", "center")
    texts = [paragraph(draft.fill(text.strip())) for text in row["paragraphs"].split("|")]
    document = Document([title, name, *texts])
    _furnish(draft, document)
    return document, {
        "form": dict(draft.forms),
        "about_ita": False,
        "report": {},
        "scores": [],
        "findings": [],
        "measures": [],
    }


def _furnish(draft: Draft, document: Document) -> None:
    """Add fonts and page furniture; split long reports into pages at some headings."""
    random = draft.random
    document.font = random.choice(FONTS)
    document.size = random.choice((13, 14, 15, 16))
    head = random.random() < 0.25 or draft.forms.get("frame") == "running head"
    if head:
        document.running_head = f"{draft.agency.name} {frames.places(draft)}".strip()
    if random.random() < 0.3:
        document.footer = draft.say("footer")
    document.page_numbers = random.choice(("", "", "top", "bottom"))
    if random.random() < 0.08:
        document.watermark = random.choice(("สำเนา", "ร่าง", "เพื่อเผยแพร่"))
    document.landscape = random.random() < 0.12
    tables = any(not isinstance(block, Heading | Paragraph) for block in document.blocks)
    document.two_columns = not tables and random.random() < 0.3
    draft.forms["furniture"] = (
        ", ".join(
            name
            for name in ("running_head", "footer", "watermark", "landscape", "two_columns")
            if getattr(document, name)
        )
        or "plain"
    )
    if random.random() < 0.3:
        heads = [
            at
            for at, block in enumerate(document.blocks)
            if isinstance(block, Heading) and block.level == 1 and at > 4
        ]
        if heads:
            document.blocks.insert(random.choice(heads), PageBreak())


def _gold(draft: Draft) -> dict[str, object]:
    report = draft.gold["report"]
    if draft.forms["kind"] in ("measures", "progress"):
        # which year a plan of measures without scores is "of" is a matter of opinion
        report.pop("fiscal_year", None)
    unstated = [name for name in ("overall_score", "grade") if name not in report]
    return {"form": dict(draft.forms), "about_ita": True, "not_stated": unstated} | draft.gold


def _kind(name: str) -> None:
    form("kind", name)(lambda _: [])


for _name in KINDS:
    _kind(_name)
for _name in ("first sentence", "title style"):
    form("news frame", _name)(WRITERS["frame", _name])
