"""The commands `thaita evaluate` and `thaita gold`, as users run them."""

import json

import pytest
from support.paths import SAMPLES
from support.reviewing import decision, run, sample, table, update_checksums

from thaita.corpus.review.decision_log import decisions_beside


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    """A dataset of the five sample texts."""
    folder = tmp_path_factory.mktemp("evaluate")
    archive = folder / "archive"
    archive.mkdir()
    for path in SAMPLES.glob("*.txt"):
        (archive / path.name).write_bytes(path.read_bytes())
    assert run("extract", archive, "-o", folder / "dataset").exit_code == 0
    return folder / "dataset"


@pytest.fixture
def damaged(dataset, tmp_path):
    """The dataset with one wrong score and one row of findings less."""
    copy = tmp_path / "damaged"
    copy.mkdir()
    for path in dataset.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    scores = (copy / "scores.csv").read_text("utf-8")
    (copy / "scores.csv").write_text(scores.replace(",91.34,", ",91.43,", 1), "utf-8")
    lines = (copy / "findings.csv").read_text("utf-8").splitlines(keepends=True)
    (copy / "findings.csv").write_text("".join([lines[0], *lines[2:]]), "utf-8")
    update_checksums(copy)
    return copy


def test_the_samples_are_right(dataset):
    result = run("evaluate", dataset, SAMPLES, "--at-least", "whole=1", "--at-most", "silent=0")
    assert (result.exit_code, result.stderr) == (0, "")
    assert (
        "01_pakkhwae.txt: report 9/9, scores 10/10, findings 3/3, labels 3/3, measures 6/6, whole"
        in result.stdout
    )
    assert "whole                      5   5          5  100.0 %  56.6-100.0" in result.stdout


def test_errors_are_listed_and_thresholds_missed(damaged, tmp_path):
    files = {name: tmp_path / f"out.{name}" for name in ("json", "html")}
    options = [part for name, path in files.items() for part in (f"--{name}", path)]
    limits = [
        "--at-least",
        "scores=0.99",
        "--at-least",
        "report=1",
        "--at-most",
        "silent=0",
        "--at-most",
        "extra=0",
    ]
    result = run("evaluate", damaged, SAMPLES, "--errors", "--by", "fiscal_year", *options, *limits)
    assert result.exit_code == 1
    assert result.stderr.splitlines() == ["scores is 0.9750, less than 0.99", "silent is 1, more than 0"]
    assert "    scores score 1 score: wrong, silent: want «91.34», got «91.43»" in result.stdout
    assert "    findings observation 1 found: missing: want «บุคลากร" in result.stdout
    found = json.loads(files["json"].read_text("utf-8"))
    assert found["figures"]["scores"] | {"low": 0, "high": 0} == {
        "right": 39, "of": 40, "documents": 4, "share": 0.975, "low": 0, "high": 0
    }  # fmt: skip
    outcomes = [(one["table"], one["outcome"]) for report in found["reports"] for one in report["outcomes"]]
    assert outcomes.count(("scores", "wrong_silent")) == outcomes.count(("findings", "missing")) == 1
    assert sum(kind == "right" for _, kind in outcomes) == len(outcomes) - 2
    assert "<mark>" in files["html"].read_text("utf-8")


def test_a_summary_names_no_document(damaged, tmp_path):
    file = tmp_path / "out.json"
    result = run("evaluate", damaged, SAMPLES, "--summary", "--by", "format", "--worst", "3", "--json", file)
    assert result.exit_code == 0
    assert "figure" in result.stdout
    for text in (result.stdout, file.read_text("utf-8")):
        assert "pakkhwae" not in text
        assert "91.43" not in text


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--summary", "--html", "a.html"], "--summary shows no single document"),
        (["--summary", "--errors"], "--summary shows no single document"),
        (["--documents", "."], "name it with --html FILE"),
        (["--at-least", "score=1"], "'score' is none of whole, report, scores"),
        (["--at-least", "scores=95"], "give scores= and a share from 0 to 1"),
        (["--at-most", "silent=few"], "give silent= and a number from 0"),
        (["--at-most", "scores=1"], "'scores' is none of silent, wrong"),
        (["--by", "form.scores"], "'form.scores' is none of fiscal_year, format"),
    ],
)
def test_bad_usage(dataset, options, said):
    result = run("evaluate", dataset, SAMPLES, *options)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_gold_that_cannot_be_used(dataset, tmp_path):
    assert "no file that ends in .gold.json" in run("evaluate", dataset, tmp_path).stderr
    (tmp_path / "a.gold.json").write_text('{"scores": [{"indicator_no": 1}]}')
    result = run("evaluate", dataset, tmp_path)
    assert (result.exit_code, "a.gold.json: scores.0.score: Field required" in result.stderr) == (2, True)
    (tmp_path / "a.gold.json").write_text('{"report": {"grade": "A"}}')
    result = run("evaluate", dataset, tmp_path, "--at-least", "scores=0", "--at-least", "report=0.1")
    assert "1 documents, 1 of them not in the dataset" in result.stdout
    assert result.stderr.splitlines() == [
        "scores cannot be measured: the gold judges no such value",
        "report is 0.0000, less than 0.1",
    ]


def test_drafts_of_a_dataset_are_gold_by_which_it_is_right(dataset, tmp_path):
    assert run("gold", dataset, "-o", tmp_path / "gold", "--unreviewed").exit_code == 0
    assert len(list((tmp_path / "gold").iterdir())) == 5
    limits = [part for name in ("whole", "grounding") for part in ("--at-least", f"{name}=1")]
    assert run("evaluate", dataset, tmp_path / "gold", *limits).exit_code == 0
    again = run("gold", dataset, "-o", tmp_path / "gold", "--unreviewed")
    assert (again.exit_code, "exists: name another folder" in again.stderr) == (2, True)


def test_only_reviewed_reports_are_written_with_the_decisions_applied(dataset, tmp_path):
    nothing = run("gold", dataset, "-o", tmp_path / "none")
    assert nothing.exit_code == 1
    assert "0 gold files written" in nothing.stderr
    rows = sample(SAMPLES / "01_pakkhwae.txt")
    log = tmp_path / "decisions.jsonl"
    decisions = [decision(rows, "findings", 0, "kind", "weakness")]
    # the only doubt of the report
    decisions += [
        decision(rows, "measures", at, "title", kind="accept")
        for at, row in enumerate(table(rows, "measures"))
        if "unsure" in (row["flags"] or "")
    ]
    log.write_text("".join(one.line() + "\n" for one in decisions), "utf-8")
    assert log != decisions_beside(dataset)
    done = run("gold", dataset, "-o", tmp_path / "gold", "--corrections", log)
    assert done.exit_code == 0
    (path,) = (tmp_path / "gold").iterdir()
    gold = json.loads(path.read_text("utf-8"))
    assert [one["kind"] for one in gold["findings"]][:2] == ["weakness", "observation"]
    assert gold["scores"][0]["words"] == "การปฏิบัติหน้าที่ ๙๑.๓๔"
    assert run("evaluate", dataset, path, "--at-most", "wrong=1").exit_code == 0
