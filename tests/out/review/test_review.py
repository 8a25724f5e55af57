"""The reviewer's page without a browser: what it says, what it keeps, and what it refuses."""

import csv
import itertools
import json
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from hashlib import pbkdf2_hmac
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from starlette.testclient import TestClient
from support.reviewing import SAMPLES, TEXT, run, table, update_checksums

from thaita.corpus.archive_location import archive_of
from thaita.corpus.review.decision_log import decisions_beside, read_decisions
from thaita.corpus.run.limits import Limits
from thaita.extract.readers.ocr.image_files import page_image
from thaita.models.flags import Flag
from thaita.models.problem_codes import ProblemCode
from thaita.models.tables import TABLES
from thaita.out.pages.image import PageImage
from thaita.out.review.desk import Desk, Kept, ShowError
from thaita.out.review.server import application, bind_socket
from thaita.out.review.texts import TEXTS
from thaita.out.tables.csv_tables import DatasetError, guard, read_table

PDF = SAMPLES / "word" / "05_nongbuakhok.pdf"
DOCX = SAMPLES / "05_nongbuakhok.docx"
HOSTILE = '<script>window.pwned=1</script>\'"><img src=x onerror="window.pwned=1">'
BASE = "http://127.0.0.1:8765"
KEY = "the key of the tests"


@pytest.fixture(scope="module")
def extracted(tmp_path_factory):
    """A dataset of three samples beside its archive."""
    work = tmp_path_factory.mktemp("review")
    (work / "archive").mkdir()
    for path in (TEXT, PDF, DOCX):
        shutil.copy(path, work / "archive")
    assert run("extract", work / "archive", "-o", work / "dataset").exit_code == 0
    assert archive_of(work / "dataset") == work / "archive"
    return work


@pytest.fixture
def work(extracted, tmp_path):
    """A copy of the dataset and archive of a test's own."""
    shutil.copytree(extracted / "dataset", tmp_path / "dataset")
    shutil.copytree(extracted / "archive", tmp_path / "archive")
    return tmp_path


@pytest.fixture
def desk(work):
    made = Desk(work / "dataset", work / "archive", decisions_beside(work / "dataset"), "สมศรี")
    yield made
    made.close()


@pytest.fixture(scope="module")
def unchanged(extracted):
    """A desk for the tests that change nothing."""
    made = Desk(extracted / "dataset", extracted / "archive", decisions_beside(extracted / "dataset"), "สมศรี")
    yield made
    made.close()


def client(desk, host="127.0.0.1", base=BASE):
    """Return a client that has opened the start page, if it may."""
    of = TestClient(application(desk, host, "en", KEY), base_url=base)
    of.start = of.get(f"/start?key={KEY}").text
    return of


def id_of(desk, ending):
    return next(entry.report_id for entry in desk.index().entries if entry.source.endswith(ending))


def token(of):
    return re.search('thaita-token" content="([^"]+)', of.start)[1]


def wish(report, **changed):
    made = {"table": "scores", "row_id": f"{report}-s05", "column": "score", "kind": "correct"}
    return made | {"value": "95.14", "by": "สมศรี", "why": "อ่านผิด", "known": None} | changed


def send(of, report, sent, **headers):
    right = {"origin": BASE, "x-thaita-token": token(of), "content-type": "application/json"}
    return of.post(f"/decide/{report}", content=json.dumps(sent), headers=right | headers)


def test_the_list_names_reports_with_their_doubts_first(unchanged):
    page = client(unchanged).get("/").text
    assert page.index("05_nongbuakhok.pdf") < page.index("05_nongbuakhok.txt")
    assert "3 reports" in page
    assert Flag.SUM_MISMATCH.en in page
    assert "No reports match." in client(unchanged).get("/?q=nowhere").text
    assert client(unchanged).get("/?doubt=sum_mismatch").text.count("<li>") == 1
    assert 'lang="th"' in client(unchanged).get("/?lang=th").text


def test_copies_of_a_report_are_asked_once(unchanged):
    original, copy = (id_of(unchanged, ending) for ending in (".docx", ".pdf"))
    entries = unchanged.index().by_id
    assert entries[copy].same_as == original
    assert entries[original].doubts
    assert entries[copy].doubts == []
    assert client(unchanged).get(f"/report/{copy}").status_code == 200
    assert unchanged.open_doubts(unchanged.index())[copy] == []


