"""The form of gold files: what is refused, and why."""

import json

import pytest
from support.evaluating import GOLD
from support.paths import ROOT, SAMPLES, SHARED

from thaita.check.evaluation.gold import GoldError, gold_of


@pytest.mark.parametrize(
    ("gold", "reason"),
    [
        ({"findngs": []}, "do you mean 'findings'?"),
        ({"measures": [{"title": "ก", "step": ["ข"]}]}, "do you mean 'steps'?"),
        ({"scores": [{"indicator_no": 1}]}, "scores.0.score: Field required"),
        ({"findings": [{"kind": "good", "text": "ก"}]}, "findings.0.kind: "),
        ({"measures": [{"title": "ก", "period_start": "2567-13-01"}]}, "measures.0.period_start: "),
        ({"not_stated": ["agencies"]}, "not_stated: a report has no field 'agencies'"),
        ({"not_stated": ["grade"], "report": {"grade": "A"}}, "report.grade has a value"),
        ({"about_ita": False, "scores": GOLD["scores"]}, "about_ita is false"),
        ({"measures": [{"title": "ก", "not_stated": ["page"]}]}, "a measure has no field 'page'"),
        ({"places": {"agency": {"page": 0}}}, "places.agency.page: "),
        ([], "should be an object"),
    ],
)
def test_mistakes_are_named(gold, reason):
    with pytest.raises(GoldError) as error:
        gold_of(json.dumps(gold))
    assert reason in str(error.value)


def test_notes_of_the_writer_are_left_alone():
    assert gold_of('{"note": "ดูหน้า 3", "writer": "ก"}').scores is None


def test_every_gold_file_of_the_project_is_gold():
    files = [*SAMPLES.glob("*.gold.json"), *(ROOT / "tests" / "variants").rglob("*.gold.json")]
    assert len(files) > 50
    for path in [*files, *SHARED.glob("gold/*.gold.json")]:
        gold_of(path.read_bytes())
