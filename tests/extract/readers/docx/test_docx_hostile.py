"""The Word reader: damaged files, files of other formats, and malicious files."""

from __future__ import annotations

import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.docx_checks import (
    check_every_character_once,
    lines_of,
    read,
    table,
    texts,
)
from support.growth import grows_linearly
from support.make_docx import (
    document,
    docx,
    level,
    listed,
    lists,
    p,
    pack,
    r,
    relationships,
    root,
    tbl,
    tc,
    tr,
)

from thaita.extract.readers.docx.reader import read_docx
from thaita.extract.readers.errors import UnreadableFileError

OUTLINE = level(0, "thaiNumbers", "%1.") + level(1, "thaiNumbers", "%1.%2")


OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ฮา"><!ENTITY b "&a;&a;&a;">]>' + document(p("<w:r><w:t>&b;</w:t></w:r>"))
EXTERNAL = '<!DOCTYPE x SYSTEM "file:///etc/hostname">' + document(p("ก"))
DEEP = document("<w:sdt><w:sdtContent>" * 5000 + p("ก") + "</w:sdtContent></w:sdt>" * 5000)
STAGGERED = tbl(*(tr(tc("ก", 1 + i), tc("ข", 5000)) for i in range(1500)))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (bytes(100), "empty"),  # a failed copy: all zero bytes
        (b"\xd0\xcf\x11\xe0", "wrong_format"),
        (OLE, "wrong_format"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"%PDF-1.7 ...", "wrong_format"),
        (rb"{\rtf1 x}", "wrong_format"),
        (docx(p("ก"))[:-40], "damaged"),
        (docx(p("ก" * 999))[:700], "damaged"),
        (b"PK\x03\x04", "damaged"),
        (pack({"a.txt": "x"}), "wrong_format"),
        (pack({"xl/workbook.xml": "<x/>"}), "wrong_format"),
        (pack({"content.xml": "<x/>"}), "wrong_format"),
        (pack({"word/document.xml": "<x/>"}), "wrong_format"),
        (pack({"word/document.xml": ""}), "damaged"),
        (pack({"word/document.xml": document(p("ก"))}, zipfile.ZIP_BZIP2), "damaged"),
        (docx(main=LAUGHS), "damaged"),
        (docx(main=LAUGHS.encode("utf-16").decode("utf-16")), "damaged"),
        (pack({"word/document.xml": LAUGHS.encode("utf-16")}), "damaged"),
        (docx(main=EXTERNAL), "damaged"),
        (docx(main=DEEP), "damaged"),
        (docx(main=document(p("ก")) + " " * 40_000_000), "too_large"),
        (docx(p("ก"), styles=root("styles", " " * 12_000_000)), "too_large"),
        (docx(STAGGERED), "too_large"),
    ],
    ids=range(24),
)
def test_an_unreadable_file_is_rejected_with_advice(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableFileError) as error:
        read_docx(data)
    assert error.value.code == code
    assert any(word in str(error.value) for word in ("save", "download", "split", "check", "unpack"))


def test_an_encrypted_zip_is_rejected() -> None:
    data = bytearray(docx(p("ก")))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableFileError, match="password"):
        read_docx(bytes(data))


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    ],
)
def test_the_deepest_nesting_that_xml_allows_is_read(opening: str, closing: str) -> None:
    depth = 248 // opening.count("<")
    doc = read(opening * depth + p("ก") + closing * depth)
    assert [line.chars for line in lines_of(doc.blocks)] == ["ก"]


def test_the_width_of_a_table_is_limited() -> None:
    wide = "9" * 5000
    doc = read(
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{wide}"/></w:tcPr>{p("ก")}</w:tc></w:tr></w:tbl>'
    )
    assert table(doc).columns == 1


def test_nested_fields_take_linear_time() -> None:
    begin = r('<w:fldChar w:fldCharType="begin"/>') + r("ก")
    assert len(texts(read(p(begin * 5000)))[0]) == 5000
    assert grows_linearly(lambda fields: read(p(begin * fields)), 1500)


GOOD = docx(
    p("ก", listed(1)),
    tbl(tr(tc("ข", 2, "restart"), tc("ค"))),
    p(r(f"<w:drawing><w:txbxContent>{p('ง')}</w:txbxContent></w:drawing>")),
    numbering=lists({0: OUTLINE}, {1: 0}),
)


@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=8))
@settings(max_examples=80, deadline=None)
def test_damaged_files_are_read_or_rejected_without_a_crash(changes: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for place, byte in changes:
        data[place] = byte
    try:
        check_every_character_once(read_docx(bytes(data)))
    except UnreadableFileError as refusal:
        code = refusal.code
    else:
        code = "read"
    assert code in {"read", "empty", "encrypted", "damaged", "wrong_format", "too_large"}


TAGS = [f"w:{name}" for name in ("p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "del", "ins", "pict")]
TAGS += [
    "w:txbxContent",
    "mc:AlternateContent",
    "mc:Choice",
    "w:pPr",
    "w:rPr",
    "w:tcPr",
    "w:vMerge",
    "m:r",
    "a:p",
]
trees = st.recursive(
    st.just("ก"),
    lambda inner: st.builds(
        lambda tag, content: f"<{tag}>{''.join(content)}</{tag}>",
        st.sampled_from(TAGS),
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)


@given(st.lists(trees, max_size=4))
@settings(max_examples=100, deadline=None)
def test_elements_in_any_order_do_not_break_the_reader(body: list[str]) -> None:
    read(*body)


def test_relationships_may_name_parts_from_the_root_and_in_any_case() -> None:
    data = pack(
        {
            "_rels/.rels": relationships({"a": ("officeDocument", "/WORD/doc2.xml")}),
            "word/doc2.xml": document(p("ก")),
        }
    )
    assert texts(read_docx(data)) == ["ก"]
