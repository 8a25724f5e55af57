"""The dataset on the disk: loading returns what was written, and writing is atomic."""

import csv
import io
import json
import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.reviewing import TEXT as REPORT
from support.reviewing import run

import thaita
from thaita.corpus.run.outcomes import Outcome
from thaita.models.columns import Column
from thaita.models.identity import report_id
from thaita.models.records import (
    Finding,
    Measure,
    Owner,
    Problem,
    Provenance,
    Reading,
    Report,
    Score,
    Step,
    Unread,
)
from thaita.models.rows import rows, storable
from thaita.models.tables import BY_NAME, TABLES
from thaita.out.export import write_dataset
from thaita.out.tables.csv_tables import DatasetError, cell, guard, read_table, record, unguard, value
from thaita.out.tables.dataframes import frames, load
from thaita.out.tables.description import data_package

TEXT = Column("text", "string", "", "")
NUMBER = Column("score", "number", "", "")

SHA = "ab" * 32
ID = report_id(SHA)
PLACE = Provenance(spans=((3, 9), (12, 20)), quote="คะแนน\t๙๐.๐๐\r\n", page=2)


def reading(text: str = "ประชาชนยังไม่ทราบช่องทาง") -> Reading:
    measure = f"{ID}-m1"
    return Reading(
        report=Report(
            report_id=ID,
            source="จังหวัด/รายงาน.txt",
            sha256=SHA,
            media_type="text/plain",
            kind=("analysis", "measures"),
            fiscal_year=2568,
            overall_score=Decimal("88.50"),
        ),
        scores=(
            Score(
                report_id=ID,
                score_id=f"{ID}-s1",
                instrument="IIT",
                indicator_no=1,
                indicator="การปฏิบัติหน้าที่",
                score=Decimal("-0.50"),
                score_as_written="-๐.๕๐",
                name_as_written=text,
                name_match=99.96,
                flags=("range", "ocr"),
                provenance=PLACE,
            ),
        ),
        findings=(
            Finding(
                report_id=ID,
                finding_id=f"{ID}-f1",
                kind="weakness",
                indicator_no=(6, 7),
                text=text,
                provenance=PLACE,
            ),
        ),
        measures=(
            Measure(
                report_id=ID,
                measure_id=measure,
                title=text,
                period_start=date(2024, 10, 1),
                period_end=date(2567, 9, 30),
                steps=(Step(measure_id=measure, step_no=1, text=text, provenance=PLACE),),
                owners=(Owner(measure_id=measure, owner="สำนักปลัด", provenance=PLACE),),
                provenance=PLACE,
            ),
        ),
        problems=(Problem(report_id=ID, source="a", severity="warning", code="range", message_en=text),),
        unread=(Unread(report_id=ID, kind="unclear", text=text, provenance=PLACE),),
    )


def outcome(given_reading: Reading) -> Outcome:
    return Outcome(given_reading.report.source, tuple(rows(given_reading)), was_read=True)


# -- a field ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("=1+1", "'=1+1"),  # a formula
        ("+66 2 000 0000", "'+66 2 000 0000"),  # a telephone number, a formula to Excel
        ("- จัดทำคู่มือ", "'- จัดทำคู่มือ"),  # a list item
        ("@SUM(A1)", "'@SUM(A1)"),  # Lotus' way of writing a formula
        ("\t=1", "'\t=1"),  # spreadsheets drop a leading tab
        ("\r=1", "'\r=1"),
        ("'=1+1", "''=1+1"),  # what looks guarded already comes back as it was
        ("'เดิม'", "''เดิม'"),
        ("'", "''"),
        ("1-2", "1-2"),  # a sign inside is no formula
        ("\n=1", "'\n=1"),
        ("＝1+1", "'＝1+1"),  # wide signs, which some spreadsheets take for narrow ones
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠SUM(A1)", "'＠SUM(A1)"),
        ("", ""),
    ],
)
def test_a_formula_is_escaped_and_restored(text, field):
    assert cell(text, TEXT) == field
    assert unguard(field) == text


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("'เดิม", "'เดิม"),  # an apostrophe that no guard put there stays
        ("''", "'"),
        ("'=1", "=1"),
        ("''=1", "'=1"),  # exactly one is taken off
    ],
)
def test_only_an_apostrophe_added_by_the_guard_is_removed(field, text):
    assert unguard(field) == text


