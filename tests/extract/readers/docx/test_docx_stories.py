"""The Word reader: headers, text boxes, charts and pictures."""

from __future__ import annotations

import pytest
from support.docx_checks import (
    FIELD,
    cells,
    codes,
    read,
    table,
    texts,
)
from support.make_docx import (
    p,
    r,
    root,
    tbl,
    tc,
    tr,
)

from thaita.models.document import Paragraph


def header(kind: str, name: str, which: str = "default") -> str:
    return f'<w:{kind}Reference w:type="{which}" r:id="{name}"/>'


def test_headers_and_footers_are_read_once() -> None:
    section = header("header", "h1") + header("header", "h2", "first") + header("footer", "f1")
    doc = read(
        p("หนึ่ง", f"<w:sectPr>{section}</w:sectPr>"),
        p("สอง"),
        f"<w:sectPr>{header('header', 'h3')}</w:sectPr>",
        header_h1=root("hdr", tbl(tr(tc("รายงาน"), tc("ITA")))),
        header_h2=root("hdr", p("หน้าแรกที่ไม่แสดง")),
        header_h3=root("hdr", p("รายงาน") + p("ITA")),
        footer_f1=root("ftr", p(r("หน้า ") + FIELD)),
    )
    assert [b.text.chars for b in doc.blocks if isinstance(b, Paragraph)] == [
        "รายงาน",
        "ITA",
        "หนึ่ง",
        "สอง",
        "หน้า 7",
    ]
    assert texts(doc, "running") == ["รายงาน", "ITA", "หน้า 7"]


def test_a_first_page_header_counts_where_the_section_has_one() -> None:
    section = f"<w:sectPr>{header('header', 'h2', 'first')}<w:titlePg/></w:sectPr>"
    assert texts(read(p("ก"), section, header_h2=root("hdr", p("หน้าแรก")))) == ["หน้าแรก", "ก"]


BOX = "<wps:wsp><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></wps:wsp>"


def drawing(content: str, cx: int = 0, cy: int = 0) -> str:
    return r(f'<w:drawing><wp:inline><wp:extent cx="{cx}" cy="{cy}"/>{content}</wp:inline></w:drawing>')


def test_a_text_box_follows_its_paragraph_and_is_read_once() -> None:
    inner = p("ในกล่อง") + tbl(tr(tc("ก"), tc("ข")))
    old = f"<w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict>"
    new = f"<w:drawing>{BOX.format(inner)}</w:drawing>"
    choices = f"<mc:Choice>{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>"
    both = f"<mc:AlternateContent>{choices}</mc:AlternateContent>"
    for content in (r(new), r(old), r(both)):
        doc = read(p(r("หน้า") + content + r("หลัง")), p("ต่อไป"))
        assert texts(doc) == ["หน้าหลัง", "ในกล่อง", "ต่อไป"]
        assert texts(doc, "box") == ["ในกล่อง"]
        assert cells(table(doc)) == {(0, 0): "ก", (0, 1): "ข"}


def test_a_text_box_in_a_cell_belongs_to_the_cell() -> None:
    boxed = drawing(BOX.format(p("กล่อง") + tbl(tr(tc("ตาราง")))))
    (cell,) = table(read(tbl(tr(tc(p(r("ก") + boxed)))))).cells
    assert [line.chars for line in cell.lines] == ["ก", "กล่อง"]
    assert [cells(inner) for inner in cell.tables] == [{(0, 0): "ตาราง"}]


def test_word_art_shapes_charts_and_diagrams_are_boxes() -> None:
    axis = "<c:{0}><c:{1}><c:pt idx='0'><c:v>{2}</c:v></c:pt></c:{1}></c:{0}>"
    series = axis.format("tx", "strCache", "IIT") + axis.format("cat", "strCache", "การใช้อำนาจ")
    series += axis.format("val", "numCache", "92.310000000000002")
    title = "<c:title><a:p><a:r><a:t>ผลคะแนน</a:t></a:r></a:p></c:title>"
    doc = read(
        p(r('<w:pict><v:shape><v:textpath string="ร่าง"/></v:shape></w:pict>')),
        p(drawing("<a:p><a:r><a:t>รูป</a:t></a:r><a:r><a:t>ร่าง</a:t></a:r></a:p>")),
        p(drawing('<c:chart r:id="c1"/>') + drawing('<dgm:relIds r:dm="d1"/>')),
        chart_c1=root("x", f"<c:chart>{title}<c:ser>{series}</c:ser></c:chart>"),
        diagramData_d1=root("x", "<a:p><a:r><a:t>ขั้นที่ 1</a:t></a:r></a:p>"),
    )
    assert texts(doc, "box") == ["ร่าง", "รูปร่าง", "ผลคะแนน", "IIT", "การใช้อำนาจ 92.31", "ขั้นที่ 1"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (drawing("<pic:pic><a:blip/></pic:pic>", 5_400_000, 3_600_000), ["image"]),
        (drawing("<pic:pic><a:blip/></pic:pic>", 900_000, 900_000), []),  # a seal
        (
            r('<w:pict><v:shape style="width:400pt;height:200pt"><v:imagedata/></v:shape></w:pict>'),
            ["image"],
        ),
        (
            r(
                '<w:object><v:shape style="width:1pt;height:..pt"><v:imagedata/></v:shape>'
                "<o:OLEObject/></w:object>"
            ),
            ["object"],
        ),
    ],
)
def test_large_pictures_and_objects_are_reported(content: str, expected: list[str]) -> None:
    assert codes(read(p("ก"), p(content))) == expected
