"""Every flag and problem that a report can carry is explained in one place."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.paths import ROOT

from thaita.extract.pipeline import read_bytes
from thaita.models.codes import FLAGS, PROBLEMS

REPORTS = [
    path
    for folder in ("corpus/samples", "tests/variants", "tests/variants/special")
    for path in sorted((ROOT / folder).glob("*.*"))
    if path.suffix in (".txt", ".docx") and not path.name.startswith("s02")
]


def explained(flag: str) -> bool:
    return flag in FLAGS or f"{flag.split('_')[0]}_*" in FLAGS


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_what_a_report_carries_is_explained(path: Path) -> None:
    reading = read_bytes(path.read_bytes(), path.name)
    rows = (reading.report, *reading.scores, *reading.findings, *reading.measures)
    assert [flag for row in rows for flag in row.flags if not explained(flag)] == []
    assert [problem.code for problem in reading.problems if problem.code not in PROBLEMS] == []


def test_every_code_that_the_checks_name_is_explained() -> None:
    import re

    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "extract").rglob("*.py"))
    named = set(re.findall(r'ReaderProblem\(\s*"\w+",\s*"(\w+)"', sources))
    named |= set(re.findall(r'_problem\(report, "\w+", "(\w+)"', sources))
    assert len(named) > 5
    assert named - PROBLEMS.keys() == set()
