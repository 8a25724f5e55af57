"""Format detection by bytes; web pages and web archives are read as a browser displays them."""

import base64
import quopri
import zipfile

import pytest
from support.make_docx import docx, p, pack

from thaita.corpus.discover import find_files
from thaita.extract.documents import read_document
from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.document import Document, Paragraph, Table


def workbook() -> bytes:
    return pack({"[Content_Types].xml": "", "xl/workbook.xml": "word/"})


OLD_WORD = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)
PAGE = b"<!DOCTYPE html><p>ITA"


@pytest.mark.parametrize(
    ("name", "data", "is_read"),
    [
        ("a.doc", OLD_WORD, True),
        ("a.xls", OLD_WORD, True),
        ("a.bak", OLD_WORD, False),
        ("a.doc", rb"{\rtf1 ITA}", True),
        ("a.rtf", rb"{\rtf1 ITA}", True),
        ("a.doc", PAGE, True),
        ("a.doc", "\ufeff<html><p>ก</html>".encode("utf-16-le"), True),
        ("a.mht", b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>ITA", True),
        ("a.rtf", docx(p("ก")), True),
        ("รายงาน", docx(p("ก")), True),
        ("รายงาน.2568", b"%PDF-1.7", True),
        ("a.odt", workbook(), True),
        ("a.bak", workbook(), False),
        ("a.DOC", "รายงาน".encode("cp874"), True),
        ("a.bak", b"report", False),  # many things are text
        ("a.html", PAGE, False),  # so is the site of a dataset
        ("a.docm", docx(p("ก")), True),
        ("a.dotx", docx(p("ก")), True),
    ],
)
def test_the_bytes_decide_the_format(tmp_path, name, data, is_read):
    (tmp_path / name).write_bytes(data)
    (found,) = find_files(tmp_path)
    assert (found.problem is None) == is_read
    packed = tmp_path.with_suffix(".zip")
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr(name, data)
    assert (find_files(f"zip://{packed}")[0].problem is None) == is_read


# -- web pages ----------------------------------------------------------------------------------

WORD_PAGE = """<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta charset="windows-874"><title>ไม่ใช่เนื้อหา</title><style>p {color: red}</style>
<!--[if gte mso 9]><xml><o:Author>ก</o:Author></xml><![endif]--></head>
<body><h1>ผลการ
ประเมิน</h1>
<p class=MsoNormal><![if !supportLists]><span>1.</span><![endif]>ITA<o:p></o:p>
ปี</p><script>var a = "<p>ข</p>"</script><div style="display:none">ร่าง<div>เดิม</div></div>
<table><tr><td>การใช้<ins>อำ</ins>นาจ</td><td>
๘๕.๐๒</td></tr></table><main>ท้าย</main><address hidden>ลับ</address><p class="a hidden">เห็น</p><img src="a.png"></body></html>
"""


def lines(document: Document) -> list[object]:
    return [
        (block.text.chars, block.role)
        if isinstance(block, Paragraph)
        else [" ".join(cell.text.chars.split()) for cell in block.cells]
        for block in document.blocks
    ]


def test_a_web_page_is_read_as_a_browser_displays_it():
    document = read_document(WORD_PAGE.encode("cp874"))
    assert lines(document) == [
        ("ผลการ ประเมิน", "heading"),
        ("1.ITA ปี", "body"),
        ["การใช้อำนาจ", "๘๕.๐๒"],
        ("ท้าย", "body"),
        ("เห็น", "body"),
    ]
    assert [problem.code for problem in document.problems] == ["hidden_text", "image"]
    assert "ร่าง" in document.problems[0].message
    for block in document.blocks:  # each character is the one at its place in the file
        for line in [block.text] if isinstance(block, Paragraph) else [c.text for c in block.cells]:
            for char, place in zip(line.chars, line.origin, strict=True):
                assert char.isspace() or document.text[place] == char
    shown = {i for start, end in document.markup for i in range(start, end)}
    table = next(block for block in document.blocks if isinstance(block, Table))
    assert not shown & set(table.cells[0].text.origin)


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_a_web_archive_is_the_page_in_it(encoding):
    pack_ = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}[encoding]
    mail = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n--B\r\nContent-Type: text/html\r\n'
        b"Content-Transfer-Encoding: " + encoding.encode() + b"\r\n\r\n" + pack_(WORD_PAGE.encode()) + b"\r\n"
        b"--B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--B--\r\n"
    )
    assert lines(read_document(mail)) == lines(read_document(WORD_PAGE.encode()))
    with pytest.raises(UnreadableFileError, match="contains no page"):
        read_document(mail.replace(b"text/html", b"text/other"))


def test_crossed_out_text_becomes_an_aside_and_its_cell_is_flagged():
    page = (
        "<html><table><tr><td>การใช้<td><s>95</s> 81.68<td style='text-decoration:line-through'>ร่าง</td><td>4</td>"
        "<tr><td><del>เดิม<td>5</table><strike>6</strike>"
    )
    document = read_document(page.encode())
    assert lines(document) == [
        ["การใช้", "81.68", "", "4", "เดิม", "5"],
        ("95", "aside"),
        ("ร่าง", "aside"),
        ("6", "aside"),
    ]
    marked = {document.text[start:end].rpartition(">")[2].strip() for (start, end), _ in document.marks}
    assert marked == {"81.68", "ร่าง", "6"}
    assert [problem.code for problem in document.problems] == ["struck_text"]


@pytest.mark.parametrize("rest", ["<style>ข", "<!-- ข", "<div hidden>ข<div>ค</div>", "<script>ข</p>"])
def test_an_unclosed_element_extends_to_the_end(rest):
    assert lines(read_document(("<html><p>ก" + rest).encode())) == [("ก", "body")]


def test_text_with_the_tags_of_an_ocr_tool_is_text():
    tables = b"<html><body><table><tr><td>1</td></tr></table></body></html>\n\n# ITA\n"
    assert read_document(tables).media_type == "text/plain"
