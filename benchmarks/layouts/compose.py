"""Composes a report from independent choices."""

from __future__ import annotations

import re
from random import Random

import findings
import findings_tables
import frames
import measures
import measures_lines
import overall
import passages
import progress
import score_lines
import score_prose
import score_tables
import sections
from bank import Bank
from document import Block, Document, Heading, PageBreak, Paragraph
from draft import Draft
from facts import agency_rows, draw_agency, draw_results
from forms import WRITERS, choose, form, write, write_chosen

ASPECTS = (
    findings,
    findings_tables,
    frames,
    measures,
    measures_lines,
    overall,
    progress,
    score_lines,
    score_prose,
    score_tables,
)
"""The modules whose import registers the forms."""
YEARS = range(2562, 2570)
FONTS = ("Laksaman", "Garuda", "Norasi", "Loma", "Kinnari", "Umpush", "Waree")
NARROW = "Laksaman"
"""The font that is set as large as official letters are; the others are wider."""
COMMENTS = ("โปรดตรวจทานอีกครั้งก่อนเผยแพร่", "แก้ไขตามที่หารือแล้ว", "ขอหลักฐานประกอบส่วนนี้ด้วย")
"""What a reader of a draft remarks in its margin."""
FURNITURE = ("running_head", "footer", "watermark", "landscape", "two_columns", "comment", "control")
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
    results = draw_results(random, year)
    draft = Draft(
        random=random,
        bank=bank,
        agency=draw_agency(random, random.choice(agency_rows(family))),
        results=results,
        last=draw_results(random, year - 1, results),
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
        blocks = passages.other(draft)
    else:
        blocks = passages.passage(draft) if kind == "passage" else _report(draft, kind)
    document = Document(blocks)
    _furnish(draft, document)
    return document, _gold(draft)


def _report(draft: Draft, kind: str) -> list[Block]:
    opening = write(draft, "frame" if kind != "news" else "news frame")
    blocks = sections.background(draft)
    if kind not in ("measures", "progress", "findings only"):
        blocks += sections.results(draft)
    if kind in ("analysis", "analysis and measures", "findings only"):
        blocks += [draft.heading("analysis"), *write(draft, "findings")]
    if kind in ("analysis and measures", "measures"):
        blocks += _planned(draft, "measures")
    if kind == "progress":
        blocks += _planned(draft, "progress")
    blocks += sections.next_steps(draft)
    if isinstance(opening[-1], PageBreak) and draft.random.random() < 0.3:
        opening += sections.contents(draft, blocks)
    return [*opening, *blocks, *sections.closing(draft)]


def _planned(draft: Draft, aspect: str) -> list[Block]:
    """Return measures below a heading that states the year they are planned for."""
    year = draft.results.year + 1
    draft.state_plan_year(year)
    choose(draft, aspect)
    heading = draft.heading(
        aspect,
        suits=lambda text: sections.fits_form(draft, aspect, text),
        year=str(year),
        last_year=str(year - 1),
    )
    if draft.figures(str(year)) not in heading.text:
        heading.text += draft.figures(
            draft.random.choice((" ประจำปีงบประมาณ พ.ศ. {}", " ปีงบประมาณ {}")).format(year)
        )
    return [heading, *write_chosen(draft, aspect)]


def _furnish(draft: Draft, document: Document) -> None:
    """Add fonts and page furniture; split long reports into pages at some headings."""
    random = draft.random
    document.font = random.choice(FONTS)
    document.size = random.choice((14, 15, 16) if document.font == NARROW else (11, 12, 13))
    head = random.random() < 0.25 or draft.forms.get("frame") == "running head"
    if head:
        document.running_head = f"{draft.agency.name} {frames.places(draft)}".strip()
    if random.random() < 0.3:
        document.footer = draft.say("footer", lambda text: _suits_footer(draft, text))
    document.page_numbers = random.choice(("", "", "top", "bottom"))
    if random.random() < 0.08:
        document.watermark = random.choice(("สำเนา", "ร่าง", "เพื่อเผยแพร่"))
    document.landscape = random.random() < 0.12
    if random.random() < 0.08:
        document.comment = random.choice(COMMENTS)
    if random.random() < 0.08:
        document.control = draft.agency.name
    tables = any(not isinstance(block, Heading | Paragraph) for block in document.blocks)
    document.two_columns = not tables and random.random() < 0.3
    draft.forms["furniture"] = ", ".join(name for name in FURNITURE if getattr(document, name)) or "plain"
    _break_page(draft, document)


def _break_page(draft: Draft, document: Document) -> None:
    """Start a page at one of the headings of a report, now and then."""
    if draft.random.random() < 0.3:
        heads = [
            at
            for at, block in enumerate(document.blocks)
            if isinstance(block, Heading)
            and block.level == 1
            and at > 4
            and not isinstance(document.blocks[at - 1], Heading | PageBreak)
        ]
        if heads:
            document.blocks.insert(draft.random.choice(heads), PageBreak())


def _suits_footer(draft: Draft, text: str) -> bool:
    """Return whether a running foot may stand below such a document: only reports name the assessment there."""
    return draft.forms["kind"] not in ("passage", "other") or not re.search(
        "ITA|โปร่งใส|แบบตรวจ|จริยธรรม", text
    )


def _gold(draft: Draft) -> dict[str, object]:
    report = draft.gold["report"]
    if draft.forms["kind"] == "other":
        return {"form": dict(draft.forms), "about_ita": False} | {
            name: draft.gold[name] for name in ("report", "scores", "findings", "measures")
        }
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
