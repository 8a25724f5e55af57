"""Lists with more than 99 items, in every format: each item is a finding, and no amount becomes a marker."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

import pytest
from support.make_docx import docx, p
from support.make_pdf import Sheet, pdf_of

from thaita.extract.pipeline import read_bytes
from thaita.normalize.list_items import split_items
from thaita.normalize.numerals import strip_marker

THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
HEAD = "รายงานผลการประเมิน ITA เทศบาลตำบลหนองบัว ปีงบประมาณ พ.ศ. 2568"
LABEL = "จุดแข็ง"
LAST = 103
BODY = "เจ้าหน้าที่ให้บริการแก่ผู้มาติดต่อด้วยความรวดเร็วตามลำดับก่อนหลังอย่างเท่าเทียม"
MORE = "และไม่เลือกปฏิบัติแก่ผู้มาติดต่อของฝ่าย"


def said(n: int) -> list[str]:
    """Return the two lines of an item, unique to it."""
    name = chr(0xE01 + n % 40) + chr(0xE01 + n // 40)
    return [f"ฝ่าย{name * 3}{BODY}", MORE + name]


def numbered(style: str, digits: dict[int, str]) -> list[list[str]]:
    return [
        [style.format(n).translate(digits) + first, rest]
        for n, (first, rest) in ((n, said(n)) for n in range(1, LAST + 1))
    ]


def text(items: list[list[str]]) -> tuple[bytes, str]:
    return "\n\n".join([HEAD, LABEL, *map("".join, items)]).encode(), "a.txt"


def wrapped(items: list[list[str]]) -> tuple[bytes, str]:
    return "\n".join([HEAD, "", LABEL, *chain.from_iterable(items)]).encode(), "a.txt"


def word(items: list[list[str]]) -> tuple[bytes, str]:
    return docx(*map(p, [HEAD, LABEL, *map("".join, items)])), "a.docx"


def paged(items: list[list[str]]) -> tuple[bytes, str]:
    shown = [HEAD, LABEL, *chain.from_iterable(items)]
    sheets = (Sheet().lines(80, 60, shown[i : i + 48]) for i in range(0, len(shown), 48))
    return pdf_of(*sheets).done(), "a.pdf"


STYLES, DIGITS, FORMS = ("{}. ", "{}) ", "({}) ", "{}."), ({}, THAI), (text, wrapped, word, paged)


@pytest.mark.parametrize(
    ("form", "digits", "style"),
    [
        # in every run, each style in two formats, once in each script; long tests take the other formats
        pytest.param(
            form,
            digits,
            style,
            id=f"{form.__name__}-{script}-{style}",
            marks=pytest.mark.long if (i // 2 + j) % 2 else (),
        )
        for i, form in enumerate(FORMS)
        for j, style in enumerate(STYLES)
        for k, (script, digits) in enumerate(zip(("arabic", "thai"), DIGITS, strict=True))
        if (i + j + k) % 2 == 0
    ],
)
def test_the_hundredth_finding_is_separate(
    form: Callable[[list[list[str]]], tuple[bytes, str]], digits: dict[int, str], style: str
) -> None:
    findings = read_bytes(*form(numbered(style, digits))).findings
    wanted = ["".join(said(n)) for n in range(1, LAST + 1)]
    assert [finding.text.replace(" ", "") for finding in findings] == wanted


@pytest.mark.parametrize(
    ("label", "numbers"),
    [
        ("9. จุดแข็ง", [f"9.{n}" for n in range(1, LAST + 1)]),  # below the label's own number
        ("จุดแข็ง", [f"{n}{part}" for n in range(1, LAST + 1) for part in (".", ".1", ".2")]),
    ],
)
def test_numbers_of_two_levels_continue(label: str, numbers: list[str]) -> None:
    lines = "\n\n".join([HEAD, label, *(f"{number} {BODY}" for number in numbers)])
    found = read_bytes(lines.encode(), "a.txt").findings
    assert [finding.text for finding in found] == [BODY] * len(numbers)


@pytest.mark.parametrize("line", ["100 คนได้รับการอบรม", "2567 เป็นปีที่ได้รับรางวัล", "(100) คะแนนเต็ม", "100. คน"])
def test_an_amount_is_not_a_marker(line: str) -> None:
    assert strip_marker(line) == ("", 0)
    assert len(split_items(f"1. ก่อน\n2. หลัง\n{line}")) == 2


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        ("99. ประชุม 100. อบรม ๑๐๑. สรุป", 3),
        ("1. ประชุม 2. อบรมผู้เข้าร่วม 150. ครั้ง", 2),  # does not count on
        ("๙๙) ประชุม\n๑๐๐) อบรม", 2),
        ("1. ประชุม\n250. อบรม", 1),
    ],
)
def test_a_three_digit_number_splits_only_if_it_continues_the_count(cell: str, count: int) -> None:
    assert len(split_items(cell)) == count
