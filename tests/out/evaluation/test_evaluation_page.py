"""The page of an evaluation: complete, escaped, self-contained, with the places of errors."""

import base64
import re
from html.parser import HTMLParser
from io import BytesIO

import pytest
from PIL import Image
from support.evaluating import ROWS, finding, judge, measure, score
from support.paths import SAMPLES
from support.reviewing import sample

from thaita.check.evaluation.compare import compare
from thaita.check.evaluation.gold import Gold
from thaita.check.evaluation.gold_of_rows import gold_of_rows
from thaita.out.evaluation import places
from thaita.out.evaluation.page import compared, evaluation_page
from thaita.out.evaluation.summary import Summary

HOSTILE = "<script>alert('ก')</script><img src=x onerror=y>&"


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def page(*documents, folder=None):
    return evaluation_page(Summary(documents), folder, (), 20)


def test_every_value_is_escaped_and_nothing_is_fetched():
    text = page(
        judge(
            {
                "findings": [finding(1, "weakness", HOSTILE, quote=HOSTILE)],
                "scores": [score(1, "1.00", quote=HOSTILE)],
                "measures": [measure(1, HOSTILE, status=HOSTILE)],
                "reports": [{**ROWS["reports"][0], "source": HOSTILE, "grade": HOSTILE}],
            },
            {"form": {"<b>": HOSTILE}},
        )
    )
    tags = Tags(text).tags
    assert "script" not in {tag for tag, _ in tags}
    assert not [attrs for _, attrs in tags if {"onerror", "src", "href"} & set(attrs)]
    assert "http" not in text.split("</style>")[1]
    assert text.count("&lt;script&gt;") >= 5


def test_only_documents_with_errors_are_listed():
    wrong = judge({"scores": []})
    text = page(judge(), wrong, judge("absent"))
    assert text.count('<summary lang="th">') == 2
    assert "not in the dataset" in text
    assert "None: every judged value is right." in page(judge())


def test_what_differs_is_marked():
    want, got = compared("กองคลังและกองช่าง", "กองคลังกับกองช่าง")
    assert want == "กองคลัง<mark>และ</mark>กองช่าง"
    assert got == "กองคลัง<mark>กับ</mark>กองช่าง"
    assert compared("<b>", None) == ("&lt;b&gt;", "")


def sample_with_a_missing_score(path):
    """Compare a sample report that has lost a score and the end of a finding with what it said before."""
    tables = {}
    for table, row in sample(path):
        tables.setdefault(table, []).append(row)
    gold = Gold.model_validate(gold_of_rows(tables))
    found = tables["findings"][0]
    changed = {**found, "text": str(found["text"])[: -len(str(found["text"])) // 8]}
    return compare(
        path.stem,
        gold,
        {**tables, "scores": tables["scores"][1:], "findings": [changed, *tables["findings"][1:]]},
    )


@pytest.fixture(scope="module")
def pdf():
    return SAMPLES / "word" / "01_pakkhwae.pdf"


def test_errors_in_a_pdf_are_shown_on_their_page(pdf):
    judged = sample_with_a_missing_score(pdf)
    assert [one.outcome for one in judged.errors] == ["missing", "wrong_silent"]
    text = page(judged, folder=pdf.parent)
    pictures = re.findall(r'src="data:image/png;base64,([^"]+)"', text)
    assert len(pictures) == 2  # the missing score too: its words stand in the document
    for picture in pictures:
        with Image.open(BytesIO(base64.b64decode(picture))) as image:
            assert image.width == 1000
            colors = image.convert("RGB").getcolors(1 << 16)
            assert any(red > 150 and green < 80 and blue < 110 for _, (red, green, blue) in colors)  # the box


def test_errors_in_a_text_are_shown_with_the_words_around_them():
    judged = sample_with_a_missing_score(SAMPLES / "01_pakkhwae.txt")
    text = page(judged, folder=SAMPLES)
    shown = re.findall(r'<div class="place quiet" lang="th">(.*?)</div>', text, re.DOTALL)
    assert len(shown) == 2
    assert "<b>" + judged.errors[0].words.split()[0] in shown[0].replace("\n", " ")


def test_only_so_many_places_are_looked_up(pdf, monkeypatch):
    monkeypatch.setattr(places, "MOST_PLACES", 1)
    judged = sample_with_a_missing_score(pdf)
    text = page(judged, judged, folder=pdf.parent)
    assert text.count("data:image/png") == 2  # the document that was begun is finished
    assert "2 places are shown in their documents, 2 others as quotes only." in text


def test_a_document_outside_the_folder_is_not_read(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "report.txt").write_text("๑ การปฏิบัติหน้าที่ 95.10")
    errors = judge({"scores": []}).errors
    for folder, before in ((tmp_path, "๑ "), (tmp_path / "in", "")):
        (shown,) = places.Pictures(folder).of("report.txt" if before else "../report.txt", errors)
        assert shown.before + shown.at == before + ("การปฏิบัติหน้าที่ 95.10" if before else errors[0].words)
