"""The command line: output, exit status, and no traceback for users."""

import io
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from decimal import Decimal

import click
import pytest
from click.testing import CliRunner
from rich.console import Console
from support.paths import SAMPLES

import thaita
from thaita.cli.main import cli
from thaita.models.records import (
    Finding,
    Measure,
    Owner,
    Problem,
    Provenance,
    Reading,
    Report,
    Result,
    Score,
    Step,
    Unread,
)
from thaita.models.tables import TABLES
from thaita.out.terminal import show

SAMPLE = min(SAMPLES.glob("*.txt"))
SUMMARY = re.compile(
    r"(\d+) reports, (\d+) failed(, \d+ of other formats)?: "
    r"(\d+) scores, (\d+) findings, (\d+) measures in \d+\.\d s(; see problems\.csv)?\n"
    r"(?:(\d+) values? (?:is|are) in doubt: thaita review \S+\n)?"
)


def run(*arguments):
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def command(*arguments, shell="exec {}", **options):
    """Run the real command in a separate process, in a shell if a test asks for one."""
    line = shell.format('"$@"')
    return subprocess.run(
        ["bash", "-c", line, "bash", sys.executable, "-m", "thaita", *map(str, arguments)],
        capture_output=True,
        timeout=600,
        check=False,
        **options,
    )


@pytest.fixture
def archive(tmp_path):
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "รายงาน.txt").write_bytes(SAMPLE.read_bytes())
    return folder


# -- extract ------------------------------------------------------------------------------------


def test_extract_writes_a_dataset_and_one_line(archive, tmp_path):
    result = run("extract", archive, "-o", tmp_path / "d")
    assert result.exit_code == 0
    assert result.stdout == ""
    counts = SUMMARY.fullmatch(result.stderr)
    tables = thaita.load(tmp_path / "d")
    assert [int(counts[i]) for i in (1, 2, 4, 5, 6)] == [
        1,
        0,
        *(len(tables[name]) for name in ("scores", "findings", "measures")),
    ]
    assert tables["reports"]["source"].tolist() == ["รายงาน.txt"]


def test_extract_of_one_file(tmp_path):
    assert run("extract", SAMPLE, "-o", tmp_path / "d").exit_code == 0
    assert thaita.load(tmp_path / "d")["reports"]["source"].tolist() == [SAMPLE.name]


def test_output_does_not_depend_on_time_or_place(archive, tmp_path):
    """A dataset depends neither on the time nor on the place, nor on a dataset inside the archive."""
    run("extract", archive, "-o", archive / "d")
    run("extract", archive, "-o", archive / "d")
    archive.rename(tmp_path / "moved")
    process = command(
        "extract", tmp_path / "moved", "-o", tmp_path / "e", env={**os.environ, "TZ": "Asia/Bangkok"}
    )
    assert process.returncode == 0
    files = sorted((tmp_path / "e").iterdir())
    assert len(files) == len(TABLES) + 2
    for file in files:
        assert file.read_bytes() == (tmp_path / "moved" / "d" / file.name).read_bytes()
        assert str(tmp_path).encode() not in file.read_bytes()


def test_extract_says_what_is_in_doubt_and_how_to_see_it(archive, tmp_path):
    shutil.copy(SAMPLES / "05_nongbuakhok.txt", archive)
    result = run("extract", archive, "-o", tmp_path / "d e")
    doubts = thaita.load(tmp_path / "d e")["doubts"]
    assert result.stderr.endswith(
        f"{doubts['open'].sum()} values are in doubt: thaita review '{tmp_path / 'd e'}'\n"
    )
    assert not doubts.empty


def test_extract_counts_reports_that_were_read_in_part(tmp_path):
    (tmp_path / "a").mkdir()
    data = (SAMPLES / "word" / "01_pakkhwae.pdf").read_bytes()
    (tmp_path / "a" / "1.pdf").write_bytes(data + b"\n% no result of another test\n")
    said = run("extract", tmp_path / "a", "-o", tmp_path / "d", "--max-pages", 1).stderr
    assert "1 report was read in part: thaita review " in said


def test_an_unreadable_file_exits_with_1_and_a_warning_does_not(archive, tmp_path):
    (archive / "scan.gif").touch()
    assert run("extract", archive, "-o", tmp_path / "d").exit_code == 0
    (archive / "empty.txt").touch()
    result = run("extract", archive, "-o", tmp_path / "d")
    assert result.exit_code == 1
    assert result.stderr.startswith("1 reports, 1 failed, 1 of other formats: ")
    problems = thaita.load(tmp_path / "d")["problems"].set_index("source")["code"]
    assert (problems["empty.txt"], problems["scan.gif"]) == ("empty", "unsupported_format")