@pytest.mark.parametrize("language", ["th", "en"])
def test_flags_and_problems_are_explained_in_the_language_of_the_page(unchanged, language):
    page = client(unchanged).get(f"/report/{id_of(unchanged, '05_nongbuakhok.txt')}?lang={language}").text
    for code in (Flag.SUM_MISMATCH, ProblemCode.SUM_MISMATCH):
        assert f'title="{code}">{code.meaning(language)}<' in page


def test_a_decision_shows_at_once_and_stands_after_the_next_extract(desk, work):
    of, report = client(desk), id_of(desk, ".txt")
    assert send(of, report, wish(report)).status_code == 200
    page = of.get(f"/report/{report}").text
    assert "applied by the next extract" in page
    assert "corrected by สมศรี" in page
    assert run("extract", work / "archive", "-o", work / "dataset").exit_code == 0
    with (work / "dataset" / "scores.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["score_id"] == f"{report}-s05")
    assert (row["score"], row["flags"]) == ("95.14", "sum_mismatch|corrected")
    page = of.get(f"/report/{report}").text  # the server sees the new dataset by itself
    assert "applied by the next extract" not in page
    assert "corrected by สมศรี" in page
    assert "Read as <s>90.14</s>" in page
    open_ = desk.view(report).open_doubts()
    assert f"{report}-s05" not in {row for _, row, _, _ in open_}
    assert ("reports", report, "overall_score", Flag.SUM_MISMATCH) in open_


def test_the_later_of_two_tabs_gets_a_conflict_and_overwrites_nothing(desk):
    of, report = client(desk), id_of(desk, ".txt")
    first = send(of, report, wish(report)).json()["id"]
    late = send(of, report, wish(report, value="96"))
    assert late.status_code == 409
    assert "สมศรี corrected it to “95.14”" in late.json()["message"]
    assert send(of, report, wish(report, value="96", known=first)).status_code == 200
    assert send(of, report, wish(report, kind="withdraw", known=first)).status_code == 409
    assert [one.value for one in read_decisions(desk.decisions).decisions] == ["95.14", "96"]


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        ({"value": "950"}, 422, "0 to 100"),
        ({"value": "90.14"}, 422, "accept it instead"),
        ({"by": " "}, 422, "who decides"),
        ({"why": ""}, 422, "say why"),
        ({"row_id": "../s05"}, 422, "no row"),
        ({"table": "evidence"}, 422, "no table"),
        ({"column": "flags"}, 422, "cannot be decided on"),
        ({"kind": "delete"}, 400, "invalid"),
        ({"more": 1}, 400, "invalid"),
        ({"why": "x" * 300_000}, 413, "invalid"),
    ],
)
def test_an_invalid_decision_is_refused_with_a_reason(unchanged, changed, status, said):
    report = id_of(unchanged, ".txt")
    answer = send(client(unchanged), report, wish(report, **changed))
    assert (answer.status_code, said in answer.json()["message"]) == (status, True)
    assert not unchanged.decisions.exists()


@pytest.mark.parametrize(
    "body", [b"", b"[", b"\xff", b"null", b"{}", b"[" * 200_000, b'{"a":' * 40_000, b'{"table":"\\ud800"}']
)
def test_a_body_that_is_no_decision_is_refused(unchanged, body):
    of = client(unchanged)
    headers = {"origin": BASE, "x-thaita-token": token(of)}
    assert of.post(f"/decide/{id_of(unchanged, '.txt')}", content=body, headers=headers).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "https://127.0.0.1:8765"},
        {"x-thaita-token": "wrong"},
        {"x-thaita-token": "ก".encode()},
        {"sec-fetch-site": "cross-site"},
        {"host": "evil.example"},
        {"host": "127.0.0.1.evil.example:8765"},
        {"host": "[::1"},
    ],
)
def test_writes_from_elsewhere_are_refused(unchanged, headers):
    report = id_of(unchanged, ".txt")
    assert send(client(unchanged), report, wish(report), **headers).status_code == 403
    assert not unchanged.decisions.exists()


