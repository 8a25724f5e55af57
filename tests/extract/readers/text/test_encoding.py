"""Decoding: every encoding of Thai text files, and binary files."""

import pytest

from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.readers.text.encoding import decode

THAI = "ผลการประเมินคุณธรรมและความโปร่งใส (ITA) ปี ๒๕๖๘\nการใช้อำนาจ ๙๐.๐๙ คะแนน เธอเน้น\n"
MIXED = "ITA 2568\tscore\tคะแนน\n1\tOIT\t92.50\n" * 4


def saved_wrongly(text: str, written: str, read_as: str) -> bytes:
    """Return the UTF-8 file of a program that read `written` bytes with another encoding."""
    chars = []
    for byte in text.encode(written):
        try:
            chars.append(bytes([byte]).decode(read_as))
        except UnicodeDecodeError:
            chars.append(chr(byte))
    return "".join(chars).encode("utf-8")


@pytest.mark.parametrize("text", [THAI, MIXED, "ก"], ids=["thai", "mixed", "one letter"])
@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (b"", "utf-8"),
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"", "cp874"),
        (b"", "tis-620"),
    ],
)
def test_text_is_decoded_without_a_problem(text, bom, encoding):
    assert decode(bom + text.encode(encoding)) == (text, ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [THAI, "plain English words in a file"], ids=["thai", "ascii"])
def test_utf_16_is_recognized_without_its_mark(text, encoding):
    assert decode(text.encode(encoding)) == (text, ())


@pytest.mark.parametrize("shown", [THAI, MIXED], ids=["thai", "mixed"])
@pytest.mark.parametrize(
    ("written", "read_as", "named"),
    [
        ("tis-620", "latin-1", "TIS-620"),
        ("cp874", "cp1252", "TIS-620"),  # a Windows program: bytes 80-9F become typographic marks
        ("utf-8", "latin-1", "Latin-1"),  # this also yields letters of TIS-620, which are meaningless
        ("utf-8", "cp1252", "Latin-1"),
        ("utf-8", "cp874", "TIS-620"),
    ],
)
def test_text_saved_in_a_wrong_encoding_is_decoded_again_and_reported(shown, written, read_as, named):
    text, problems = decode(saved_wrongly(shown, written, read_as))
    assert text == shown
    assert [(p.severity, p.code) for p in problems] == [("info", "encoding")]
    assert named in problems[0].message


def test_text_saved_in_a_wrong_encoding_with_lost_bytes_is_kept_and_reported():
    lost = saved_wrongly(THAI, "utf-8", "cp874").decode().replace("\x81", "").replace("\x9b", "")
    text, problems = decode(lost.encode())
    assert text == lost
    assert [(p.severity, p.code) for p in problems] == [("warning", "encoding")]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        # a stray byte inside, at the very start (a file cut in a letter), at the end
        ("ก".encode() + b"\xe0\xb8" + "ขคงจ".encode(), "ก\ufffdขคงจ"),
        ("กขคง".encode()[1:], "\ufffd\ufffdขคง"),
        ("กขคง".encode()[:-1], "กข\ufffd"[:2] + "ค\ufffd"),
        # UTF-16 of an odd length
        (b"\xff\xfe" + "กข".encode("utf-16-le") + b"\x01", "กข\ufffd"),
        # a byte that TIS-620 does not have
        ("กขค".encode("cp874") + b"\xff", "กขค\ufffd"),
    ],
)
def test_stray_bytes_are_replaced_and_reported(data, expected):
    text, problems = decode(data)
    assert text == expected
    assert [(p.severity, p.code) for p in problems] == [("warning", "encoding")]


def test_a_replacement_character_in_the_source_is_not_a_stray_byte():
    assert decode("ประจำ\ufffdปี".encode())[1] == ()
    assert len(decode("ประจำ\ufffdปี".encode() + b"\xe0")[1]) == 1


def test_wide_margins_are_not_mistaken_for_utf_16():
    # a cover page with its lines centered by spaces: nearly every second byte is 20
    page = (" " * 301 + "รายงาน\n") * 30
    assert decode(page.encode()) == (page, ())


@pytest.mark.parametrize(
    "data",
    [b"", b"\n \t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00" * 50, "\ufeff\u200b\u00a0 \n".encode()],
)
def test_a_file_without_text_is_rejected_as_empty(data):
    with pytest.raises(UnreadableFileError) as error:
        decode(data)
    assert error.value.code == "empty"


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 20, b"\x7fELF\x02\x01\x01" + bytes(60) + b"\x01\x02\x03" * 40]
)
def test_a_binary_file_is_rejected(data):
    with pytest.raises(UnreadableFileError) as error:
        decode(data)
    assert error.value.code == "wrong_format"


@pytest.mark.parametrize("text", ["", "Café à la carte, déjà vu", "naïve – “quoted” … 100 %"])
def test_text_of_other_languages_is_left_as_it_is(text):
    assert decode(f"report {text}".encode()) == (f"report {text}", ())


def test_a_few_control_characters_do_not_make_a_text_binary():
    text = THAI * 3 + "\x07\x0c"
    assert decode(text.encode())[0] == text
