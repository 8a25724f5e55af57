"""Displayed text that a Word page does not state: crossed-out text, placeholders, raised marks, dittos."""

import pytest
from support.docx_checks import check_every_character_once, codes
from support.make_docx import docx, p, r, root, tbl, tc, tr

from thaita.extract.pipeline import read_bytes
from thaita.extract.readers.docx.reader import read_docx
from thaita.models.document import Document, Paragraph

STRIKE, DOUBLE, LIVE = "<w:strike/>", "<w:dstrike/>", '<w:strike w:val="0"/>'
STYLES = root(
    "styles",
    '<w:style w:type="character" w:styleId="old"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="older"><w:basedOn w:val="old"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="gone"><w:rPr><w:dstrike/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="note"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>',
)
UP, BY_HAND = '<w:vertAlign w:val="superscript"/>', '<w:position w:val="8"/>'
LOW = '<w:vertAlign w:val="subscript"/>'


def control(content: str, *, empty: bool) -> str:
    placeholder = "<w:showingPlcHdr/>" if empty else '<w:showingPlcHdr w:val="0"/>'
    return f"<w:sdt><w:sdtPr>{placeholder}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def styled(name: str) -> str:
    return f'<w:rStyle w:val="{name}"/>'


def parts(shown: Document) -> tuple[list[str], list[str], set[tuple[str, str]]]:
    """Return the content lines, the asides, and the texts that carry a flag."""
    blocks = [block for block in shown.blocks if isinstance(block, Paragraph)]
    live = [block.text.chars for block in blocks if block.role != "aside"]
    marks = {(shown.text[slice(*mark.span)], mark.flag) for mark in shown.marks}
    return live, [block.text.chars for block in blocks if block.role == "aside"], marks


@pytest.mark.parametrize(
    ("content", "live", "aside"),
    [
        (r("79.10", STRIKE) + r("81.68"), "81.68", ["79.10"]),
        (r("79", DOUBLE) + r(".10", STRIKE) + r(" 81.68"), " 81.68", ["79.10"]),  # one text in two runs
        (r("81") + r(".10", STRIKE) + r(".68"), "81.68", [".10"]),
        (r("79.10", LIVE) + r("81.68", STRIKE), "79.10", ["81.68"]),
        (r("ก", styled("old")) + r("ข", styled("older") + LIVE) + r("ค", styled("older")), "ข", ["ก", "ค"]),
        (r("ก", STRIKE) + r(" ", STRIKE) + r("ข"), " ข", ["ก"]),
        (control(r("คลิกที่นี่"), empty=True) + r("ก"), "ก", ["คลิกที่นี่"]),
        (control(r("กองคลัง"), empty=False), "กองคลัง", []),
        (r("86.75") + r("1", UP), "86.75", ["1"]),
        (r("86.75") + r("๑)", BY_HAND), "86.75", ["๑)"]),
        (r("86.75") + r("2", styled("note")), "86.75", ["2"]),
        (r("การใช้อำนาจ") + r("*", UP), "การใช้อำนาจ", ["*"]),
        (r("100 m") + r("2", UP), "100 m2", []),  # a power
        (r("20 ม") + r("2", UP), "20 ม2", []),
        (
            r("3x10") + r("2", UP),
            "3x10 2",
            [],
        ),  # separated, so that it does not become a number of three digits
        (r("08") + r("30", UP) + r("-16") + r("30", UP) + r(" น."), "08 30-16 30 น.", []),  # minutes
        (r("5") + r("1", UP) + r("/2 ชม."), "5 1/2 ชม.", []),
        (r("CO") + r("2", LOW), "CO2", []),
        (r("86") + r(".75", BY_HAND), "86.75", []),  # not a note mark, whatever it is
        (r("86.75") + r("12", '<w:position w:val="1"/>'), "86.7512", []),  # too small a shift to be visible
    ],
)
def test_visible_text_of_a_paragraph(content, live, aside):
    shown = read_docx(docx(p(content), styles=STYLES))
    lines, asides, marks = parts(shown)
    assert (lines, asides) == ([live], aside)
    flags = {flag for _, flag in marks}
    assert all((text, flag) in marks for text in aside for flag in flags)
    check_every_character_once(shown)


