"""Whole reports compared with gold records: the samples, the layout variants, and real reports if available."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.gold import differences, load
from support.paths import ROOT
from support.read_once import read_once

from thaita.extract.pipeline import read_bytes
from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.resolve.derive import derive

SAMPLES = ROOT / "corpus" / "samples"
VARIANTS = ROOT / "tests" / "variants"
SHARED = ROOT.parent / "shared"


FORMATS = (".txt", ".docx", ".pdf")


def cases(folder: Path, gold: Path | None = None) -> list:
    files = [path for path in sorted(folder.glob("*")) if path.suffix in FORMATS]
    golds = {path: (gold or folder) / f"{path.stem}.gold.json" for path in files}
    return [
        pytest.param(path, at, id=f"{folder.name}/{path.name}") for path, at in golds.items() if at.exists()
    ]


CASES = [
    *cases(SAMPLES),
    *(case for kind in ("word", "browser") for case in cases(SAMPLES / kind, SAMPLES)),
    *(case for folder in (".", "second", "third") for case in cases(VARIANTS / folder)),
]
REAL = [
    case
    for folder in ("seeds", "reports/docx", "reports/word", "reports/browser")
    for case in cases(SHARED / folder, SHARED / "gold")
]


@pytest.mark.parametrize(("path", "gold"), [*CASES, *REAL])
def test_a_report_matches_its_gold_records(path: Path, gold: Path) -> None:
    reading, _ = read_once(path)
    assert differences(reading, load(gold)) == []
    assert derive(reading) == reading  # nothing more follows from what was read


def special(name: str) -> tuple[dict, Path]:
    path = next((VARIANTS / "special").glob(f"{name}*.json"))
    return json.loads(path.read_text(encoding="utf-8")), path.with_suffix(".txt")


def test_a_summary_has_the_scores_of_every_agency_but_no_mean() -> None:
    gold, path = special("s01")
    reading, _ = read_once(path)
    want = {
        (agency["agency"], int(no), score)
        for agency in gold["agencies"]
        for no, score in agency["scores"].items()
    }
    assert {(s.agency, s.indicator_no, float(s.score)) for s in reading.scores} == want
    assert reading.report.kind == ("summary",)
    assert not any(s.flags for s in reading.scores)  # its heads are numbers, and the sums confirm their order
    means = [result for result in reading.results if result.scope != "agency"]
    assert [(one.scope, one.flags) for one in means] == [
        (None, ("ambiguous_scope",))
    ]  # the mean of a district
    assert reading.report.overall_score is None


def test_a_tender_is_not_an_ita_report() -> None:
    _, path = special("s02")
    with pytest.raises(UnreadableFileError) as refused:
        read_bytes(path.read_bytes(), path.name)
    assert refused.value.code == "not_ita"


@pytest.mark.parametrize("name", ["s03", "s04", "s05"])
def test_another_scheme_is_reported_and_its_scores_are_flagged(name: str) -> None:
    _, path = special(name)
    reading, _ = read_once(path)
    assert "other_scheme" in {problem.code for problem in reading.problems}
    assert all("other_scheme" in score.flags for score in reading.scores)
    assert "scores_missing" not in {problem.code for problem in reading.problems}


@pytest.mark.skipif(not REAL, reason="the real reports are not in the checkout")
class TestRealReports:
    """What each real report is known for, beyond its gold."""

    def read(self, number: str):
        path = next((SHARED / "seeds").glob(f"{number}_*.txt"))
        return read_once(path)[0]

    def codes(self, number: str) -> list[str]:
        return [problem.code for problem in self.read(number).problems]

    def test_indicators_under_the_wrong_instrument_are_flagged(self) -> None:
        flagged = {s.indicator_no for s in self.read("000").scores if "instrument_conflict" in s.flags}
        assert flagged == {2, 4}
        assert "scores_missing" in self.codes("000")

    def test_items_named_in_a_finding_are_decoded(self) -> None:
        codes = {code for f in self.read("001").findings for code in (f.item_code or "").split("|")}
        assert {"O6", "O7", "O15", "O16"} <= codes

    def test_two_reports_add_up(self) -> None:
        assert "sum_mismatch" not in self.codes("001") + self.codes("002")
        assert str(self.read("001").report.overall_computed) == "81.28"

    def test_prose_that_contradicts_the_ranking_is_said(self) -> None:
        problems = [p for p in self.read("002").problems if p.code == "prose_contradicts_scores"]
        assert len(problems) == 1
        assert "จุดอ่อน" in problems[0].provenance.quote

    def test_an_overall_score_that_does_not_add_up_is_said_with_hints(self) -> None:
        problem = next(p for p in self.read("004").problems if p.code == "sum_mismatch")
        assert "90.19" in problem.message
        assert "84.62" in problem.message  # one changed digit of indicator 6 would reconcile
