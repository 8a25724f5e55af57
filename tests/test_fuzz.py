"""Mutated input of every kind: each target keeps its invariants, and time grows in step with the input.

`python benchmarks/mutate.py` and `python tests/fuzz` run the same targets for longer. The inputs here are the same on
every run, so that a failure is caused by a change and not by chance. The tests marked `long` take other ones.
"""

from __future__ import annotations

import re
import time
import warnings
from decimal import Decimal
from random import Random

import numpy as np
import pytest
from fuzz.datasets import DATASETS
from fuzz.normalizers import KEYED, NORMALIZERS, RAISES, SAME_TWICE, functions
from fuzz.readers import READERS, Target
from fuzz.targets import TARGETS
from support.growth import grows_linearly
from support.pdf_bytes import one_page

from thaita.extract.documents import read_document
from thaita.extract.options import PdfOptions
from thaita.extract.pipeline import read_bytes
from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.readers.ocr.numbers import with_numbers
from thaita.extract.readers.ocr.recognizer import OcrWord
from thaita.extract.structure.page_breaks import _join_lines
from thaita.models.document import Box
from thaita.models.readings import reading_from_rows
from thaita.models.rows import rows
from thaita.models.source_text import SourceText
from thaita.models.tables import BY_NAME
from thaita.normalize.frameworks import refuse_unknown
from thaita.normalize.numerals import find_numbers
from thaita.out.tables.csv_tables import value

FEW = 8
"""Inputs for each target in every run of the tests."""
RUN = 4_000
"""Letters of a text that repeats itself, and of one four times as long."""


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THAITA_CACHE", str(tmp_path_factory.mktemp("ocr")))


def hold(target: Target, numbers: range) -> None:
    drawn = Random(target.name).sample(range(2**32), numbers.stop)
    for number in drawn[numbers.start :]:
        assert target.check(target.mutated(number)), number


def few_or(many: int) -> pytest.MarkDecorator:
    """Run a test with a few inputs, and where long tests run with more, up to that many in all."""
    return pytest.mark.parametrize(
        "numbers",
        [range(FEW), pytest.param(range(FEW, many), marks=pytest.mark.long)],
        ids=lambda numbers: str(numbers.stop),
    )


