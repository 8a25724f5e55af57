"""The reviewer's page in a browser: seen, corrected once, kept, and nothing that a report says runs."""

import csv
import re
import shutil
import signal
import subprocess
import sys
import time

import pytest
from support.browser import browser, needs_browser, set_width
from support.reviewing import SAMPLES, run
from test_review import HOSTILE, PDF, tamper

from thaita.corpus.review.decision_log import decisions_beside, read_decisions
from thaita.out.review.browser_start import browser_opener

pytestmark = needs_browser
TXT = SAMPLES / "05_nongbuakhok.txt"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A dataset of two samples with the command serving it: its folder and address."""
    work = tmp_path_factory.mktemp("browser")
    (work / "archive").mkdir()
    for path in (PDF, TXT):
        shutil.copy(path, work / "archive")
    assert run("extract", work / "archive", "-o", work / "dataset").exit_code == 0
    shutil.copytree(work / "dataset", work / "hostile" / "dataset")
    command = [
        sys.executable,
        "-m",
        "thaita",
        "review",
        "--no-browser",
        "--port",
        "0",
        "--by",
        "สมศรี",
        "--lang",
        "th",
    ]
    servers = [
        subprocess.Popen([*command, folder, "--archive", work / "archive"], stderr=subprocess.PIPE, text=True)
        for folder in (work / "dataset", work / "hostile" / "dataset")
    ]
    yield work, [re.search(r"http://\S+", one.stderr.readline())[0] for one in servers]
    for one in servers:
        one.send_signal(signal.SIGINT)
        one.communicate(timeout=600)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    with browser(tmp_path_factory.mktemp("profile")) as driver:
        yield driver


def find(page, css):
    return page.find_element("css selector", css)


def until(condition, what="the page", seconds=300):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if found := condition():
                return found
        except Exception as error:  # the page is being drawn
            what = f"{what}: {error}"
        time.sleep(0.05)
    raise AssertionError(f"{what} did not come")


def home(page, address):
    """Open the start page, as the command does, and wait for the list."""
    page.get(address)
    until(lambda: find(page, ".reports a"), "the list")


def opened(page, address, ending):
    """Open the report of a file from the list and wait for its source."""
    home(page, address)
    links = page.find_elements("css selector", ".reports a")
    next(link for link in links if ending in link.text).click()
    until(lambda: find(page, "#box").is_displayed() or find(page, "#text mark"), "the place of the value")


def choose(page, column, row="s05"):
    ending = f'[data-row$="{row}"]' if row else '[data-table="reports"]'
    field = f'.field[data-column="{column}"]{ending}'
    find(page, field).click()
    until(lambda: find(page, field).get_attribute("aria-current"))


def write(page, value, why):
    page.execute_script("document.getElementById('new').value = arguments[0]", value)
    page.execute_script("document.getElementById('why').value = arguments[0]", why)
    find(page, "#save").click()


def said(page):
    return find(page, "#said").text


def press(page, key):
    from selenium.webdriver.common.action_chains import ActionChains

    ActionChains(page).send_keys(key).perform()


def test_a_doubtful_value_is_seen_corrected_and_kept(served, page):
    work, (address, _) = served
    opened(page, address, ".pdf")
    assert (
        find(page, ".field[aria-current]").get_attribute("data-column") == "overall_score"
    )  # the first doubt
    choose(page, "score")
    until(lambda: find(page, "#box").is_displayed(), "the box")
    box, picture = find(page, "#box").rect, find(page, "#picture").rect
    assert picture["x"] <= box["x"] < box["x"] + box["width"] <= picture["x"] + picture["width"] + 4
    # the line of the fifth indicator, 90.14, whose text the PDF itself places there
    import pypdfium2 as pdfium

    pdf = pdfium.PdfDocument(PDF)
    text, height = pdf[0].get_textpage(), pdf[0].get_height()
    start = text.get_text_bounded().index("๙๐.๑๔")
    _, bottom, _, top = text.get_charbox(start)
    middle = (height - (top + bottom) / 2) / height
    seen = (box["y"] + box["height"] / 2 - picture["y"]) / picture["height"]
    assert seen == pytest.approx(middle, abs=0.02)
    pdf.close()

    find(page, "#turn").click()  # a page that was scanned upside down: the box stays on its value
    turned, picture = find(page, "#box").rect, find(page, "#picture").rect
    assert (turned["y"] + turned["height"] / 2 - picture["y"]) / picture["height"] == pytest.approx(
        1 - seen, abs=0.01
    )

    write(page, "๙๕.๑๔", "อ่านผิด")
    until(lambda: "บันทึกแล้ว" in said(page), "the word that it is kept")
    assert "95.14" in find(page, '.field[data-column="score"][data-row$="s05"]').text
    assert "จะใช้เมื่อ extract ครั้งถัดไป" in find(page, "#fields").text
    (kept,) = read_decisions(decisions_beside(work / "dataset")).decisions
    assert (kept.by, kept.value, kept.extracted, kept.seen.page) == ("สมศรี", "95.14", "90.14", 1)

    assert run("extract", work / "archive", "-o", work / "dataset").exit_code == 0
    with (work / "dataset" / "scores.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = [row for row in csv.DictReader(file) if row["score_id"] == kept.row_id]
    assert (row["score"], row["flags"].split("|")[-1]) == ("95.14", "corrected")
    page.refresh()
    until(lambda: find(page, ".field.decided"))
    assert "จะใช้เมื่อ extract ครั้งถัดไป" not in find(page, "#fields").text
    assert page.get_log("browser") == []


def test_the_key_does_not_stay_in_the_address_and_nobody_else_has_the_cookie(served, page, tmp_path):
    _, (address, other) = served
    with browser_opener(address, tmp_path) as _:  # the file that the command gives to the browser
        (file,) = tmp_path.glob("*/start.html")
        assert file.parent.stat().st_mode & 0o777 == 0o700
        page.get(file.as_uri())
        until(lambda: find(page, ".reports a"), "the list")
    assert not list(tmp_path.iterdir())
    root = address.partition("start")[0]
    assert page.current_url == root
    home(page, other)  # another run at another port keeps its own cookie and token
    page.get(root)
    assert find(page, ".reports a")
    assert page.execute_script("return document.cookie") == ""
    page.delete_all_cookies()  # as in the browser of someone else
    page.get(root)
    assert "รหัสสำหรับเปิด" in find(page, "body").text


def test_every_line_of_a_value_is_marked(served, page):
    _, (address, _) = served
    opened(page, address, ".pdf")
    long = max(
        page.find_elements("css selector", '.field[data-column="text"]'), key=lambda one: len(one.text)
    )
    page.execute_script("arguments[0].click()", long)
    until(lambda: page.find_elements("css selector", "#parts div"), "the other lines")
    lines = [find(page, "#box").rect, *(one.rect for one in page.find_elements("css selector", "#parts div"))]
    assert len({round(line["y"]) for line in lines}) > 1
    picture = find(page, "#picture").rect
    assert all(picture["x"] <= line["x"] <= picture["x"] + picture["width"] for line in lines)


def test_the_keyboard_alone_accepts_takes_back_and_moves(served, page):
    from selenium.webdriver.common.keys import Keys

    _, (address, _) = served
    opened(page, address, ".txt")
    before = find(page, ".field[aria-current]").get_attribute("data-column")
    assert find(page, "#text mark").text == "๙๖.๐๘"
    press(page, "a")
    until(lambda: "บันทึกแล้ว" in said(page), "the word that it is kept")
    assert "accept" in find(page, ".field[aria-current]").get_attribute("class")
    press(page, "u")
    until(
        lambda: "accept" not in find(page, ".field[aria-current]").get_attribute("class"),
        "the value, open again",
    )
    press(page, Keys.ARROW_DOWN)
    assert find(page, ".field[aria-current]").get_attribute("data-column") != before
    press(page, "n")
    assert "open" in find(page, ".field[aria-current]").get_attribute("class")
    press(page, Keys.ENTER)
    assert page.switch_to.active_element.get_attribute("id") == "new"
    press(page, Keys.ESCAPE)
    assert "field" in page.switch_to.active_element.get_attribute("class")


def test_a_second_tab_that_saves_later_gets_a_conflict(served, page):
    work, (address, _) = served
    opened(page, address, ".txt")
    first = page.current_window_handle
    url = page.current_url
    choose(page, "fiscal_year", "")
    page.switch_to.new_window("tab")
    page.get(url)
    choose(page, "fiscal_year", "")
    write(page, "2565", "แท็บที่สอง")
    until(lambda: "บันทึกแล้ว" in said(page))
    page.close()
    page.switch_to.window(first)
    write(page, "2567", "แท็บแรก")
    until(lambda: "2565" in said(page), "the word of the other decision")
    assert "สมศรี แก้เป็น" in said(page)
    assert "2567" in said(page)
    assert [one.value for one in read_decisions(decisions_beside(work / "dataset")).decisions].count(
        "2567"
    ) == 0
    find(page, "#reload").click()
    until(lambda: "2565" in find(page, '.field[data-column="fiscal_year"]').text, "what stands now")


def test_a_refused_value_says_why_and_stays_to_be_mended(served, page):
    _, (address, _) = served
    opened(page, address, ".txt")
    choose(page, "score", "s01")
    write(page, "950", "อ่านผิด")
    until(lambda: "0 ถึง 100" in said(page), "the reason")
    assert find(page, "#new").get_attribute("value") == "950"


def test_nothing_that_a_report_says_runs(served, page):
    work, (_, address) = served
    changed = {
        "reports": ("agency", "grade"),
        "findings": ("text", "quote"),
        "problems": ("message_en", "message_th"),
    }
    for name, columns in changed.items():
        tamper(work / "hostile", name, lambda row, own=columns: row.update(dict.fromkeys(own, HOSTILE)))
    tamper(
        work / "hostile",
        "reports",
        lambda row: row.update(source='../"><img src=x onerror="window.pwned=1">'),
    )
    home(page, address)
    assert HOSTILE in find(page, ".reports").text
    find(page, ".reports a").click()
    until(lambda: "อยู่นอกคลัง" in find(page, "#pane-said").text, "the word that the file is outside")
    choose(page, "text", "f01")
    choose(page, "grade", "")
    assert find(page, "#new").get_attribute("value") == HOSTILE
    find(page, "#accept").click()
    until(lambda: "บันทึกแล้ว" in said(page))
    assert page.execute_script("return window.pwned") is None
    assert page.find_elements("css selector", "main script, main img[src='x']") == []


@pytest.mark.parametrize("width", [400, 1280])
def test_the_page_fits_the_screen(served, page, width):
    _, (address, _) = served
    set_width(page, width)
    try:
        for ending in (".pdf", ".txt"):
            home(page, address)
            assert page.execute_script("return document.documentElement.scrollWidth") <= width
            opened(page, address, ending)
            assert page.execute_script("return document.documentElement.scrollWidth") <= width
            assert find(page, "#save").is_displayed()
            score = find(page, '.field[data-column="score"][data-row$="s05"]')
            page.execute_script(
                "arguments[0].click()", score
            )  # the driver would scroll it below the editor first
            until(lambda one=score: one.get_attribute("aria-current"))
            edges = "return ['#source', '.field[aria-current]', '#editor'].map((css) => document.querySelector(css).getBoundingClientRect()).flatMap((one) => [one.top, one.bottom])"
            _, source, top, bottom, editor, _ = page.execute_script(edges)
            assert bottom <= editor + 1
            assert top >= source - 1 or width > 760
    finally:
        set_width(page)
