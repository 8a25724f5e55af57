"""Forms that state findings: strengths, weaknesses, improvements, observations, limitations."""

from __future__ import annotations

from document import Block, Cell, Heading, Item, Paragraph, Table
from draft import Draft, header, paragraph
from facts import INSTRUMENT_NAMES, INSTRUMENTS, TOPICS
from forms import form

PAIR = ("strength", "weakness")
HEADS = {
    "strength": "strengths",
    "weakness": "weaknesses",
    "improvement": "improvements",
    "observation": "observations",
    "limitation": "limitations",
}
"""The heading or column role of each kind."""


def _text(draft: Draft, kind: str, no: int) -> str:
    return draft.bank.draw("findings", kind=kind, indicator_no=str(no))["text"]


def _texts(draft: Draft, kind: str, no: int, most: int = 3) -> list[str]:
    return [_text(draft, kind, no) for _ in range(draft.random.randint(1, most))]


def _general(draft: Draft, kind: str) -> str:
    return draft.bank.draw("general_findings", kind=kind)["text"]


def _some(draft: Draft, least: int = 2, most: int = 5) -> list[int]:
    """Return some indicators in their order."""
    return sorted(draft.random.sample(range(1, 11), draft.random.randint(least, most)))


def _kinds(draft: Draft) -> tuple[str, ...]:
    return draft.random.choice(
        (PAIR, PAIR, ("strength", "improvement"), ("weakness", "improvement"), (*PAIR, "improvement"))
    )


def _kind_head(draft: Draft, kind: str) -> str:
    """Return a short head of a kind, for a cell or a line."""
    return draft.fill(draft.bank.draw("headers", role=HEADS[kind])["text"])


def _indicator_title(draft: Draft, no: int) -> str:
    if draft.random.random() < 0.4:
        return draft.fill(
            draft.bank.draw("headings", meaning="by_indicator")["text"], indicator=draft.name(no)
        )
    pattern = draft.random.choice(("ตัวชี้วัดที่ {no} {name}", "ตัวชี้วัด{name}", "{name}"))
    return draft.figures(pattern.format(no=no, name=draft.name(no)))


def _instrument_heading(draft: Draft, instrument: str) -> Block:
    if draft.random.random() < 0.4:
        return draft.heading("by_instrument", 2, instrument=instrument)
    return draft.titled(f"{draft.random.choice(INSTRUMENT_NAMES[instrument])} ({instrument})", 2)


@form("findings", "by indicator, kind, list")
def by_indicator(draft: Draft) -> list[Block]:
    """A heading an indicator, a heading a kind below it, lists."""
    blocks: list[Block] = []
    kinds = _kinds(draft)
    heads = {kind: draft.fill(draft.bank.draw("headings", meaning=HEADS[kind])["text"]) for kind in kinds}
    for no in _some(draft):
        blocks.append(draft.titled(_indicator_title(draft, no), 2))
        for kind in kinds:
            blocks.append(draft.titled(heads[kind], 3))
            texts = [draft.state_finding(kind, text, no=no) for text in _texts(draft, kind, no)]
            blocks += draft.items(texts)
    return blocks


@form("findings", "by instrument, kind, list")
def by_instrument(draft: Draft) -> list[Block]:
    """A heading an instrument, a heading a kind below it, lists."""
    blocks: list[Block] = []
    kinds = _kinds(draft)
    heads = {kind: draft.fill(draft.bank.draw("headings", meaning=HEADS[kind])["text"]) for kind in kinds}
    for instrument in ("IIT", "EIT", "OIT"):
        blocks.append(_instrument_heading(draft, instrument))
        own = [no for no, each in INSTRUMENTS.items() if each == instrument]
        for kind in kinds:
            blocks.append(draft.titled(heads[kind], 3))
            texts = [_text(draft, kind, draft.random.choice(own)) for _ in range(draft.random.randint(1, 3))]
            blocks += draft.items([draft.state_finding(kind, text, instrument=instrument) for text in texts])
    return blocks


@form("findings", "by kind, list")
def by_kind(draft: Draft) -> list[Block]:
    """A heading a kind and one list below it; nothing ties a finding to an indicator."""
    blocks: list[Block] = []
    for kind in _kinds(draft):
        blocks.append(draft.heading(HEADS[kind], 2))
        texts = [_text(draft, kind, no) for no in _some(draft, 2, 4)]
        blocks += draft.items([draft.state_finding(kind, text) for text in texts])
    return blocks


@form("findings", "by kind, item names its indicator")
def item_names_indicator(draft: Draft) -> list[Block]:
    """A heading a kind; each item opens with its indicator's name and a colon or dash."""
    blocks: list[Block] = []
    mark = draft.random.choice((" : ", ": ", " – "))
    for kind in _kinds(draft):
        blocks.append(draft.heading(HEADS[kind], 2))
        items = []
        for no in _some(draft, 2, 4):
            text = draft.state_finding(kind, _text(draft, kind, no), no=no)
            items.append(f"{draft.name(no)}{mark}{text}")
        blocks += draft.items(items)
    return blocks