def test_two_styles_that_cross_out_cancel_each_other():
    gone = p(r("ก") + r("ข", styled("old")), '<w:pStyle w:val="gone"/>')
    assert parts(read_docx(docx(gone, styles=STYLES)))[:2] == (["ข"], ["ก"])


def test_a_crossed_out_item_keeps_its_number_in_the_list():
    """Word counts it, so the other items keep the numbers that the page displays."""
    numbering = root(
        "numbering",
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
    )
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    shown = read_docx(docx(p("ก", item), p(r("ข", STRIKE), item), p("ค", item), numbering=numbering))
    live, asides, _ = parts(shown)
    assert ([" ".join(line.split()) for line in live], [" ".join(one.split()) for one in asides]) == (
        ["1. ก", "3. ค"],
        ["2. ข"],
    )


def test_crossed_out_cell_text_follows_the_table_and_the_cell_is_flagged():
    table = tbl(tr(tc(p(r("79.10", STRIKE)) + p("81.68")), tc("ก")), tr(tc(p(r("ข", STRIKE))), tc("ค")))
    shown = read_docx(docx(table))
    assert [cell.text.chars for cell in next(shown.tables()).cells] == ["81.68", "ก", "", "ค"]
    assert parts(shown)[1:] == (["79.10", "ข"], {("79.10", "struck"), ("81.68", "struck"), ("ข", "struck")})
    assert "struck_text" in codes(shown)
    check_every_character_once(shown)


def measures(*rows: tuple[str, str, str]) -> bytes:
    head = tr(tc("มาตรการ"), tc("ผู้รับผิดชอบ"), tc("ผลการดำเนินการ"))
    table = tbl(head, *(tr(*map(tc, row)) for row in rows))
    return docx(p("รายงานผลการดำเนินการตามมาตรการ ITA ปีงบประมาณ พ.ศ. 2567"), table)


def owners(data: bytes) -> list[tuple[list[str], bool, bool]]:
    reading = read_bytes(data, "a.docx")
    return [
        ([owner.owner for owner in one.owners], "inherited" in one.flags, "ditto" in one.flags)
        for one in reading.measures
    ]


@pytest.mark.parametrize("mark", ["″", "〃", '"', "”", "„", ",,", '-"-', "- ″ -", "เช่นเดียวกัน"])
def test_a_ditto_mark_repeats_the_cell_above_it(mark):
    rows = ("จัดอบรมเจ้าหน้าที่", "กองคลัง", "ก"), ("ทำคู่มือ", mark, "ข"), ("ทำประกาศ", mark, "ค")
    assert owners(measures(*rows)) == [(["กองคลัง"], False, False), *[(["กองคลัง"], True, False)] * 2]


def test_a_ditto_mark_with_nothing_above_it_is_reported():
    assert owners(measures(("จัดอบรมเจ้าหน้าที่", "″", "ก"), ("ทำคู่มือ", "กองช่าง", "ข"))) == [
        ([], False, True),
        (["กองช่าง"], False, False),
    ]


def test_placeholders_are_boilerplate_and_crossed_out_text_is_not():
    data = docx(
        p("รายงานการประเมิน ITA ปีงบประมาณ พ.ศ. 2567"),
        p(control(r("คลิกหรือแตะที่นี่"), empty=True) + r("ตัวเก่า", STRIKE)),
    )
    found = {one.text: (one.kind, one.flags) for one in read_bytes(data, "a.docx").unread}
    assert found["คลิกหรือแตะที่นี่"] == ("boilerplate", ("placeholder",))
    assert found["ตัวเก่า"] == ("unclear", ("struck",))
