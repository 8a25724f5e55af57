"""The gold records: the values of the sample reports and layout variants must occur in their texts."""

import json
import re
import subprocess
import sys
import zipfile
from collections import Counter
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import geothai
import pytest
from support.paths import ROOT

from thaita.normalize.match_key import ARABIC, fold

SAMPLES, VARIANTS = ROOT / "corpus" / "samples", ROOT / "tests" / "variants"
GOLD = sorted([*SAMPLES.glob("*.gold.json"), *VARIANTS.glob("*.gold.json")])
SPECIAL = sorted((VARIANTS / "special").glob("*.json"))
DRAWN = sorted([*SAMPLES.glob("*.docx"), *VARIANTS.glob("*.docx")])
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

REPORT_KEYS = ["agency", "agency_type", "subdistrict", "district", "province", "fiscal_year", "plan_year"]
REPORT_KEYS += ["overall_score", "grade"]
FINDING_KEYS = {"kind", "text", "instrument", "indicator_no", "topic_no", "item_code", "required"}
MEASURE_KEYS = {"title", "steps", "owners", "indicator_no", "topic_no", "item_code", "period_start"}
MEASURE_KEYS |= {"period_end", "period_as_written", "monitoring", "status", "result", "outcome", "guideline"}
INSTRUMENTS = {n: "IIT" if n <= 5 else "EIT" if n <= 8 else "OIT" for n in range(1, 11)}
AGENCY_TYPE = re.compile(r"^(องค์การบริหารส่วน(ตำบล|จังหวัด)|เทศบาล(ตำบล|เมือง|นคร)|จังหวัด|กรม)")


def stem_of(path: Path) -> str:
    return path.name.split(".")[0]


def load(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def source(path: Path, encoding: str = "utf-8") -> str:
    """Return the text next to a gold file as displayed: without tags, emphasis and escapes."""
    text = (path.parent / f"{stem_of(path)}.txt").read_bytes().decode(encoding)
    return unescape(re.sub(r"<[^<>]*>", " ", text)).replace("**", "")


def pieces(text: str, folded_source: str) -> int:
    """Return the number of runs of the source that make up the text; 99 if a run is very short."""
    rest, count = fold(text), 0
    while rest:
        length = next((n for n in range(len(rest), 0, -1) if rest[:n] in folded_source), 0)
        if length < min(5, len(rest)) or not length:
            return 99
        rest, count = rest[length:], count + 1
    return count


def stands(number: float, text: str) -> bool:
    """Return whether the number occurs in the text as a separate number, in either script."""
    whole, _, part = f"{number:.2f}".partition(".")
    tail = rf"\s?[.,]\s?{part.rstrip('0')}0*" if part.strip("0") else r"(?:\.0+)?"
    return bool(re.search(rf"(?<![\d.]){whole}{tail}(?![\d])", text.translate(ARABIC)))


def overall(scores: dict[int, float]) -> Decimal:
    """Return 0.30 of the mean of 1-5 plus 0.30 of 6-8 plus 0.40 of 9-10, rounded half up to two decimals."""
    total = Decimal(0)
    for weight, numbers in (("0.3", range(1, 6)), ("0.3", range(6, 9)), ("0.4", range(9, 11))):
        total += Decimal(weight) * sum(Decimal(str(scores[n])) for n in numbers) / len(numbers)
    return total.quantize(Decimal("0.01"), ROUND_HALF_UP)


def place_exists(subdistrict: str | None, district: str | None, province: str | None) -> bool:
    codes = [p.code for p in geothai.provinces() if p.name_th == province]
    districts = [d.code for c in codes for d in geothai.districts(c) if d.name_th == district]
    subdistricts = [s for c in districts for s in geothai.subdistricts(c) if s.name_th == subdistrict]
    parts = ((province, codes), (district, districts), (subdistrict, subdistricts))
    return all(len(found) == 1 for name, found in parts if name)


def docx_text(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))
    lines = ([e for e in p.iter() if e.tag in (f"{WORD}t", f"{WORD}tab")] for p in body.iter(f"{WORD}p"))
    return "\n".join("".join(run.text or " " for run in line) for line in lines)


def source_of(path: Path) -> tuple[dict[str, Any], str]:
    gold = load(path)
    return gold, source(path, gold.get("encoding", "utf-8"))


