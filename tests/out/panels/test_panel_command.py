"""`thaita panel`: its files, its summary, its coverage, and a whole volume against the national figures."""

from __future__ import annotations

import json

import duckdb
import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner
from support.results import YEAR, outcomes, own, report, result, score, tables

import thaita
from thaita.cli.panel import panel as command
from thaita.models.records import Reading
from thaita.normalize.national import national_results
from thaita.out.export import write_dataset
from thaita.out.tables.coverage import coverage, national_comparison
from thaita.out.tables.panel import wide_panel
from thaita.out.tables.panel_values import panel_values

A, B, C = "องค์การบริหารส่วนตำบลตะเคียนราม", "องค์การบริหารส่วนตำบลนาโยงเหนือ", "เทศบาลเมืองศรีสะเกษ"


def readings():
    mine = own(1, A, "88.00", province="ศรีสะเกษ")
    listed = report(2, kind=("summary",), province="ศรีสะเกษ")
    ten = tuple(
        score(mine, no, "88.00", flags=("number_conflict",) if no == 1 else ()) for no in range(1, 11)
    )
    rows = (
        result(listed, 1, A, "90.10", province="ศรีสะเกษ", grade="ผ่านดี"),
        result(listed, 2, B, "85.00", province="ตรัง"),
        result(listed, 3, C, "70.00", province="ศรีสะเกษ", agency_type="เทศบาลเมือง", flags=("sum_mismatch",)),
        result(listed, 4, C, "71.00", province="ศรีสะเกษ", agency_type="เทศบาลเมือง", fiscal_year=2566),
    )
    return Reading(report=mine, scores=ten), Reading(report=listed, results=rows)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    folder = tmp_path_factory.mktemp("panel") / "dataset"
    write_dataset(folder, outcomes(*readings()))
    return folder


def run(*arguments):
    return CliRunner().invoke(command, [str(one) for one in arguments])


@pytest.mark.parametrize("option", [[], ["--long"], ["--coverage"]])
def test_every_format_has_the_same_rows(dataset, tmp_path, option):
    files = {kind: tmp_path / f"panel.{kind}" for kind in ("csv", "xlsx", "parquet", "json")}
    for file in files.values():
        assert run(dataset, *option, "-o", file).exit_code == 0
    rows = json.loads(files["json"].read_text("utf-8"))
    assert files["csv"].read_bytes().startswith(b"\xef\xbb\xbf")
    sheet = openpyxl.load_workbook(files["xlsx"]).active
    frames = {
        "csv": pd.read_csv(files["csv"], dtype={"province_code": "string"}),
        "parquet": duckdb.read_parquet(str(files["parquet"])).df(),
        "xlsx": pd.DataFrame(list(sheet.values)[1:], columns=[cell.value for cell in sheet[1]]),
    }
    for frame in frames.values():
        assert list(frame.columns) == list(rows[0])
        for row, expected in zip(frame.to_dict("records"), rows, strict=True):
            for name, value in expected.items():
                assert row[name] == value or (pd.isna(row[name]) and value in (None, "")), name


def test_the_same_dataset_gives_the_same_bytes(dataset, tmp_path):
    for kind in ("csv", "xlsx", "parquet", "json"):
        for name in ("a", "b"):
            run(dataset, "-o", tmp_path / f"{name}.{kind}")
        assert (tmp_path / f"a.{kind}").read_bytes() == (tmp_path / f"b.{kind}").read_bytes()


def test_the_summary_counts_and_shows_what_differs(dataset):
    said = run(dataset, "--lang", "en").output
    assert "2567 3 3 1 1 1 3 1 1 85.7 %" in [" ".join(line.split()) for line in said.splitlines()]
    assert (
        f"{A} {YEAR} overall score: used 90.10 (list: 2.pdf, page 1) · not used 88.00 (own report: 1.pdf)"
        in said
    )
    assert "used 88.00 (own report" in run(dataset, "--lang", "en", "--prefer", "own").output
    assert "บัญชีรวม" in run(dataset, "--lang", "th").output


def test_coverage_by_province_type_and_year():
    loaded = tables(*readings())
    values = panel_values(loaded)
    found = coverage(wide_panel(loaded, values), values).set_index(["fiscal_year", "province", "agency_type"])
    assert found.loc[(2567, "ศรีสะเกษ", "อบต.")].to_dict() == {
        "agencies": 1, "overall_score": 1, "indicators": 1, "grade": 1, "own": 1, "list": 1, "both": 1,
        "conflicts": 1, "values": 12, "sure": 11, "sure_share": 0.9167,
    }  # fmt: skip
    assert found.loc[(2567, "ศรีสะเกษ", "เทศบาลเมือง"), "sure_share"] == 0
    assert found["agencies"].sum() == 4


def test_coverage_is_shown_by_type_and_province(dataset):
    done = run(dataset, "--coverage", "--lang", "en")
    assert done.exit_code == 0
    lines = [" ".join(line.split()) for line in done.output.splitlines()]
    assert {"ศรีสะเกษ 1 2", "อบต. – 2"} <= set(lines)
    assert (
        "FY2566, 2567: not compared, because the dataset has less than 95 % of the agencies." in done.output
    )


