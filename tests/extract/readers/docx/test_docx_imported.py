"""Files imported into a Word file (`w:altChunk`) are read at their place."""

import zipfile

import pytest
from support.docx_checks import codes, texts
from support.make_docx import document, docx, p, pack, r, relationships

from thaita.extract.readers.docx.reader import read_docx
from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.document import Table

PAGE = "<p>ข &amp; ค<table><tr><td rowspan=2>ง<td>จ<tr><td>ฉ<table><tr><td>ช</table></table>"


def with_chunk(name: str, content: str | bytes) -> bytes:
    return pack(
        {
            "word/document.xml": document(p("ก"), '<w:altChunk r:id="c"/>', p("ท้าย")),
            "word/_rels/document.xml.rels": relationships({"c": ("aFChunk", name)}),
            f"word/{name}": content,
        }
    )


def test_imported_content_is_read_at_its_place() -> None:
    doc = read_docx(with_chunk("c.html", PAGE))
    assert (texts(doc), codes(doc)) == (["ก", "ข & ค", "ท้าย"], [])
    (table,) = (block for block in doc.blocks if isinstance(block, Table))
    assert [(c.row, c.column, c.row_span, c.text.chars) for c in table.cells] == [
        (0, 0, 2, "ง"),
        (0, 1, 1, "จ"),
        (1, 1, 1, "ฉ"),
    ]
    assert table.cells[2].tables[0].cells[0].text.chars == "ช"
    for cell in table.cells:
        assert [doc.text[i] for i in cell.text.origin] == list(cell.text.chars)


@pytest.mark.parametrize(
    ("name", "content", "lines", "problems"),
    [
        ("c.htm", "<p>ข".encode("utf-16"), ["ข"], []),
        ("c.mht", "MIME-Version: 1.0\nContent-Type: text/html\n\n<p>ข", ["ข"], []),
        ("c.txt", "ข\n\nค", ["ข", "ค"], []),
        ("c.docx", docx(p("ข"), p(r("ค", "<w:vanish/>"))), ["ข"], ["hidden_text"]),
        ("c.docx", with_chunk("c.html", PAGE), ["ก", "ข & ค", "ท้าย"], []),
        (
            "c.docx",
            with_chunk("c.docx", docx(p("ข"))),
            ["ก", "ท้าย"],
            ["imported_part"],
        ),  # not nested any deeper
        ("c.docx", b"PK cut off", [], ["imported_part"]),
        ("c.rtf", rb"{\rtf1 x}", [], ["imported_part"]),
        ("c.bin", b"x", [], ["imported_part"]),
    ],
)
def test_imported_formats(name: str, content: str | bytes, lines: list[str], problems: list[str]) -> None:
    doc = read_docx(with_chunk(name, content))
    assert (texts(doc), codes(doc)) == (["ก", *lines, "ท้าย"], problems)


def test_imported_parts_count_towards_the_limit_of_the_file() -> None:
    inner = pack({"word/document.xml": document(p("ก" * 5_000_000))}, zipfile.ZIP_STORED)
    chunks = '<w:altChunk r:id="c"/>' * 7
    links = relationships({"c": ("aFChunk", "c.docx")})
    files = {
        "word/document.xml": document(chunks),
        "word/_rels/document.xml.rels": links,
        "word/c.docx": inner,
    }
    with pytest.raises(UnreadableFileError) as error:
        read_docx(pack(files, zipfile.ZIP_STORED))
    assert error.value.code == "too_large"
