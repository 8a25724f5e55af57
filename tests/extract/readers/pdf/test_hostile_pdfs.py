"""Malicious PDFs in a whole run: each is read or rejected with a reason, and the others are read."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from support.hostile_pdfs import (
    ENDLESS,
    boxed,
    circular_tree,
    circular_xref,
    font_of,
    form_in_itself,
    good,
    lines,
    locked,
    many_pages,
    nested_forms,
    no_pages,
    page,
    wrong_offsets,
)

import thaita
from thaita.cli.main import cli
from thaita.corpus.run import worker_process as worker
from thaita.corpus.run.limits import Limits
from thaita.corpus.run.worker_process import Worker, call_in_worker
from thaita.extract.pipeline import read_bytes
from thaita.extract.readers.errors import UnreadableFileError

GOOD = "good.pdf"
READ: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "many pages": (lambda: many_pages(2100), {"too_many_pages"}),
    "huge page": (lambda: boxed(b"1000000000"), set()),
    "huger page": (lambda: boxed(b"99999999999999999999"), set()),
    "number with exponent": (lambda: boxed(b"1e9"), set()),
    "page turned over": (lambda: page(b"", b"/MediaBox[600 800 0 0]"), set()),
    "page of no size": (lambda: boxed(b"0"), set()),
    "page box of strings": (lambda: page(b"", b"/MediaBox[(x) /A null]"), set()),
    "circular page tree": (circular_tree, set()),
    "count too high": (lambda: good().replace(b"/Count 3", b"/Count 9"), {"page_damaged"}),
    "forms in forms": (lambda: nested_forms(5000), {"page_damaged"}),
    "form in itself": (form_in_itself, set()),
    "font not named": (lambda: font_of(b""), set()),
    "font not there": (lambda: font_of(b"/Font<</F 99 0 R>>"), set()),
    "wrong offsets": (wrong_offsets, set()),
    "no table of offsets": (lambda: re.sub(rb"startxref\n\d+", b"startxref\n999999999", good()), set()),
    "circular table of offsets": (circular_xref, set()),
    "no end": (lambda: page(b"").replace(b"%%EOF\n", b""), {"truncated"}),
    "zeros": (lambda: page(bytes(50_000_000)), set()),
    "spaces": (lambda: page(b" " * 50_000_000), set()),
    "states saved": (lambda: page(b"q Q " * 5_000_000), set()),
    "open brackets": (lambda: page(b"[" * 10_000_000), set()),
    "one path": (lambda: page(b"0 0 m " + b"9 9 l " * 5_000_000 + b"S"), set()),
    "tiny lines": (lambda: lines(60_000), set()),
    "too much drawn": (lambda: page(b"0 0 m 9 9 l S " * 250_000), {"page_damaged"}),
}
"""Files that can be read, and the problems that must be said of them."""

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "empty"),
    "signature alone": (lambda: b"%PDF-1.7\n", "damaged"),
    "garbage after the signature": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400, "damaged"),
    "begun": (lambda: good()[:60], "damaged"),
    "half": (lambda: good()[: len(good()) // 2], "damaged"),
    "no pages": (no_pages, "empty"),
    "locked": (locked, "encrypted"),
    "page that does not show its text": (lambda: boxed(b"-1000000000"), "not_ita"),
}
"""Files that cannot be read as a report, and why."""


class Extracted(NamedTuple):
    """What one run over all these files gave: its exit status, the files read as reports, and the problems of each file."""

    status: int
    read: set[str]
    problems: dict[str, set[str]]


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Extracted:
    root = tmp_path_factory.mktemp("hostile")
    archive = root / "archive"
    archive.mkdir()
    for name, (make, _) in {**READ, **REFUSED}.items():
        (archive / f"{name}.pdf").write_bytes(make())
    (archive / GOOD).write_bytes(good())
    result = CliRunner().invoke(cli, ["extract", str(archive), "-o", str(root / "d")])
    tables = thaita.load(root / "d")
    problems: dict[str, set[str]] = {}
    for source, code in zip(tables["problems"]["source"], tables["problems"]["code"], strict=True):
        problems.setdefault(str(source), set()).add(str(code))
    return Extracted(result.exit_code, set(map(str, tables["reports"]["source"])), problems)


def test_malicious_files_do_not_affect_other_reports(extracted: Extracted) -> None:
    assert extracted.status == 1
    assert extracted.read == {*(f"{name}.pdf" for name in READ), GOOD}


@pytest.mark.parametrize("name", READ)
def test_a_malicious_file_is_read_and_omissions_are_reported(extracted: Extracted, name: str) -> None:
    problems = extracted.problems.get(f"{name}.pdf", set())
    assert READ[name][1] <= problems
    assert "internal" not in problems


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_is_a_problem(extracted: Extracted, name: str) -> None:
    assert extracted.problems[f"{name}.pdf"] == {REFUSED[name][1]}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.long if i else ()) for i, name in enumerate(ENDLESS)]
)
def test_exponential_forms_are_stopped_and_the_next_file_is_read(name: str) -> None:
    process = Worker(Limits(seconds=1))
    with pytest.raises(UnreadableFileError) as error:
        process.call(read_bytes, ENDLESS[name](), "bad.pdf")
    assert error.value.code == "too_complex"
    process.limits = Limits()
    assert process.call(read_bytes, good(), GOOD).report.source == GOOD
    process.close()


def test_a_worker_that_is_stopped_in_a_call_answers_the_next_one() -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
    process = Worker(Limits(seconds=60))
    work = "import os, signal, time; os.kill(os.getppid(), signal.SIGINT); time.sleep(1000)"
    with pytest.raises(KeyboardInterrupt):
        process.call(exec, work)
    signal.signal(signal.SIGINT, before)
    assert process.call(divmod, 7, 2) == (3, 1)
    process.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give the process behind `thaita show` and `thaita.read` one second."""
    monkeypatch.setattr(worker, "LIMITS", Limits(seconds=1))
    worker._shared_worker.cache_clear()
    yield
    worker._shared_worker.cache_clear()


@pytest.mark.usefixtures("impatient")
def test_show_draw_and_read_survive_a_crash_of_the_worker(tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(next(iter(ENDLESS.values()))())
    for more in ([], ["--draw", str(tmp_path / "page.png")]):
        result = CliRunner().invoke(cli, ["show", str(bad), *more])
        assert (result.exit_code, "(too_complex)" in result.stderr) == (1, True)
    with pytest.raises(UnreadableFileError, match="ended its process"):
        thaita.read(bad)


def test_reader_errors_are_passed_on_from_the_process() -> None:
    with pytest.raises(UnreadableFileError, match="damaged") as error:
        call_in_worker(read_bytes, b"%PDF-1.7", "bad.pdf")
    assert error.value.code == "damaged"
