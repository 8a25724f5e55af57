"""Every format of a dataset returns the same tables."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import zipfile
from contextlib import closing
from datetime import date
from decimal import Decimal

import duckdb
import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from support.paths import ROOT

import thaita
from thaita.cli.main import cli
from thaita.corpus.run.outcomes import Outcome
from thaita.models.records import (
    Evidence,
    Finding,
    Measure,
    Owner,
    Problem,
    Provenance,
    Reading,
    Report,
    Score,
    Step,
)
from thaita.models.rows import rows
from thaita.models.tables import BY_NAME, TABLES
from thaita.out.export import write_dataset
from thaita.out.tables.csv_tables import DatasetError
from thaita.out.tables.formats import FORMATS
from thaita.out.tables.xlsx_file import LONGEST

OTHERS = [form for form in FORMATS if form != "csv"]

HARD = ["=1+1", "'quoted'", "@x", "+66", "-", "a\nb", "a\r\nb\rc", 'say "ก"', "a,b", "\t", " ข ", "น้ำ", "ก็", "_x0041_", "\x01\x0b", "0012", "1e5", "NaN", "true", "'", "''="]  # fmt: skip
AWKWARD = st.one_of(
    st.sampled_from(HARD),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufffe\uffff"), max_size=30),
)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    folder = tmp_path_factory.mktemp("formats") / "dataset"
    archive = ROOT / "corpus" / "samples"
    result = CliRunner().invoke(
        cli, ["extract", str(archive), "-o", str(folder), "--format", ",".join(FORMATS)]
    )
    assert result.exit_code == 0, result.output
    return folder


def same(one, other):
    assert one.keys() == other.keys()
    for name in one:
        pd.testing.assert_frame_equal(one[name], other[name], obj=name)


@pytest.mark.parametrize("form", OTHERS)
def test_every_format_returns_the_tables_of_the_samples(dataset, form):
    same(thaita.load(dataset, form), thaita.load(dataset))


def reading(text: str, number: Decimal, day: date, report_id: str = "r1") -> Reading:
    """Return a report with difficult text in every text field."""
    place = Provenance(spans=((0, 3), (5, 9)), quote=text)
    ids = {"report_id": report_id}
    step = Step(measure_id=f"{report_id}-m01", step_no=1, text=text, provenance=place)
    owner = Owner(measure_id=f"{report_id}-m01", owner=text or "-", provenance=place)
    return Reading(
        report=Report(**ids, source=text, sha256="0", media_type="text/plain", agency=text, fiscal_year=2568, flags=("range",)),
        scores=(
            Score(**ids, score_id=f"{report_id}-s01", instrument="IIT", indicator_no=3, indicator="การใช้อำนาจ", score=number, score_as_written=text, name_as_written=text, name_match=99.5, provenance=place),
        ),
        findings=(Finding(**ids, finding_id=f"{report_id}-f01", kind="weakness", indicator_no=(1, 10), text=text, provenance=place),),
        measures=(Measure(**ids, measure_id=f"{report_id}-m01", title=text, period_start=day, steps=(step,), owners=(owner,), provenance=place),),
        evidence=(Evidence(**ids, table="scores", row_id=f"{report_id}-s01", column="score", value=text, provenance=place),),
        problems=(Problem(**ids, severity="info", code="range", message=text),),
    )  # fmt: skip


@pytest.mark.parametrize("examples", [2, pytest.param(6, marks=pytest.mark.long)])
def test_any_record_survives_a_round_trip_in_every_format(tmp_path, examples):
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        texts=st.lists(AWKWARD, min_size=12, max_size=24),
        number=st.decimals(0, 100, places=2),
        day=st.dates(date(1457, 1, 1), date(2100, 12, 31)),
    )
    @example(texts=HARD[:12], number=Decimal("100.00"), day=date(1457, 1, 1))
    def survives(texts, number, day):
        folder = tmp_path / "dataset"
        alone = {**dict.fromkeys(BY_NAME["problems"].header), "severity": "error", "code": "damaged"}
        outcomes = [
            Outcome("0", (("problems", {**alone, "message": text}),), failed=True) for text in texts[:2]
        ]
        for i, text in enumerate([*HARD, *texts]):
            outcomes.insert(
                -1, Outcome(f"{i}", tuple(rows(reading(text, number, day, f"r{i}"))), was_read=True)
            )
        write_dataset(folder, outcomes, FORMATS)
        expected = thaita.load(folder)
        for form in OTHERS:
            same(thaita.load(folder, form), expected)
        shutil.rmtree(folder)

    survives()


def test_a_format_that_was_not_written_is_named(tmp_path):
    CliRunner().invoke(
        cli, ["extract", str(ROOT / "corpus" / "samples" / "01_pakkhwae.txt"), "-o", str(tmp_path / "d")]
    )
    for form in OTHERS:
        with pytest.raises(DatasetError, match=f"--format {form}"):
            thaita.load(tmp_path / "d", form)
    with pytest.raises(ValueError, match="sav"):
        thaita.load(tmp_path / "d", "sav")


def _less_in_the_database(folder):
    with closing(duckdb.connect(str(folder / "dataset.duckdb"))) as connection:
        connection.execute("DELETE FROM unread WHERE rowid = 0")


def _longer(path, data):
    path.write_bytes(path.read_bytes() + data)


def _part(folder):
    return next((folder / "parquet" / "scores").rglob("*.parquet"))


@pytest.mark.parametrize(
    ("form", "damage"),
    [
        ("parquet", lambda folder: shutil.copy(folder / "unread.parquet", folder / "evidence.parquet")),
        ("parquet", lambda folder: (folder / "unread.parquet").unlink()),
        ("parquet-by-year", lambda folder: shutil.copy(_part(folder), _part(folder).with_name("part-1.parquet"))),
        ("parquet-by-year", lambda folder: _part(folder).unlink()),
        ("xlsx", lambda folder: _longer(folder / "dataset.xlsx", b"\0")),
        ("jsonl", lambda folder: _longer(folder / "reports.jsonl", b'{"report_id": null}\n')),
        ("duckdb", _less_in_the_database),
        *[(form, lambda folder, file=file: (folder / file).unlink() or os.mkfifo(folder / file)) for form, file in (("parquet", "unread.parquet"), ("xlsx", "dataset.xlsx"), ("jsonl", "reports.jsonl"), ("duckdb", "dataset.duckdb"))],
    ],
)  # fmt: skip
def test_a_changed_file_of_any_format_is_damaged(dataset, tmp_path, form, damage):
    shutil.copytree(dataset, tmp_path / "d")
    damage(tmp_path / "d")
    with pytest.raises(DatasetError, match=re.escape(str(tmp_path / "d"))):
        thaita.load(tmp_path / "d", form)


@pytest.mark.parametrize(
    ("column", "found"),
    [
        ("fiscal_year", 10**30),
        ("fiscal_year", 2567.5),
        ("overall_score", float("nan")),
        ("fiscal_year", True),
    ],
)
def test_a_value_of_another_type_in_json_lines_is_damaged(dataset, tmp_path, column, found):
    shutil.copytree(dataset, tmp_path / "d")
    path = tmp_path / "d" / "reports.jsonl"
    first, *others = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([json.dumps(json.loads(first) | {column: found}), *others]), "utf-8")
    with pytest.raises(DatasetError, match="jsonl files are missing or damaged"):
        thaita.load(tmp_path / "d", "jsonl", verify=False)


def test_an_unknown_format_is_rejected_before_reading(tmp_path):
    result = CliRunner().invoke(cli, ["extract", str(ROOT), "-o", str(tmp_path / "d"), "--format", "csv,sav"])
    assert result.exit_code == 2
    assert "'sav' is not one of csv, parquet" in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_dataset_with_other_formats_is_replaced_completely(tmp_path):
    report, target = str(ROOT / "corpus" / "samples" / "01_pakkhwae.txt"), tmp_path / "d"
    for forms in (",".join(FORMATS), "csv"):
        assert (
            CliRunner().invoke(cli, ["extract", report, "-o", str(target), "--format", forms]).exit_code == 0
        )
    assert sorted(path.suffix for path in target.iterdir() if path.suffix != ".csv") == [".json", ".md"]


def test_the_same_reports_give_the_same_bytes(tmp_path):
    report = str(ROOT / "corpus" / "samples" / "04_chamuang.txt")
    for name in ("a", "b"):
        CliRunner().invoke(
            cli, ["extract", report, "-o", str(tmp_path / name), "--format", "parquet,xlsx,jsonl"]
        )
    names = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert len(names) == len(TABLES) * 2 + 4
    assert [n for n in names if (tmp_path / "a" / n).read_bytes() != (tmp_path / "b" / n).read_bytes()] == []


# -- as a stranger opens it ------------------------------------------------------------------------


def test_the_data_package_is_valid(dataset):
    from frictionless import validate

    report = validate(str(dataset / "datapackage.json"))
    assert report.flatten(["type", "message"]) == []
    assert report.stats["tasks"] == len(TABLES)


def test_duckdb_has_keys_and_views(dataset):
    with duckdb.connect(str(dataset / "dataset.duckdb"), read_only=True) as connection:
        keys = connection.execute(
            "SELECT constraint_type, count(*) FROM duckdb_constraints() GROUP BY ALL"
        ).fetchall()
        assert dict(keys)["FOREIGN KEY"] == 9
        assert dict(keys)["PRIMARY KEY"] == 7
        one = connection.execute(
            "SELECT lowest, highest, statements FROM panel WHERE indicator_no = 2 LIMIT 1"
        ).fetchone()
        assert one[0] == one[1]
        assert one[2] >= 1
        whole = connection.execute("SELECT len(steps), len(owners) FROM measures_whole LIMIT 1").fetchone()
        assert min(whole) >= 1
        assert connection.execute("SELECT count(*) FROM doubts").fetchone()[0] > 0


def test_parquet_has_lists_and_dictionaries(dataset):
    with duckdb.connect() as connection:
        path = str(dataset / "findings.parquet")
        types = dict(
            connection.execute(
                "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet(?))", [path]
            ).fetchall()
        )
        assert (types["indicator_no"], types["flags"]) == ("BIGINT[]", "VARCHAR[]")
        encodings = connection.execute(
            "SELECT encodings FROM parquet_metadata(?) WHERE path_in_schema = 'kind'", [path]
        )
        assert "DICTIONARY" in encodings.fetchone()[0]


def test_json_lines_nest_a_report(dataset):
    lines = [json.loads(line) for line in (dataset / "reports.jsonl").read_text("utf-8").splitlines()]
    alone = [line for line in lines if line["report_id"] is None]
    assert len(lines) - len(alone) == 20
    assert all(line["problems"][0]["source"] for line in alone)
    measure = next(line for line in lines if line["measures"])["measures"][0]
    assert measure["steps"][0]["step_no"] == 1
    assert measure["owners"]


def test_the_workbook_is_readable_for_people(dataset):
    book = openpyxl.load_workbook(dataset / "dataset.xlsx")
    assert book.sheetnames == [*(table.name for table in TABLES), "columns", "notes"]
    for table in TABLES:
        sheet = book[table.name]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert "\n" in sheet["A1"].comment.text
    scores = book["scores"]
    header = [cell.value for cell in scores[1]]
    score = scores.cell(2, header.index("score") + 1)
    assert isinstance(score.value, int | float)
    assert (score.number_format, score.font.name) == ("0.00", "TH Sarabun New")
    starts = [
        row[[c.name for c in BY_NAME["measures"].columns].index("period_start")]
        for row in book["measures"].iter_rows(min_row=2)
    ]
    assert any(cell.is_date for cell in starts)
    meanings = list(book["columns"].iter_rows(min_row=2, values_only=True))
    assert len(meanings) == sum(len(table.columns) for table in TABLES)
    assert all(row[3] and row[4] for row in meanings)


@pytest.mark.parametrize("forms", [["duckdb"], ["xlsx", "jsonl"]])
def test_a_failed_format_changes_nothing(tmp_path, forms):
    one = Outcome("1", tuple(rows(reading("ก", Decimal(1), date(2025, 1, 1)))), was_read=True)
    write_dataset(tmp_path / "d", [one])
    before = {path.name: path.read_bytes() for path in (tmp_path / "d").iterdir()}
    with pytest.raises(DatasetError, match="nothing was changed there"):
        write_dataset(tmp_path / "d", [one, one], forms)  # two rows of one key
    assert {path.name: path.read_bytes() for path in (tmp_path / "d").iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["d"]


def test_a_text_too_long_for_a_cell_is_truncated_and_noted(tmp_path):
    outcome = Outcome(
        "1", tuple(rows(reading("ก" * (LONGEST + 1), Decimal(1), date(2025, 1, 1)))), was_read=True
    )
    write_dataset(tmp_path / "d", [outcome], ["xlsx"])
    book = openpyxl.load_workbook(tmp_path / "d" / "dataset.xlsx", read_only=True)
    notes = list(book["notes"].iter_rows(min_row=4, values_only=True))
    assert ("findings", 2, "text") in [row[:3] for row in notes]
    book.close()


def test_no_formula_is_in_the_workbook(tmp_path):
    outcome = Outcome("1", tuple(rows(reading("=HYPERLINK(1)", Decimal(1), date(2025, 1, 1)))), was_read=True)
    write_dataset(tmp_path / "d", [outcome], ["xlsx"])
    with zipfile.ZipFile(tmp_path / "d" / "dataset.xlsx") as book:
        assert not any(
            b"<f>" in book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/sheet")
        )


R = """
d <- commandArgs(TRUE)[1]
s <- read.csv(file.path(d, "scores.csv"), fileEncoding = "UTF-8-BOM", encoding = "UTF-8", colClasses = c(score = "numeric"))
r <- read.csv(file.path(d, "reports.csv"), fileEncoding = "UTF-8-BOM", encoding = "UTF-8")
m <- merge(s, r[, c("report_id", "province_code")], by = "report_id")
cat(nrow(s), nrow(m), sprintf("%.2f", mean(s$score)), s$indicator[1], sep = "|")
"""


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_r_reads_the_tables(dataset):
    process = subprocess.run(["Rscript", "-e", R, str(dataset)], capture_output=True, text=True, check=True)
    scores = thaita.load(dataset)["scores"]
    first = scores["indicator"][0]
    assert process.stdout == f"{len(scores)}|{len(scores)}|{scores['score'].mean():.2f}|{first}"


def test_the_codebook_names_every_column_with_an_example(dataset):
    book = (dataset / "codebook.md").read_text("utf-8")
    for table in TABLES:
        part = book.split(f"## {table.name}\n")[1].split("\n## ")[0]
        assert [c.name for c in table.columns if f"| {c.name} |" not in part] == []
    assert "| องค์การบริหารส่วนตำบลปากแคว |" in book


# -- the panel -------------------------------------------------------------------------------------


def test_the_panel_has_one_row_per_agency_and_year(dataset):
    tables = thaita.load(dataset)
    wide = thaita.panel(tables)
    assert wide.index.names == ["agency_id", "fiscal_year"]
    assert wide.index.is_unique
    one = tables["scores"].iloc[0]
    assert wide.loc[(one["agency_id"], one["fiscal_year"]), f"i{one['indicator_no']}"] == one["score"]
    assert set(wide["conflicts"]) == {""}  # four formats of each report say the same


def test_the_panel_says_where_reports_differ():
    text = "รายงานผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567 อบต.ตะเคียนราม\n\nตัวชี้วัด\tคะแนน\nการใช้งบประมาณ\t90.00\nการใช้อำนาจ\t{}\n"
    from thaita.extract.pipeline import read_bytes
    from thaita.out.tables.dataframes import frames

    more = text.format("80.00") + "การเปิดเผยข้อมูล\t70.00\n"
    wide = thaita.panel(
        frames(pair for one in (text.format("85.00"), more) for pair in rows(read_bytes(one.encode(), "a")))
    )
    (row,) = wide.to_dict("records")
    assert (row["i3"], row["i9"], row["reports"], row["conflicts"]) == (80.0, 70.0, 2, "i3")


def test_readings_of_a_dataset_are_typed(dataset):
    found = list(thaita.readings(dataset))
    assert len(found) == 20
    assert all(isinstance(score.score, Decimal) for reading in found for score in reading.scores)


def test_the_csv_is_readable_without_thaita(dataset):
    with (dataset / "scores.csv").open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    assert len(found) == len(pd.read_csv(dataset / "scores.csv"))