@given(st.text() | st.builds("".join, st.lists(st.sampled_from("'=+-@\t\r\n＝＋－＠ก"), max_size=4)))
def test_the_guard_is_reversible_for_any_text(text):
    assert unguard(guard(text)) == text
    assert not guard(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


@pytest.mark.parametrize(
    ("number", "field"),
    [
        (Decimal("-1.50"), "-1.50"),  # a number is a number, whatever its sign
        (Decimal("1E+2"), "100"),  # no exponent: spreadsheets and people read digits
        (Decimal("0.00"), "0.00"),  # zero is a score, no empty cell
        (None, ""),
    ],
)
def test_numbers_are_written_as_digits_and_not_guarded(number, field):
    assert cell(number, NUMBER) == field
    assert value(field, NUMBER) == number


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), min_size=2))
def test_any_csv_reader_reads_the_fields(fields):
    assert list(csv.reader(io.StringIO(record(fields), newline=""), strict=True)) == [fields]


def test_characters_that_cannot_be_stored_are_replaced():
    assert storable("ก\x00ข\ud800\udc00ค\udcff") == "ก\ufffdข\ufffd\ufffdค\ufffd"
    assert storable("\x01\x1b\x7f\u2028\ufeff\U0001f600") == "\x01\x1b\x7f\u2028\ufeff\U0001f600"


# -- a dataset ----------------------------------------------------------------------------------

AWKWARD = st.text(
    st.one_of(
        st.sampled_from("กำ้ิ์๙,\"'\r\n\t=+-@|\ufeff\u2028\x85\x0b\x1a \\"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\x00"),
    ),
    min_size=1,
)


@given(text=AWKWARD)
def test_records_survive_a_round_trip(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("round") / "dataset"
    given_rows = list(rows(reading(text)))
    write_dataset(folder, [outcome(reading(text))])
    for table in TABLES:
        assert read_table(folder, table) == [row for name, row in given_rows if name == table.name]


def test_loading_returns_the_same_values_as_reading(tmp_path):
    write_dataset(tmp_path / "d", [outcome(reading('=1, "ข"\r\n\''))])
    loaded, direct = load(tmp_path / "d"), frames(rows(reading('=1, "ข"\r\n\'')))
    assert list(loaded) == [table.name for table in TABLES]
    for name, table in loaded.items():
        pd.testing.assert_frame_equal(table, direct[name])


@pytest.mark.parametrize("read", [reading, None])
def test_each_column_has_the_type_of_its_definition(tmp_path, read):
    """An empty table has the types of a full one, so that tables of two datasets can be joined."""
    write_dataset(tmp_path / "d", [outcome(read())] if read else [])
    types = {
        "string": "string",
        "list": "string",
        "integer": "Int64",
        "number": "Float64",
        "date": "datetime64[s]",
        "boolean": "boolean",
    }
    for name, table in load(tmp_path / "d").items():
        assert {c: str(t) for c, t in table.dtypes.items()} == {
            column.name: types[column.type] for column in BY_NAME[name].columns
        }


def test_values_have_types_in_a_dataframe(tmp_path):
    write_dataset(tmp_path / "d", [outcome(reading())])
    tables = load(tmp_path / "d")
    assert tables["scores"]["score"].tolist() == [-0.5]
    assert tables["scores"]["agency"].isna().all()
    assert tables["findings"]["indicator_no"].tolist() == ["6|7"]
    assert tables["measures"]["period_start"].tolist() == [pd.Timestamp(2024, 10, 1)]
    # a year that was misread lies beyond what nanoseconds can hold, and is loaded all the same
    assert tables["measures"]["period_end"].dt.year.tolist() == [2567]


def test_the_format_of_a_file(tmp_path):
    write_dataset(tmp_path / "d", [outcome(reading())])
    data = (tmp_path / "d" / "scores.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfreport_id,score_id,")  # Excel knows UTF-8 by the mark
    assert data.endswith(b"\n")
    header, row = data.decode("utf-8-sig").split("\n", 1)
    assert header == ",".join(BY_NAME["scores"].header)
    assert row.endswith(',"คะแนน\t๙๐.๐๐\r\n",\n')


def test_the_same_outcomes_give_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        write_dataset(tmp_path / name, [outcome(reading())])
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()


def test_the_package_describes_every_column_of_every_file(tmp_path):
    write_dataset(tmp_path / "d", [])
    package = json.loads((tmp_path / "d" / "datapackage.json").read_text(encoding="utf-8"))
    described = {
        resource["path"]: [field["name"] for field in resource["schema"]["fields"]]
        for resource in package["resources"]
    }
    for path in (tmp_path / "d").glob("*.csv"):
        assert path.read_text(encoding="utf-8-sig").splitlines()[0].split(",") == described.pop(path.name)
    assert described == {}


# -- a damaged dataset --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (",88.50,", ",ดี,", "overall_score: 'ดี' is no number"),
        (",88.50,", ",NaN,", "'NaN' is no number"),
        (",2568,", ",2568.5,", "fiscal_year: '2568.5' is no integer"),
        (",2568,", ",99999999999999999999,", "fiscal_year: '99999999999999999999' is no integer"),
        (",2568,", f",{'9' * 5000},", "fiscal_year: '9+' is no integer"),
        (",2568,", ",2_568,", "fiscal_year: '2_568' is no integer"),
        (",2568,", ",๒๕๖๘,", "fiscal_year: '๒๕๖๘' is no integer"),
        (",2568,", ",", "21 fields, not 22"),  # a cell is missing: all others moved
        ("fiscal_year", "year", "no column fiscal_year"),
        ("text/plain", '"text/plain', "not a CSV file"),  # a quote that never ends
    ],
)
def test_a_damaged_table_is_rejected_with_its_line(tmp_path, old, new, message):
    write_dataset(tmp_path / "d", [outcome(reading())])
    path = tmp_path / "d" / "reports.csv"
    text = path.read_text(encoding="utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8-sig", newline="")
    with pytest.raises(DatasetError, match=message) as error:
        load(tmp_path / "d")
    assert "reports.csv" in str(error.value)


