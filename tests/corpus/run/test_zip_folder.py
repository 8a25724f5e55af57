"""ZIP files in an archive are folders: their members, the names of the members, and members that are not opened."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from support.make_docx import docx, p, pack

from thaita.corpus.discover import find_files
from thaita.corpus.run.task import contents
from thaita.corpus.zip_folder import MAX_MEMBERS
from thaita.corpus.zip_names import member_names

THAI = "รายงาน\\อบต นาหว้า ๒๕๖๗.txt"


def renamed(name: bytes, content: bytes = b"x", extra: bytes = b"") -> bytes:
    """Return a ZIP file with one member whose name has these bytes, as older programs write it."""
    stand_in = b"n" * len(name)
    info = zipfile.ZipInfo(stand_in.decode())
    info.extra = extra
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(info, content)
    return out.getvalue().replace(stand_in, name)


def unicode_path(raw: bytes, name: str) -> bytes:
    data = b"\x01" + struct.pack("<I", zlib.crc32(raw)) + name.encode()
    return struct.pack("<HH", 0x7075, len(data)) + data


@pytest.mark.parametrize(
    ("raw", "extra", "name"),
    [
        (THAI.encode("cp874"), b"", "รายงาน/อบต นาหว้า ๒๕๖๗.txt"),
        (THAI.encode(), b"", "รายงาน/อบต นาหว้า ๒๕๖๗.txt"),
        (b"report.txt", unicode_path(b"report.txt", "รายงาน.txt"), "รายงาน.txt"),
        (b"report.txt", unicode_path(b"renamed.txt", "รายงาน.txt"), "report.txt"),  # of an older name
        ("Müller é.txt".encode("cp437"), b"", "Müller é.txt"),
        ("España.txt".encode("cp437"), b"", "España.txt"),  # ñ is ค in cp874
        (b"a\\b.txt", b"", "a/b.txt"),
    ],
)
def test_member_names_are_decoded(raw, extra, name):
    with zipfile.ZipFile(BytesIO(renamed(raw, extra=extra))) as packed:
        assert list(member_names(packed).values()) == [name]


def test_no_two_members_get_the_same_name():
    data = pack({"a/b.txt": "1", "a\\b.txt": "2", "a\\c.txt": "3"})
    with zipfile.ZipFile(BytesIO(data)) as packed:
        assert list(member_names(packed).values()) == ["a/b.txt", "a\\b.txt", "a/c.txt"]


def test_a_zip_file_is_a_folder(tmp_path):
    (tmp_path / "a.zip").write_bytes(renamed(THAI.encode("cp874"), "ก".encode()))
    members = {
        "2567/b.docx": docx(p("ก")),
        "c.ppt": "x",
        "d.jsonl": "x",
        ".git/e.txt": "x",
        "__MACOSX/f.txt": "x",
        "g.zip": pack({"h.txt": "x"}),
        "../../up.txt": "x",
        "i::j.txt": "x",
        "bomb.txt": bytes(17 * 1024**2),
        "folder/": "",
    }
    (tmp_path / "b.ZIP").write_bytes(pack(members))
    (tmp_path / "c.zip").write_bytes(docx(p("ก")))  # a report with a wrong extension
    (tmp_path / "d.zip").write_bytes(pack({}))
    (tmp_path / "e.zip").write_bytes(pack({"a.txt": "x"})[:-30])
    (tmp_path / "f.zip").write_bytes(b"")
    (tmp_path / "g.zip").write_bytes(pack({str(i): "" for i in range(MAX_MEMBERS + 1)}))
    (tmp_path / "h.zip").write_bytes(locked(pack({"a.txt": "x"})))
    (tmp_path / "i.zip").mkdir()
    (tmp_path / "i.zip" / "a.txt").write_text("x")
    found = find_files(tmp_path)
    assert {one.source: one.problem and one.problem.code for one in found} == {
        "a.zip/รายงาน/อบต นาหว้า ๒๕๖๗.txt": None,
        "b.ZIP/../../up.txt": None,
        "b.ZIP/.git": "hidden",
        "b.ZIP/2567/b.docx": None,
        "b.ZIP/bomb.txt": "too_large",
        "b.ZIP/c.ppt": "unsupported_format",
        "b.ZIP/d.jsonl": "other_file",
        "b.ZIP/g.zip": "unsupported_format",
        "b.ZIP/i::j.txt": "unsupported_format",
        "c.zip": None,
        "d.zip": "empty",
        "e.zip": "damaged",
        "f.zip": "damaged",
        "g.zip": "too_large",
        "h.zip/a.txt": "encrypted",
        "i.zip/a.txt": None,
    }
    assert contents(found[0].path)[0] == "ก".encode()
    assert all(one.problem is None or one.problem.source == one.source for one in found)
    assert [one.source for one in find_files(tmp_path / "a.zip")] == [found[0].source]


def locked(data: bytes) -> bytes:
    """Return a ZIP file whose members are marked as encrypted."""
    at = data.index(b"PK\x01\x02") + 8
    return data[:at] + b"\x01" + data[at + 1 :]


def test_a_word_file_stored_in_a_zip_file_does_not_make_it_one(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_STORED) as packed:
        packed.writestr("a.docx", docx(p("รายงาน ITA")))
    assert [one.source for one in find_files(tmp_path)] == ["a.zip/a.docx"]


def test_members_with_the_same_name_are_reported(tmp_path):
    data = pack({"a.txt": "1", "n.txt": "2", "b.txt": "3"})
    (tmp_path / "a.zip").write_bytes(data.replace(b"n.txt", b"a.txt"))
    assert {one.source: one.problem and one.problem.code for one in find_files(tmp_path)} == {
        "a.zip/a.txt": "damaged",
        "a.zip/b.txt": None,
    }


def test_a_dataset_in_a_zip_file_is_skipped(tmp_path):
    marked = '{"name": "thaita-dataset", "resources": []}'
    (tmp_path / "a.zip").write_bytes(pack({"d/datapackage.json": marked, "d/a.txt": "x", "b.txt": "x"}))
    assert [one.source for one in find_files(tmp_path)] == ["a.zip/b.txt"]
