"""The Word reader: list markers, which are not stored as text."""

from __future__ import annotations

import pytest
from support.docx_checks import (
    WINGDINGS,
    cells,
    codes,
    read,
    table,
    texts,
)
from support.make_docx import (
    level,
    listed,
    lists,
    p,
    restart,
    root,
    tbl,
    tc,
    tr,
)


@pytest.mark.parametrize(
    ("style", "text", "expected"),
    [
        ("decimal", "%1.", ["1. ก", "2. ข"]),
        ("thaiNumbers", "%1)", ["๑) ก", "๒) ข"]),
        ("thaiLetters", "(%1)", ["(ก) ก", "(ข) ข"]),
        ("thaiCounting", "%1", ["หนึ่ง ก", "สอง ข"]),
        ("upperRoman", "ส่วนที่ %1", ["ส่วนที่ I ก", "ส่วนที่ II ข"]),
        ("lowerLetter", "%1.", ["a. ก", "b. ข"]),
        ("none", "", ["ก", "ข"]),
        ("bullet", "-", ["- ก", "- ข"]),
        ("bullet", "\uf0b7", ["• ก", "• ข"]),  # a bullet in an unstated font
        ("bullet", "o", ["• ก", "• ข"]),  # the hollow circle of Courier New
        ("hebrew1", "%1.", ["1. ก", "2. ข"]),  # an unknown format is reported
    ],
)
def test_lists_have_the_markers_that_word_displays(style: str, text: str, expected: list[str]) -> None:
    doc = read(p("ก", listed(1)), p("ข", listed(1)), numbering=lists({0: level(0, style, text)}, {1: 0}))
    assert texts(doc) == expected
    assert ("number_format" in codes(doc)) == (style == "hebrew1")


def test_a_ticked_bullet_keeps_its_tick() -> None:
    form = level(0, "bullet", "\uf0fe", f"<w:rPr>{WINGDINGS}</w:rPr>")
    assert texts(read(p("ทำแล้ว", listed(1)), numbering=lists({0: form}, {1: 0}))) == ["☑ ทำแล้ว"]


OUTLINE = level(0, "thaiNumbers", "%1.") + level(1, "thaiNumbers", "%1.%2")


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        # a lower level restarts below each higher one
        ([(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)], ["๑.", "๑.๑", "๑.๒", "๒.", "๒.๑"]),
        ([(1, 1), (1, 0)], ["๑.๑", "๑."]),  # a higher level that never occurred shows its start
        ([(1, 0), (2, 0)], ["๑.", "๒."]),  # two lists with one definition share their count
        ([(1, 0), (1, 0), (3, 0), (3, 0)], ["๑.", "๒.", "๑.", "๒."]),  # a list that restarts once
        ([(4, 0), (4, 0)], ["๕.", "๖."]),
        ([(9, 0), (0, 0), (1, 7)], ["", "", ""]),  # no such list, no list, no such level
    ],
)
def test_lists_count_and_restart_as_in_word(items: list[tuple[int, int]], expected: list[str]) -> None:
    numbering = lists({0: OUTLINE}, {1: 0, 2: 0, 3: (0, restart(0, 1)), 4: (0, restart(0, 5))})
    doc = read(*(p("ข้อ", listed(*item)) for item in items), numbering=numbering)
    assert texts(doc) == [f"{marker} ข้อ".strip() for marker in expected]


def test_a_style_can_add_or_remove_a_list() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="L1"><w:basedOn w:val="L0"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="L0">'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    in_style = '<w:pStyle w:val="L1"/>'
    doc = read(
        p("ก", in_style),
        p("ข", in_style + listed(0)),
        p("ค", in_style),
        styles=root("styles", style),
        numbering=lists({0: level(0, "decimal", "%1.")}, {1: 0}),
    )
    assert texts(doc) == ["1. ก", "ข", "2. ค"]


def test_a_numbered_column_is_read_though_its_cells_hold_no_text() -> None:
    numbering = lists({0: level(0, "decimal", "%1") + level(1, "bullet", "-")}, {1: 0})
    rows = [tr(tc(p("", listed(1))), tc(p("", listed(1, 1)))) for _ in range(3)]
    assert cells(table(read(tbl(*rows), numbering=numbering))) == {(0, 0): "1", (1, 0): "2", (2, 0): "3"}


def test_empty_covered_cells_do_not_count_in_lists() -> None:
    numbering = lists({0: level(0, "decimal", "%1.")}, {1: 0})
    rows = [
        tr(tc(p("ก", listed(1)), down="restart"), tc("1")),
        tr(tc(p("", listed(1)), down="continue"), tc("2")),
        tr(tc(p("ข", listed(1))), tc("3")),
    ]
    assert cells(table(read(tbl(*rows), numbering=numbering)))[2, 0] == "2. ข"
