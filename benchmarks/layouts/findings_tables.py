"""Forms that state findings in tables."""

from __future__ import annotations

from document import Block, Cell, Table
from draft import Draft, header
from facts import INSTRUMENT_NAMES, INSTRUMENTS, TOPICS
from findings import ABOUT, HEADS, draw_general, draw_text, draw_texts, kind_head, some_indicators, some_kinds
from forms import form


@form("findings", "table indicator strengths weaknesses")
def table_by_indicator(draft: Draft) -> list[Block]:
    """A row an indicator, a column a kind; several findings in a cell are marked."""
    kinds = some_kinds(draft)
    number = draft.random.random() < 0.4
    heads = [*(["number"] if number else []), "indicator", *(HEADS[kind] for kind in kinds)]
    rows = [header(*(draft.head(role) for role in heads))]
    marker = draft.random.choice(("1.", "1)"))
    for at, no in enumerate(some_indicators(draft, 3, 8), 1):
        cells = [Cell(draft.figures(str(at), table=True), align="center")] if number else []
        cells.append(Cell(draft.name(no)))
        for kind in kinds:
            texts = [draft.state_finding(kind, text, no=no) for text in draw_texts(draft, kind, no, 2)]
            cells.append(Cell(_listed(draft, texts, marker)))
        rows.append(cells)
    widths = (*((0.6,) if number else ()), 1.6, *(3.0 for _ in kinds))
    return [Table(rows, widths=widths)]


def _listed(draft: Draft, texts: list[str], marker: str) -> str:
    """Return the texts of a cell, numbered where there are several: readers may take a cell of dashes for one finding."""
    if len(texts) == 1:
        return texts[0]
    return "\n".join(f"{draft.marker(marker, at, table=True)} {text}" for at, text in enumerate(texts, 1))


@form("findings", "table kinds as rows")
def table_kinds_as_rows(draft: Draft) -> list[Block]:
    """A row a kind, a column an instrument."""
    kinds = some_kinds(draft)
    rows = [header("ประเด็น", *(f"{INSTRUMENT_NAMES[name][1]} ({name})" for name in ("IIT", "EIT", "OIT")))]
    for kind in kinds:
        cells = [Cell(kind_head(draft, kind), bold=True)]
        for instrument in ("IIT", "EIT", "OIT"):
            own = [no for no, each in INSTRUMENTS.items() if each == instrument]
            texts = [
                draw_text(draft, kind, draft.random.choice(own)) for _ in range(draft.random.randint(1, 2))
            ]
            texts = [draft.state_finding(kind, text, instrument=instrument) for text in texts]
            cells.append(Cell(_listed(draft, texts, "1)")))
        rows.append(cells)
    return [Table(rows, widths=(1.2, 3.0, 3.0, 3.0))]


@form("findings", "table by topic")
def table_by_topic(draft: Draft) -> list[Block]:
    """A row a topic of the assessment, with what was found and what must be developed."""
    rows = [header(draft.head("issue"), draft.head("observations"), draft.head("improvements"))]
    for topic in sorted(draft.random.sample(range(1, 8), draft.random.randint(3, 7))):
        cells = [Cell(draft.figures(f"{topic}. {TOPICS[topic]}", table=True))]
        for kind in ("observation", "improvement"):
            text = draft.state_finding(kind, draw_text(draft, kind, ABOUT[topic]), topic=topic)
            cells.append(Cell(text))
        rows.append(cells)
    return [Table(rows, widths=(2.0, 3.0, 3.0))]


@form("findings", "swot table")
def swot_table(draft: Draft) -> list[Block]:
    """The four fields of SWOT; each with its head and a list in one cell."""
    fields = []
    for kind, head in (("strength", "จุดแข็ง (Strengths)"), ("weakness", "จุดอ่อน (Weaknesses)")):
        texts = [draft.state_finding(kind, draw_text(draft, kind, no)) for no in some_indicators(draft, 2, 3)]
        fields.append(Cell(f"{head}\n{_listed(draft, texts, '1.')}"))
    rows = [fields, _outside(draft)]
    return [Table(rows, header_rows=0)]


def _outside(draft: Draft) -> list[Cell]:
    """Return the cells of opportunities and threats; the dataset has no kind for these, so none is required."""
    cells = []
    for kind, head in (("strength", "โอกาส (Opportunities)"), ("weakness", "อุปสรรค (Threats)")):
        texts = [draw_general(draft, kind) for _ in range(2)]
        for text in texts:
            draft.state_finding("observation", text, required=False)
        cells.append(Cell(f"{head}\n{_listed(draft, texts, '1.')}"))
    return cells


@form("findings", "table two columns without head")
def table_without_head(draft: Draft) -> list[Block]:
    """Below a kind's heading a table of instrument and text, without a header row."""
    blocks: list[Block] = []
    for kind in some_kinds(draft):
        blocks.append(draft.heading(HEADS[kind], 2))
        rows = []
        for instrument in ("IIT", "EIT", "OIT"):
            own = [no for no, each in INSTRUMENTS.items() if each == instrument]
            text = draft.state_finding(
                kind, draw_text(draft, kind, draft.random.choice(own)), instrument=instrument
            )
            rows.append([Cell(instrument, align="center"), Cell(text)])
        blocks.append(Table(rows, header_rows=0, widths=(1.0, 6.0)))
    return blocks


@form("findings", "table of items")
def table_of_items(draft: Draft) -> list[Block]:
    """A row a questionnaire or disclosure item with its code, and what was found."""
    rows = [header("ข้อ", draft.head("indicator"), draft.head("weaknesses"), draft.head("improvements"))]
    codes = {1: "I2", 2: "I8", 3: "I14", 4: "I20", 5: "I26", 6: "E3", 7: "E8", 8: "E13", 9: "O12", 10: "O31"}
    for no in some_indicators(draft, 3, 6):
        code = codes[no]
        cells = [Cell(draft.figures(code, table=True), align="center"), Cell(draft.name(no))]
        for kind in ("weakness", "improvement"):
            text = draft.state_finding(kind, draw_text(draft, kind, no), no=no, item=code)
            cells.append(Cell(text))
        rows.append(cells)
    return [Table(rows, widths=(0.7, 1.8, 3.0, 3.0))]