def test_there_are_samples_and_variants():
    """Guards the globs: an empty list would let every test below pass."""
    assert len(list(SAMPLES.glob("*.gold.json"))) == 5
    assert len(list(VARIANTS.glob("*.gold.json"))) >= 14
    assert len(SPECIAL) >= 4
    texts = [*SAMPLES.glob("*.txt"), *VARIANTS.glob("*.txt"), *VARIANTS.glob("special/*.txt")]
    assert sorted(map(stem_of, texts)) == sorted(map(stem_of, [*GOLD, *SPECIAL])), "a text without gold"


@pytest.mark.parametrize("path", GOLD, ids=stem_of)
class TestGold:
    def test_has_every_key_and_known_words_only(self, path):
        gold = load(path)
        assert gold["seed"] == stem_of(path)
        assert list(gold["report"]) == REPORT_KEYS
        assert all(gold["report"][field] is None for field in gold.get("empty", []))
        assert {"scores", "findings", "measures", "limitations"} <= set(gold)
        for finding in gold["findings"]:
            assert set(finding) == FINDING_KEYS
            assert finding["kind"] in {"strength", "weakness", "improvement", "observation"}
            number = finding["indicator_no"]
            assert number is None or finding["instrument"] == INSTRUMENTS[number]
        for measure in gold["measures"]:
            assert set(measure) == MEASURE_KEYS
            assert measure["status"] in {None, "done", "in_progress", "not_started"}

    def test_report_fields_stand_in_the_text(self, path):
        gold, text = source_of(path)
        report, said = gold["report"], fold(text)
        assert fold(AGENCY_TYPE.sub("", report["agency"])) in said
        district = (report["district"] or "").removeprefix(f"เมือง{report['province']}")
        for field in (report["subdistrict"], district, report["province"], report["grade"]):
            assert fold(field or "") in said
        for field in ("fiscal_year", "plan_year"):
            assert report[field] is None or str(report[field]) in said
        assert report["overall_score"] is None or stands(report["overall_score"], text)

    def test_place_exists(self, path):
        report = load(path)["report"]
        assert place_exists(report["subdistrict"], report["district"], report["province"])

    def test_scores_stand_in_the_text(self, path):
        gold, text = source_of(path)
        numbers = [s["indicator_no"] for s in gold["scores"]]
        assert max(Counter(numbers).values(), default=1) == 1
        for score in gold["scores"]:
            assert INSTRUMENTS[score["indicator_no"]] == score["instrument"]
            assert stands(score["score"], text), score
            assert fold(score["name_as_written"]) in fold(text)

    def test_overall_adds_up_unless_said_otherwise(self, path):
        gold = load(path)
        scores = {s["indicator_no"]: s["score"] for s in gold["scores"]}
        if gold["report"]["overall_score"] is None or len(scores) < 10:
            assert "adds_up" not in gold
            return
        adds_up = overall(scores) == Decimal(str(gold["report"]["overall_score"]))
        assert adds_up == gold.get("adds_up", True)

    def test_texts_stand_in_the_text(self, path):
        gold, text = source_of(path)
        said = fold(text)
        for found in [*(f["text"] for f in gold["findings"]), *gold["limitations"]]:
            assert pieces(found, said) == 1, found
        for measure in gold["measures"]:
            # a title of numbered activities is one cell without its numbers, and a page may cut it
            assert pieces(measure["title"], said) <= 4, measure["title"]
            parts = [
                measure[k] for k in ("period_as_written", "monitoring", "guideline", "result", "outcome")
            ]
            for part in [*measure["steps"], *measure["owners"], *filter(None, parts)]:
                assert pieces(part, said) == 1, part

    def test_periods_are_dates_in_order(self, path):
        for measure in load(path)["measures"]:
            days = [date.fromisoformat(measure[k]) for k in ("period_start", "period_end") if measure[k]]
            assert all(a < b for a, b in pairwise(days))
            assert not days or measure["period_as_written"]


