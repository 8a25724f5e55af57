"""The Word reader: displayed text is read, omissions are reported."""

from __future__ import annotations

import csv
import io
from importlib.resources import files

import docx as python_docx
import pytest
from support.docx_checks import (
    FIELD,
    WINGDINGS,
    cells,
    check_every_character_once,
    codes,
    read,
    table,
    texts,
)
from support.make_docx import (
    document,
    docx,
    p,
    r,
    root,
    tbl,
    tc,
    tr,
)

from thaita.extract.readers.docx.reader import read_docx

FOOTNOTES = root("footnotes", f'<w:footnote w:id="2">{p(r("<w:footnoteRef/>") + r("ปรับแล้ว"))}</w:footnote>')

SYMBOLS = files("thaita.normalize.data") / "symbol_fonts.csv"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (r("ผลกา") + r("รประ") + r("เมิน"), ["ผลการประเมิน"]),  # runs split inside a word
        (r("ก" + "") + r("<w:tab/>") + r("ข"), ["ก\tข"]),
        (r("95") + r("<w:noBreakHyphen/>") + r("99"), ["95-99"]),
        (r("ประ") + r("<w:softHyphen/>") + r("เมิน"), ["ประเมิน"]),  # a soft hyphen displays nothing
        (r("ก") + r('<w:br w:type="page"/>') + r("ข"), ["ก", "ข"]),
        (r("<w:t>\n   ITA\n  </w:t>"), [" ITA "]),  # indentation in XML is not a line break
        # symbols: by w:sym, by a letter in a symbol font, and a digit in an ordinary font
        (r('<w:sym w:font="Wingdings" w:char="F0FE"/>') + r(" ใช่"), ["☑ ใช่"]),
        (r('<w:sym w:font="Wingdings 2" w:char="F052"/>') + r(" ใช่"), ["☑ ใช่"]),
        (r('<w:sym w:font="Wingdings 2" w:char="00A3"/>') + r(" ไม่"), ["☐ ไม่"]),
        (
            r('<w:sym w:font="Wingdings" w:char="F07F"/>'),
            ["\uf07f"],
        ),  # unknown: the private-use character stays
        (r('<w:sym w:font="Wingdings" w:char="zz"/>') + r("ก"), ["ก"]),
        (r("þ ¨ o", WINGDINGS), ["☑ ☐ ☐"]),
        (r("R", '<w:rFonts w:ascii="Wingdings 2"/>') + r("R1"), ["☑R1"]),
        (r("ร้อยละ ", WINGDINGS), ["ร้อยละ "]),  # Thai is never set in a symbol font
        (r("95.20", '<w:rFonts w:ascii="Symbol"/>'), ["95.20"]),  # Symbol has ordinary digits
        (r("O34", '<w:rFonts w:ascii="Wingdings" w:cs="TH Sarabun New"/><w:cs/>'), ["O34"]),
        (r("o", '<w:rFonts w:ascii="Wingdings" w:asciiTheme="minorHAnsi"/>'), ["o"]),
        ("<w:ins>" + r("ใหม่") + "</w:ins><w:del><w:r><w:delText>เก่า</w:delText></w:r></w:del>", ["ใหม่"]),
        ("<w:moveFrom>" + r("ย้าย") + "</w:moveFrom>" + r("อยู่"), ["อยู่"]),
        (f"<w:hyperlink>{r('เว็บ')}</w:hyperlink><w:smartTag>{r('ไซต์')}</w:smartTag>", ["เว็บไซต์"]),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{r('ในช่อง')}</w:sdtContent></w:sdt>", ["ในช่อง"]),
        (
            r(f"<w:ruby><w:rt>{r('บน')}</w:rt><w:rubyBase>{r('ล่าง')}</w:rubyBase></w:ruby>"),
            ["ล่าง"],
        ),
        (
            f"<m:oMath><m:f><m:num>{'<m:r><m:t>95</m:t></m:r>'}</m:num>"
            f"<m:den>{'<m:r><m:t>100</m:t></m:r>'}</m:den></m:f></m:oMath>",
            ["95/100"],
        ),
        # a raised mark after a digit never joins the number
        (r("100") + r("1", '<w:vertAlign w:val="superscript"/>'), ["100", "1"]),
        (r("ตร.ม.") + r("2", '<w:vertAlign w:val="superscript"/>'), ["ตร.ม.2"]),
        (r("9") + r("5", '<w:vertAlign w:val="baseline"/>'), ["95"]),
        ("", []),
    ],
)
def test_a_paragraph_is_read_as_shown(content: str, expected: list[str]) -> None:
    assert texts(read(p(content or "<w:r/>"))) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (r("หน้า ") + FIELD, ["หน้า 7"]),
        (f'<w:fldSimple w:instr="PAGE">{r("8")}</w:fldSimple>', ["8"]),
        # a field in the instruction of another: its result is not displayed
        (
            r('<w:fldChar w:fldCharType="begin"/>') + FIELD + r('<w:fldChar w:fldCharType="end"/>') + r("ก"),
            ["ก"],
        ),
        # a field that never ends hides nothing
        (r('<w:fldChar w:fldCharType="begin"/>') + r("ยังอยู่"), ["ยังอยู่"]),
        (r('<w:fldChar w:fldCharType="end"/>') + r("ยังอยู่"), ["ยังอยู่"]),
    ],
)
def test_fields_show_their_results(content: str, expected: list[str]) -> None:
    assert texts(read(p(content))) == expected


