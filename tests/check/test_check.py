"""Verdicts on real reports, rule files, messages, and the command `thaita check`."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from string import Formatter
from typing import get_args

import pytest
from click.testing import CliRunner
from support.paths import BREAKS, ROOT, SHARED
from support.reviewing import update_checksums

import thaita
from thaita.check.complete import PARTS
from thaita.check.judge import judge, refuse_unknown_checks
from thaita.check.messages import say, source_of, text, texts
from thaita.check.rulebook import RuleError, own_rules, read_rules, severity_of
from thaita.cli.main import cli
from thaita.extract.pipeline import read_bytes
from thaita.models.records import FindingKind
from thaita.models.verdicts import VerdictStatus
from thaita.out.verdicts.page import report_page

SEEDS = SHARED / "seeds"
PLAN = BREAKS / "plan.txt"


def run(*arguments):
    return CliRunner().invoke(cli, ["check", *map(str, arguments)])


# -- the real reports ---------------------------------------------------------------------------------

REAL = {
    "000": {"A3": "partly", "A5": "not_judged", "A8": "absent", "B5": "broken", "B6": "broken"},
    "001": {"A9": "absent"},
    "002": {"O42.5": "absent", "A5": "not_judged", "A8": "absent", "B6": "broken", "B7": "broken"},
    "003": {},
    "004": {"O42.8": "absent", "A5": "not_judged", "B2": "broken", "B12": "broken"},
}
"""What is raised of each, and nothing else: every one was looked up in the report."""


@pytest.mark.skipif(not SEEDS.exists(), reason="the real reports are not here")
@pytest.mark.parametrize("number", REAL)
def test_verdicts_on_real_reports(number):
    judged = judge(thaita.read(next(SEEDS.glob(f"{number}_*.txt"))))
    assert {one.rule.rule: one.status for one in judged.verdicts if one.severity} == REAL[number]


@pytest.mark.skipif(not SEEDS.exists(), reason="the real reports are not here")
def test_a_wrong_sum_lists_the_digits_that_would_correct_it():
    judged = judge(thaita.read(next(SEEDS.glob("004_*.txt"))))
    verdict = next(one for one in judged.verdicts if one.rule.rule == "B2")
    said = say(verdict, "en")
    assert "90.19" in said
    assert "89.69" in said
    assert "89.62→84.62" in said
    assert verdict.severity == "warning"  # the weights of FY2566 are inferred, so it is no error
    assert verdict.where[0].provenance.quote


# -- every verdict is proven --------------------------------------------------------------------------


def test_a_verdict_has_place_source_and_confidence():
    judged = judge(read_bytes(PLAN.read_bytes(), "plan.txt"))
    for verdict in judged.verdicts:
        if verdict.status == "present" and verdict.rule.check != "weak_have_measures":
            assert any(one.provenance.quote for one in verdict.where), verdict.rule.rule
        assert verdict.source or verdict.rule.source
        assert verdict.confidence or verdict.rule.confidence


def test_rules_from_general_knowledge_yield_notes_only():
    rules = [rule for rules in (own_rules().every_year, *own_rules().years.values()) for rule in rules]
    weak = [rule for rule in rules if rule.confidence == "general knowledge"]
    assert weak
    assert {severity_of("error", rule.confidence) for rule in weak} == {"info"}


# -- messages -----------------------------------------------------------------------------------------


def test_both_languages_contain_the_same_values():
    def places(said):
        return {name for _, name, _, _ in Formatter().parse(said) if name}

    english, thai = texts("en"), texts("th")
    assert english.keys() == thai.keys()
    assert [name for name in english if places(english[name]) != places(thai[name])] == []
    assert [name for name, said in thai.items() if not re.search("[ก-ฮ]", said)] == []


def test_every_word_inserted_into_a_message_has_a_text():
    fields = {
        name
        for rule in own_rules().every_year
        if rule.check == "fields_stated"
        for name in rule.argument.split("|")
    }
    needed = {f"part.{name}" for name in PARTS} | {f"field.{name}" for name in fields}
    needed |= {f"kind.{kind}" for kind in get_args(FindingKind)} | {
        f"status.{status}" for status in get_args(VerdictStatus)
    }
    assert needed - texts("en").keys() == set()
    assert text("finding_named.absent", "th", asked="@kind.weakness") == "ไม่ได้ระบุจุดอ่อน"


# -- rules --------------------------------------------------------------------------------------------

HEADER = "rule,check,argument,kinds,severity,confidence,source,title_en,title_th\n"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("2569.csv", "rule,check\nO1.1,x\n", "2569.csv: no column argument"),
        ("2569.csv", HEADER + "O1.1,scores,,,warning,seen,x,T,\n", "'scores' is not one of fields_stated"),
        (
            "2569.csv",
            HEADER + "O1.1,measures_have,owner|cost,,warning,seen,x,T,\n",
            "'owner|cost' is not an argument",
        ),
        ("2569.csv", HEADER + "O1.1,weak_have_measures,85%,,warning,seen,x,T,\n", "'85%' is not an argument"),
        (
            "2569.csv",
            HEADER + "O1.1,score_in_range,0 to 100,,error,seen,x,T,\n",
            "'0 to 100' is not an argument",
        ),
        (
            "2569.csv",
            HEADER + "O1.1,finding_named,weak/strength,,error,seen,x,T,\n",
            "'weak/strength' is not an argument",
        ),
        ("2569.csv", HEADER + "O1.1,topic_analysed,8,,error,seen,x,T,\n", "'8' is not an argument"),
        ("2569.csv", HEADER + "O1.1,fields_stated,mayor,,error,seen,x,T,\n", "'mayor' is not an argument"),
        ("2569.csv", HEADER + "O1.1,prose_agrees,always,,error,seen,x,T,\n", "'always' is not an argument"),
        ("2569.csv", HEADER + "O1.1,measures_planned,,,bad,seen,x,T,\n", "line 2: severity must be one of"),
        ("2569.csv", HEADER + "O1.1,measures_planned,,,info,seen,,T,\n", "line 2: source is empty"),
        ("2569.csv", HEADER + "O1.1,measures_planned,,,info,seen,x,T,\n" * 2, "a second rule 'O1.1'"),
    ],
)
def test_invalid_rules_are_rejected_with_their_line(tmp_path, name, content, said):
    (tmp_path / name).write_text(content, encoding="utf-8")
    result = run(PLAN, "--rules", tmp_path)
    assert result.exit_code == 2
    assert said in result.stderr


def test_rules_in_another_encoding_are_rejected(tmp_path):
    (tmp_path / "2569.csv").write_bytes((HEADER + "O1.1,measures_planned,,,info,seen,ก,T,\n").encode("cp874"))
    with pytest.raises(RuleError, match="save it as CSV UTF-8"):
        read_rules(tmp_path)


def test_rules_of_a_year_added_by_a_user_are_applied(tmp_path):
    (tmp_path / "2569.csv").write_text(
        "\ufeff"
        + HEADER
        + "O27.1,measures_have,monitoring,measures,error,seen,the manual of FY2569,Follows up,\n",
        encoding="utf-8",
    )
    (tmp_path / "notes.csv").write_text("mine", encoding="utf-8")
    report = tmp_path / "report.txt"
    moved = (
        PLAN.read_text("utf-8").replace("2565", "2569").replace("2564", "2568").replace("ระดับ A", "ระดับ ผ่าน")
    )
    report.write_text(moved.replace("หัวหน้าฝ่ายรายงานจำนวนคิวทุกเดือน", "-"), encoding="utf-8")
    result = run(report, "--rules", tmp_path, "--format", "json")
    found = {
        one["rule"]: one for one in json.loads(result.stdout)["reports"][0]["verdicts"] if one["severity"]
    }
    assert {name: (one["status"], one["severity"]) for name, one in found.items()} == {
        "O27.1": ("partly", "error")
    }
    assert result.exit_code == 1


# -- the command --------------------------------------------------------------------------------------


def test_the_table_of_a_report():
    result = run(PLAN, "--lang", "en")
    assert result.exit_code == 0
    assert "O42.6" in result.stdout
    assert re.search(r"B2 +✓ holds .*88\.10 under the weights of FY2564", result.stdout)
    assert "กองคลัง" in result.stdout


def test_problems_name_source_and_confidence_of_their_rule(tmp_path):
    report = tmp_path / "report.txt"
    report.write_text(PLAN.read_text("utf-8").replace("88.10", "89.10"), encoding="utf-8")
    result = run(report, "--lang", "en")
    assert result.exit_code == 1
    assert re.search(r"B2 +✗ broken \(error\) .* \[seen in a source: .+\] .*«.*89\.10", result.stdout)


def test_output_is_in_thai_on_request():
    assert "สอดคล้อง" in run(PLAN, "--lang", "th").stdout


def test_json_contains_both_languages_and_the_places():
    (report,) = json.loads(run(PLAN, "--format", "json").stdout)["reports"]
    verdict = next(one for one in report["verdicts"] if one["rule"] == "O42.6")
    assert report["rules_of"] == 2565
    assert verdict["status"] == "present"
    assert verdict["message"]["th"].startswith("ทั้ง 3 มาตรการมีผู้รับผิดชอบ")
    (start, end), *_ = verdict["where"][0]["spans"]
    assert PLAN.read_text("utf-8")[start:end] == verdict["where"][0]["quote"] == "กองคลัง"


def test_the_format_follows_the_file_name(tmp_path):
    for name, start in (("a.json", "{"), ("a.html", "<!doctype html>"), ("a.txt", "องค์การ")):
        assert run(PLAN, "-o", tmp_path / name).exit_code == 0
        assert (tmp_path / name).read_text("utf-8").startswith(start)
    assert run(PLAN, "-o", tmp_path / "a.pdf").exit_code == 2


def test_the_page_escapes_text_of_reports():
    evil = PLAN.read_text("utf-8").replace("กองคลัง", "<script>alert(1)</script>")
    judged = judge(read_bytes(evil.encode(), "<img src=x onerror=alert(1)>.txt"))
    page = report_page(judged, "th")
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;img" in page
    assert not re.search(r"(?:src|href)=", page.replace("&lt;img src=x", ""))


def test_all_reports_of_a_dataset_are_checked(tmp_path):
    dataset = tmp_path / "dataset"
    CliRunner().invoke(cli, ["extract", str(ROOT / "corpus" / "samples"), "-o", str(dataset)])
    overview = run(dataset, "--lang", "en")
    assert overview.exit_code == 1
    assert "20 reports checked" in overview.stdout
    said = json.loads(run(dataset, "--format", "json").stdout)["reports"]
    assert len(said) == 20
    page = run(dataset, "--format", "html", "--lang", "en").stdout
    assert page.count("<section>") == sum(one["worst"] is not None for one in said)


def test_other_files_and_folders_are_rejected(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("hello")
    folder, file = run(tmp_path / "folder"), run(tmp_path / "file")
    assert (folder.exit_code, "is" in folder.stderr and "a dataset" in folder.stderr) == (2, True)
    assert (file.exit_code, "(not_ita)" in file.stderr) == (1, True)


def test_a_folder_of_reports_is_checked_as_its_dataset_is(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "plan.txt").write_text(PLAN.read_text("utf-8"), "utf-8")
    CliRunner().invoke(cli, ["extract", str(tmp_path / "reports"), "-o", str(tmp_path / "dataset")])
    folder, dataset = (run(tmp_path / name, "--format", "json") for name in ("reports", "dataset"))
    assert folder.exit_code == dataset.exit_code == 0
    assert json.loads(folder.stdout) == json.loads(dataset.stdout)
    assert len(list(tmp_path.iterdir())) == 2  # nothing is left behind


def test_a_file_of_a_folder_that_cannot_be_read_is_named_and_decides_the_exit_status(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "plan.txt").write_text(PLAN.read_text("utf-8"), "utf-8")
    (tmp_path / "reports" / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    result = run(tmp_path / "reports", "-o", tmp_path / "out.json")
    assert (result.exit_code, "broken.pdf" in result.stderr) == (1, True)
    assert (tmp_path / "out.json").exists()


def test_sources_of_rules_are_named_in_thai():
    told = {rule.source for rules in (own_rules().every_year, *own_rules().years.values()) for rule in rules}
    verdict = next(
        one for one in judge(read_bytes(PLAN.read_bytes(), "plan.txt")).verdicts if one.rule.rule == "B8"
    )
    for source in told:
        thai = source_of(replace(verdict, source=source), "th")
        assert re.search("[ก-ฮ]", thai)
        assert source_of(replace(verdict, source=source), "en") == source


@pytest.mark.long
@pytest.mark.skipif(not SEEDS.exists(), reason="the real reports are not here")
def test_no_rule_passes_on_a_scan_that_fails_on_its_typeset_twin():
    scan, twin = (
        {one.rule.rule: one.status for one in judge(thaita.read(path)).verdicts}
        for path in (next((SHARED / "reports" / folder).glob("000_*")) for folder in ("scan200", "docx"))
    )
    passed = {rule for rule, status in scan.items() if status in ("present", "holds")}
    assert {rule for rule in passed if twin.get(rule) not in ("present", "holds")} == set()
    assert {"A3", "A5", "B1"} <= {rule for rule, status in scan.items() if status == "not_judged"}


def test_the_shipped_rules_use_known_checks():
    refuse_unknown_checks(own_rules())


def test_tables_out_of_order_are_rejected(tmp_path):
    dataset = tmp_path / "dataset"
    CliRunner().invoke(cli, ["extract", str(ROOT / "corpus" / "samples"), "-o", str(dataset)])
    with (dataset / "scores.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *records = csv.reader(file)
    with (dataset / "scores.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header, *reversed(records)])
    update_checksums(dataset)
    result = run(dataset)
    assert result.exit_code == 2
    assert "not in the order of reports.csv" in result.stderr