def test_wrong_use_is_refused(dataset, tmp_path):
    for arguments in (
        ["-o", tmp_path / "x.doc"],
        ["--long"],
        ["--long", "--coverage", "-o", tmp_path / "x.csv"],
    ):
        assert run(dataset, *arguments).exit_code == 2
    assert run(dataset, "-o", tmp_path / "none" / "x.csv").exit_code == 2
    assert run(tmp_path, "-o", tmp_path / "x.csv").exit_code == 2


def volume(changed: int = 0) -> pd.DataFrame:
    """Return the panel of a whole year whose mean, levels and shares are those published for FY2566."""
    rows = national_results(2566)
    (nation,) = [one for one in rows if one.about == "nation"]
    levels = [one.name for one in rows if one.about == "level" for _ in range(one.agencies)]
    scores = [95.0 if level.startswith("ผ่าน") else 60.0 for level in levels]
    rest = float(nation.mean) * nation.agencies - sum(scores)
    scores = [score + rest / len(scores) if abs(rest) else score for score in scores]
    wide = pd.DataFrame({"agency_id": [f"a{i}" for i in range(len(levels))], "fiscal_year": 2566})
    wide["agency_type"] = pd.Series(["อบต."] * len(levels), dtype="string")
    wide["overall_score"] = pd.Series(scores, dtype="Float64")
    wide["grade"] = pd.Series(levels, dtype="string")
    wide.loc[wide.index[:changed], "overall_score"] = 10.0
    return wide.set_index(["agency_id", "fiscal_year"])


def test_a_whole_volume_equals_the_national_figures():
    nothing = tables()
    found = [one for one in national_comparison(nothing, volume()) if one.published.about != "type"]
    assert {one.outcome for one in found} == {"matches"}
    assert len(found) == 9
    wrong = national_comparison(nothing, volume(changed=3))
    assert {one.figure for one in wrong if one.published.about == "nation" and one.severity} == {
        "mean", "at_least_85", "at_least_85_pct",
    }  # fmt: skip


def test_the_national_mean_that_a_document_states_is_compared_too():
    of = report(1, kind=("national",))
    stated = result(of, 1, "ทั้งประเทศ", "91.00", scope="national", fiscal_year=2566, agency_id=None)
    found = national_comparison(tables(Reading(report=of, results=(stated,))), volume())
    assert [
        (one.stated, one.outcome, one.published.source)
        for one in found
        if one.published.confidence == "stated"
    ] == [(91.0, "differs", "1.pdf")]


@pytest.mark.parametrize(
    ("more", "compared"),
    [
        ([], False),  # a province's document states the types of its province
        ([("ทั้งประเทศ", "national", ())], True),
        ([("ทั้งประเทศ", "national", ("ambiguous_scope",))], True),
    ],
)
def test_only_a_document_about_the_nation_states_its_types(more, compared):
    of = report(1, kind=("summary",))
    rows = [("องค์การบริหารส่วนตำบล", "type", ()), ("เทศบาลตำบล", "type", ("sum_mismatch",)), *more]
    stated = [
        result(of, at, name, "91.00", scope=scope, fiscal_year=2566, agency_id=None, flags=flags, agencies=90)
        for at, (name, scope, flags) in enumerate(rows, 1)
    ]
    found = national_comparison(tables(Reading(report=of, results=tuple(stated))), volume())
    names = {one.published.name for one in found if one.published.confidence == "stated"}
    assert names == {name for name, _, flags in rows if compared and not flags}


@pytest.mark.parametrize(("stated", "code"), [("87.50", 0), ("91.00", 1)])
def test_the_exit_status_says_whether_a_national_figure_differs(tmp_path, stated, code):
    """In a year without published figures, for which a document states the mean of both agencies."""
    of, year = report(1, kind=("summary",)), {"fiscal_year": 2561}
    nation = result(
        of, 1, "ทั้งประเทศ", stated, scope="national", agency_type=None, agency_id=None, agencies=2, **year
    )
    both = result(of, 2, A, "90.00", **year), result(of, 3, B, "85.00", **year)
    write_dataset(tmp_path / "d", outcomes(Reading(report=of, results=(nation, *both))))
    assert not national_results(2561)
    assert run(tmp_path / "d", "--coverage", "-o", tmp_path / "coverage.csv").exit_code == code
    done = run(tmp_path / "d", "--coverage", "--lang", "en")
    assert (done.exit_code, "differs" in done.output) == (code, code == 1)
    assert run(tmp_path / "d").exit_code == 0


def test_python_has_the_same_panel(dataset, tmp_path):
    run(dataset, "-o", tmp_path / "panel.csv")
    wide = thaita.panel(thaita.load(dataset)).reset_index()
    assert wide["overall_score"].tolist() == pd.read_csv(tmp_path / "panel.csv")["overall_score"].tolist()
