"""Forms that state the indicators' scores in lines, lists, sections, cards and charts."""

from __future__ import annotations

from itertools import groupby

from document import Bars, Block, Cards, Item, Paragraph
from draft import Draft, paragraph
from facts import INSTRUMENT_NAMES, INSTRUMENTS, rounded
from forms import form


def _prefix(draft: Draft) -> str:
    """Return what stands before all indicator names of a list: mostly nothing."""
    return draft.random.choice(("", "", "ตัวชี้วัด", "ตัวชี้วัดที่ {no} ", "ตัวชี้วัดที่ {no}: "))


def _named(draft: Draft, prefix: str, no: int) -> str:
    return draft.figures(prefix.format(no=no)) + draft.name(no)


@form("scores", "lines name value")
def name_value(draft: Draft) -> list[Block]:
    """A line an indicator: its name, then its score."""
    prefix = _prefix(draft)
    between = draft.random.choice((" ", " : ", " = ", " คะแนน ", " ได้คะแนน ", " ร้อยละ "))
    after = " คะแนน" if between.strip() in ("", ":", "=", "ได้คะแนน") and draft.random.random() < 0.7 else ""
    texts = []
    for no, value in draft.results.scores.items():
        texts.append(f"{_named(draft, prefix, no)}{between}{draft.score(value)}{after}")
        draft.state_score(no, texts[-1])
    return draft.items(texts) if draft.random.random() < 0.6 else [Paragraph(text) for text in texts]


@form("scores", "lines leaders")
def leaders(draft: Draft) -> list[Block]:
    """Names and scores with dots between, set on a tab stop."""
    blocks: list[Block] = []
    for no, value in draft.results.scores.items():
        name = draft.figures(f"{no}. {draft.name(no)}")
        draft.state_score(no, f"{name} {draft.score(value)}")
        blocks.append(Paragraph(f"{name}\t{draft.score(value)}", leaders=True))
    return blocks


@form("scores", "lines value name")
def value_name(draft: Draft) -> list[Block]:
    """A line an indicator: its score, then its name."""
    between = draft.random.choice((" ", " – ", " : "))
    texts = []
    for no, value in draft.results.scores.items():
        texts.append(f"{draft.score(value)} คะแนน{between}{draft.name(no)}")
        draft.state_score(no, texts[-1])
    return [Item(text, "•") for text in texts]


@form("scores", "lines in turn")
def in_turn(draft: Draft) -> list[Block]:
    """Name and score on lines in turn, as copied from a dashboard."""
    blocks: list[Block] = []
    unit = draft.random.choice(("", " คะแนน", "%"))
    for no, value in draft.results.scores.items():
        text = f"{draft.score(value)}{unit}"
        draft.state_score(no, f"{draft.name(no)} {text}")
        blocks += [Paragraph(draft.name(no)), Paragraph(text)]
    return blocks


@form("scores", "lines value above name")
def value_above_name(draft: Draft) -> list[Block]:
    """Boxes with the score above the indicator's name, as on a slide."""
    boxes = []
    for no, value in draft.results.scores.items():
        boxes.append([draft.score(value), draft.name(no)])
        draft.state_score(no, f"{draft.score(value)} {draft.name(no)}")
    return [Cards(boxes, per_row=draft.random.choice((2, 5)))]


@form("scores", "lines brackets")
def brackets(draft: Draft) -> list[Block]:
    """A list of names with the score in brackets."""
    texts = []
    for no, value in draft.results.scores.items():
        texts.append(f"{draft.name(no)} ({draft.score(value)} คะแนน)")
        draft.state_score(no, texts[-1])
    return draft.items(texts)


@form("scores", "lines nested")
def nested(draft: Draft) -> list[Block]:
    """A list by instrument, with the instrument's mean, and its indicators below."""
    blocks: list[Block] = []
    for at, (instrument, group) in enumerate(groupby(draft.results.scores, INSTRUMENTS.__getitem__), 1):
        mean = draft.score(rounded(draft.results.mean(instrument)))
        head = f"{draft.random.choice(INSTRUMENT_NAMES[instrument])} ({instrument}) คะแนนเฉลี่ย {mean} คะแนน ประกอบด้วย"
        blocks.append(Item(head, draft.marker("1.", at)))
        for below, no in enumerate(group, 1):
            text = f"{draft.name(no)} {draft.score(draft.results.scores[no])} คะแนน"
            draft.state_score(no, text)
            blocks.append(Item(text, draft.figures(f"{at}.{below}"), depth=1))
    return blocks


