"""Forms that state findings: strengths, weaknesses, improvements, observations, limitations."""

from __future__ import annotations

from document import Block, Heading, Item, Paragraph
from draft import Draft, paragraph
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
ABOUT = {1: 1, 2: 6, 3: 7, 4: 4, 5: 2, 6: 3, 7: 5}
"""The indicator whose findings suit each topic."""


def draw_text(draft: Draft, kind: str, no: int) -> str:
    """Return a finding of a kind about an indicator."""
    return draft.bank.draw("findings", kind=kind, indicator_no=str(no))["text"]


def draw_texts(draft: Draft, kind: str, no: int, most: int = 3) -> list[str]:
    """Return some findings of a kind about an indicator."""
    return [draw_text(draft, kind, no) for _ in range(draft.random.randint(1, most))]


def draw_general(draft: Draft, kind: str) -> str:
    """Return a finding of a kind about the assessment as a whole."""
    return draft.bank.draw("general_findings", kind=kind)["text"]


def some_indicators(draft: Draft, least: int = 2, most: int = 5) -> list[int]:
    """Return some indicators in their order."""
    return sorted(draft.random.sample(range(1, 11), draft.random.randint(least, most)))


def some_kinds(draft: Draft) -> tuple[str, ...]:
    """Return the kinds of findings that a report is to state."""
    return draft.random.choice(
        (PAIR, PAIR, ("strength", "improvement"), ("weakness", "improvement"), (*PAIR, "improvement"))
    )


def kind_head(draft: Draft, kind: str) -> str:
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
    kinds = some_kinds(draft)
    heads = {kind: draft.fill(draft.bank.draw("headings", meaning=HEADS[kind])["text"]) for kind in kinds}
    for no in some_indicators(draft):
        blocks.append(draft.titled(_indicator_title(draft, no), 2))
        for kind in kinds:
            blocks.append(draft.titled(heads[kind], 3))
            texts = [draft.state_finding(kind, text, no=no) for text in draw_texts(draft, kind, no)]
            blocks += draft.items(texts)
    return blocks


@form("findings", "by instrument, kind, list")
def by_instrument(draft: Draft) -> list[Block]:
    """A heading an instrument, a heading a kind below it, lists."""
    blocks: list[Block] = []
    kinds = some_kinds(draft)
    heads = {kind: draft.fill(draft.bank.draw("headings", meaning=HEADS[kind])["text"]) for kind in kinds}
    for instrument in ("IIT", "EIT", "OIT"):
        blocks.append(_instrument_heading(draft, instrument))
        own = [no for no, each in INSTRUMENTS.items() if each == instrument]
        for kind in kinds:
            blocks.append(draft.titled(heads[kind], 3))
            texts = [
                draw_text(draft, kind, draft.random.choice(own)) for _ in range(draft.random.randint(1, 3))
            ]
            blocks += draft.items([draft.state_finding(kind, text, instrument=instrument) for text in texts])
    return blocks


@form("findings", "by topic, kind, list")
def by_topic(draft: Draft) -> list[Block]:
    """A heading a topic of the assessment, a heading a kind below it, lists."""
    blocks: list[Block] = []
    kinds = some_kinds(draft)
    heads = {kind: draft.fill(draft.bank.draw("headings", meaning=HEADS[kind])["text"]) for kind in kinds}
    for topic in sorted(draft.random.sample(range(1, 8), draft.random.randint(2, 5))):
        named = draft.heading("by_topic", 2, lambda text: "มาตรการ" not in text, topic=TOPICS[topic])
        blocks.append(named)
        for kind in kinds:
            blocks.append(draft.titled(heads[kind], 3))
            texts = [draw_text(draft, kind, ABOUT[topic]) for _ in range(draft.random.randint(1, 2))]
            blocks += draft.items([draft.state_finding(kind, text, topic=topic) for text in texts])
    return blocks


@form("findings", "by kind, list")
def by_kind(draft: Draft) -> list[Block]:
    """A heading a kind and one list below it; nothing ties a finding to an indicator."""
    blocks: list[Block] = []
    for kind in some_kinds(draft):
        blocks.append(draft.heading(HEADS[kind], 2))
        texts = [draw_text(draft, kind, no) for no in some_indicators(draft, 2, 4)]
        blocks += draft.items([draft.state_finding(kind, text) for text in texts])
    return blocks


@form("findings", "by kind, item names its indicator")
def item_names_indicator(draft: Draft) -> list[Block]:
    """A heading a kind; each item opens with its indicator's name and a colon or dash."""
    blocks: list[Block] = []
    mark = draft.random.choice((" : ", ": ", " – "))
    for kind in some_kinds(draft):
        blocks.append(draft.heading(HEADS[kind], 2))
        items = []
        for no in some_indicators(draft, 2, 4):
            text = draft.state_finding(kind, draw_text(draft, kind, no), no=no)
            items.append(f"{draft.name(no)}{mark}{text}")
        blocks += draft.items(items)
    return blocks