@form("findings", "by kind, prose")
def by_kind_prose(draft: Draft) -> list[Block]:
    """A heading a kind and paragraphs of prose below it."""
    blocks: list[Block] = []
    for kind in _kinds(draft):
        blocks.append(draft.heading(HEADS[kind], 2))
        texts = [draft.state_finding(kind, _text(draft, kind, no)) for no in _some(draft, 1, 2)]
        blocks += map(paragraph, texts)
    return blocks


@form("findings", "run-in heads")
def run_in_heads(draft: Draft) -> list[Block]:
    """Below each indicator's heading lines that open with their kind: "จุดแข็ง: …"."""
    blocks: list[Block] = []
    kinds = _kinds(draft)
    heads = {kind: _kind_head(draft, kind) for kind in kinds}
    mark = draft.random.choice((" : ", ": ", " - "))
    for no in _some(draft):
        blocks.append(draft.titled(_indicator_title(draft, no), 2))
        for kind in kinds:
            text = draft.state_finding(kind, _text(draft, kind, no), no=no)
            blocks.append(Paragraph(f"{heads[kind]}{mark}{text}"))
    return blocks


@form("findings", "nested lists")
def nested_lists(draft: Draft) -> list[Block]:
    """Below a kind's heading a list of instruments with lists of findings inside; their numbers restart."""
    blocks: list[Block] = []
    for kind in _kinds(draft):
        blocks.append(draft.heading(HEADS[kind], 2))
        for at, instrument in enumerate(("IIT", "EIT", "OIT"), 1):
            name = draft.random.choice(INSTRUMENT_NAMES[instrument])
            blocks.append(Item(f"{name} ({instrument})", draft.marker("1.", at)))
            own = [no for no, each in INSTRUMENTS.items() if each == instrument]
            texts = [_text(draft, kind, draft.random.choice(own)) for _ in range(draft.random.randint(1, 3))]
            texts = [draft.state_finding(kind, text, instrument=instrument) for text in texts]
            blocks += draft.items(texts, draft.random.choice(("1)", "-")), depth=1)
    return blocks


@form("findings", "decimal numbers")
def decimal_numbers(draft: Draft) -> list[Block]:
    """Sections, indicators and findings numbered 3, 3.1, 3.1.1, set as plain lines."""
    blocks: list[Block] = []
    for section, kind in enumerate(_kinds(draft), 1):
        head = draft.fill(draft.bank.draw("headings", meaning=HEADS[kind])["text"])
        blocks.append(Heading(draft.figures(f"{section}. {head}"), 2, draft.look))
        for at, no in enumerate(_some(draft, 2, 4), 1):
            blocks.append(Heading(draft.figures(f"{section}.{at} {draft.name(no)}"), 3, draft.look))
            for below, text in enumerate(_texts(draft, kind, no), 1):
                number = draft.figures(f"{section}.{at}.{below}")
                blocks.append(Item(draft.state_finding(kind, text, no=no), number))
    return blocks


@form("findings", "table indicator strengths weaknesses")
def table_by_indicator(draft: Draft) -> list[Block]:
    """A row an indicator, a column a kind; several findings in a cell are marked."""
    kinds = _kinds(draft)
    number = draft.random.random() < 0.4
    heads = [*(["number"] if number else []), "indicator", *(HEADS[kind] for kind in kinds)]
    rows = [header(*(draft.head(role) for role in heads))]
    marker = draft.random.choice(("1.", "1)"))
    for at, no in enumerate(_some(draft, 3, 8), 1):
        cells = [Cell(draft.figures(str(at), table=True), align="center")] if number else []
        cells.append(Cell(draft.name(no)))
        for kind in kinds:
            texts = [draft.state_finding(kind, text, no=no) for text in _texts(draft, kind, no, 2)]
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
    kinds = _kinds(draft)
    rows = [header("ประเด็น", *(f"{INSTRUMENT_NAMES[name][1]} ({name})" for name in ("IIT", "EIT", "OIT")))]
    for kind in kinds:
        cells = [Cell(_kind_head(draft, kind), bold=True)]
        for instrument in ("IIT", "EIT", "OIT"):
            own = [no for no, each in INSTRUMENTS.items() if each == instrument]
            texts = [_text(draft, kind, draft.random.choice(own)) for _ in range(draft.random.randint(1, 2))]
            texts = [draft.state_finding(kind, text, instrument=instrument) for text in texts]
            cells.append(Cell(_listed(draft, texts, "1)")))
        rows.append(cells)
    return [Table(rows, widths=(1.2, 3.0, 3.0, 3.0))]


@form("findings", "table by topic")
def table_by_topic(draft: Draft) -> list[Block]:
    """A row a topic of the assessment, with what was found and what must be developed."""
    about = {1: 1, 2: 6, 3: 7, 4: 4, 5: 2, 6: 3, 7: 5}
    rows = [header(draft.head("issue"), draft.head("observations"), draft.head("improvements"))]
    for topic in sorted(draft.random.sample(range(1, 8), draft.random.randint(3, 7))):
        cells = [Cell(draft.figures(f"{topic}. {TOPICS[topic]}", table=True))]
        for kind in ("observation", "improvement"):
            text = draft.state_finding(kind, _text(draft, kind, about[topic]), topic=topic)
            cells.append(Cell(text))
        rows.append(cells)
    return [Table(rows, widths=(2.0, 3.0, 3.0))]


