"""Fuzz targets for the files of a dataset and for rules, all of which a user may have changed."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Sequence
from functools import cache, partial
from io import StringIO
from pathlib import Path
from random import Random

from fuzz import byte_moves, seeds, text_moves
from fuzz.holds import hold
from fuzz.readers import Target
from thaita.check.judge import refuse_unknown_checks
from thaita.check.rulebook import RuleError, own_rules, read_rules
from thaita.corpus.dataset_folder import MARK, foreign_names, is_dataset
from thaita.corpus.run.outcomes import Outcome
from thaita.extract.pipeline import read_bytes
from thaita.models.rows import rows
from thaita.models.tables import BY_NAME
from thaita.out.export import write_dataset
from thaita.out.tables.csv_tables import DatasetError, stream_table
from thaita.out.verdicts.dataset import check_dataset

_CELLS = (
    "", "0", "-1", "1e999999999", "-1E+99999999", "NaN", "Infinity", "sNaN", "9" * 5000, "99999999999", "1_000", " 1", "٣", "2568-02-30", "20240101",
    "2024-W01-1", "0001-01-01", "1-2|3-4", "9-1", "a-b", "-|-", "|", "||", "IIT", "'=1", "=1", '"', "\x00", "\u0e01" * 40_000, "1|2|x",
)  # fmt: skip


@cache
def dataset() -> dict[str, bytes]:
    """Return the files of a dataset of two reports, by name."""
    found = [read_bytes(data, f"{i}.txt") for i, data in enumerate(seeds.files("*.txt")[:2])]
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "dataset"
        write_dataset(
            target, [Outcome(one.report.source, tuple(rows(one)), was_read=True) for one in found], ["csv"]
        )
        return {path.name: path.read_bytes() for path in target.iterdir()}


def cells(data: bytes, dice: Random, good: Sequence[bytes]) -> bytes:
    """Return a table with cells, rows, its header or its bytes changed."""
    if dice.random() < 0.3:
        return text_moves.mutate(data, dice, good)
    rows = list(csv.reader(StringIO(data.decode("utf-8-sig", "replace"), newline="")))
    for _ in range(dice.randint(1, 3)):
        i = dice.randrange(1, len(rows)) if len(rows) > 1 and dice.random() < 0.95 else 0
        j = dice.randrange(len(rows[i])) if rows[i] else 0
        step = dice.choice(("cell", "cell", "cell", "swap", "double", "drop"))
        if step == "cell" and rows[i]:
            rows[i][j] = dice.choice(_CELLS)
        elif step == "swap" and rows[i]:
            rows[i][j] = dice.choice(rows[dice.randrange(len(rows))] or [""])
        elif step == "double":
            rows.insert(dice.randint(1, len(rows)), list(rows[i]))
        elif len(rows) > 1:
            del rows[i]
    out = StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def table_read(data: bytes, name: str) -> str:
    """Return `read` if all rows of a table are read, `refused` if it is reported as damaged."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"{name}.csv").write_bytes(data)
        try:
            for row in stream_table(Path(folder), BY_NAME[name]):
                hold(set(row) == set(BY_NAME[name].header), "a row has every column")
        except DatasetError:
            return "refused"
    return "read"


def dataset_checked(data: bytes, name: str) -> str:
    """Check a dataset with one changed table; return `read`, or `refused` if it is reported as damaged."""
    with tempfile.TemporaryDirectory() as folder:
        for file, content in dataset().items():
            (Path(folder) / file).write_bytes(data if file == f"{name}.csv" else content)
        try:
            for judged in check_dataset(Path(folder), verify=False):
                hold(all(verdict.message for verdict in judged.verdicts), "a verdict says what it found")
        except DatasetError:
            return "refused"
    return "read"


def marked(data: bytes) -> str:
    """Return `dataset` if a folder with this description is a dataset, else `none`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / MARK).write_bytes(data)
        (folder / "other").touch()
        hold(set(foreign_names(folder)) <= {MARK, "other"}, "names in the folder")
        return "dataset" if is_dataset(folder) else "none"


def rules_read(data: bytes) -> str:
    """Read a user's file of rules; return `read`, or `refused` if it is reported as invalid."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "2569.csv").write_bytes(data)
        try:
            refuse_unknown_checks(read_rules(Path(folder), own_rules()))
        except RuleError:
            return "refused"
    return "read"


def _target(name: str, check: Callable[[bytes], str], file: str) -> Target:
    return Target(name, check, lambda: (dataset()[file],), cells)


def _rules() -> tuple[bytes, ...]:
    folder = seeds.ROOT / "check" / "rules"
    return tuple(path.read_bytes() for path in sorted(folder.glob("2*.csv")))


DATASETS = (
    *(_target(f"table-{name}", partial(table_read, name=name), f"{name}.csv") for name in BY_NAME),
    *(
        _target(f"check-{name}", partial(dataset_checked, name=name), f"{name}.csv")
        for name in BY_NAME
        if name != "unread"
    ),
    Target("dataset-mark", marked, lambda: (dataset()[MARK],), byte_moves.mutate),
    Target("rules", rules_read, _rules, cells),
)
"""A target for every file of a dataset, and one for rules."""