def test_names_that_others_point_here_are_refused_and_numbers_only_when_asked_for(unchanged):
    assert client(unchanged, base="http://evil.example:8765").get("/").status_code == 403
    assert client(unchanged, base="http://192.168.1.7:8765").get("/").status_code == 403
    assert client(unchanged, base="http://localhost:8765").get("/").status_code == 200
    assert client(unchanged, "0.0.0.0", "http://192.168.1.7:8765").get("/").status_code == 200
    assert client(unchanged, "0.0.0.0", "http://evil.example:8765").get("/").status_code == 403
    assert client(unchanged).get("/", headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_every_answer_forbids_what_no_page_needs(unchanged):
    for path in ("/", "/nothing", "/static/review.js", f"/report/{id_of(unchanged, '.txt')}"):
        headers = client(unchanged).get(path).headers
        assert headers["content-security-policy"].startswith(
            "default-src 'none'; script-src 'self'; style-src 'self'"
        )
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


def tamper(work, name, change):
    """Change the rows of a table of a dataset as a hostile hand would."""
    path = work / "dataset" / f"{name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        change(row)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(rows)
    update_checksums(work / "dataset")


def test_what_a_report_says_is_never_markup(desk, work):
    for name, columns in {
        "reports": ("agency", "source"),
        "findings": ("text", "quote"),
        "problems": ("message_en", "message_th"),
    }.items():
        tamper(work, name, lambda row, own=columns: row.update(dict.fromkeys(own, HOSTILE)))
    report = desk.index().entries[0].report_id
    for path in ("/", f"/report/{report}", f"/report/{report}/fields", "/?q=" + HOSTILE):
        page = client(desk).get(path).text
        assert "<script>" not in page
        assert "<img src=x" not in page
        assert "window.pwned" in page


def test_rows_that_no_report_gives_are_a_message_once_a_decision_is_applied_to_them(desk, work):
    report = id_of(desk, ".txt")
    assert send(client(desk), report, wish(report)).status_code == 200
    tamper(work, "scores", lambda row: row.update(indicator_no="77"))
    with pytest.raises(DatasetError, match=f"the rows of report {report} are damaged .77 is no indicator"):
        desk.view(report)
    assert "run `thaita extract` again" in client(desk).get(f"/report/{report}").text


@pytest.mark.parametrize("source", ["../secret.txt", "/etc/passwd", "link.txt", "a/../../secret.txt"])
def test_paths_outside_the_archive_are_not_served(desk, work, source):
    (work / "secret.txt").write_text("secret words")
    (work / "archive" / "link.txt").symlink_to(work / "secret.txt")
    tamper(work, "reports", lambda row: row.update(source=source))
    for entry in desk.index().entries:
        for path in (f"/page/{entry.report_id}/1", f"/text/{entry.report_id}"):
            answer = client(desk).get(path)
            assert (answer.status_code, answer.json()["message"]) == (409, TEXTS["source_outside"][1])


@pytest.mark.parametrize(
    "path",
    [
        "/report/none",
        "/page/none/1",
        "/text/none",
        "/static/base.html",
        "/static/..%2Fduck.py",
        "/page/{report}/" + "9" * 5000,
        "/page/{report}/0",
        "/page/{report}/-1",
        "/page/{report}/x",
        "/page/{report}/%EF%BC%91",
        "/page/{report}",
        "/text/" + "r" * 5000,
        "/text/%00",
        "/report/{report}%FF",
        "/decide/{report}/x",
        "/report/..%2F..%2Fx",
    ],
)
def test_unknown_paths_are_not_found(unchanged, path):
    assert client(unchanged).get(path.format(report=id_of(unchanged, ".pdf"))).status_code == 404


def test_a_page_has_the_size_that_its_boxes_count_in(unchanged):
    report = id_of(unchanged, ".pdf")
    answer = client(unchanged).get(f"/page/{report}/1")
    assert answer.headers["content-type"] == "image/jpeg"
    width, height = float(answer.headers["x-page-width"]), float(answer.headers["x-page-height"])
    with Image.open(BytesIO(answer.content)) as picture:
        assert picture.width / picture.height == pytest.approx(width / height, abs=0.01)
    view = unchanged.view(report)
    boxes = [one.seen.box for row in view.rows["scores"] for one in row.fields if one.seen.page == 1]
    assert len(boxes) > 10
    assert all(0 <= x0 < x1 <= width and 0 <= top < bottom <= height for x0, top, x1, bottom in boxes)
    assert (
        client(unchanged)
        .get(f"/page/{report}/99")
        .json()["message"]
        .endswith("there is no page 99: the report has 5")
    )


def test_the_text_is_the_one_that_spans_count_in(desk):
    for ending in (".txt", ".docx"):
        report = id_of(desk, ending)
        text = client(desk).get(f"/text/{report}").json()["text"]
        field = next(one for one in desk.view(report).rows["scores"][0].fields if one.column.name == "score")
        start, end = map(int, field.seen.spans.split("-"))
        assert text[start:end] == field.seen.quote == "๙๗.๐๕"


def test_a_changed_or_missing_source_is_reported(desk, work):
    report = id_of(desk, ".txt")
    path = work / "archive" / TEXT.name
    path.write_bytes(path.read_bytes() + b" ")
    assert "has changed since" in client(desk).get(f"/text/{report}").json()["message"]
    path.unlink()
    assert "not in the archive" in client(desk).get(f"/text/{report}").json()["message"]
    desk.archive = None
    assert "--archive" in client(desk).get(f"/text/{report}").json()["message"]


def test_a_file_that_hangs_costs_its_own_page_and_no_other(desk):
    patient, desk._worker.limits = desk._worker.limits, Limits(seconds=1.0)
    with pytest.raises(ShowError):  # a hash that takes hours, in native code
        desk._drawn(("page", "x", 1), pbkdf2_hmac, "sha512", b"", b"", 2**31 - 1)
    desk._worker.limits = patient
    assert isinstance(desk.page(id_of(desk, ".pdf"), 1), PageImage)


def test_pictures_are_kept_up_to_a_number_of_bytes(monkeypatch):
    monkeypatch.setattr("thaita.out.review.desk.KEPT", 10)
    kept = Kept(len)
    for i in range(5):
        kept.put((i,), "xxxx")
    assert [kept.get((i,)) for i in range(5)] == [None, None, None, "xxxx", "xxxx"]


@pytest.mark.parametrize(("orientation", "turned"), [(1, False), (6, True)])
def test_a_scan_has_the_size_that_its_boxes_count_in(orientation, turned):
    """The size follows from the stated resolution, after the picture was turned as its camera says."""
    picture, out = Image.new("RGB", (1000, 500), "white"), BytesIO()
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture.save(out, "JPEG", dpi=(200, 200), exif=exif)
    shown, width, height = page_image(out.getvalue(), 1)
    assert shown.size == ((500, 1000) if turned else (1000, 500))
    assert (width, height) == ((180, 360) if turned else (360, 180))


def test_a_folder_that_is_not_a_dataset_is_refused(tmp_path):
    (tmp_path / "x").mkdir()
    result = run("review", tmp_path / "x", "--no-browser")
    assert (result.exit_code, "no dataset" in result.output) == (2, True)


def test_a_port_in_use_is_reported_or_the_next_one_is_used():
    with bind_socket("127.0.0.1", 0, exactly=False) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match="in use"):
            bind_socket("127.0.0.1", port, exactly=True)
        with bind_socket("127.0.0.1", port, exactly=False) as other:
            assert other.getsockname()[1] > port


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 0), (signal.SIGTERM, 143)])
def test_the_command_serves_and_ends_with_a_signal(work, sent, status):
    command = [sys.executable, "-m", "thaita", "review", work / "dataset", "--no-browser", "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    start = re.search(r"http://127\.0\.0\.1:\d+/start\S+", process.stderr.readline())[0]
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    while process.poll() is None:
        try:
            browser.open(start).close()
            with browser.open(start.partition("start")[0]) as answer:
                assert b"05_nongbuakhok.pdf" in answer.read()
            break
        except OSError:
            time.sleep(0.05)
    else:
        pytest.fail("the server did not answer")
    process.send_signal(sent)
    said = process.communicate(timeout=600)[1]
    assert (process.returncode, "stopped; the decisions are in" in said) == (status, sent == signal.SIGINT)
    assert "Traceback" not in said


def test_texts_are_in_two_languages():
    for thai, english in TEXTS.values():
        assert thai
        assert english
        assert re.findall(r"{\w+}", thai) == sorted(
            re.findall(r"{\w+}", english), key=re.findall(r"{\w+}", thai).index
        )


def test_correct_and_corrections_do_the_same_without_the_page(work):
    dataset, examples = work / "dataset", work / "examples.csv"
    cell = (TEXT.name, "scores", "s05", "score")
    assert run("correct", *cell, "95.14", "-d", dataset, "--why", "=cmd|x", "--by", "สมศรี").exit_code == 0
    again = run("correct", *cell, "96", "-d", dataset, "--why", "x", "--lang", "en")
    assert (again.exit_code, "สมศรี corrected it to “95.14”" in again.output) == (1, True)
    assert run("correct", *cell, "--accept", "-d", dataset, "--replace").exit_code == 0
    assert run("correct", *cell, "--withdraw", "-d", dataset).exit_code == 0
    assert (
        run("correct", TEXT.name, "reports", "-", "grade", "--wrong", "--why", "x", "-d", dataset).exit_code
        == 0
    )
    for wrong in ((*cell, "950"), (*cell,), (*cell[:3], "flags", "x"), ("none.txt", *cell[1:], "95")):
        assert run("correct", *wrong, "-d", dataset, "--why", "x").exit_code == 2
    result = run("corrections", dataset, "--export", examples)
    assert (result.exit_code, "4 examples" in result.output) == (0, True)
    with examples.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["state"] for row in rows] == ["replaced", "replaced", "taken_back", "stands"]
    assert (rows[0]["extracted"], rows[0]["decided"], rows[0]["quote"], rows[0]["why"]) == (
        "90.14",
        "95.14",
        "๙๐.๑๔",
        "'=cmd|x",
    )


