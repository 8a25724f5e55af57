"""Every code in the dataset is documented in one place, and every documented code is in use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.paths import ROOT
from support.read_once import read_once

from thaita.check.messages import text as check_text
from thaita.models.codes import Code
from thaita.models.finding_kinds import FindingKind
from thaita.models.flags import ABOUT as ABOUT_FLAG
from thaita.models.flags import Flag
from thaita.models.problem_codes import REPORT_CODES, ProblemCode
from thaita.models.tables import BY_NAME
from thaita.out.review.pages import value_shown
from thaita.out.site.texts import flag_meaning
from thaita.out.site.texts import text as site_text

REPORTS = [
    path
    for folder in ("corpus/samples", "tests/variants", "tests/variants/special")
    for path in sorted((ROOT / folder).glob("*.*"))
    if path.suffix in (".txt", ".docx") and not path.name.startswith("s02")
]
SOURCES = "".join(
    path.read_text(encoding="utf-8")
    for stage in ("normalize", "extract", "check", "corpus")
    for path in (ROOT / stage).rglob("*.py")
)
CODES: list[Code] = [*Flag, *ProblemCode, *FindingKind]


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_every_code_of_a_report_has_a_meaning(path: Path) -> None:
    reading, _ = read_once(path)
    rows = (reading.report, *reading.scores, *reading.findings, *reading.measures)
    assert [flag for row in rows for flag in row.flags if Flag.known(flag) is None] == []
    assert [problem.code for problem in reading.problems if problem.code not in REPORT_CODES] == []


@pytest.mark.parametrize("code", [*Flag, *ProblemCode], ids=str)
def test_every_code_is_in_use(code: Code) -> None:
    """By its name, or by its text if a decision or a doubt of a normalizer produces it."""
    assert re.search(rf'\b{type(code).__name__}\.{code.name}\b|"{re.escape(code)}"', SOURCES)


def test_every_problem_uses_a_registered_code() -> None:
    """mypy checks this too, but not in all files."""
    given = r'(?:ReaderProblem\(\s*"\w+",|ReaderProblem\.of\(|UnreadableFileError\(|\bsay\()\s*'
    assert len(re.findall(given + r"ProblemCode\.\w", SOURCES)) > 60
    assert re.findall(given + '"', SOURCES) == []


@pytest.mark.parametrize("code", CODES, ids=str)
def test_a_code_has_words_in_both_languages(code: Code) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*(_\*)?", code)
    assert re.search("[a-z]{3}", code.en)
    assert re.search("[ก-ฮ]", code.th)
    assert not re.search("[ก-ฮ]", code.en)
    assert (code.meaning("en"), code.meaning("th")) == (code.en, code.th)


@pytest.mark.parametrize(
    ("flag", "known"),
    [
        ("ocr", Flag.OCR),
        ("period_reversed", Flag.PERIOD_DOUBT),
        ("place_unconfirmed", Flag.PLACE_DOUBT),
        ("period_*", Flag.PERIOD_DOUBT),
        ("agency", None),
        ("of_another_version", None),
        ("", None),
    ],
)
def test_flags_of_a_dataset(flag: str, known: Flag | None) -> None:
    assert Flag.known(flag) is known
    assert flag_meaning(flag, "th") == (known.th if known else flag)


def test_a_flag_is_about_columns_that_exist() -> None:
    columns = {column.name for table in BY_NAME.values() for column in table.columns}
    assert {name for names in ABOUT_FLAG.values() for name in names} <= columns


@pytest.mark.parametrize("kind", FindingKind, ids=str)
def test_a_kind_of_finding_has_the_same_name_on_every_page(kind: FindingKind) -> None:
    assert check_text(f"kind.{kind}", "th") == site_text(kind, "th") == value_shown(kind, "th") == kind.th
    assert check_text(f"kind.{kind}", "en") == value_shown(kind, "en") == kind.en


def test_a_code_is_parsed_from_its_text() -> None:
    assert FindingKind.read("weakness") is FindingKind.WEAKNESS
    with pytest.raises(ValueError, match="'strong' is none of strength, weakness"):
        FindingKind.read("strong")
