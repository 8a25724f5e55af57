"""Forms that state measures in cards, lines and prose."""

from __future__ import annotations

from document import Block, Cell, Item, Paragraph, Table
from draft import Draft, header
from forms import form
from measures import PARTS, draw_measures, state_measure


@form("measures", "cards")
def cards(draft: Draft) -> list[Block]:
    """A table of two columns for each measure: what, how, who, when."""
    blocks: list[Block] = []
    roles = ["measure_title", "steps", *draft.random.sample(("owner", "period", "monitoring"), 3)]
    heads = {role: draft.head(role) for role in roles}
    for measure in draw_measures(draft, 2, 4):
        rows = [[Cell(heads[role], bold=True), Cell(PARTS[role][1](draft, measure))] for role in roles]
        blocks += [Table(rows, header_rows=0, widths=(1.4, 4.0)), Paragraph("")]
        state_measure(draft, measure, *(part for role in roles if (part := PARTS[role][0])))
    return blocks


@form("measures", "lines key value")
def lines_key_value(draft: Draft) -> list[Block]:
    """A heading a measure and lines "owner: …", "period: …" below it."""
    blocks: list[Block] = []
    roles = ["guideline", *draft.random.sample(("owner", "period"), 2)]
    heads = {role: draft.head(role) for role in roles}
    for at, measure in enumerate(draw_measures(draft, 2, 4), 1):
        word = draft.random.choice(("มาตรการที่ {at} {title}", "มาตรการที่ {at} : {title}"))
        blocks.append(Paragraph(draft.figures(word.format(at=at, title=measure.title)), bold=True))
        blocks += [
            Paragraph(f"{heads[role]} : {PARTS[role][1](draft, measure)}".replace("\n", ", "))
            for role in roles
        ]
        state_measure(draft, measure, "title", *(part for role in roles if (part := PARTS[role][0])))
    return blocks


@form("measures", "numbered prose")
def numbered_prose(draft: Draft) -> list[Block]:
    """A numbered measure, its steps numbered below it, then who and when on a line each."""
    blocks: list[Block] = []
    owner, period = draft.head("owner"), draft.head("period")
    for at, measure in enumerate(draw_measures(draft, 2, 4), 1):
        blocks.append(Item(measure.title, draft.figures(f"{at}.")))
        for below, step in enumerate(measure.steps, 1):
            blocks.append(Item(step, draft.figures(f"{at}.{below}"), depth=1))
        blocks.append(Paragraph(f"{owner}: {', '.join(measure.owners)}"))
        blocks.append(Paragraph(f"{period}: {measure.period}"))
        state_measure(draft, measure, "title", "steps", "owners", "period")
    return blocks


@form("measures", "a table an indicator")
def table_each_indicator(draft: Draft) -> list[Block]:
    """One small table a measure, below the name of its indicator."""
    blocks: list[Block] = []
    roles = ("measure_title", "steps", "period", "owner")
    heads = [draft.head(role) for role in roles]
    for measure in draw_measures(draft, 2, 4):
        blocks.append(draft.titled(f"ตัวชี้วัด{draft.name(measure.no)}", 2))
        cells = [Cell(PARTS[role][1](draft, measure)) for role in roles]
        blocks.append(Table([header(*heads), cells], widths=(2.2, 3.2, 1.4, 1.4)))
        state_measure(draft, measure, "title", "steps", "period", "owners", "indicator_no")
    return blocks


@form("measures", "order")
def order(draft: Draft) -> list[Block]:
    """Articles of an order: "ข้อ ๑ …" with the unit in charge on a line of its own."""
    blocks: list[Block] = []
    for at, measure in enumerate(draw_measures(draft, 2, 4), 1):
        blocks.append(Paragraph(draft.figures(f"ข้อ {at} {measure.title}"), indent=True))
        for below, step in enumerate(measure.steps, 1):
            blocks.append(Item(step, draft.figures(f"({below})"), depth=1))
        measure.owners = measure.owners[:1]
        blocks.append(Paragraph(f"ผู้รับผิดชอบ {measure.owners[0]}", indent=True))
        state_measure(draft, measure, "title", "steps", "owners")
    return blocks
