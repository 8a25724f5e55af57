"""Labels in running text, and the section of each paragraph."""

import pytest

from thaita.extract.readers.text.reader import read_text
from thaita.extract.structure.context import FlowEntry
from thaita.extract.structure.flow import read_flow
from thaita.extract.structure.labels import read_inline_label, read_label
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.extract.structure.repair import repair_document
from thaita.extract.structure.sections import add_context
from thaita.models.source_text import SourceText


@pytest.mark.parametrize(
    ("text", "role", "kind", "rest"),
    [
        ("จุดแข็ง: มีความโปร่งใส", "finding", "strength", "มีความโปร่งใส"),
        ("๒.๑ จุดอ่อน : บุคลากรน้อย", "finding", "weakness", "บุคลากรน้อย"),
        ("ผู้รับผิดชอบ: กองคลัง", "owner", None, "กองคลัง"),
        # a heading on a line of its own, with what only opens the list
        ("ข้อเสนอแนะ", "finding", "improvement", ""),
        ("ข้อเสนอแนะ มีดังนี้", "finding", "improvement", ""),
        # what stands in brackets says nothing of the role
        ("จุดแข็ง (คะแนนสูงสุด): การใช้อำนาจ", "finding", "strength", "การใช้อำนาจ"),
        # a numbered measure
        ("มาตรการที่ ๒ จัดทำคู่มือ", "title", None, "จัดทำคู่มือ"),
        ("โครงการที่ 3: อบรม", "title", None, "อบรม"),
        # parted by a space only, and long enough to be a finding
        ("จุดแข็ง บุคลากรให้บริการด้วยความสุภาพ", "finding", "strength", "บุคลากรให้บริการด้วยความสุภาพ"),
    ],
)
def test_a_label_at_the_start_is_read(text, role, kind, rest):
    label = read_label(SourceText.at(text, 7))
    assert label is not None
    assert (label.heading.role, label.heading.kind, label.rest.chars) == (role, kind, rest)
    if rest:
        assert label.rest.spans()[0][0] == 7 + text.index(rest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "หน่วยงานได้จัดประชุมเพื่อกำหนดมาตรการ",
        "เวลา: 10.00 น.",
        "จุดแข็งของหน่วยงานในปีที่ผ่านมาคือความโปร่งใสในการทำงานของบุคลากรทุกระดับอย่างต่อเนื่องและสม่ำเสมอเรื่อยมา",
    ],
)
def test_plain_text_has_no_label(text):
    assert read_label(SourceText.at(text, 0)) is None


def test_a_loose_label_counts_only_where_labels_are_expected():
    text = SourceText.at("ผู้รับผิดชอบ สำนักปลัดเทศบาลและกองคลัง", 0)
    assert read_label(text) is None
    assert read_label(text, loose=True).rest.chars == "สำนักปลัดเทศบาลและกองคลัง"


def test_a_subject_before_the_label_is_read():
    lead = read_inline_label(SourceText.at("การใช้งบประมาณ มีข้อเสนอแนะดังนี้ ควรเผยแพร่แผน", 0))
    assert (lead.heading.kind, lead.rest.chars) == ("improvement", "ควรเผยแพร่แผน")
    assert read_inline_label(SourceText.at("หน่วยงานดำเนินการดังนี้ ประชุม", 0)) is None


def placed(text: str) -> list[FlowEntry]:
    return add_context(read_flow(repair_document(read_text(text.encode()))))


def found(text: str, words: str) -> FlowEntry:
    (item,) = [p for p in placed(text) if isinstance(p.item, FlowParagraph) and words in p.item.text.chars]
    return item


@pytest.mark.parametrize(
    ("above", "instrument", "indicator", "topic"),
    [
        ("แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT)\n\n", "IIT", None, None),
        ("ตัวชี้วัดที่ 3 การใช้อำนาจ\n\n", None, 3, None),
        # an instrument ends the indicator above it; a paragraph between changes nothing
        ("ตัวชี้วัดที่ 3 การใช้อำนาจ\n\nแบบวัด EIT\n\nข้อความ\n\n", "EIT", None, None),
        # the instrument's name right below the heading of one of its indicators belongs to it
        ("ตัวชี้วัดที่ 3 การใช้อำนาจ\n\nIIT\n\n", None, 3, None),
        ("ตัวชี้วัดที่ 3 การใช้อำนาจ\n\nEIT\n\n", "EIT", None, None),
        # the number is the report's own: the name decides
        ("ตัวชี้วัดที่ 1 การเปิดเผยข้อมูล\n\n", None, 9, None),
        ("2. การให้บริการและระบบ E-Service\n\n", None, None, 2),
    ],
)
def test_the_context_comes_from_the_headings_above(above, instrument, indicator, topic):
    context = found(above + "จุดแข็ง: ความโปร่งใสของหน่วยงาน\n", "จุดแข็ง").context
    assert context.instrument == instrument
    assert (context.indicator.no if context.indicator else None) == indicator
    assert context.topic == topic


LIST = "จุดแข็ง\n\n1. หน่วยงานโปร่งใส\n\n2. บุคลากรสุภาพ\n\n"


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("3. ให้บริการรวดเร็ว\n", True),
        # a heading of a section, another number, a paragraph that the label does not promise
        ("ส่วนที่ 2 มาตรการ\n", False),
        ("7. ให้บริการรวดเร็ว\n", False),
        ("จุดอ่อน\n", False),
    ],
)
def test_a_list_continues_until_other_text_begins(below, expected):
    assert placed(LIST + below)[-1].list_item is expected


def test_a_table_ends_a_list():
    assert not found(LIST + "ก\tข\nค\tง\n\n3. ให้บริการรวดเร็ว\n", "3. ").list_item


def test_items_may_be_numbered_on_with_their_section():
    text = (
        "ระเบียบวาระที่ 3 ผลการประเมิน\n\nจุดแข็ง\n\n3.1 อาจารย์ให้บริการนักศึกษาโดยไม่เลือกปฏิบัติ\n\n"
        "จุดอ่อน\n\n3.2 นักศึกษาไม่รู้จักช่องทางแจ้งเบาะแสการทุจริต\n\n"
    )
    assert [entry.list_item for entry in placed(text)] == [False, False, True, False, True]
    assert not placed(text + "3.4 นักศึกษาไม่รู้จักช่องทางร้องเรียน\n")[-1].list_item
