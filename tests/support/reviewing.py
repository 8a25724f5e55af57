"""Shared code of the review tests: sample reports as rows, and decisions on their cells."""

import itertools
import json
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from click.testing import CliRunner

import thaita
from support.paths import SAMPLES
from thaita.cli.main import cli
from thaita.corpus.review.decision import Decision
from thaita.corpus.review.match import mark_of
from thaita.corpus.review.reviewable_fields import row_id_of
from thaita.models.records import Reading
from thaita.models.rows import rows, written
from thaita.out.tables.checksums import sum_of

TEXT = SAMPLES / "05_nongbuakhok.txt"
"""A report whose scores do not add up to its total."""

_COUNT = itertools.count()
START = datetime(2026, 1, 1, tzinfo=UTC)


@cache
def reading(path: Path = TEXT) -> Reading:
    """Return the records of a sample report as extracted."""
    return thaita.read(path)


@cache
def sample(path: Path = TEXT):
    """Return the rows of a sample report as extracted."""
    return tuple(rows(reading(path)))


def table(pairs, name):
    return [row for its, row in pairs if its == name]


def decision(pairs, name, at, column, value=None, kind="correct", **changed):
    """Return a decision on a cell of a report, later than all earlier ones."""
    report, row, number = table(pairs, "reports")[0], table(pairs, name)[at], next(_COUNT)
    said = {
        "id": f"d{number:016x}",
        "time": START + timedelta(seconds=number),
        "by": "สมศรี",
        "kind": kind,
        "report_id": report["report_id"],
        "sha256": report["sha256"],
        "source": report["source"],
        "table": name,
        "row_id": row_id_of(name, row),
        "column": column,
        "extracted": written(row[column]),
        "value": value,
        "why": "อ่านผิด",
        "row": mark_of(row),
    }
    return Decision(**said | changed)


def update_checksums(dataset):
    """Update the checksums of a dataset's tables after they were changed."""
    mark = dataset / "datapackage.json"
    described = json.loads(mark.read_text("utf-8"))
    for one in described["resources"]:
        one |= sum_of(dataset / one["path"]).described()
    mark.write_text(json.dumps(described), "utf-8")


def run(*arguments):
    """Run a command as a user does."""
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result