def test_extract_takes_the_decisions_of_a_file_or_none(work):
    dataset, other = work / "dataset", work / "other.jsonl"
    cell = (TEXT.name, "reports", "-", "grade")
    assert (
        run("correct", *cell, "--wrong", "--why", "x", "-d", dataset, "--corrections", other).exit_code == 0
    )
    extract = ("extract", work / "archive" / TEXT.name, "-o", dataset)
    assert "decision" not in run(*extract).output
    assert "1 decision of reviewers applied" in run(*extract, "--corrections", other).output
    assert "decision" not in run(*extract, "--no-corrections").output
    assert run(*extract, "--corrections", other, "--no-corrections").exit_code == 2
    assert run(*extract, "--corrections", work / "none").exit_code == 2
    (work / "archive" / TEXT.name).write_bytes(TEXT.read_bytes() + b" ")
    assert "0 decisions of reviewers applied, 1 not" in run(*extract, "--corrections", other).output
    assert "correction_not_applied" in Path(dataset / "problems.csv").read_text("utf-8")
    lost = run("corrections", dataset, "--corrections", other)
    assert (lost.exit_code, "1 lost" in lost.output) == (1, True)


def test_the_index_gives_the_rows_that_the_tables_hold(desk, work):
    odd = itertools.cycle(
        [
            "'=1",
            "=1+1",
            'a"b',
            "a\r\nb",
            "a\rb",
            "\n a ",
            "NULL",
            "''",
            "x" * 3_000_000,
            " ",
            "\u2028,",
            "ก|ข",
        ]
    )
    tamper(work, "findings", lambda row: row.update(text=guard(next(odd))))
    tamper(work, "measure_owners", lambda row: row.update(owner=guard(next(odd)[:50])))
    index = desk.index()
    found = [pair for entry in index.entries for pair in index.rows(entry.report_id)]
    for one in TABLES:
        rows = [row for row in read_table(desk.dataset, one) if one.name != "problems" or row["report_id"]]
        assert sorted(map(str, table(found, one.name))) == sorted(map(str, rows))