@form("findings", "swot table")
def swot_table(draft: Draft) -> list[Block]:
    """The four fields of SWOT; each with its head and a list in one cell."""
    fields = []
    for kind, head in (("strength", "จุดแข็ง (Strengths)"), ("weakness", "จุดอ่อน (Weaknesses)")):
        texts = [draft.state_finding(kind, _text(draft, kind, no)) for no in _some(draft, 2, 3)]
        fields.append(Cell(f"{head}\n{_listed(draft, texts, '1.')}"))
    rows = [fields, _outside(draft)]
    return [Table(rows, header_rows=0)]


def _outside(draft: Draft) -> list[Cell]:
    """Return the cells of opportunities and threats; the dataset has no kind for these, so none is required."""
    cells = []
    for kind, head in (("strength", "โอกาส (Opportunities)"), ("weakness", "อุปสรรค (Threats)")):
        texts = [_general(draft, kind) for _ in range(2)]
        for text in texts:
            draft.state_finding("observation", text, required=False)
        cells.append(Cell(f"{head}\n{_listed(draft, texts, '1.')}"))
    return cells


@form("findings", "swot headings")
def swot_headings(draft: Draft) -> list[Block]:
    """Strengths, weaknesses, opportunities and threats as headings with lists."""
    blocks: list[Block] = []
    for kind in PAIR:
        blocks.append(draft.heading(HEADS[kind], 2))
        blocks += draft.items(
            [draft.state_finding(kind, _text(draft, kind, no)) for no in _some(draft, 2, 3)], "-"
        )
    for meaning, kind in (("swot_o", "strength"), ("swot_t", "weakness")):
        blocks.append(draft.heading(meaning, 2))
        texts = [_general(draft, kind) for _ in range(2)]
        for text in texts:
            draft.state_finding("observation", text, required=False)
        blocks += draft.items(texts, "-")
    return blocks


@form("findings", "table two columns without head")
def table_without_head(draft: Draft) -> list[Block]:
    """Below a kind's heading a table of instrument and text, without a header row."""
    blocks: list[Block] = []
    for kind in _kinds(draft):
        blocks.append(draft.heading(HEADS[kind], 2))
        rows = []
        for instrument in ("IIT", "EIT", "OIT"):
            own = [no for no, each in INSTRUMENTS.items() if each == instrument]
            text = draft.state_finding(
                kind, _text(draft, kind, draft.random.choice(own)), instrument=instrument
            )
            rows.append([Cell(instrument, align="center"), Cell(text)])
        blocks.append(Table(rows, header_rows=0, widths=(1.0, 6.0)))
    return blocks


@form("findings", "table of items")
def table_of_items(draft: Draft) -> list[Block]:
    """A row a questionnaire or disclosure item with its code, and what was found."""
    rows = [header("ข้อ", draft.head("indicator"), draft.head("weaknesses"), draft.head("improvements"))]
    codes = {1: "I2", 2: "I8", 3: "I14", 4: "I20", 5: "I26", 6: "E3", 7: "E8", 8: "E13", 9: "O12", 10: "O31"}
    for no in _some(draft, 3, 6):
        code = codes[no]
        cells = [Cell(draft.figures(code, table=True), align="center"), Cell(draft.name(no))]
        for kind in ("weakness", "improvement"):
            text = draft.state_finding(kind, _text(draft, kind, no), no=no, item=code)
            cells.append(Cell(text))
        rows.append(cells)
    return [Table(rows, widths=(0.7, 1.8, 3.0, 3.0))]


@form("findings", "minutes")
def minutes(draft: Draft) -> list[Block]:
    """Minutes of a meeting: who reported, then what was found, by kind."""
    blocks: list[Block] = []
    speakers = ("ประธาน", "เลขานุการ", "หัวหน้าฝ่ายอำนวยการ", "ผู้อำนวยการกลุ่มงานจริยธรรม")
    for kind in _kinds(draft):
        head = draft.fill(draft.bank.draw("headings", meaning=HEADS[kind])["text"])
        blocks.append(Paragraph(f"{draft.random.choice(speakers)}แจ้งที่ประชุมทราบถึง{head} ดังนี้"))
        texts = [draft.state_finding(kind, _text(draft, kind, no)) for no in _some(draft, 2, 3)]
        blocks += draft.items(texts, draft.random.choice(("1)", "(1)", "-")))
    return blocks


@form("findings", "with limitations")
def with_limitations(draft: Draft) -> list[Block]:
    """Kinds as headings, and the limitations of the assessment under a heading after them."""
    blocks = by_kind(draft)
    blocks.append(draft.heading("limitations", 2))
    texts = [draft.bank.draw("limitations")["text"] for _ in range(draft.random.randint(2, 3))]
    return [*blocks, *draft.items([draft.state_finding("limitation", text) for text in texts])]