def test_an_archive_to_dataframes(archive, tmp_path):
    (archive / "empty.txt").touch()
    run("extract", archive, "-o", tmp_path / "d")
    loaded = thaita.load(tmp_path / "d")
    for name, table in thaita.read_archive(archive).items():
        assert table.equals(loaded[name])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["{tmp}/none", "-o", "{tmp}/d"], "does not exist"),
        (["{tmp}/archive"], "Missing option"),
        (["{tmp}/archive", "-o", "{tmp}/archive"], "is no dataset"),
        (["{tmp}/archive", "-o", "{tmp}/archive/รายงาน.txt"], "is a file"),
        (["{tmp}/archive", "-o", "{tmp}/archive/รายงาน.txt/d"], "cannot write"),
        (["{tmp}/archive", "-o", "/dev/null"], "is a file"),
        (["{tmp}/archive", "-o", ""], "is no dataset"),  # the working directory, full of other files
    ],
)
def test_invalid_requests_exit_with_2_and_change_nothing(archive, tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(archive)
    result = run("extract", *(argument.format(tmp=tmp_path) for argument in arguments))
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.output
    assert [path.name for path in tmp_path.rglob("*")] == ["archive", "รายงาน.txt"]


@pytest.mark.parametrize(
    ("blocks", "message"),
    [
        (2, r"(?s:Error: .*(cannot be stored anywhere|cannot write).*)\n"),
        (40, r"Error: cannot write .*: File too large; nothing was changed there\n"),
    ],
)
def test_a_full_disk_leaves_the_older_dataset(archive, tmp_path, blocks, message):
    run("extract", archive, "-o", tmp_path / "d")
    before = {path.name: path.read_bytes() for path in (tmp_path / "d").iterdir()}
    process = command("extract", archive, "-o", tmp_path / "d", shell=f"ulimit -f {blocks}; exec {{}}")
    assert process.returncode == 2
    # whether the store of results fills up first depends on what earlier runs stored
    note = r"(note: results cannot be stored for later runs in [^\n]*\n)?"
    assert re.fullmatch(note + message, process.stderr.decode())
    assert {path.name: path.read_bytes() for path in (tmp_path / "d").iterdir()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive", "d"]


def test_the_progress_bar_appears_only_on_a_terminal(archive, tmp_path):
    pty = pytest.importorskip("pty")
    controller, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "thaita", "extract", archive, "-o", tmp_path / "d"],
        stdout=subprocess.PIPE,
        stderr=terminal,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "150"},
    )
    os.close(terminal)
    shown = b""
    try:
        while chunk := os.read(controller, 65536):
            shown += chunk
    except OSError:  # Linux reports this when the other side has closed the terminal
        pass
    os.close(controller)
    assert (process.wait(timeout=600), process.communicate()[0]) == (0, b"")
    assert b"reading" in shown
    assert SUMMARY.search(shown.decode().replace("\r\n", "\n"))


# -- show ---------------------------------------------------------------------------------------

LONG = "ประชาชนยังไม่ทราบช่องทางการร้องเรียนและการมีส่วนร่วมของหน่วยงาน " * 3
PLACE = Provenance(spans=((0, 5),), quote="ต้น\nฉบับ")
NAMES = ("การปฏิบัติหน้าที่", "การใช้งบประมาณ", "การใช้อำนาจ", "การเปิดเผยข้อมูล")


def reading(**changes):
    fields = {
        "report": Report(
            report_id="r1",
            source="a.txt",
            sha256="0",
            media_type="text/plain",
            agency="องค์การบริหารส่วนตำบลน้ำก่ำ",
        ),
        "scores": tuple(
            Score(
                report_id="r1",
                score_id=f"s{number}",
                agency="องค์การบริหารส่วนตำบลน้ำก่ำ",
                instrument="IIT",
                indicator_no=number,
                indicator=name,
                score=Decimal("90.09"),
                score_as_written="๙๐.๐๙",
                name_as_written=name,
                name_match=100,
                provenance=PLACE,
            )
            for number, name in enumerate(NAMES, 1)
        ),
        "results": (
            Result(
                report_id="r1",
                result_id="x1",
                scope="agency",
                agency="เทศบาลตำบลเชียงคาน",
                fiscal_year=2567,
                overall_score=Decimal("84.50"),
                provenance=PLACE,
            ),
        ),
        "findings": (
            Finding(
                report_id="r1",
                finding_id="f1",
                kind="weakness",
                instrument="EIT",
                text=LONG,
                provenance=PLACE,
            ),
        ),
        "measures": (
            Measure(
                report_id="r1",
                measure_id="m1",
                title="มาตรการหนึ่ง",
                period_as_written="ตลอดปี",
                steps=(Step(measure_id="m1", step_no=1, text="ประชุมคณะทำงาน", provenance=PLACE),),
                owners=(Owner(measure_id="m1", owner="สำนักปลัด", provenance=PLACE),),
                provenance=PLACE,
            ),
        ),
        "problems": (Problem(severity="warning", code="range", message_en="[bold]คะแนน\x1b]0;title\x07"),),
        "unread": tuple(
            Unread(report_id="r1", kind=kind, text="ข้อความที่ไม่ได้อ่าน", provenance=PLACE)
            for kind in ("narrative", "heading", "narrative")
        ),
    }
    return Reading(**(fields | changes))


