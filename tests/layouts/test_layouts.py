"""The generator of reports: its gold holds, its splits share no form, and a seed gives the same document."""

import io
import sys
import zipfile
from pathlib import Path
from random import Random

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks" / "layouts"
sys.path.insert(0, str(FOLDER))

pytest.importorskip("docx")

import bank  # noqa: E402
import forms  # noqa: E402
from compose import compose  # noqa: E402
from document import Cell, Document, Heading, PageBreak, Paragraph, Table, column_widths  # noqa: E402
from elsewhere import Elsewhere  # noqa: E402
from facts import draw_results  # noqa: E402
from verify import faults  # noqa: E402
from write_docx import as_docx  # noqa: E402
from write_html import as_html  # noqa: E402
from write_text import as_text  # noqa: E402

LISTED = [(row["aspect"], row["form"]) for row in forms.listed() if row["aspect"] != "text"]


def composed(split, number, format_name="docx"):
    return compose(split, Random(f"test {split} {number}"), format_name)


@pytest.mark.parametrize("split", bank.SPLITS)
@pytest.mark.parametrize("start", [0, pytest.param(10, marks=pytest.mark.long)])
def test_every_value_of_the_gold_stands_in_the_document(tmp_path, split, start):
    for number in range(start, start + 10):
        document, gold = composed(split, number)
        path = tmp_path / f"{number}.docx"
        path.write_bytes(as_docx(document))
        assert not list(faults(path, gold)), gold["form"]
        path = path.with_suffix(".txt")
        path.write_text(as_text(document, "tabs"), encoding="utf-8")
        assert not list(faults(path, gold)), gold["form"]


def test_a_missing_or_changed_value_is_a_fault(tmp_path):
    document, gold = next(
        (document, gold)
        for document, gold in (composed("fit", number) for number in range(40))
        if gold["scores"]
    )
    path = tmp_path / "a.txt"
    path.write_text(as_text(document, "tabs"), encoding="utf-8")
    gold["scores"][0]["score"] = 12.34
    assert [fault for fault in faults(path, gold) if "score is not in the document" in fault]


@pytest.mark.parametrize("split", bank.SPLITS)
def test_a_seed_gives_the_same_document(split):
    (first, gold), (second, other) = composed(split, 7), composed(split, 7)
    assert (as_docx(first), as_html(first), gold) == (as_docx(second), as_html(second), other)


@pytest.mark.parametrize("split", bank.SPLITS)
def test_no_heading_stands_over_a_heading_of_its_level_or_the_end(split):
    for number in range(60):
        document, gold = composed(split, number)
        if gold["form"]["kind"] in ("passage", "other"):
            continue
        blocks = document.blocks
        start = next(
            (at for at, block in enumerate(blocks) if not isinstance(block, Heading | PageBreak)), len(blocks)
        )
        for at, block in enumerate(blocks[start:], start):
            if isinstance(block, Heading) and block.align == "left":
                below = blocks[at + 1]
                assert not isinstance(below, Heading) or below.level > block.level, (number, block.text)
            if isinstance(block, PageBreak):
                assert not isinstance(blocks[at + 1], PageBreak), number


def test_figures_of_others_are_the_same_in_a_whole_report():
    results = draw_results(Random(1), 2566)
    last = draw_results(Random(2), 2565, results)
    elsewhere = Elsewhere(Random(3), results, last)
    for role in ("d_target", "d_expect", "d_national", "d_province", "d_other"):
        assert elsewhere.score(role) == elsewhere.score(role)
        assert elsewhere.score(role) not in {*results.scores.values(), results.overall}
    assert elsewhere.score("d_other_year") == last.overall


def test_word_files_hold_comments_fields_links_and_tab_stops():
    document = Document(
        [
            Paragraph("กรมที่ดิน"),
            Paragraph("การใช้อำนาจ\t90.00", leaders=True),
            Paragraph("ที่", link="https://a.go.th"),
        ],
        comment="ตรวจแล้ว",
        control="กรมที่ดิน",
    )
    with zipfile.ZipFile(io.BytesIO(as_docx(document))) as archive:
        body = archive.read("word/document.xml").decode()
        assert "ตรวจแล้ว" in archive.read("word/comments.xml").decode()
    assert body.count("<w:sdt>") == body.count("<w:hyperlink ") == 1
    assert "การใช้อำนาจ</w:t><w:tab/><w:t>90.00" in body


def test_columns_are_as_wide_as_their_words():
    table = Table(
        [[Cell("ลำดับ"), Cell("ข้อความยาวมากที่ตัดได้หลายที่ในบรรทัด"), Cell("100.00")]], widths=(0.1, 9, 0.1)
    )
    widths = column_widths(table, 12, 16.0)
    assert sum(widths) == pytest.approx(16.0)
    assert widths[0] > 1.2
    assert widths[2] > 1.6
    assert widths[1] > widths[0] + widths[2]


def test_the_list_of_forms_is_the_forms_that_are_written():
    assert sorted(LISTED) == sorted(forms.WRITERS)
    assert {split for row in forms.listed() for split in row["split"].split("|")} <= {*bank.SPLITS, "all"}


@pytest.mark.parametrize("name", sorted(path.stem for path in bank.PHRASES.glob("*.csv")))
def test_no_wording_belongs_to_two_splits(name):
    if name in bank.SHARED:
        pytest.skip("names and dates are no wordings")
    seen = {}
    for row in bank.rows(name):
        text = (
            row.get("role") or row.get("meaning") or row.get("kind") or "",
            row.get("text") or row["title"],
        )
        assert seen.setdefault(text, row["split"]) == row["split"], text
        assert row["split"] in (*bank.SPLITS, "all")
