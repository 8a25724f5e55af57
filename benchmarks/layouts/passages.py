"""Long documents of another matter with one passage on the assessment, and documents that are not about it at all."""

from __future__ import annotations

import re

import frames
from bank import Row
from document import Block, Heading
from draft import Draft, paragraph
from facts import agency_rows, draw_agency
from forms import choose, write, write_chosen
from sections import SILENT

BODY = 50
"""Least length in characters of a paragraph that is no heading and no item of a list."""


def _take_agency(draft: Draft, row: Row) -> None:
    """Let the report be of an agency that publishes such documents; their kind names the families in brackets."""
    named = re.search(r"\((.+)\)$", row["kind"])
    if not named:
        return
    family = draft.random.choice(named[1].split("|"))
    draft.agency = draw_agency(draft.random, draft.random.choice(agency_rows(family)))
    draft.forms["family"] = family


def _place(draft: Draft, texts: list[str]) -> int:
    """Return the place of the passage: between two paragraphs, not inside a list or below its heading."""
    places = range(len(texts) // 3, len(texts) - 1)
    between = [at for at in places if len(texts[at - 1]) >= BODY and not _is_item(texts[at])]
    return draft.random.choice(between or list(places))


def _is_item(text: str) -> bool:
    return len(text) < BODY and not re.match(r"(\d+\.|บทที่|ส่วนที่|ระเบียบวาระ|ยุทธศาสตร์)", text)


def passage(draft: Draft) -> list[Block]:
    """Return a long document of another matter with one passage on the assessment."""
    row = draft.bank.draw("long_documents")
    _take_agency(draft, row)
    texts = [draft.fill(text.strip()) for text in row["paragraphs"].split("|")]
    at = _place(draft, texts)
    draft.numbering = "none"
    draft.state_agency()
    draft.state_year()
    name = f"{draft.agency.name} {frames.places(draft)}".strip()
    title = [Heading(draft.fill(row["title"]), 1, "bold", "center"), Heading(name, 1, "bold", "center")]
    line = paragraph(
        draft.figures(
            f"ในปีงบประมาณ พ.ศ. {draft.results.year} หน่วยงานได้เข้ารับการประเมินคุณธรรมและความโปร่งใส (ITA)"
        )
    )
    inner: list[Block] = [draft.heading("results"), line, *_results(draft)]
    if draft.random.random() < 0.4:
        inner += write(draft, "findings")
    inner.append(
        draft.titled(draft.random.choice(("การดำเนินงานด้านอื่น", "งานด้านอื่นในรอบปี", "ภารกิจอื่นของหน่วยงาน")))
    )
    return [*title, *map(paragraph, texts[:at]), *inner, *map(paragraph, texts[at:])]


def _results(draft: Draft) -> list[Block]:
    """Return the overall result and mostly the scores; at least words on the result."""
    with_scores = draft.random.random() < 0.7
    choose(draft, "overall")
    if with_scores:
        choose(draft, "scores")
    if draft.forms["overall"] in SILENT and draft.forms.get("scores", "none") == "none":
        draft.forms["overall"] = "words only"
    return [*write_chosen(draft, "overall"), *(write_chosen(draft, "scores") if with_scores else [])]


def other(draft: Draft) -> list[Block]:
    """Return a document that is not about the assessment at all."""
    row = draft.bank.draw("other_documents")
    _take_agency(draft, row)
    title = Heading(draft.fill(row["title"]), 1, "bold", "center")
    name = Heading(draft.agency.name, 1, "bold", "center")
    return [title, name, *(paragraph(draft.fill(text.strip())) for text in row["paragraphs"].split("|"))]