@few_or(16)
@pytest.mark.parametrize("target", READERS, ids=lambda target: target.name)
def test_a_mutated_file_is_read_or_refused_with_a_reason(target: Target, numbers: range) -> None:
    few = 4 if "tesseract" in target.name else 1
    hold(target, range(numbers.start // few, numbers.stop // few))


@few_or(16)
@pytest.mark.parametrize("target", NORMALIZERS, ids=lambda target: target.name)
def test_a_mutated_text_is_understood_or_not(target: Target, numbers: range) -> None:
    hold(target, numbers)


@few_or(16)
@pytest.mark.parametrize("target", DATASETS, ids=lambda target: target.name)
def test_a_dataset_or_rules_that_were_changed_are_read_or_refused(target: Target, numbers: range) -> None:
    hold(target, numbers)


PIECES = (
    "\t", " ", "\n", "ก", "่", "1", "๑", ".", "|", "(", "1) ", "๑. ", "2568 ", "1/", "ก\t", "ก\n", "ก/", "และ", "กองและงาน", "อำเภอ", "ตำบลบ้าน",
    "เทศบาลตำบล", "ม.ค. ", "๑ ต.ค. ๖๗ - ", "☑ ดำเนินการ ", "(  ", "E1 ", "ตัวชี้วัดที่ 1 ", "กำ ", "- ", "90.00 ",
)  # fmt: skip
BEFORE = ("ก", "ปีงบประมาณ", "1 มกราคม", "แล้วเสร็จ (", "2566 - ")


@pytest.mark.parametrize("others", [False, pytest.param(True, marks=pytest.mark.long)])
@pytest.mark.parametrize("target", NORMALIZERS, ids=lambda target: target.name)
def test_repetitive_text_takes_linear_time(target: Target, others: bool) -> None:
    """Each function gets every fifth text, the next function the texts after these; long tests try the others."""
    target.check("ก 1 ต.บ้านใหม่ ☑".encode())  # words and names are loaded once
    texts = [("ก", piece) for piece in PIECES] + [(word, blank) for word in BEFORE for blank in (" ", "\n")]
    for number, (before, again) in enumerate(texts):
        if ((number - NORMALIZERS.index(target)) % 5 != 0) is not others:
            continue

        def check(letters: int, before: str = before, again: str = again) -> object:
            return target.check((before + again * (letters // len(again)) + "ข 1").encode())

        assert grows_linearly(check, RUN), (before, again)


@pytest.mark.long
def test_quadratic_time_is_noticed() -> None:
    assert not grows_linearly(lambda letters: re.findall("ก+:", "ก" * letters), RUN)


def test_every_function_that_is_named_is_there() -> None:
    named = {name for name, _, _ in functions()}
    assert named.isdisjoint(KEYED)
    assert (set(RAISES) | SAME_TWICE) - KEYED <= named
    assert len(TARGETS) == len(READERS) + len(NORMALIZERS) + len(DATASETS)


@pytest.mark.parametrize("name", ["text", "docx", "pdf", "picture", "rules", "dates.parse_period"])
def test_an_input_is_the_same_whatever_was_made_before(name: str) -> None:
    target = TARGETS[name]
    once = [target.mutated(i, seed=3) for i in range(5)]
    assert [target.mutated(i, seed=3) for i in reversed(range(5))] == once[::-1]
    assert once != [target.mutated(i, seed=4) for i in range(5)]


def test_a_merged_cell_goes_on_in_an_empty_one() -> None:
    line = SourceText.at("ก", 0)
    assert _join_lines((line,), (), spaced=True) == (line,)


def test_the_grade_of_one_agency_among_many_is_no_letter_lost() -> None:
    """A summary has no grade of its own: what stands beside its first score is left for `unread`."""
    target = TARGETS["text"]
    assert target.check(target.mutated(0)) == "read"


@pytest.mark.parametrize(
    ("before", "piece", "after"),
    [
        ("", "1\n", ""),
        ("", "1. " + "ก" * 80 + "\n", ""),
        ("", "_" * 20 + " ก\n", ""),
        ("คะแนน ", ".", "x"),
        ("คะแนน 5. ก", "\t", "x"),
    ],
)
def test_a_long_file_that_says_the_same_takes_time_in_step_with_its_length(
    before: str, piece: str, after: str
) -> None:
    head = "รายงานผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2568\n" + before

    def read(letters: int) -> object:
        return read_bytes((head + piece * (letters // len(piece)) + after).encode(), "a.txt")

    assert grows_linearly(read, 5_000)


def test_words_without_letters_or_size_are_no_reason_to_lose_a_page() -> None:
    picture = next(target for target in READERS if target.name == "picture")
    data = picture.seeds()[0]
    reading = read_bytes(data, "a.png", PdfOptions(ocr="support.own_recognizer:Odd"))
    assert {problem.code for problem in reading.problems} >= {"ocr"}
    assert "ocr_failed" not in {problem.code for problem in reading.problems}


def test_damage_of_a_picture_is_said_in_problems_and_not_on_standard_error() -> None:
    picture = next(target for target in READERS if target.name == "picture")
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        for number in range(15):
            picture.check(picture.mutated(number))
    assert [str(one.message) for one in said] == []


@pytest.mark.parametrize("written", ["9" * 16, "999," * 12 + "999", "1." * 9])
def test_endless_digits_are_no_number(written: str) -> None:
    assert find_numbers(f"คะแนน {written} บาท") == []


@pytest.mark.parametrize(
    "field", ["1e999999999", "-1E+99999999", "NaN", "sNaN", "Infinity", "1_0", "٣", "9" * 5000]
)
def test_a_number_of_a_dataset_is_written_out(field: str) -> None:
    column = next(column for column in BY_NAME["scores"].columns if column.name == "score")
    with pytest.raises(ValueError, match="number"):
        value(field, column)


@pytest.mark.parametrize(
    ("table", "column", "wrong"),
    [("reports", "fiscal_year", 2), ("reports", "overall_score", "1" * 16), ("scores", "score", "-" + "9" * 20), ("scores", "indicator_no", 1000),
     ("findings", "indicator_no", "1000"), ("findings", "instrument", "XIT"), ("scores", "fiscal_year", -541)],
)  # fmt: skip
def test_rows_that_no_report_gives_are_refused(table: str, column: str, wrong: str | int) -> None:
    sample = TARGETS["text"].seeds()[0]
    tables: dict[str, list[dict[str, object]]] = {name: [] for name in BY_NAME}
    for name, row in rows(read_bytes(sample, "a.txt")):
        tables[name].append(dict(row))
    refuse_unknown(reading_from_rows(tables))  # type: ignore[arg-type]
    tables[table][0][column] = Decimal(wrong) if column in ("overall_score", "score") else wrong
    with pytest.raises(ValueError, match=r"is no (?:year|score|indicator|instrument)"):
        refuse_unknown(reading_from_rows(tables))  # type: ignore[arg-type]


def test_a_refusal_has_a_code_and_says_why() -> None:
    with pytest.raises(UnreadableFileError) as error:
        read_bytes(b"\x89PNG", "a.png", PdfOptions(ocr="support.own_recognizer:Fixed"))
    assert error.value.code == "damaged"


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
def test_text_of_no_size_is_hidden_text(engine: str) -> None:
    shown = b"BT /F 10 Tf 100 700 Td (abc)Tj ET BT 0 0 0 0 100 650 Tm (abc)Tj 0 0 0 0 100 600 Tm (abc)Tj ET"
    document = read_document(one_page(shown).done(), "a.pdf", PdfOptions(engine=engine))
    assert document.text.split() == ["abc"]


def test_a_number_said_to_be_as_high_as_its_page_is_doubted_at_once() -> None:
    def read(height: int) -> list[OcrWord]:
        noise = np.random.default_rng(1).integers(0, 255, (height, 200), dtype=np.uint8)
        box = Box(0, 0, 200, height)
        return with_numbers([OcrWord("85", box, 0.9, 0), OcrWord("9O", box, 0.9, 1)], noise, 200.0)

    started = time.process_time()
    read(400)  # as high as a number may be
    between = time.process_time()
    assert [(word.text, word.confidence) for word in read(12_000)] == [("85", 0.0), ("9O", 0.0)]
    assert time.process_time() - between < between - started