def checkbox_control(state: str, shown: str) -> str:
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent>{shown}</w:sdtContent></w:sdt>"
    )


def form_checkbox(state: str) -> str:
    return r(
        f'<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{state}</w:checkBox></w:ffData></w:fldChar>'
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (checkbox_control("1", r("☒")), "☑ มี"),
        (checkbox_control("0", r("☐")), "☐ มี"),
        (checkbox_control("1", r("o", WINGDINGS)), "☑ มี"),  # the state counts, not the displayed letter
        (form_checkbox('<w:default w:val="1"/>'), "☑ มี"),
        (form_checkbox('<w:default w:val="1"/><w:checked w:val="0"/>'), "☐ มี"),
        (form_checkbox("<w:checked/>"), "☑ มี"),
        (form_checkbox(""), "☐ มี"),
    ],
)
def test_checkboxes_show_their_state(content: str, expected: str) -> None:
    assert texts(read(p(content + r(" มี")))) == [expected]


def test_a_drop_down_shows_the_chosen_entry() -> None:
    choices = '<w:listEntry w:val="ดำเนินการแล้ว"/><w:listEntry w:val="ยังไม่ดำเนินการ"/>'
    listing = f'<w:ddList><w:result w:val="1"/>{choices}</w:ddList>'
    field = r(f'<w:fldChar w:fldCharType="begin"><w:ffData>{listing}</w:ffData></w:fldChar>')
    assert texts(read(p(field))) == ["ยังไม่ดำเนินการ"]


def test_headings_are_recognized_by_outline_level_or_style_name() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="b"/><w:name w:val="Body"/></w:style>'
    )
    doc = read(
        p("บทที่ 1", '<w:pStyle w:val="a"/>'),
        p("ระดับ", '<w:outlineLvl w:val="1"/>'),
        p("เนื้อความ", '<w:pStyle w:val="b"/>'),  # a style based on itself
        p("ไม่ใช่หัวข้อ", '<w:pStyle w:val="a"/><w:outlineLvl w:val="9"/>'),
        styles=root("styles", styles),
    )
    assert texts(doc, "heading") == ["บทที่ 1", "ระดับ"]
    assert texts(doc, "body") == ["เนื้อความ", "ไม่ใช่หัวข้อ"]


def test_hidden_text_is_left_out_and_reported() -> None:
    styles = '<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
    doc = read(
        p(r("เห็น") + r("ซ่อน", "<w:vanish/>") + r("ลับ", '<w:rStyle w:val="h"/>')),
        p(r("ก", '<w:vanish w:val="0"/>')),
        styles=root("styles", styles),
    )
    assert texts(doc) == ["เห็น", "ก"]
    (problem,) = doc.problems
    assert problem.code == "hidden_text"
    assert "ซ่อนลับ" in problem.message


