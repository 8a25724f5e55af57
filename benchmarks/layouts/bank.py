"""The phrases that reports are composed from, parted between the splits.

Each row of `phrases/*.csv` belongs to one split, by its `split` column (`python bank.py` writes it for new rows).
A split draws only from its own rows, so wordings of `check` and `last` are never seen in `fit`.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path
from random import Random

PHRASES = Path(__file__).parent / "phrases"
SPLITS = ("fit", "check", "last")
SHARED = {"agencies", "owners", "periods"}
"""Banks of names and dates: they are data, not wordings, and all splits share them."""
TURNS = ("fit", "check", "last", "fit")
"""The split of each fourth row of one kind: half of the rows are for fitting."""
Row = dict[str, str]


@cache
def rows(bank: str) -> tuple[Row, ...]:
    """Return all rows of a bank."""
    with (PHRASES / f"{bank}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


class Bank:
    """The phrases of one split. Each draw takes a phrase not drawn before, as long as there is one."""

    def __init__(self, split: str, random: Random) -> None:
        self.split = split
        self.random = random
        self._left: dict[tuple[str, ...], list[Row]] = {}

    def draw(self, bank: str, **kinds: str) -> Row:
        """Return a row of a bank with these values in its columns. Raises LookupError if there is none."""
        key = (bank, *(f"{name}={value}" for name, value in sorted(kinds.items())))
        if not self._left.get(key):
            fit = [row for row in rows(bank) if all(row[name] == value for name, value in kinds.items())]
            own = [row for row in fit if bank in SHARED or row["split"] in (self.split, "all")]
            if not own:
                raise LookupError(f"no phrase of {' '.join(key)} for {self.split}")
            self._left[key] = self.random.sample(own, len(own))
        return self._left[key].pop()


def assign(bank: str) -> int:
    """Give each row without a split one, in turn within its kind. Returns how many rows were given one."""
    path = PHRASES / f"{bank}.csv"
    table = [dict(row) for row in rows(bank)]
    seen: dict[tuple[str, ...], int] = defaultdict(int)
    new = 0
    for row in table:
        kind = tuple(
            row[name] for name in ("indicator_no", "kind", "meaning", "role", "status") if name in row
        )
        kind = kind if bank not in ("other_documents", "long_documents") else ()
        if not row.get("split"):
            named = row.get("role", "").startswith("signature")
            row["split"] = "all" if named else TURNS[seen[kind] % len(TURNS)]
            new += 1
        seen[kind] += 1
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)
    return new


if __name__ == "__main__":
    for file in sorted(PHRASES.glob("*.csv")):
        if file.stem not in SHARED:
            print(f"{file.stem}: {assign(file.stem)} new rows", file=sys.stderr)