def test_a_table_that_excel_saved_is_loaded(tmp_path):
    """With CR LF line ends, without a byte order mark, and with an additional column and another column order."""
    write_dataset(tmp_path / "d", [outcome(reading())])
    path = tmp_path / "d" / "measure_owners.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = [[*reversed(line), "note"] for line in csv.reader(file)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    with pytest.raises(DatasetError, match=r"measure_owners\.csv: not as `thaita extract` wrote it"):
        load(tmp_path / "d")
    assert load(tmp_path / "d", verify=False)["measure_owners"]["owner"].tolist() == ["สำนักปลัด"]


DAMAGE = {
    "a row doubled": lambda head, row: head + row + row,
    "a row removed": lambda head, _: head,
    "a text edited": lambda head, row: head + row.replace("สำนักปลัด".encode(), "กองช่าง".encode()),
    "a byte order mark less": lambda head, row: head[3:] + row,
}


@pytest.mark.parametrize("change", DAMAGE.values(), ids=DAMAGE)
def test_a_changed_table_is_damaged(tmp_path, change):
    """The rows do not contradict one another: only the checksum shows the change."""
    write_dataset(tmp_path / "d", [outcome(reading())])
    path = tmp_path / "d" / "measure_owners.csv"
    head, line, row = path.read_bytes().partition(b"\n")
    path.write_bytes(change(head + line, row))
    for read in (load, lambda folder: list(thaita.readings(folder))):
        with pytest.raises(DatasetError, match=r"measure_owners\.csv"):
            read(tmp_path / "d")
    for command in ("check", "review", "corrections"):
        assert run(command, tmp_path / "d", *(["--no-browser"] if command == "review" else [])).exit_code == 2
    assert run("report", tmp_path / "d", "-o", tmp_path / "site").exit_code == 2
    assert not (tmp_path / "site").exists()


def test_a_table_that_was_edited_on_purpose_is_read_without_verify(tmp_path):
    write_dataset(tmp_path / "d", [outcome(reading())])
    path = tmp_path / "d" / "measure_owners.csv"
    path.write_bytes(path.read_bytes().replace("สำนักปลัด".encode(), "กองช่าง".encode()))
    assert run("check", tmp_path / "d", "--edited").exit_code in (0, 1)
    assert run("report", tmp_path / "d", "-o", tmp_path / "site", "--edited").exit_code == 0
    (read,) = thaita.readings(tmp_path / "d", verify=False)
    assert read.measures[0].owners[0].owner == "กองช่าง"


def test_a_dataset_of_an_older_version_is_read_without_checksums(tmp_path):
    write_dataset(tmp_path / "d", [outcome(reading())])
    (tmp_path / "d" / "datapackage.json").write_text(data_package(), encoding="utf-8")
    path = tmp_path / "d" / "measure_owners.csv"
    path.write_bytes(path.read_bytes().replace("สำนักปลัด".encode(), "กองช่าง".encode()))
    assert load(tmp_path / "d")["measure_owners"]["owner"].tolist() == ["กองช่าง"]


