"""Decompression bombs: nested ZIPs, nested entities, streams and images that unpack a thousandfold."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from support.make_docx import document, docx, p, pack, root
from support.paths import TESTS
from support.pdf_bytes import PdfBytes

from thaita.corpus.run.limits import Limits
from thaita.corpus.run.worker_process import Worker
from thaita.extract.options import PdfOptions
from thaita.extract.pipeline import read_bytes
from thaita.extract.readers.docx.reader import read_docx
from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.records import Reading

SECONDS = 4
GOOD = docx(p("รายงาน ITA 2568"))
ITA = {ord(letter): letter for letter in "ITA 2568"}
SHOWN = b"BT /F 10 Tf 100 700 Td (ITA 2568) Tj ET\n"


def entry(name: bytes, size: int, packed: int, crc: int, offset: int) -> bytes:
    """Return an entry of a zip's directory for a deflated member."""
    return struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 0, crc, packed, size, len(name), 0, 0, 0, 0, 0, offset) + name  # fmt: skip


def directory(data: bytes, entries: list[bytes]) -> bytes:
    """Return a zip with these entries for its directory, whatever members it has."""
    start = data.index(b"PK\x01\x02")
    listed = b"".join(entries)
    end = struct.pack(
        "<IHHHHIIH", 0x06054B50, 0, 0, len(entries) & 0xFFFF, len(entries) & 0xFFFF, len(listed), start, 0
    )
    return data[:start] + listed + end


def members(data: bytes) -> list[zipfile.ZipInfo]:
    return zipfile.ZipFile(BytesIO(data)).infolist()


def told(data: bytes, size: Callable[[zipfile.ZipInfo], int]) -> bytes:
    """Return a ZIP that states other sizes of its members."""
    listed = [
        entry(m.filename.encode(), size(m), m.compress_size, m.CRC, m.header_offset) for m in members(data)
    ]
    return directory(data, listed)


def overlapping() -> bytes:
    """Return a ZIP of 20,000 members that all refer to the same 30 MB of spaces."""
    data = pack({"word/document.xml": document(p("รายงาน ITA 2568")), "x": b" " * 30_000_000})
    own, space = members(data)
    whole = [(own.filename, own)] + [(f"word/{i}.xml", space) for i in range(20_000)]
    return directory(
        data,
        [entry(name.encode(), m.file_size, m.compress_size, m.CRC, m.header_offset) for name, m in whole],
    )


def nested() -> bytes:
    """Return a Word file with nested ZIPs, 9 deep, of 30 MB of spaces."""
    inner = pack({"x": b" " * 30_000_000})
    for _ in range(8):
        inner = pack({f"{i}.zip": inner for i in range(4)})
    return pack({"word/document.xml": document(p("รายงาน ITA 2568")), "word/embeddings/x.zip": inner})


def headers() -> bytes:
    """Return a Word file of sixty sections, each with a header that is small when packed."""
    ends = (f'<w:sectPr><w:headerReference w:type="default" r:id="rId{i}"/></w:sectPr>' for i in range(9, 69))
    parts = {f"header_rId{i}": root("hdr", " " * 3_000_000) for i in range(9, 69)}
    return docx(*(p("ITA 2568", end) for end in ends), **parts)


ZIPS: dict[str, tuple[Callable[[], bytes], str]] = {
    "zips in zips": (nested, "read"),
    "members that overlap": (overlapping, "read"),
    "60,000 members": (lambda: pack({"word/document.xml": document(p("ITA 2568"))} | {f"word/{i}": "" for i in range(60_000)}), "read"),
    "sizes of zero": (lambda: told(GOOD, lambda _: 0), "damaged"),
    "sizes of 4 GB": (lambda: told(GOOD, lambda _: 2**32 - 2), "read"),
    "a part of 120 MB": (lambda: docx(main=document(p("ITA")) + " " * 120_000_000), "too_large"),
    "a part of 120 MB that is said to be small": (
        lambda: told(docx(main=document(p("ITA")) + " " * 120_000_000), lambda m: min(m.file_size, 500)),
        "damaged",
    ),
    "sixty headers of 3 MB": (headers, "too_large"),
}  # fmt: skip