def test_deleted_paragraph_marks_and_rows_are_applied_and_reported() -> None:
    marked = "<w:rPr><w:del/></w:rPr>"
    doc = read(
        p("คะแนน ", marked),
        p("95.20"),
        p("<w:del/>", marked),
        tbl(tr(tc("ก")), tr(tc("ข"), properties="<w:del/>")),
    )
    assert texts(doc) == ["คะแนน 95.20"]
    assert cells(table(doc)) == {(0, 0): "ก"}
    assert codes(doc) == ["tracked_changes"]


def test_a_footnote_moves_to_the_end_and_never_touches_a_score() -> None:
    mark = r('<w:footnoteReference w:id="2"/>', '<w:vertAlign w:val="superscript"/>')
    doc = read(p(r("100") + mark + r("5")), p(r("ซ้ำ") + mark), p("ต่อ"), footnotes=FOOTNOTES)
    assert texts(doc, "body") == ["100 5", "ซ้ำ", "ต่อ"]
    assert texts(doc, "note") == ["ปรับแล้ว"]
    assert doc.text.endswith("ปรับแล้ว\n")


def test_endnotes_and_comments_are_notes() -> None:
    doc = read(
        p(r("ก") + r('<w:commentReference w:id="0"/>') + r('<w:endnoteReference w:id="1"/>')),
        comments=root("comments", f'<w:comment w:id="0">{p("ตรวจด้วย")}</w:comment>'),
        endnotes=root("endnotes", f'<w:endnote w:id="1">{p("ที่มา")}</w:endnote>'),
    )
    assert texts(doc, "note") == ["ที่มา", "ตรวจด้วย"]


def test_the_strict_namespaces_are_read_too() -> None:
    strict = document(p("ก")).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert texts(read_docx(docx(main=strict))) == ["ก"]


def test_a_file_of_a_word_processor_library_is_read() -> None:
    made = python_docx.Document()
    made.add_heading("ผลการประเมิน ITA", 1)
    made.add_paragraph("ข้อหนึ่ง", style="List Number")
    made.add_paragraph("ข้อสอง", style="List Number")
    made.add_paragraph("จุดแข็ง", style="List Bullet")
    grid = made.add_table(2, 3)
    grid.cell(0, 0).merge(grid.cell(1, 0)).text = "IIT"
    grid.cell(0, 1).merge(grid.cell(0, 2)).text = "95.20"
    made.sections[0].header.paragraphs[0].text = "อบต."
    out = io.BytesIO()
    made.save(out)
    doc = read_docx(out.getvalue())
    check_every_character_once(doc)
    assert texts(doc) == ["อบต.", "ผลการประเมิน ITA", "1. ข้อหนึ่ง", "2. ข้อสอง", "• จุดแข็ง"]
    assert texts(doc, "heading") == ["ผลการประเมิน ITA"]
    assert {(c.row, c.column): (c.row_span, c.column_span) for c in table(doc).cells} == {
        (0, 0): (2, 1),
        (0, 1): (1, 2),
        (1, 1): (1, 1),
        (1, 2): (1, 1),
    }


def test_a_damaged_part_beside_intact_text_is_reported() -> None:
    doc = read(p("ก"), styles="<w:styles", altChunk_a1="x")
    assert (texts(doc), codes(doc)) == (["ก"], ["part"])


def test_unread_content_is_reported() -> None:
    assert codes(read(p("ก"), '<w:altChunk r:id="a1"/>')) == ["imported_part"]
    assert codes(read(p())) == ["no_text"]


def test_the_table_of_symbol_fonts_is_valid() -> None:
    rows = list(csv.DictReader(SYMBOLS.read_text(encoding="utf-8").splitlines()))
    keys = [(row["font"], row["code"]) for row in rows]
    assert len(set(keys)) == len(keys) > 100
    assert all(0x20 < int(code, 16) < 0x100 for _, code in keys)
    assert all(len(row["text"]) == 1 and not "\ue000" <= row["text"] <= "\uf8ff" for row in rows)
    assert all(row["meaning"] and row["source"] for row in rows)
    boxes = {row["text"] for row in rows if row["meaning"].endswith("box")}
    assert boxes == {"☐", "☑", "☒"}
