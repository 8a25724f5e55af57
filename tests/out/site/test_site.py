"""The site: its pages, links and figures, escaping of report text, and the output folder."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.paths import SAMPLES

import thaita
from thaita.cli.report import report as command
from thaita.corpus.run.outcomes import Outcome
from thaita.models.flags import Flag
from thaita.models.records import Finding, Measure, Provenance, Reading, Report, Score
from thaita.models.rows import rows
from thaita.out.export import write_dataset
from thaita.out.site.build import write_site
from thaita.out.site.texts import flag_meaning
from thaita.out.tables.csv_tables import DatasetError

LINKS = ("href", "src", "action", "data", "srcset", "xlink:href")
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    readings = [thaita.read(path) for path in sorted(SAMPLES.glob("*.txt"))]
    return made(tmp_path_factory.mktemp("samples"), *readings)


@pytest.fixture(scope="module")
def site(dataset):
    write_site(dataset, dataset.parent / "site")
    return dataset.parent / "site"


def made(folder: Path, *readings: Reading) -> Path:
    outcomes = [Outcome(one.report.source, tuple(rows(one)), was_read=True) for one in readings]
    write_dataset(folder / "made", outcomes)
    return folder / "made"


def site_of(folder: Path, *readings: Reading) -> Path:
    write_site(made(folder, *readings), folder / "site")
    return folder / "site"


def a_report(number: int = 1, **values) -> Report:
    plain = {"source": f"{number}.txt", "media_type": "text/plain", "agency": "หน่วยงาน", "agency_id": "a1"}
    return Report(report_id=f"r{number:016x}", sha256="0" * 64, **{**plain, **values})


def a_score(report: Report, number: int, value: str, **values) -> Score:
    plain = {"agency_id": report.agency_id, "fiscal_year": report.fiscal_year, "provenance": Provenance()}
    return Score(
        report_id=report.report_id, score_id=f"{report.report_id}-s{number}", indicator_no=number, score=Decimal(value),
        score_as_written=value, name_as_written="-", name_match=100, instrument="IIT", indicator="-", **{**plain, **values},
    )  # fmt: skip


class Page(HTMLParser):
    """The tags of a page, and the texts of the rows that carry data."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path, self.tags, self.attributes, self.links = path, Counter(), [], []
        self.rows: dict[str, list[str]] = {}
        self.row = None
        self.text = path.read_text("utf-8")
        self.feed(self.text)

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        self.attributes += [name for name, _ in attrs]
        self.links += [value for name, value in attrs if name in LINKS]
        if tag == "tr":
            named = [f"{name}={value}" for name, value in attrs if name.startswith("data-") and value]
            self.row = named[0] if named else None
            self.rows.setdefault(self.row, [])
        elif tag in ("td", "th") and self.row:
            self.rows[self.row].append("")

    def handle_endtag(self, tag):
        self.row = None if tag == "tr" else self.row

    def handle_data(self, data):
        if self.row and self.rows[self.row]:
            self.rows[self.row][-1] += data.strip()


def pages(site: Path) -> list[Page]:
    return [Page(path) for path in sorted(site.rglob("*.html"))]


def bytes_of(site: Path) -> dict[str, bytes]:
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


# -- pages and figures --------------------------------------------------------------------------------


def test_every_link_works_and_every_page_links_home(site):
    for page in pages(site):
        targets = [link.partition("#")[0] for link in page.links if not link.startswith("#")]
        files = [(page.path.parent / target).resolve() for target in targets]
        assert all(file.is_file() and file.is_relative_to(site.resolve()) for file in files), page.path
        assert page.path.name == "index.html" or (site / "index.html").resolve() in files
        for anchor in (link[1:] for link in page.links if link.startswith("#")):
            assert f'id="{anchor}"' in page.text


def test_every_agency_has_its_page_and_the_overview_names_it(site, dataset):
    index = Page(site / "index.html")
    agencies = thaita.load(dataset)["reports"].dropna(subset="agency_id")
    for agency_id, agency in zip(agencies["agency_id"], agencies["agency"], strict=True):
        assert f"agencies/{agency_id}.html" in index.links
        assert agency in (site / "agencies" / f"{agency_id}.html").read_text("utf-8")