def shown(given=None, *, terminal=False, **options):
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=terminal, width=80, color_system=None, legacy_windows=False)
    show(given or reading(), console, **options)
    return re.sub("\x1b\\[[0-9;]*m", "", stream.getvalue())


def width(text):
    """Count the terminal columns of the text: marks above and below take none."""
    return sum(unicodedata.category(char) not in ("Mn", "Me", "Cf") for char in text)


@pytest.mark.parametrize("terminal", [True, False])
def test_columns_line_up_under_thai_marks(terminal):
    rows = [line for line in shown(terminal=terminal, only="scores").splitlines() if "90.09" in line]
    assert len(rows) == len(NAMES)
    assert len({width(row[: row.index("90.09")]) for row in rows}) == 1


def test_no_line_is_wider_than_the_terminal():
    lines = shown(terminal=True, quotes=True).splitlines()
    assert max(map(width, lines)) <= 80
    # folding must not separate a mark from its consonant
    assert not any(unicodedata.category(line.strip()[0]) == "Mn" for line in lines if line.strip())


def test_a_pipe_gets_every_phrase_on_one_line():
    plain = shown()
    assert LONG.strip() in plain
    assert all(line == line.rstrip() for line in plain.splitlines())
    assert not re.search("[\u2500-\u257f]", plain)


@pytest.mark.parametrize("terminal", [True, False])
def test_show_prints_everything_a_reviewer_needs(terminal):
    text = shown(terminal=terminal)
    for part in (
        "องค์การบริหารส่วนตำบลน้ำก่ำ",
        "results (1)",
        "เทศบาลตำบลเชียงคาน",
        "84.50",
        "scores (4)",
        "findings (1)",
        "measures (1)",
        "มาตรการหนึ่ง",
        "ประชุมคณะทำงาน",
        "สำนักปลัด",
        "ตลอดปี",
        "[bold]คะแนน",  # text that resembles markup stays text
        "unread: 1 heading, 2 narrative",
    ):
        assert part in text
    assert "ต้น" not in text


def test_quotes_are_shown_on_request():
    assert shown(quotes=True).count("» ต้น ⏎ ฉบับ") == len(NAMES) + 3


def test_terminal_control_sequences_in_a_report_are_escaped():
    for options in ({}, {"only": "problems"}, {"quotes": True}):
        assert not set(shown(terminal=True, **options)) & set("\x1b\x07\x9b")


def test_show_of_an_empty_report():
    text = shown(reading(results=(), scores=(), findings=(), measures=(), problems=(), unread=()))
    assert "scores (0)" in text
    assert "results" not in text
    assert "unread: nothing" in text


@pytest.mark.parametrize("table", [table.name for table in TABLES])
def test_every_table_can_be_shown_alone(table):
    text = shown(only=table)
    assert text.startswith(f"{table} (")
    assert sum(bool(re.match(r"\w+ \(\d+\)$", line)) for line in text.splitlines()) == 1


def test_show_of_a_sample():
    result = run("show", SAMPLE)
    assert result.exit_code == 0
    assert thaita.read(SAMPLE).report.report_id in result.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["{tmp}/none.txt"], 2, "does not exist"),
        (["{tmp}"], 2, "is a directory"),
        (["{tmp}/empty.txt", "--table", "score"], 2, "not one of reports, scores"),
        (["{tmp}/empty.txt"], 1, "(empty)"),
    ],
)
def test_show_reports_what_is_wrong(tmp_path, arguments, status, message):
    (tmp_path / "empty.txt").touch()
    result = run("show", *(argument.format(tmp=tmp_path) for argument in arguments))
    assert (result.exit_code, result.stdout) == (status, "")
    assert message in result.stderr


def test_a_pipe_closed_early_is_not_an_error():
    process = command("show", SAMPLE, shell="{} | true; exit ${{PIPESTATUS[0]}}")
    assert (process.returncode, process.stderr) == (0, b"")


def test_a_terminal_without_thai_letters():
    process = command("show", SAMPLE, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (process.returncode, process.stderr) == (0, b"")


# -- help and imports ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", cli.commands)
def test_every_command_has_help_with_examples_and_exit_status(name):
    text = run(name, "--help").stdout
    assert "Examples:" in text
    for status in ("0", "1", "2", "130"):
        assert re.search(rf"^ +{status} +\S", text, re.MULTILINE)
    for option in cli.commands[name].params:
        assert isinstance(option, click.Argument) or option.help


def test_version_option():
    assert run("--version").stdout == f"thaita, version {thaita.__version__}\n"


def test_help_and_import_load_no_heavy_modules():
    heavy = "{'pandas', 'numpy', 'rich', 'pydantic', 'lxml', 'geothai', 'rapidfuzz', 'cv2', 'duckdb', 'altair', 'starlette', 'PIL'}"
    code = f"import sys, thaita, thaita.cli.main; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "[]\n"


def test_loading_imports_no_extraction_code():
    code = "import sys, thaita.out.tables.dataframes; print([m for m in sys.modules if m.startswith('thaita.extract')])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "[]\n"
