"""Inline markup in text: displayed text, omitted markup, and correct offsets."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thaita.extract.readers.text.markup import lines_of


def shown(text: str) -> list[str]:
    return [line.chars for line in lines_of(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ก ข", ["ก ข"]),
        ("  ก  ", ["ก"]),
        ("", []),
        (" \t\n", []),
        # line ends of every system, also inside one cell
        ("ก\nข\r\nค\rง", ["ก", "ข", "ค", "ง"]),
        # tags that break the line and tags that do not
        ("ก<br>ข<br/>ค<BR />ง", ["ก", "ข", "ค", "ง"]),
        ("<p class='x'>ก</p><p>ข</p>", ["ก", "ข"]),
        ("ก<b>ข</b><sup>1</sup>", ["กข1"]),
        ("<ul><li>ก</li><li>ข</li></ul>", ["• ก", "• ข"]),
        # an item with its own number or bullet gets no second one
        ("<ol><li>1) ก</li><li>- ข</li></ol>", ["1) ก", "- ข"]),
        # text that only resembles a tag stays text
        ("คะแนน < 50 และ > 30", ["คะแนน < 50 และ > 30"]),
        ("<ชื่อหน่วยงาน>", ["<ชื่อหน่วยงาน>"]),
        ("<br", ["<br"]),
        # entities, known and unknown
        ("ก &amp; ข &lt;&#3585;&#xE02;", ["ก & ข <กข"]),
        ("ก&nbsp;ข", ["ก\u00a0ข"]),
        ("AT&T; ก &notathing; & ข", ["AT&T; ก &notathing; & ข"]),
        # emphasis, and lines to be filled in
        ("**ก** __ข__", ["ก ข"]),
        ("ลงชื่อ ________ ผู้รายงาน", ["ลงชื่อ ________ ผู้รายงาน"]),
        ("_____", ["_____"]),
        # escapes
        (r"1\. ก \| ข \*", ["1. ก | ข *"]),
        (r"C:\temp", [r"C:\temp"]),
        # residue of word processors and converters
        ("ก[bookmark: _GoBack]ข", ["กข"]),
        ("![รูป](a(1).png)ก", ["ก"]),
        ("{PAGE \\* MERGEFORMAT}ก {ข}", ["ก {ข}"]),
        ("[image: ยังไม่ปิด ก", ["[image: ยังไม่ปิด ก"]),
        ("ก<!-- ข\nค -->ง", ["กง"]),
        ("ก <!-- ข", ["ก <!-- ข"]),
        # boxes: the tick is the answer
        ("[x] ก [ ] ข", ["☑ ก ☐ ข"]),
        ("<input type=checkbox checked> ก <input type='checkbox' checked='false'> ข", ["☑ ก ☐ ข"]),
        ("<input type='text' value='x'>ก", ["ก"]),
    ],
)
def test_markup_is_displayed_as_intended(text, expected):
    assert shown(text) == expected


def test_lines_end_at_the_range_given():
    assert [line.chars for line in lines_of("กข<b>คง</b>", 1, 7)] == ["ขคง"]


PARTS = st.lists(
    st.sampled_from(
        ["ก", "ข", "การใช้อำนาจ", "90.00", " ", "\t", "\n", "\r\n", "<br>", "<p>", "</p>", "<b>", "<", ">", "<li>", "&",
         "&amp;", "&nbsp;", "&ก;", "**", "__", "_", "\\", "|", "[", "]", "[x] ", "[image:", "![", "](", ")", "{", "PAGE", "}", "<!--",
         "-->", "<input type=checkbox>", "☑", "(", ";"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@settings(deadline=None)
@given(PARTS)
def test_every_letter_has_its_offset_and_is_read_once(text):
    seen = []
    for line in lines_of(text, 0, len(text)):
        assert line.chars == line.chars.strip() != ""
        for char, offset in zip(line.chars, line.origin, strict=True):
            assert text[offset] == char or text[offset] in "<&[", (char, offset)
            if text[offset] == char:
                seen.append(offset)
    assert seen == sorted(set(seen))


PLAIN = st.lists(
    st.sampled_from(["ก", "ข", " ", "\n", "<br>", "<p>", "</td>", "**", "__", "_", "\\", "|", "&amp;", "[x] ", ")", "}"]),
    max_size=25,
).map("".join)  # fmt: skip


@settings(deadline=None)
@given(PLAIN)
def test_no_word_outside_comments_and_pictures_is_lost(text):
    assert [c for c in "".join(shown(text)) if c in "กข"] == [c for c in text if c in "กข"]