def test_the_figures_of_the_overview_match_the_tables(site, dataset):
    tables, shown = thaita.load(dataset), Page(site / "index.html").rows
    means = tables["scores"].groupby("indicator_no")["score"].agg(["count", "mean"])
    for number, (count, mean) in means.iterrows():
        assert shown[f"data-indicator={number}"][1:3] == [f"{count:.0f}", f"{mean:.2f}"]
    for year, mean in tables["reports"].groupby("fiscal_year")["overall_score"].mean().items():
        assert shown[f"data-year={year}"][2] == f"{mean:.2f}"
    weak = tables["findings"].query("kind == 'weakness'")["indicator_no"].dropna().str.split("|").explode()
    assert len(weak) > 2
    for number, count in weak.value_counts().items():
        assert shown[f"data-concern={number}"][1] == str(count)


def test_the_figures_of_an_agency_match_the_tables(site, dataset):
    scores = thaita.load(dataset)["scores"]
    for agency_id, own in scores.groupby("agency_id"):
        shown = Page(site / "agencies" / f"{agency_id}.html").rows
        for number, score in zip(own["indicator_no"], own["score"], strict=True):
            assert shown[f"data-indicator={number}"][1].startswith(f"{score:.2f}")


def test_every_text_exists_in_both_languages(dataset, tmp_path):
    write_site(dataset, tmp_path / "site", "en")
    page = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert '<html lang="en">' in page
    assert "Scores by indicator" in page
    for flag in Flag:
        for language in ("th", "en"):
            said = flag_meaning(flag.replace("*", "x"), language)
            assert "normalize/" not in said
            assert said != flag


def test_a_chart_has_a_name_and_its_words_are_text(site):
    page = Page(site / "index.html")
    assert page.tags["svg"] >= 6
    assert len(re.findall(r'<svg class="chart" role="img" aria-label="[^"]+"', page.text)) == page.tags["svg"]
    assert re.search(r"<text[^>]*>1\. การปฏิบัติหน้าที่</text>", page.text)


# -- what reports hold --------------------------------------------------------------------------------


def test_text_of_reports_is_escaped(tmp_path):
    evil = f'"\'><img src="https://evil.example/x" onerror=alert(1)>{SCRIPT}\u202e'
    report = a_report(
        source=f"../../{evil}", agency=evil, province=f"../{evil}", grade=evil, fiscal_year=2567
    )
    proof = Provenance(spans=((0, 5),), quote=evil)
    own = {"report_id": report.report_id, "flags": (evil,), "provenance": proof}
    reading = Reading(
        report=report,
        scores=(a_score(report, 1, "90", flags=(evil,)),),
        findings=(Finding(finding_id="f", kind="weakness", item_code=evil, text=evil, **own),),
        measures=(Measure(measure_id=f"{report.report_id}-m1", title=evil, result=evil, **own),),
    )
    nameless = Reading(report=a_report(2, agency=None, agency_id=None, source=evil))
    site = site_of(tmp_path, reading, nameless)
    assert {path.name for path in tmp_path.iterdir()} == {"made", "site"}
    assert (site / "agencies" / "a1.html").read_text("utf-8").count("&lt;script&gt;alert(1)") > 8
    for page in pages(site):
        assert page.tags["script"] == ("data-filter" in page.text)
        assert page.tags["img"] == 0
        assert not [name for name in page.attributes if name.startswith("on")]
        assert all(re.fullmatch(r"(\.\./)?[a-z0-9/-]*(\.html)?(#[a-z0-9-]+)?", link) for link in page.links)
        assert "\u202e" not in page.text
        assert SCRIPT not in page.text


def test_no_page_contains_an_external_address(site):
    for page in pages(site):
        assert not re.search(r"https?:|//[a-z]|@import|url\(", page.text.partition("</title>")[2])


def test_an_id_that_could_name_another_file_is_rejected(tmp_path):
    with pytest.raises(DatasetError, match="id"):
        site_of(tmp_path, Reading(report=a_report(agency_id="../x")))
    assert not (tmp_path / "site").exists()


def test_a_dataset_without_reports(tmp_path):
    written = write_site(made(tmp_path), tmp_path / "site")
    assert (written.reports, written.pages) == (0, 1)
    assert "ชุดข้อมูลนี้ไม่มีรายงาน" in (tmp_path / "site" / "index.html").read_text("utf-8")


