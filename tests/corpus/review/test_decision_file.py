"""The decision log: logs merge by concatenation, and damage to a file loses only the damaged lines."""

import multiprocessing
import os
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.reviewing import START, decision, sample

from thaita.corpus.archive_location import SourceError, archive_of, remember_archive, source_path
from thaita.corpus.discover import find_files
from thaita.corpus.review.decide import DecisionRequest, StaleError, decision_maker
from thaita.corpus.review.decision import Decision, decision_of, merged
from thaita.corpus.review.decision_log import (
    append_decision,
    decisions_beside,
    parse_decisions,
    read_decisions,
)

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
NAME = TEXT.filter(bool)
DECISIONS = st.builds(
    Decision,
    id=st.integers(0, 12).map("d{:016x}".format),
    time=st.datetimes(timezones=st.just(START.tzinfo)),
    by=NAME,
    kind=st.sampled_from(["correct", "accept", "wrong", "withdraw"]),
    report_id=NAME,
    sha256=st.just("0" * 64),
    source=TEXT,
    table=NAME,
    row_id=NAME,
    column=NAME,
    extracted=st.none() | TEXT,
    value=st.none() | TEXT,
    why=TEXT,
    after=st.none(),
)


@given(DECISIONS)
def test_a_decision_survives_a_round_trip(one):
    assert "\n" not in one.line()
    assert decision_of(one.line()) == one


@given(st.lists(DECISIONS), st.randoms())
def test_order_and_duplicates_of_lines_do_not_matter(made, chance):
    lines = [one.line().encode() for one in made]
    other = [*lines, *chance.sample(lines, len(lines) // 2)]
    chance.shuffle(other)
    assert parse_decisions(b"\n".join(lines)) == parse_decisions(b"\n\n".join(other) + b"\n")
    assert len({one.id for one in merged(made)}) == len(merged(made))


def test_damaged_lines_are_reported_and_the_others_count():
    line = decision(sample(), "scores", 0, "score", "95").line().encode()
    found = parse_decisions(
        b"\xef\xbb\xbf" + line + b"\r\n<<<<<<< HEAD\n\xff\n" + line[:80] + b"\n[1]\n" + line
    )
    assert len(found.decisions) == 1
    assert [damage.line for damage in found.damaged] == [2, 3, 4, 5]


def write_some(path, name):
    for _ in range(25):
        append_decision(
            path,
            decision_maker(
                sample(),
                DecisionRequest("scores", score(), "score", "accept", None, name, ""),
                lambda _: True,
            ),
        )


def score():
    return next(row["score_id"] for table, row in sample() if table == "scores")


def test_concurrent_writers_lose_no_decision(tmp_path):
    path = tmp_path / "x.corrections.jsonl"
    context = multiprocessing.get_context("fork" if os.name == "posix" else "spawn")
    writers = [context.Process(target=write_some, args=(path, f"คน{i}")) for i in range(4)]
    for one in writers:
        one.start()
    for one in writers:
        one.join(60)
    found = read_decisions(path)
    assert (len(found.decisions), found.damaged) == (100, ())
    assert len({one.time for one in found.decisions}) == 100  # the order of writing is the order of time


def test_a_line_that_was_cut_off_stays_separate(tmp_path):
    path = tmp_path / "x.corrections.jsonl"
    path.write_bytes(b'{"id":"d0')
    write_some(path, "ก")
    found = read_decisions(path)
    assert (len(found.decisions), len(found.damaged)) == (25, 1)


def test_a_stale_decision_is_rejected(tmp_path):
    path = tmp_path / "x.corrections.jsonl"
    request = DecisionRequest("scores", score(), "score", "correct", "95", "ก", "อ่านผิด")
    first = append_decision(path, decision_maker(sample(), request, lambda standing: standing is None))
    with pytest.raises(StaleError) as late:
        append_decision(path, decision_maker(sample(), request, lambda standing: standing is None))
    assert late.value.standing == first
    assert len(path.read_bytes().splitlines()) == 1


def test_the_log_is_next_to_the_dataset_and_the_archive_is_remembered(tmp_path, monkeypatch):
    monkeypatch.setenv("THAITA_CACHE", str(tmp_path / "cache"))
    assert decisions_beside(tmp_path / "d" / "") == tmp_path / "d.corrections.jsonl"
    assert archive_of(tmp_path / "d") is None
    remember_archive(tmp_path / "d", tmp_path)
    assert archive_of(tmp_path / "." / "d") == tmp_path.resolve()


def test_a_decision_log_in_an_archive_is_not_read_as_a_report(tmp_path):
    (tmp_path / "d.corrections.jsonl").write_text("{}")
    (tmp_path / "a.txt").write_text("ITA")
    assert [found.source for found in find_files(tmp_path)] == ["a.txt"]


def test_files_outside_the_archive_are_rejected(tmp_path):
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "ก.txt").write_text("x")
    (tmp_path / "secret").write_text("x")
    (archive / "link").symlink_to(tmp_path / "secret")
    (archive / "inside").symlink_to("ก.txt")
    os.mkfifo(archive / "pipe")
    assert (
        source_path(archive, "ก.txt")
        == source_path(archive, "inside")
        == source_path(archive / "ก.txt", "ก.txt")
    )
    for source, code in {
        "../secret": "outside",
        str(tmp_path / "secret"): "outside",
        "link": "outside",
        "../none": "outside",
        "none": "missing",
        "a\x00b": "missing",
        "pipe": "not_a_file",
        "": "not_a_file",
    }.items():
        with pytest.raises(SourceError) as refused:
            source_path(archive, source)
        assert (source, refused.value.code) == (source, code)
    with pytest.raises(SourceError):
        source_path(archive / "ก.txt", "inside/../link")


def test_file_names_that_are_not_utf8_are_found(tmp_path):
    name = os.fsdecode(b"a\xff.txt")
    try:
        (tmp_path / name).write_text("x")
    except (OSError, UnicodeError):
        pytest.skip("this system has no such names")
    assert source_path(tmp_path, "a\\xff.txt").name == name


def test_shuffled_decisions_have_the_same_effect():
    made = [decision(sample(), "scores", i, "score", str(i)) for i in range(5)]
    lines = [one.line() for one in made]
    random.Random(1).shuffle(lines)
    assert parse_decisions("\n".join(lines).encode()).decisions == tuple(made)