@form("findings", "by kind, prose")
def by_kind_prose(draft: Draft) -> list[Block]:
    """A heading a kind and paragraphs of prose below it."""
    blocks: list[Block] = []
    for kind in some_kinds(draft):
        blocks.append(draft.heading(HEADS[kind], 2))
        texts = [draft.state_finding(kind, draw_text(draft, kind, no)) for no in some_indicators(draft, 1, 2)]
        blocks += map(paragraph, texts)
    return blocks


@form("findings", "run-in heads")
def run_in_heads(draft: Draft) -> list[Block]:
    """Below each indicator's heading lines that open with their kind: "จุดแข็ง: …"."""
    blocks: list[Block] = []
    kinds = some_kinds(draft)
    heads = {kind: kind_head(draft, kind) for kind in kinds}
    mark = draft.random.choice((" : ", ": ", " - "))
    for no in some_indicators(draft):
        blocks.append(draft.titled(_indicator_title(draft, no), 2))
        for kind in kinds:
            text = draft.state_finding(kind, draw_text(draft, kind, no), no=no)
            blocks.append(Paragraph(f"{heads[kind]}{mark}{text}"))
    return blocks


@form("findings", "nested lists")
def nested_lists(draft: Draft) -> list[Block]:
    """Below a kind's heading a list of instruments with lists of findings inside; their numbers restart."""
    blocks: list[Block] = []
    for kind in some_kinds(draft):
        blocks.append(draft.heading(HEADS[kind], 2))
        for at, instrument in enumerate(("IIT", "EIT", "OIT"), 1):
            name = draft.random.choice(INSTRUMENT_NAMES[instrument])
            blocks.append(Item(f"{name} ({instrument})", draft.marker("1.", at)))
            own = [no for no, each in INSTRUMENTS.items() if each == instrument]
            texts = [
                draw_text(draft, kind, draft.random.choice(own)) for _ in range(draft.random.randint(1, 3))
            ]
            texts = [draft.state_finding(kind, text, instrument=instrument) for text in texts]
            blocks += draft.items(texts, draft.random.choice(("1)", "-")), depth=1)
    return blocks


@form("findings", "decimal numbers")
def decimal_numbers(draft: Draft) -> list[Block]:
    """Sections, indicators and findings numbered 3, 3.1, 3.1.1, set as plain lines."""
    blocks: list[Block] = []
    for section, kind in enumerate(some_kinds(draft), 1):
        head = draft.fill(draft.bank.draw("headings", meaning=HEADS[kind])["text"])
        blocks.append(
            Heading(
                draft.figures(f"{draft.chapter}{section}{'' if draft.chapter else '.'} {head}"), 2, draft.look
            )
        )
        for at, no in enumerate(some_indicators(draft, 2, 4), 1):
            blocks.append(
                Heading(draft.figures(f"{draft.chapter}{section}.{at} {draft.name(no)}"), 3, draft.look)
            )
            for below, text in enumerate(draw_texts(draft, kind, no), 1):
                number = draft.figures(f"{draft.chapter}{section}.{at}.{below}")
                blocks.append(Item(draft.state_finding(kind, text, no=no), number))
    return blocks


@form("findings", "swot headings")
def swot_headings(draft: Draft) -> list[Block]:
    """Strengths, weaknesses, opportunities and threats as headings with lists."""
    blocks: list[Block] = []
    for kind in PAIR:
        blocks.append(draft.heading(HEADS[kind], 2))
        blocks += draft.items(
            [draft.state_finding(kind, draw_text(draft, kind, no)) for no in some_indicators(draft, 2, 3)],
            "-",
        )
    for meaning, kind in (("swot_o", "strength"), ("swot_t", "weakness")):
        blocks.append(draft.heading(meaning, 2))
        texts = [draw_general(draft, kind) for _ in range(2)]
        for text in texts:
            draft.state_finding("observation", text, required=False)
        blocks += draft.items(texts, "-")
    return blocks


@form("findings", "minutes")
def minutes(draft: Draft) -> list[Block]:
    """Minutes of a meeting: who reported, then what was found, by kind."""
    blocks: list[Block] = []
    speakers = ("ประธาน", "เลขานุการ", "หัวหน้าฝ่ายอำนวยการ", "ผู้อำนวยการกลุ่มงานจริยธรรม")
    for kind in some_kinds(draft):
        head = draft.fill(draft.bank.draw("headings", meaning=HEADS[kind])["text"])
        blocks.append(Paragraph(f"{draft.random.choice(speakers)}แจ้งที่ประชุมทราบถึง{head} ดังนี้"))
        texts = [draft.state_finding(kind, draw_text(draft, kind, no)) for no in some_indicators(draft, 2, 3)]
        blocks += draft.items(texts, draft.random.choice(("1)", "(1)", "-")))
    return blocks


@form("findings", "with limitations")
def with_limitations(draft: Draft) -> list[Block]:
    """Kinds as headings, and the limitations of the assessment under a heading after them."""
    blocks = by_kind(draft)
    blocks.append(draft.heading("limitations", 2))
    texts = [draft.bank.draw("limitations")["text"] for _ in range(draft.random.randint(2, 3))]
    return [*blocks, *draft.items([draft.state_finding("limitation", text) for text in texts])]