@pytest.mark.parametrize(
    "name", ["reports.csv", "findings.csv", "datapackage.json", "../d.corrections.jsonl"]
)
@pytest.mark.parametrize(
    "make",
    [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/zero")],
    ids=["pipe", "folder", "device"],
)
def test_a_table_that_is_not_a_regular_file_is_rejected(tmp_path, name, make):
    write_dataset(tmp_path / "d", [outcome(reading())])
    path = tmp_path / "d" / name
    path.unlink(missing_ok=True)
    make(path)
    commands = [
        ("corrections", tmp_path / "d"),
        ("correct", REPORT.name, "reports", "-", "grade", "--accept", "-d", tmp_path / "d"),
    ]
    if "corrections" not in name:  # which the others do not read
        with pytest.raises(DatasetError, match=name):
            load(tmp_path / "d")
        commands += [
            ("check", tmp_path / "d"),
            ("report", tmp_path / "d", "-o", tmp_path / "site"),
            ("review", tmp_path / "d", "--no-browser"),
        ]
    for command in commands:
        assert run(*command).exit_code == 2, command
    assert run("extract", REPORT, "-o", tmp_path / "d").exit_code in (0, 2)


def test_a_missing_table_is_named(tmp_path):
    with pytest.raises(DatasetError, match=r"reports\.csv: no such table"):
        load(tmp_path)


# -- whole or not at all ------------------------------------------------------------------------


def snapshot(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


@pytest.mark.parametrize("older", [True, False])
def test_an_error_during_writing_changes_nothing(tmp_path, older):
    if older:
        write_dataset(tmp_path / "d", [outcome(reading("เดิม"))])
    before = snapshot(tmp_path)

    def breaking():
        yield outcome(reading("ใหม่"))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_dataset(tmp_path / "d", breaking())
    assert snapshot(tmp_path) == before


def test_an_older_dataset_is_replaced_and_nothing_is_left_over(tmp_path):
    write_dataset(tmp_path / "d", [outcome(reading("เดิม"))])
    (tmp_path / "d" / ".DS_Store").touch()  # what the system leaves in any folder is no file of the user
    write_dataset(tmp_path / "d", [])
    assert [path.name for path in tmp_path.iterdir()] == ["d"]
    assert len(load(tmp_path / "d")["reports"]) == 0


def test_a_link_to_a_dataset_stays_a_link(tmp_path):
    write_dataset(tmp_path / "v1", [outcome(reading())])
    (tmp_path / "latest").symlink_to("v1")
    write_dataset(tmp_path / "latest", [])
    assert (tmp_path / "latest").is_symlink()
    assert len(load(tmp_path / "v1")["reports"]) == 0


def test_an_empty_folder_and_new_parents_are_fine(tmp_path):
    (tmp_path / "empty").mkdir()
    write_dataset(tmp_path / "empty", [])
    write_dataset(tmp_path / "a" / "b", [])
    assert load(tmp_path / "empty").keys() == load(tmp_path / "a" / "b").keys()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda d: (d / "thesis.docx").touch(), "is no dataset"),
        (lambda d: (d / "scores.csv").touch(), "is no dataset"),  # a file named like ours is not ours
        (lambda d: (d / "datapackage.json").write_text("{}"), "is no dataset"),
        (lambda d: (d / "datapackage.json").write_text("[" * 100_000), "is no dataset"),
        (lambda d: (write_dataset(d, []), (d / "notes.txt").touch()), "no part of the dataset"),
        (lambda d: (d.rmdir(), d.touch()), "is a file"),
    ],
)
def test_other_files_and_folders_are_never_replaced(tmp_path, make, message):
    target = tmp_path / "d"
    target.mkdir()
    make(target)
    before = snapshot(tmp_path)
    with pytest.raises(DatasetError, match=message):
        write_dataset(target, [])
    assert snapshot(tmp_path) == before


def test_a_target_that_appears_meanwhile_is_not_replaced(tmp_path):
    def meanwhile():
        (tmp_path / "d").mkdir()
        (tmp_path / "d" / "thesis.docx").touch()
        yield outcome(reading())

    with pytest.raises(DatasetError, match="is no dataset"):
        write_dataset(tmp_path / "d", meanwhile())
    assert sorted(snapshot(tmp_path)) == ["d", "d/thesis.docx"]


@pytest.mark.parametrize("target", ["file/below", "self"])
def test_a_folder_that_cannot_be_made_is_one_message(tmp_path, target):
    (tmp_path / "file").touch()
    (tmp_path / "self").symlink_to("self")
    with pytest.raises(DatasetError, match=r"cannot write .*nothing was changed"):
        write_dataset(tmp_path / target, [])


def test_report_ids_are_derived_from_the_bytes():
    assert report_id(SHA) == "r" + "ab" * 8
    for wrong in ("", SHA.upper(), SHA[:-1], SHA + "0"):
        with pytest.raises(ValueError, match="not a SHA-256"):
            report_id(wrong)
