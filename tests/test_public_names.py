"""What `import thaita` offers: reading paths, bytes and open files, progress, and short summaries."""

import io
import subprocess
import sys

import pytest
from support.paths import SAMPLES

import thaita

REPORT = SAMPLES / "01_pakkhwae.txt"


@pytest.fixture(scope="module")
def reading():
    return thaita.read(REPORT)


def test_bytes_and_open_files_are_read_like_paths(reading):
    with REPORT.open("rb") as opened:
        assert thaita.read(opened) == reading
    assert thaita.read(REPORT.read_bytes(), source=REPORT.name) == reading
    unnamed = thaita.read(io.BytesIO(REPORT.read_bytes()))
    assert unnamed == thaita.read(REPORT.read_bytes())
    assert unnamed.report.source == "report"


def test_a_file_in_text_mode_is_rejected():
    with pytest.raises(TypeError, match="'rb'"), REPORT.open(encoding="utf-8") as opened:
        thaita.read(opened)


def test_progress_counts_every_file_and_can_stop_the_run(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_bytes(REPORT.read_bytes() + name.encode())
    seen = []
    tables = thaita.read_archive(tmp_path, progress=seen.append)
    assert [(one.done, one.total, one.failed) for one in seen] == [(1, 2, 0), (2, 2, 0)]
    assert repr(tables).startswith("<Dataset: reports 2, ")
    assert "<td>reports</td><td>2</td>" in tables._repr_html_()

    def stop(_now):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        thaita.read_archive(tmp_path, progress=stop)


def test_a_reading_is_shown_in_one_line_and_as_escaped_html(reading):
    assert repr(reading).count("\n") == 0
    assert "10 scores" in repr(reading)
    assert len(repr(reading)) < 200
    hostile = reading.model_copy(update={"report": reading.report.model_copy(update={"agency": "<script>"})})
    assert "<script>" not in hostile._repr_html_()
    assert hostile._repr_html_().count("<tr>") == 1 + len(reading.scores)


def test_public_modules_are_available_after_import():
    code = (
        "import thaita; print(thaita.errors.UnreadableFileError, thaita.ocr.OcrWord, thaita.check.own_rules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0
    with pytest.raises(AttributeError):
        thaita.nothing  # noqa: B018 - the attribute is asked for


def test_reports_and_datasets_can_be_checked(reading, tmp_path):
    judged = thaita.check_report(reading)
    assert {verdict.status for verdict in judged.verdicts} >= {"present", "holds"}
    with pytest.raises(thaita.errors.DatasetError):
        list(thaita.check_dataset(tmp_path))


def test_every_public_exception_is_a_thaita_error():
    for name in thaita.errors.__all__:
        assert issubclass(getattr(thaita.errors, name), thaita.errors.ThaitaError)
