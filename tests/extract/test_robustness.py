"""Damaged, truncated and malicious files: only documented errors, no lost text, linear time."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from support.growth import grows_linearly
from support.paths import ROOT

from thaita.extract.pipeline import read_bytes, read_with_document
from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.readers.text.reader import read_text
from thaita.models.records import Provenance, Reading
from thaita.normalize.frameworks import every_indicator

SAMPLES = sorted((ROOT / "corpus" / "samples").glob("*.txt"))
SEEDS = 12


def provenances(reading: Reading) -> list[Provenance]:
    rows = [*reading.scores, *reading.findings, *reading.measures, *reading.evidence, *reading.unread]
    rows += [part for measure in reading.measures for part in (*measure.steps, *measure.owners)]
    return [row.provenance for row in rows]


def check(data: bytes) -> bool:
    """Check the invariants of any file; return False if the file is rejected."""
    try:
        reading, document = read_with_document(data, "report.txt")
    except UnreadableFileError as error:
        assert (error.code, str(error)) > ("", "")  # noqa: PT017 - both outcomes are right here
        return False
    text = document.text
    covered = bytearray(len(text))
    for provenance in provenances(reading):
        for start, end in provenance.spans:
            assert 0 <= start < end <= len(text)
            covered[start:end] = b"\x01" * (end - start)
        assert provenance.quote == "\n".join(text[start:end] for start, end in provenance.spans)
    lost = "".join(c for i, c in enumerate(text) if not covered[i] and not c.isspace())
    assert lost == ""
    ids = [row.score_id for row in reading.scores] + [row.finding_id for row in reading.findings]
    ids += [row.measure_id for row in reading.measures]
    assert len(set(ids)) == len(ids)
    for measure in reading.measures:
        assert all(part.measure_id == measure.measure_id for part in (*measure.steps, *measure.owners))
    assert all(score.indicator_no in every_indicator() for score in reading.scores)
    assert {problem.row_id for problem in reading.problems} <= {None, reading.report.report_id, *ids}
    return True


SPLINTERS = [
    "\t", "|", "  ", "<table>", "</table>", "<td>", "</td>", "<tr>", '"', "\n", "\f", "<br>", "**", "&amp;", "๑.", "(1)", "[", "{",
    "คะแนน", "90.00", "จุดแข็ง:", "ผู้รับผิดชอบ", "ำ", "\u0e48", "\ufffd", "\u200b", "\x00", "☑ ดำเนินการ", "2568",
]  # fmt: skip


def cut(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] if dice.random() < 0.5 else data[at:]


def stray_bytes(data: bytes, dice: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(dice.randint(1, 30)):
        damaged[dice.randrange(len(damaged))] = dice.randrange(256)
    return bytes(damaged)


def move_lines(data: bytes, dice: random.Random) -> bytes:
    lines = data.split(b"\n")
    for _ in range(dice.randint(1, 12)):
        i, j = dice.randrange(len(lines)), dice.randrange(len(lines))
        step = dice.choice(("drop", "double", "swap", "glue"))
        if step == "drop" and len(lines) > 2:
            del lines[i]
        elif step == "double":
            lines.insert(j, lines[i])
        elif step == "swap":
            lines[i], lines[j] = lines[j], lines[i]
        elif step == "glue":
            lines[i : i + 2] = [b"".join(lines[i : i + 2])]
    return b"\n".join(lines)


def splinter(data: bytes, dice: random.Random) -> bytes:
    text = data.decode()
    for _ in range(dice.randint(1, 15)):
        at = dice.randrange(len(text) + 1)
        text = text[:at] + dice.choice(SPLINTERS) + text[at:]
    return text.encode()


@pytest.mark.parametrize(
    "damage",
    [cut, *(pytest.param(one, marks=pytest.mark.long) for one in (stray_bytes, move_lines, splinter))],
)
def test_damaged_reports_are_read_or_rejected_without_losing_characters(
    damage: Callable[[bytes, random.Random], bytes],
) -> None:
    read = 0
    for seed in range(SEEDS):
        dice = random.Random(f"{damage.__name__}{seed}")
        read += check(damage(dice.choice(SAMPLES).read_bytes(), dice))
    assert read >= SEEDS // 2


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_whole_reports_account_for_every_character(path: Path) -> None:
    assert check(path.read_bytes())
    assert check(path.with_suffix(".docx").read_bytes())


def test_reading_twice_gives_the_same() -> None:
    data = SAMPLES[0].read_bytes()
    assert read_bytes(data, "a") == read_bytes(data, "a")


@pytest.mark.parametrize("path", SAMPLES[:2], ids=lambda path: path.stem)
def test_reading_time_is_linear_in_the_length(path: Path) -> None:
    data = path.read_bytes()
    read_bytes(data, "warm")
    assert grows_linearly(lambda n: read_bytes(data * n, "report.txt"), 3)


HOSTILE = {
    "spaces": " ", "digits": "1", "dots": ".", "brackets": "(", "square": "[", "pipes": "|", "less": "<", "quotes": '"', "tabs": "\t",
    "tab cells": "ก\t", "tab lines": "\tก\n", "short lines": "ก\n", "ragged": "ก\tข\nก\n", "wide lines": "ก  ข\n", "piped lines": "ก|ข|ค\n",
    "open cells": "<td>", "open tables": "<table>", "nested": "<table><tr><td>", "ends": "</table>", "comments": "<!--",
    "pictures": "![", "links": "![](", "fields": "{PAGE ", "residue": "[image: ", "rulers": "_", "stars": "**", "entities": "&", "escapes": "\\",
    "cells on lines": "\tมาตรการ\n\tผู้รับผิดชอบ\n", "quoted": 'ก\t"ข\n',
}  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_hostile_runs_are_read_in_linear_time(piece: str) -> None:
    assert grows_linearly(lambda n: read_text(f"ก\n{piece * (n // len(piece))}\nข\n".encode()), 10_000)
