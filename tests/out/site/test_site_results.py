"""The pages about results of many agencies: coverage, rankings, peers, and where sources differ."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from support.results import YEAR, outcomes, own, report, result, score

import thaita
from thaita.models.records import Reading
from thaita.normalize.place_names import place_names
from thaita.out.export import write_dataset
from thaita.out.site.agency import Difference, differences
from thaita.out.site.build import write_site
from thaita.out.site.collect import survey
from thaita.out.site.survey import Value

PROVINCES = ("ตรัง", "น่าน")
SCORES = [95.0, 90.0, 90.0, 80.0, 70.0]


def readings():
    """Return a list of two provinces, five อบต. and one เทศบาล each, for two years, and two own reports."""
    listed = report(1, kind=("summary",))
    results, at = [], 0
    for year in (2566, YEAR):
        for province in PROVINCES:
            code = place_names("province")[province][0]
            names = sorted(
                n
                for n, codes in place_names("subdistrict").items()
                if len(codes) == 1 and codes[0][:2] == code
            )
            for name, overall in zip(names, SCORES, strict=False):
                at += 1
                place = {
                    "province": province,
                    "fiscal_year": year,
                    "grade": "ผ่านดี" if overall >= 85 else "ต้องปรับปรุง",
                }
                results.append(result(listed, at, f"องค์การบริหารส่วนตำบล{name}", f"{overall:.2f}", **place))
            at += 1
            kind = {"province": province, "fiscal_year": year, "agency_type": "เทศบาลเมือง"}
            results.append(result(listed, at, f"เทศบาลเมือง{province}", "85.00", **kind))
    first, second = results[0], results[1]
    mine = own(2, first.agency, "88.88", province="ตรัง", fiscal_year=2566)
    same = own(3, second.agency, "90.00", province="ตรัง", fiscal_year=2566)
    ten = tuple(score(mine, no, "88.88") for no in range(1, 11))
    return (
        Reading(report=listed, results=tuple(results)),
        Reading(report=mine, scores=ten),
        Reading(report=same),
    )


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    folder = tmp_path_factory.mktemp("results") / "dataset"
    write_dataset(folder, outcomes(*readings()))
    return folder


@pytest.fixture(scope="module")
def site(dataset):
    write_site(dataset, dataset.parent / "site")
    return dataset.parent / "site"


def rows(page: str, mark: str) -> list[list[str]]:
    """Return the texts of the cells of each row that has an attribute."""
    found = re.findall(rf"<tr [^>]*{mark}[^>]*>(.*?)</tr>", page, re.DOTALL)
    cells = (re.findall(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", row, re.DOTALL) for row in found)
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells]


def page_of(site, agency_id):
    return (site / "agencies" / f"{agency_id}.html").read_text("utf-8")


def test_every_agency_of_a_list_has_a_page_with_its_values(site):
    (listed, *_) = readings()
    for one in listed.results:
        (row,) = [
            row for row in rows(page_of(site, one.agency_id), "data-listed") if row[0] == str(one.fiscal_year)
        ]
        assert f"{one.overall_score:.2f}" in row[1]
        assert row[2].startswith("1.pdf, หน้า 1")


def test_the_ranking_of_a_year(site):
    found = rows((site / "ranking" / f"{YEAR}.html").read_text("utf-8"), "data-p=")
    assert [row[0] for row in found] == ["1", "1", "3", "3", "3", "3", "7", "7", "9", "9", "11", "11"]
    assert [row[3] for row in found] == sorted((row[3] for row in found), reverse=True)
    town = next(row for row in found if row[2] == "เทศบาลเมืองน่าน")
    assert town[3:] == ["85.00", "–", "เทศบาลเมือง", "น่าน", "1", "4"]
    assert (site / "ranking" / "2566.html").exists()


def test_the_place_of_an_agency_among_its_peers(site):
    first = readings()[0].results[0]
    found = {tuple(row[:2]): row[2:5] for row in rows(page_of(site, first.agency_id), "data-peers")}
    assert found[str(YEAR), "ประเภทเดียวกัน"] == ["1 จาก 10", "ร้อยละ 25 แรก", "90.00"]
    assert found[str(YEAR), "จังหวัดเดียวกัน"] == ["1 จาก 6", "ร้อยละ 25 แรก", "87.50"]
    last = readings()[0].results[4]
    found = {tuple(row[:2]): row[2:4] for row in rows(page_of(site, last.agency_id), "data-peers")}
    assert found["2566", "ประเภทและจังหวัดเดียวกัน"] == ["5 จาก 5", "ร้อยละ 25 สุดท้าย"]


def test_where_the_list_and_the_own_report_differ(site):
    first, second = readings()[0].results[:2]
    ((year, measure, listed, mine),) = rows(page_of(site, first.agency_id), "data-difference")
    assert (year, measure) == ("2566", "คะแนนรวม")
    assert listed.startswith("95.00 ✓ 1.pdf, หน้า 1")
    assert mine.startswith("88.88 2.pdf")
    assert "data-difference" not in page_of(site, second.agency_id)
    assert len(rows((site / "differences.html").read_text("utf-8"), "data-item")) == 1


def test_an_own_value_that_one_of_two_lists_confirms_still_differs_from_the_other():
    def stated(source, value, document, conflict=False):
        return Value(
            "a1", YEAR, "overall_score", value, None, source, False, conflict, "sure", (), document, 1, None
        )

    confirmed, mine = stated("list", 96.08, "1.pdf"), stated("own", 96.08, "2.pdf")
    apart, other = stated("list", 86.08, "3.pdf", True), stated("other", 50.0, "4.pdf", True)
    assert differences([confirmed, mine, other]) == []
    assert differences([confirmed, apart, other, mine]) == [Difference(apart, mine)]
    both = [one._replace(conflict=True) for one in (confirmed, mine)]
    assert differences([other._replace(conflict=False), *both]) == []


def test_the_coverage_of_provinces_types_and_years(site):
    page = (site / "coverage.html").read_text("utf-8")
    assert rows(page, "data-covered")[0][:7] == ["2566", "12", "12", "1", "10", "2", "12"]
    assert [row for row in rows(page, "data-item") if row[0] in ("ตรัง", "อบต.")] == [
        ["ตรัง", "6 (2/6)", "6 (0/6)"],
        ["อบต.", "10 (2/10)", "10 (0/10)"],
    ]


def test_the_overview_counts_agencies_of_lists_and_links_the_pages(site):
    page = (site / "index.html").read_text("utf-8")
    assert "<b>12</b>หน่วยงาน" in page
    for name in ("coverage.html", "differences.html", f"ranking/{YEAR}.html"):
        assert f'href="{name}"' in page


def test_the_site_shows_the_values_that_win_in_the_panel(dataset, site):
    wide = thaita.panel(thaita.load(dataset)).reset_index()
    for row in wide[wide["fiscal_year"] == YEAR].to_dict("records"):
        tile = page_of(site, row["agency_id"]).split(f'data-result="{YEAR}"')[1].split("</li>")[0]
        assert f"<b>{row['overall_score']:.2f}" in tile


def test_the_same_dataset_gives_the_same_bytes(dataset, site, tmp_path):
    write_site(dataset, tmp_path / "again")
    for path in sorted(site.rglob("*.html")):
        assert path.read_bytes() == (tmp_path / "again" / path.relative_to(site)).read_bytes()


def test_every_page_exists_in_english(dataset, tmp_path):
    write_site(dataset, tmp_path / "site", "en")
    for name, words in (
        ("coverage.html", "Coverage"),
        ("differences.html", "Where own reports and lists differ"),
    ):
        page = (tmp_path / "site" / name).read_text("utf-8")
        assert f"<h1>{words}" in page


def test_the_choice_of_a_province_ranks_its_agencies(site, tmp_path):
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no browser is installed")
    page = (site / "ranking" / f"{YEAR}.html").read_text("utf-8")
    code = place_names("province")["น่าน"][0]
    chosen = page.replace(f'<option value="{code}">', f'<option value="{code}" selected>')
    (tmp_path / "chosen.html").write_text(chosen, "utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"]
    address = (tmp_path / "chosen.html").as_uri()
    done = subprocess.run(
        [browser, *options, "--dump-dom", address], capture_output=True, timeout=600, check=True
    )
    shown = done.stdout.decode("utf-8")
    visible = re.findall(rf'<tr data-p="{code}"[^>]*?>(?:.*?)</tr>', shown, re.DOTALL)
    assert len(visible) == 6
    assert not [row for row in visible if row.split(">")[0].endswith('hidden=""')]
    here = [re.findall(r"<td class=\"n\" data-here[^>]*>(\d+)</td>", row)[0] for row in visible]
    assert here == ["1", "2", "2", "4", "5", "6"]
    assert shown.count('hidden=""') >= 6


def test_a_level_that_a_reviewer_marked_as_wrong_is_not_that_of_the_agency(tmp_path):
    of = report(1, kind=("summary",))
    rows = [result(of, 1, "องค์การบริหารส่วนตำบลตะเคียนราม", None, grade="ผ่านดี", flags=("marked_wrong",))]
    write_dataset(tmp_path / "dataset", outcomes(Reading(report=of, results=tuple(rows))))
    (agency,) = survey(tmp_path / "dataset").agencies
    assert [one.grade for one in agency.results.values()] == [None]