def test_reports_that_disagree_are_both_shown_and_counted_once(tmp_path):
    stated = {a_report(number, fiscal_year=2567): value for number, value in ((1, "80.5"), (2, "85"))}
    readings = [Reading(report=one, scores=(a_score(one, 1, value),)) for one, value in stated.items()]
    site_of(tmp_path, *readings)
    assert Page(tmp_path / "site" / "index.html").rows["data-indicator=1"][1:3] == ["1", "80.50"]
    shown = Page(tmp_path / "site" / "agencies" / "a1.html").rows["data-indicator=1"][1]
    assert shown.startswith("80.50")
    assert "85.00" in shown


def test_a_score_out_of_range_is_shown_and_in_no_mean(tmp_path):
    report = a_report(fiscal_year=2567)
    scores = (a_score(report, 1, "9050", flags=("range",)), a_score(report, 2, "90"))
    site_of(tmp_path, Reading(report=report, scores=scores))
    assert "data-indicator=1" not in Page(tmp_path / "site" / "index.html").rows
    assert "9050.00" in (tmp_path / "site" / "agencies" / "a1.html").read_text("utf-8")


def test_an_agency_that_only_another_report_scores_has_a_page(tmp_path):
    report = a_report(fiscal_year=2567)
    other = a_score(report, 1, "77", agency="หน่วยงานอื่น", agency_id="a2")
    site_of(tmp_path, Reading(report=report, scores=(other,)))
    assert "77.00" in (tmp_path / "site" / "agencies" / "a2.html").read_text("utf-8")
    assert "77.00" not in (tmp_path / "site" / "agencies" / "a1.html").read_text("utf-8")


def test_hundreds_of_measures_and_misread_periods(tmp_path):
    report = a_report(plan_year=2568)
    days = [date(*day) for day in ((2024, 10, 1), (2025, 9, 30), (1482, 1, 1), (1482, 2, 1))]
    periods = [(days[0], days[1]), (days[2], days[3]), (None, date(2025, 1, 31)), (days[1], days[0])]
    measures = tuple(
        Measure(
            report_id=report.report_id, measure_id=f"{report.report_id}-m{i}", title=f"มาตรการ {i}",
            period_start=periods[i % 4][0], period_end=periods[i % 4][1], provenance=Provenance(),
        )
        for i in range(400)
    )  # fmt: skip
    site_of(tmp_path, Reading(report=report, measures=measures))
    page = (tmp_path / "site" / "agencies" / "a1.html").read_text("utf-8")
    assert page.count("data-measure") == 400
    assert page.count('class="lane"') == 200
    assert page.count("อยู่นอกช่วงของแผนภาพ") == 200
    assert 'style="left:0.00%;width:100.00%"' in page


# -- the folder ---------------------------------------------------------------------------------------


def test_the_same_dataset_gives_the_same_bytes_in_place_of_the_older_site(site, dataset):
    before = bytes_of(site)
    (site / "index.html").write_text("older", "utf-8")
    assert CliRunner().invoke(command, [str(dataset), "-o", str(site)]).exit_code == 0
    assert bytes_of(site) == before


@pytest.mark.parametrize("name", ["site", "site/agencies"])
def test_a_folder_with_other_content_is_not_replaced(dataset, tmp_path, name):
    write_site(dataset, tmp_path / "site")
    (tmp_path / name / "notes.txt").write_text("mine", "utf-8")
    before = bytes_of(tmp_path)
    done = CliRunner().invoke(command, [str(dataset), "-o", str(tmp_path / "site")])
    assert (done.exit_code, bytes_of(tmp_path)) == (2, before)
    assert "notes.txt" in done.output


def test_invalid_datasets_and_targets_are_rejected(dataset, tmp_path):
    before = bytes_of(dataset)
    for source, target in ((tmp_path, tmp_path / "x"), (dataset, dataset), (dataset, dataset / "site")):
        assert CliRunner().invoke(command, [str(source), "-o", str(target)]).exit_code == 2
    assert bytes_of(dataset) == before
    assert list(tmp_path.iterdir()) == []


def test_a_browser_opens_the_overview_without_a_network(site):
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no browser is installed")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"]
    address = (site / "index.html").as_uri()
    done = subprocess.run(
        [browser, *options, "--dump-dom", address], capture_output=True, timeout=600, check=True
    )
    page = done.stdout.decode("utf-8")
    assert "คะแนนรายตัวชี้วัด" in page
    assert "<svg" in page
    assert '<div class="search" data-filter="agency-list">' in page, "the script took the box out of hiding"
