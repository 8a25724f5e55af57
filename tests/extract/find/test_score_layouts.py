"""Scores in layouts of many kinds: one relation between names and figures holds for all of them."""

from __future__ import annotations

import pytest

from thaita.extract.pipeline import read_bytes
from thaita.models.records import Reading
from thaita.normalize.frameworks import framework

HEAD = "รายงานผลการประเมิน ITA\n\nเทศบาลตำบลหนองบัว\n\nประจำปีงบประมาณ พ.ศ. 2567\n\n"
NAMES = [one.name for one in framework(2567).indicators.values()]
SCORES = ["92.31", "90.07", "88.45", "71.20", "83.56", "95.12", "79.94", "86.03", "100.00", "93.56"]
OLDER = [f"6{i}.{i}1" for i in range(10)]
ROWS = list(zip(range(1, 11), NAMES, SCORES, OLDER, strict=True))


def read(text: str) -> Reading:
    return read_bytes((HEAD + text).encode(), "a.md")


def table(*rows: list[object]) -> str:
    lines = ["| " + " | ".join(map(str, row)) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]) + "\n"


def lines(form: str) -> str:
    return "\n\n".join(form.format(i=i, n=n, v=v, o=o) for i, n, v, o in ROWS)


@pytest.mark.parametrize(
    "text",
    [
        # a dashboard: names in one row, figures in the next
        table(NAMES[:5], SCORES[:5], NAMES[5:], SCORES[5:]),
        # figures above their names
        table(SCORES[:5], NAMES[:5], SCORES[5:], NAMES[5:]),
        # an instrument a row, with the list of its indicators in one cell
        table(
            ["เครื่องมือ", "ตัวชี้วัดและคะแนน", "เฉลี่ย"],
            *[
                [code, "<br>".join(f"{i}) {n} {v}" for i, n, v, _ in ROWS[a:b]), mean]
                for code, a, b, mean in (
                    ("IIT", 0, 5, "85.12"),
                    ("EIT", 5, 8, "87.03"),
                    ("OIT", 8, 10, "96.78"),
                )
            ],
        ),
        # cards with a level between
        table(*[[f"{n}<br>{v}<br>ระดับ A"] * 1 + [""] for _, n, v, _ in ROWS]),
        # a table without a header, with the instrument first
        table(*[["IIT", n, v] for _, n, v, _ in ROWS]),
        # the figure before the name
        table(["คะแนน", "ตัวชี้วัด"], *[[v, n] for _, n, v, _ in ROWS]),
        # items below each indicator; the mean is in a row of its own
        table(
            ["ข้อ", "รายการ", "ค่าเฉลี่ย"],
            *[
                row
                for i, n, v, o in ROWS
                for row in (
                    [f"{i}. {n}", "", ""],
                    ["", "ข้อคำถาม", o],
                    ["", "ข้อคำถาม", "70.0"],
                    ["", "รวมเฉลี่ย", v],
                )
            ],
        ),
        # another scale beside
        table(["ตัวชี้วัด", "คะแนน (เต็ม 5)", "ร้อยละ"], *[[n, f"4.{i:02}", v] for i, n, v, _ in ROWS]),
        # columns too narrow for their figures
        table(["ตัวชี้วัด", *NAMES], ["คะแนน", *[f"{v[:-1]} {v[-1]}" for v in SCORES]]),
        # a column whose head nobody listed, beside one of another measure
        table(["ตัวชี้วัด", "ผลประเมินตนเอง", "ผลประเมินจริง"], *[[n, o, v] for _, n, v, o in ROWS]),
        lines("* {n} -> {v}"),
        lines("{v}\n\n{n}"),
        # names torn over two lines
        "\n\n".join(f"{i} {n[:8]}\n\n{n[8:]} {v}" for i, n, v, _ in ROWS),
        # a heading of the instrument is no label of the figure below it
        "IIT\n\n" + lines("{v}%\n\n{n}"),
        lines("☑ {n} — ผ่านเกณฑ์ 85 คะแนน ได้ {v}"),
        # a line with its own figure is no label of the line below
        lines("{n}\n\nเกณฑ์ผ่าน 85.00\n\n{v}"),
        # every line says what became of the score; none goes on in the next
        lines("{n} เพิ่มขึ้นจาก {o} เป็น {v}"),
        lines("- {n} ▲ 3.2{i} {v}"),
    ],
)
def test_every_score_of_a_layout_is_read(text: str) -> None:
    reading = read(text)
    assert [str(score.score) for score in reading.scores] == SCORES


@pytest.mark.parametrize(
    "text",
    [
        table(["ตัวชี้วัด", "ปี 2566", "ปี 2567"], *[[n, o, v] for _, n, v, o in ROWS]),
        table(["ปี", *NAMES], ["2566", *OLDER], ["2567", *SCORES]),
        lines("{i}. {n} 2567: {v} (2566: {o})"),
        "ผลปี 2567\n\n" + lines("{n} {v}") + "\n\nผลปี 2566\n\n" + lines("{n} {o}"),
    ],
)
def test_each_year_keeps_its_scores(text: str) -> None:
    found = {(score.fiscal_year, score.indicator_no): str(score.score) for score in read(text).scores}
    assert found == {(2567, i): v for i, _, v, _ in ROWS} | {(2566, i): o for i, _, _, o in ROWS}


@pytest.mark.parametrize(
    "text",
    [
        table(["ตัวชี้วัดที่", "คะแนน"], *[[i, v] for i, _, v, _ in ROWS]),
        table(["หน่วยงาน", *[f"i{i}" for i in range(1, 11)]], ["เทศบาลตำบลหนองบัว", *SCORES]),
        lines("ตัวชี้วัดที่ {i} ได้ {v}"),
    ],
)
def test_numbers_alone_name_the_indicators_with_a_doubt(text: str) -> None:
    reading = read(text)
    assert [str(score.score) for score in reading.scores] == SCORES
    assert all("number_only" in score.flags for score in reading.scores)


@pytest.mark.parametrize(
    "text",
    [
        # a list of names, then a list of as many figures
        "\n\n".join(NAMES) + "\n\nคะแนน\n\n" + "\n\n".join(SCORES),
        # names between figures: each fits the one above and the one below
        "50.10\n\n" + lines("{n}\n\n{v}"),
        # two figures in every cell
        table(["ตัวชี้วัด", "คะแนน"], *[[n, f"{v} ({o})"] for _, n, v, o in ROWS]),
        # two columns without words
        table(*[[n, v, o] for _, n, v, o in ROWS]),
    ],
)
def test_layouts_that_fit_two_readings_are_doubted(text: str) -> None:
    scores = read(text).scores
    assert len(scores) == 10
    assert all({"ambiguous_score", "ambiguous_column"} & set(score.flags) for score in scores)
