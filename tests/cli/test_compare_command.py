"""`thaita compare` on generated archives with planted differences: every one is found, and nothing else."""

import csv
import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner
from support.official_archive import invent, write_csv, write_reports, write_xlsx

import thaita
from thaita.cli.main import cli


def run(*arguments):
    return CliRunner().invoke(cli, ["compare", *map(str, arguments)])


def dataset_of(archive, folder):
    write_reports(archive, folder / "reports")
    made = CliRunner().invoke(cli, ["extract", str(folder / "reports"), "-o", str(folder / "dataset")])
    assert made.exit_code == 0, made.output
    return folder / "dataset"


@pytest.fixture(scope="module")
def archive():
    return invent(20)


@pytest.fixture(scope="module")
def folder(archive, tmp_path_factory):
    folder = tmp_path_factory.mktemp("compare")
    dataset_of(archive, folder)
    write_xlsx(archive, folder / "list.xlsx")
    return folder


def found_in(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    said = {(row["status"], row["agency"], row["district"], row["measure"]) for row in rows}
    return {one for one in said if one[0] != "agree"}


def test_every_planted_difference_is_found_and_nothing_else(archive, folder):
    out = folder / "differences.csv"
    result = run(folder / "dataset", "--official", folder / "list.xlsx", "-o", out)
    assert result.exit_code == 1, result.output
    assert found_in(out) == archive.planted


@pytest.mark.long
@pytest.mark.parametrize("write", [write_xlsx, write_csv])
def test_two_hundred_agencies(tmp_path, write):
    archive = invent(220, seed=7)
    dataset, listed = (
        dataset_of(archive, tmp_path),
        tmp_path / f"list.{write.__name__.removeprefix('write_')}",
    )
    write(archive, listed)
    assert run(dataset, "--official", listed, "-o", tmp_path / "out.csv").exit_code == 1
    assert found_in(tmp_path / "out.csv") == archive.planted


def test_a_dataset_of_lists_gives_the_same_as_the_list(folder):
    lists = folder / "lists"
    CliRunner().invoke(cli, ["extract", str(folder / "list.xlsx"), "-o", str(lists)])
    outs = [folder / "of_file.json", folder / "of_dataset.json"]
    for official, out in zip((folder / "list.xlsx", lists), outs, strict=True):
        assert run(folder / "dataset", "--official", official, "-o", out).exit_code == 1
    assert outs[0].read_bytes() == outs[1].read_bytes()
    summary = json.loads(outs[0].read_text(encoding="utf-8"))["summary"]
    assert (summary["years"], summary["compared"], summary["counts"]["differ"]) == ([2567], 16, 6)


def test_the_table_says_what_differs(folder):
    result = run(folder / "dataset", "--official", folder / "list.xlsx", "--lang", "en")
    lines = [line.split() for line in result.output.splitlines()]
    assert ["differ", "4", "6"] in lines
    assert ["not", "in", "the", "list", "2"] in lines
    assert sum("-2.50" in line for line in lines) == 2
    thai = run(folder / "dataset", "--official", folder / "list.xlsx", "--lang", "th").output
    assert "ค่าที่ไม่ตรงกัน" in thai
    assert "not" not in thai.split()


def test_no_line_is_wider_than_a_terminal(folder):
    """A pseudo terminal of 80 columns; a line of Thai has fewer columns than letters."""
    pty = pytest.importorskip("pty")
    main, other = pty.openpty()
    command = [
        sys.executable,
        "-m",
        "thaita",
        "compare",
        str(folder / "dataset"),
        "--official",
        str(folder / "list.xlsx"),
    ]
    environment = {**os.environ, "COLUMNS": "80", "TERM": "dumb", "PYTHONUTF8": "1"}
    with subprocess.Popen(command, stdout=other, env=environment):
        os.close(other)
        said = b""
        while part := _read(main):
            said += part
    from rich.cells import cell_len

    assert max(cell_len(line.rstrip()) for line in said.decode().splitlines()) <= 80


def _read(terminal):
    try:
        return os.read(terminal, 65_536)
    except OSError:  # the other end is closed
        return b""


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_page_is_self_contained_and_names_every_difference(archive, folder, language):
    page = folder / f"{language}.html"
    run(folder / "dataset", "--official", folder / "list.xlsx", "--lang", language, "-o", page)
    html = page.read_text(encoding="utf-8")
    assert f'<html lang="{language}">' in html
    assert not any(word in html for word in ("http://", "https://", "<script", "src="))
    for status, name, district, _ in archive.planted:
        assert f"{name} อำเภอ{district}" in html
        assert f'id="{status}"' in html


def test_everything_agrees(folder, tmp_path):
    same = invent(20)
    same.official = same.own
    write_csv(same, tmp_path / "same.csv")
    result = run(folder / "dataset", "--official", tmp_path / "same.csv", "--lang", "en")
    assert result.exit_code == 0
    assert "All values agree" in result.output


def test_as_a_data_frame(folder):
    frame = thaita.compare(folder / "dataset", folder / "list.xlsx")
    assert (frame["status"] == "agree").sum() == 16 * 12 - 6
    differ = frame[frame["status"] == "differ"]
    assert set(differ["difference"].dropna().round(2)) >= {-2.5}
    assert differ["official_source"].unique().tolist() == ["list.xlsx"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["{folder}/dataset"], "Missing option '--official'"),
        (["{folder}/none", "--official", "{folder}/list.xlsx"], "does not exist"),
        (["{folder}/dataset", "--official", "{folder}/none.xlsx"], "does not exist"),
        (["{folder}/dataset", "--official", "{folder}/reports"], "extract"),
        (["{folder}/dataset", "--official", "{folder}/dataset"], "see its tables results and scores"),
        (["{folder}/dataset", "--official", "{folder}/reports/0001.txt"], "no list with results of agencies"),
        (["{folder}/reports", "--official", "{folder}/list.xlsx"], "extract"),
        (
            ["{folder}/dataset", "--official", "{folder}/list.xlsx", "-o", "out.doc"],
            "use a file name that ends in",
        ),
    ],
)
def test_what_cannot_be_compared_exits_with_2(folder, arguments, message):
    result = run(*(argument.format(folder=folder) for argument in arguments))
    assert result.exit_code == 2
    assert message in result.output


def test_a_list_that_cannot_be_read_exits_with_1(folder, tmp_path):
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    assert run(folder / "dataset", "--official", tmp_path / "broken.xlsx").exit_code == 1