@pytest.mark.parametrize("path", DRAWN, ids=lambda p: f"{p.parent.name}-{stem_of(p)}")
class TestWordFiles:
    def test_say_the_words_of_the_text(self, path):
        text = re.sub(r"\[(bookmark|image):[^\]]*\]", "", source(path))
        drawn = re.sub(r"[☐☑]", "", docx_text(path))
        words = re.compile(r"[^\s|]*[^\s|:-][^\s|]*")
        assert set(words.findall(drawn)) == set(words.findall(text))

    def test_carry_one_fixed_time(self, path):
        """Guards the promise that drawing twice gives the same bytes."""
        with zipfile.ZipFile(path) as archive:
            assert {member.date_time for member in archive.infolist()} == {(2024, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("file", "mark", "at_least"),
    [
        (SAMPLES / "01_pakkhwae.docx", "vMerge", 15),  # findings, owners and follow-up over rows
        (SAMPLES / "01_pakkhwae.docx", "gridSpan", 3),  # a row that names the instrument
        (SAMPLES / "02_banklang.docx", "vMerge", 10),  # the instrument beside its indicators
        (SAMPLES / "05_nongbuakhok.docx", "gridSpan", 3),  # two-line heads, one on each page
        (VARIANTS / "v24_merged_finding.docx", "vMerge", 9),
    ],
)
def test_word_files_contain_merged_cells(file, mark, at_least):
    with zipfile.ZipFile(file) as archive:
        body = archive.read("word/document.xml").decode()
    assert len(re.findall(rf"<w:{mark}\b", body)) >= at_least


def test_word_files_contain_tick_boxes():
    text = fold(docx_text(SAMPLES / "04_chamuang.docx"))
    assert text.count("☐ยังไม่ได้ดำเนินการ☑ดำเนินการ") == 3
    assert text.count("☑ยังไม่ได้ดำเนินการ☐ดำเนินการ") == 1


def test_word_files_match_their_current_texts():
    pytest.importorskip("docx")
    script = [sys.executable, str(ROOT / "benchmarks" / "make_sample_docx.py"), "--check"]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", SPECIAL, ids=stem_of)
def test_special_entries_occur_in_the_text(path):
    told, text = load(path), source(path)
    assert (told["stem"], bool(told["note"])) == (stem_of(path), True)
    report = told["report"]
    for field in ("agency", "subdistrict", "district", "province", "fiscal_year", "grade"):
        assert fold(str(report.get(field) or "")) in fold(text)
    assert report.get("overall_score") is None or stands(report["overall_score"], text)
    assert place_exists(report.get("subdistrict"), report.get("district"), report.get("province"))
    for agency in told["agencies"]:
        row = next(line for line in text.splitlines() if AGENCY_TYPE.sub("", agency["agency"]) in line)
        scores = {int(n): score for n, score in agency["scores"].items()}
        assert sorted(scores) == list(range(1, 11))
        assert all(stands(score, row) for score in scores.values())
        assert overall(scores) == Decimal(str(agency["overall_score"]))
        assert agency["grade"] in row


@pytest.mark.parametrize(
    ("stem", "starts", "holds"),
    [
        ("v12_cp874", "สรุป".encode("cp874"), b"\n"),  # no mark, not decodable as UTF-8
        ("v13_utf16", b"\xff\xfe", b"\n\x00"),
        ("v14_bom_crlf", b"\xef\xbb\xbf", b"\r\n"),
    ],
)
def test_encodings_survived_storage(stem, starts, holds):
    """Guards against a checkout or an editor that converts the files."""
    data = (VARIANTS / f"{stem}.txt").read_bytes()
    assert data.startswith(starts)
    assert holds in data


def test_readmes_name_every_file():
    for readme in (SAMPLES / "README.md", *VARIANTS.rglob("README.md")):
        named = set(re.findall(r"^\| `(\w+)` \|", readme.read_text(encoding="utf-8"), re.MULTILINE))
        golds = (*readme.parent.glob("*.json"), *readme.parent.glob("special/*.json"))
        assert named == {stem_of(path) for path in golds}


@pytest.mark.parametrize(
    ("number", "text", "expected"),
    [
        (87.5, "ร้อยละ ๘๗.๕ ", True),
        (100.0, "๑๐๐\t", True),
        (89.55, "๘๙ .๕๕", True),  # a space in a number
        (85.19, "85,19", True),
        (87.5, "87.51", False),
        (7.5, "87.50", False),  # the tail of another number
        (100.0, "1000", False),
    ],
)
def test_stands_detects_a_missing_number(number, text, expected):
    assert stands(number, text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("กองคลังตรวจนับพัสดุ", 1),
        ("กองคลังตรวจนับและรายงานนายก", 2),  # two runs of the source
        ("กองคลังไม่ตรวจนับพัสดุ", 99),  # a word that the source does not say
    ],
)
def test_pieces_detects_a_missing_text(text, expected):
    assert pieces(text, fold("กองคลัง ตรวจนับ พัสดุ และรายงานนายก")) == expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (("ปากแคว", "เมืองสุโขทัย", "สุโขทัย"), True),
        ((None, None, "น่าน"), True),
        (("ปากแคว", "สวรรคโลก", "สุโขทัย"), False),  # a real name in another district
        ((None, None, "เชียงไหม่"), False),
    ],
)
def test_place_exists_detects_a_missing_place(place, expected):
    assert place_exists(*place) is expected