@form("scores", "lines tabs")
def tabs(draft: Draft) -> list[Block]:
    """Number, name and score parted by tabs, no table."""
    blocks: list[Block] = [Paragraph("ที่\tตัวชี้วัด\tคะแนน", bold=True)]
    for no, value in draft.results.scores.items():
        text = draft.figures(f"{no}\t{draft.name(no)}\t") + draft.score(value)
        draft.state_score(no, text)
        blocks.append(Paragraph(text))
    return blocks


@form("scores", "section value below")
def section_value_below(draft: Draft) -> list[Block]:
    """One section an indicator; a later line states the score after a description."""
    lead = draft.random.choice(("คะแนนที่ได้", "ผลคะแนน", "ได้คะแนน", "คะแนนเฉลี่ย"))
    mark = draft.random.choice((" ", " : ", ": "))
    unit = draft.random.choice(("", " คะแนน"))
    prefix = _prefix(draft) or "ตัวชี้วัดที่ {no} "
    blocks: list[Block] = []
    for no, value in draft.results.scores.items():
        blocks.append(draft.titled(_named(draft, prefix, no), 2))
        blocks.append(paragraph(_asks(draft, no)))
        text = f"{lead}{mark}{draft.score(value)}{unit}"
        draft.state_score(no, text)
        blocks.append(Paragraph(text))
    return blocks


@form("scores", "section key values")
def section_key_values(draft: Draft) -> list[Block]:
    """One section an indicator with lines for weight, target, last year's score and the score, in any order."""
    keys = ["weight", "target", "last_year", "score"]
    draft.random.shuffle(keys)
    heads = {key: draft.head(key) for key in keys}
    blocks: list[Block] = []
    for no, value in draft.results.scores.items():
        blocks.append(draft.titled(draft.name(no), 2))
        for key in keys:
            figure = {
                "weight": draft.figures(str({"IIT": 6, "EIT": 10, "OIT": 20}[INSTRUMENTS[no]])),
                "target": draft.figures("90"),
                "last_year": draft.score(draft.last.scores[no]),
                "score": draft.score(value),
            }[key]
            line = f"{heads[key]} : {figure}"
            if key == "score":
                draft.state_score(no, line)
            blocks.append(Paragraph(line))
    return blocks


def _asks(draft: Draft, no: int) -> str:
    """Return a line on what an indicator asks, without figures."""
    about = {
        1: "ประเมินการรับรู้ของบุคลากรต่อการปฏิบัติงานของเพื่อนร่วมงานตามขั้นตอนและระยะเวลา",
        2: "ประเมินการรับรู้ของบุคลากรต่อการใช้จ่ายเงินและการจัดซื้อจัดจ้างของหน่วยงาน",
        3: "ประเมินการรับรู้ของบุคลากรต่อการมอบหมายงานและการบริหารบุคคลของผู้บังคับบัญชา",
        4: "ประเมินการรับรู้ของบุคลากรต่อการยืมและการดูแลพัสดุของหน่วยงาน",
        5: "ประเมินการรับรู้ของบุคลากรต่อความจริงจังของผู้บริหารในการต่อต้านการทุจริต",
        6: "ประเมินการรับรู้ของผู้รับบริการต่อการให้บริการที่เท่าเทียมและตรงเวลา",
        7: "ประเมินการรับรู้ของผู้รับบริการต่อช่องทางและความชัดเจนของข่าวสาร",
        8: "ประเมินการรับรู้ของผู้รับบริการต่อการพัฒนาวิธีทำงานและการมีส่วนร่วม",
        9: "ตรวจสอบข้อมูลบนเว็บไซต์ของหน่วยงานที่ต้องเผยแพร่ต่อสาธารณชน",
        10: "ตรวจสอบการดำเนินการของหน่วยงานในการต้านทุจริตที่เผยแพร่บนเว็บไซต์",
    }
    return draft.random.choice(("เป็นการ", "ตัวชี้วัดนี้", "")) + about[no]


@form("scores", "chart")
def chart(draft: Draft) -> list[Block]:
    """A bar chart with its caption; names beside the bars, figures at their ends."""
    labels, values = [], []
    for no, value in draft.results.scores.items():
        labels.append(draft.name(no))
        values.append(draft.score(value, table=True))
        draft.state_score(no, f"{labels[-1]} {values[-1]}")
    caption = draft.figures(f"แผนภูมิที่ 1 ผลคะแนนรายตัวชี้วัด ประจำปีงบประมาณ พ.ศ. {draft.results.year}")
    return [Bars(labels, values), Paragraph(caption, align="center")]