@pytest.mark.parametrize("name", ZIPS)
def test_a_zip_bomb_is_read_in_part_or_rejected(name: str) -> None:
    make, outcome = ZIPS[name]
    data = make()
    try:
        code = "read" if "ITA" in read_docx(data).text else "lost"
    except UnreadableFileError as error:
        code = error.code
    assert code == outcome


def laughs(text: str) -> str:
    declared = '<!ENTITY a0 "ฮา">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    return f"<!DOCTYPE x [{declared}]>{text.replace('@', '&a9;')}"


XML: dict[str, Callable[[str, str], str]] = {
    "billion laughs": lambda text, _: laughs(text),
    "one long entity": lambda text, _: (
        f'<!DOCTYPE x [<!ENTITY a "{"ฮ" * 100_000}">]>{text.replace("@", "&a;" * 5000)}'
    ),
    "external entity": lambda text, file: (
        f'<!DOCTYPE x [<!ENTITY a SYSTEM "{file}">]>{text.replace("@", "&a;")}'
    ),
    "external entity of parameters": lambda text, file: (
        f'<!DOCTYPE x [<!ENTITY % a SYSTEM "{file}"> %a;]>{text}'
    ),
    "external document type": lambda text, file: f'<!DOCTYPE x SYSTEM "{file}">{text}',
    "entity of itself": lambda text, _: (
        f'<!DOCTYPE x [<!ENTITY a "&b;"><!ENTITY b "&a;">]>{text.replace("@", "&a;")}'
    ),
}


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-32", "utf-8-sig"])
@pytest.mark.parametrize("name", XML)
def test_no_entity_is_expanded_and_no_file_is_fetched(tmp_path: Path, name: str, codec: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("ความลับ", encoding="utf-8")
    plain = document(p("@"))
    main = XML[name](plain, secret.as_uri()).encode(codec)
    with pytest.raises(UnreadableFileError) as error:
        read_docx(pack({"word/document.xml": main}))
    assert error.value.code == "damaged"


@pytest.mark.parametrize("name", XML)
def test_a_part_with_entities_is_a_problem_and_the_rest_is_read(tmp_path: Path, name: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("ความลับ", encoding="utf-8")
    header = XML[name](root("hdr", p("@")), secret.as_uri())
    read = read_docx(docx(p("รายงาน ITA 2568"), header_rId9=header))
    assert "ITA" in read.text
    assert "ความลับ" not in read.text


def pdf(
    content: bytes,
    head: bytes = b"",
    more: bytes = b"",
    filters: bytes = b"/Filter/FlateDecode",
    resources: bytes = b"",
) -> bytes:
    """Return a PDF of one page with the text ITA 2568 and a stream included unchanged."""
    made = PdfBytes()
    font = made.simple_font(ITA)
    shown, hidden = made.add(b"", SHOWN), made.add(filters + head, content)
    body = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents[%d 0 R %d 0 R]/Resources<</Font<</F %d 0 R>>%s>>%s>>"
    made.kids.append(made.add(body % (shown, hidden, font, resources, more)))
    return made.done()


def packed(data: bytes, times: int) -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data


def object_stream() -> bytes:
    """Return a PDF whose catalog is in an object stream that unpacks to 200 MB."""
    made = PdfBytes()
    font = made.simple_font(ITA)
    made.page(SHOWN, b"/Font<</F %d 0 R>>" % font)
    made.add(
        b"/Type/ObjStm/N 1000000/First 8/Filter/FlateDecode", packed(b"900 0   " + b" " * 100_000_000, 1)
    )
    return made.done()


def font_map() -> bytes:
    """Return a PDF whose font has a ToUnicode table of 200 MB."""
    made = PdfBytes()
    table = made.add(b"/Filter/FlateDecode", packed(b"1 beginbfchar <00> <0041> endbfchar\n" * 3_000_000, 1))
    font = made.add(b"<</Type/Font/Subtype/TrueType/BaseFont/X/ToUnicode %d 0 R>>" % table)
    made.page(SHOWN, b"/Font<</F %d 0 R>>" % font)
    return made.done()


def picture(head: bytes, data: bytes) -> bytes:
    """Return a PDF of one page that a picture fills."""
    made = PdfBytes()
    image = made.add(b"/Type/XObject/Subtype/Image" + head, data)
    made.page(b"600 0 0 800 0 0 cm /I Do", b"/XObject<</I %d 0 R>>" % image)
    return made.done()


def jpx(side: int) -> bytes:
    """Return the header of a JPEG 2000 image with this side length, in one tile, without data."""
    siz = struct.pack(">HIIIIIIIIH", 0, side, side, 0, 0, side, side, 0, 0, 3) + bytes((7, 1, 1)) * 3
    cod = b"\xff\x52" + struct.pack(">HBBHBBBBBB", 12, 0, 0, 1, 0, 5, 4, 4, 0, 1)
    qcd = b"\xff\x5c" + struct.pack(">HB", 19, 0x40) + bytes(16)
    tile = b"\xff\x90" + struct.pack(">HHIBB", 10, 0, 0, 0, 1) + b"\xff\x93" + bytes(100) + b"\xff\xd9"
    return b"\xff\x4f\xff\x51" + struct.pack(">H", len(siz) + 2) + siz + cod + qcd + tile


def jbig2(side: int) -> bytes:
    """Return JBIG2 segments: a page with this side length, and a region that fills it."""
    page = struct.pack(">IBBI", 0, 48, 1, 19) + struct.pack(">IIIIBH", side, side, 0, 0, 0, 0)
    region = (
        struct.pack(">IIIIB", side, side, 0, 0, 0)
        + bytes((0, 3, 0xFF, 0xFD, 0xFF, 2, 0xFE, 0xFE, 0xFE))
        + b"\x00\xff\xac" * 300
    )
    return page + struct.pack(">IBBI", 1, 38, 1, len(region)) + region


GRAY = b"/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceGray"
PDFS: dict[str, Callable[[], bytes]] = {
    "a stream of 120 MB": lambda: pdf(packed(b" " * 120_000_000, 1)),
    "a stream packed twice": lambda: pdf(packed(b" " * 120_000_000, 2), filters=b"/Filter[/FlateDecode/FlateDecode]"),
    "a stream packed four times": lambda: pdf(packed(b"q Q " * 40_000_000, 4), filters=b"/Filter[" + b"/FlateDecode" * 4 + b"]"),
    "runs of one byte": lambda: pdf(b"\x81 " * 500_000, filters=b"/Filter/RunLengthDecode"),
    "a stream of objects": object_stream,
    "a font's map of 100 MB": font_map,
    "a huge picture": lambda: picture(GRAY % (100_000, 100_000) + b"/Filter/FlateDecode", packed(bytes(100_000_000), 1)),
    "a huge picture of JPEG 2000": lambda: picture(b"/Width 9/Height 9/Filter/JPXDecode", jpx(60_000)),
    "a huge picture of JBIG2": lambda: picture(b"/Width 60000/Height 60000/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode", jbig2(60_000)),
    "a huge fax": lambda: picture(b"/Width 60000/Height 60000/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 60000/Rows 60000>>", b"\x00" * 5000),
}  # fmt: skip


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    made = Worker(Limits(SECONDS))
    with pytest.MonkeyPatch.context() as patch:  # so that the process finds the test recognizer
        patch.setenv("PYTHONPATH", str(TESTS))
        yield made
    made.close()


@pytest.mark.parametrize("engine", ["pdfium", pytest.param("pdfplumber", marks=pytest.mark.long)])
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.long if i % 3 else ()) for i, name in enumerate(PDFS)]
)
def test_a_pdf_that_unpacks_without_end_is_read_or_ended_within_its_time(
    worker: Worker, name: str, engine: str
) -> None:
    options = PdfOptions(engine=engine, ocr="support.own_recognizer:Fixed")
    try:
        found: Reading | str = worker.call(read_bytes, PDFS[name](), "bad.pdf", options)
    except UnreadableFileError as error:
        found = error.code
    assert isinstance(found, Reading) or found in {
        "too_complex",
        "not_ita",
        "damaged",
        "ocr_failed",
        "no_text_layer",
        "limit_reached",
    }
    assert worker.call(divmod, 7, 2) == (3, 1)
