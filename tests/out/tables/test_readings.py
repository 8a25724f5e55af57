"""From records to rows and back: a dataset contains the complete records of a report."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from support.paths import SAMPLES

import thaita
from thaita.cli.main import cli
from thaita.models.document import Box
from thaita.models.readings import reading_from_rows
from thaita.models.records import Finding, Measure, Owner, Provenance, Reading, Report, Step
from thaita.models.rows import rows
from thaita.out.tables.report_records import readings

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


def tables(reading: Reading) -> dict[str, list]:
    found: dict[str, list] = {}
    for name, row in rows(reading):
        found.setdefault(name, []).append(row)
    return found


@given(text=TEXT, quote=TEXT, numbers=st.lists(st.integers(1, 10), unique=True), edge=st.floats(0, 900))
def test_any_record_survives_a_round_trip(text: str, quote: str, numbers: list[int], edge: float) -> None:
    place = Provenance(spans=((0, 3), (7, 9)), quote=quote, page=2, box=Box(round(edge, 2), 1.5, 2.25, 3.0))
    finding = Finding(
        report_id="r1",
        finding_id="r1-f01",
        kind="weakness",
        indicator_no=tuple(numbers),
        text=text,
        provenance=place,
    )
    step, owner = (
        Step(measure_id="r1-m01", step_no=1, text=text, provenance=place),
        Owner(measure_id="r1-m01", owner=text, provenance=Provenance()),
    )
    measure = Measure(report_id="r1", measure_id="r1-m01", steps=(step,), owners=(owner,), provenance=place)
    report = Report(
        report_id="r1", source=text, sha256="0", media_type="text/plain", kind=("analysis", "measures")
    )
    reading = Reading(report=report, findings=(finding,), measures=(measure,))
    assert reading_from_rows(tables(reading)) == reading


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_a_sample_survives_a_round_trip(path: Path) -> None:
    given_tables = tables(thaita.read(path))
    assert tables(reading_from_rows(given_tables)) == given_tables


def alone(reading: Reading) -> Reading:
    """Return a reading without the values that depend on other reports of its archive."""
    problems = tuple(one for one in reading.problems if one.code != "same_report")
    report = reading.report.model_copy(update={"same_as": None})
    return reading.model_copy(update={"report": report, "problems": problems})


def test_a_dataset_gives_its_reports_one_by_one(tmp_path: Path) -> None:
    assert CliRunner().invoke(cli, ["extract", str(SAMPLES), "-o", str(tmp_path / "dataset")]).exit_code == 0
    found = list(readings(tmp_path / "dataset"))
    assert len(found) == 20
    for reading in map(alone, found):
        expected = thaita.read(SAMPLES / reading.report.source)
        assert reading.report.sha256 == expected.report.sha256
        assert [len(part) for part in tables(reading).values()] == [
            len(part) for part in tables(expected).values()
        ]
        assert tables(reading)["measure_steps"] == tables(expected)["measure_steps"]
