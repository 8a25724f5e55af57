"""Reports with damage at the rates of real files: no kind of damage changes a score or a field.

Quotes are not split either, and no letters are left in `unread`.
"""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest
from support.damage import KINDS, damage
from support.gold import differences, load
from support.paths import ROOT

from thaita.check.evaluation.gold import Gold
from thaita.extract.pipeline import read_bytes
from thaita.models.records import Reading

SHARED = ROOT.parent / "shared"
SAMPLES = sorted((ROOT / "corpus" / "samples").glob("*.txt"))
SEEDS = sorted((SHARED / "seeds").glob("*.txt")) if SHARED.exists() else []


def gold_of(path: Path) -> Gold:
    folder = SHARED / "gold" if path in SEEDS else path.parent
    return load(folder / f"{path.stem}.gold.json")


@cache
def undamaged(path: Path) -> Reading:
    return read_bytes(path.read_text(encoding="utf-8-sig").encode(), path.name)


def pieces(reading: Reading) -> list[int]:
    """Return the number of pieces in the quote of each row."""
    return [len(r.provenance.spans) for r in (*reading.scores, *reading.findings, *reading.measures)]


CASES = [
    # one sample for a kind of damage, the next one for the next kind; long tests take all samples, and a seed
    pytest.param(path, kind, id=f"{path.stem[:8]}-{kind}", marks=() if path is now else pytest.mark.long)
    for i, kind in enumerate(sorted(KINDS))
    for now in [SAMPLES[i % len(SAMPLES)]]
    for path in (*SAMPLES, *SEEDS[i % 5 :][:1])
]


@pytest.mark.parametrize(("path", "kind"), CASES)
def test_damage_at_the_rate_of_real_files_changes_nothing(path: Path, kind: str) -> None:
    text = path.read_text(encoding="utf-8-sig")
    damaged = damage(text, kind, None, random.Random(f"{path.stem}-{kind}"))
    reading = read_bytes(damaged.encode(), path.name)
    assert differences(reading, gold_of(path)) == []
    whole = undamaged(path)
    assert pieces(reading) == pieces(whole)
    assert len(reading.unread) == len(whole.unread)
