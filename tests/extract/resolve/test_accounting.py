"""No text of the source is lost: every character is in the provenance of a row or in `unread`."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.paths import ROOT
from support.read_once import read_once

SHARED = ROOT.parent / "shared"
OURS = [
    path
    for folder in ("corpus/samples", "tests/variants")
    for path in sorted((ROOT / folder).rglob("*.*"))
    if path.suffix in (".txt", ".docx", ".pdf") and path.parent.name != "special"
]
REAL = [
    path
    for folder in ("seeds", "reports/docx", "reports/word", "reports/browser")
    for path in sorted((SHARED / folder).glob("*.*"))
]
UNCLEAR_AT_MOST = 0.02


def rows(reading):
    return (*reading.scores, *reading.findings, *reading.measures, *reading.evidence, *reading.unread)


@pytest.mark.parametrize("path", [*OURS, *REAL], ids=lambda path: f"{path.parent.name}/{path.name[:12]}")
def test_every_character_is_in_a_row_or_in_unread(path: Path) -> None:
    reading, text = read_once(path)
    covered = bytearray(len(text))
    for row in rows(reading):
        for start, end in row.provenance.spans:
            covered[start:end] = b"\x01" * (end - start)
    lost = "".join(
        char for char, is_in in zip(text, covered, strict=True) if not is_in and not char.isspace()
    )
    assert lost == ""


@pytest.mark.parametrize("path", [*OURS, *REAL], ids=lambda path: f"{path.parent.name}/{path.name[:12]}")
def test_every_quote_equals_the_source_at_its_spans(path: Path) -> None:
    reading, text = read_once(path)
    for row in (*rows(reading), *(s for m in reading.measures for s in (*m.steps, *m.owners))):
        place = row.provenance
        assert "\n".join(text[start:end] for start, end in place.spans) == place.quote
        assert list(place.spans) == sorted(place.spans)


@pytest.mark.skipif(not REAL, reason="the real reports are not in the checkout")
@pytest.mark.parametrize("path", REAL, ids=lambda path: f"{path.parent.name}/{path.name[:12]}")
def test_little_of_a_real_report_is_unclear(path: Path) -> None:
    reading, text = read_once(path)
    unclear = sum(len(u.text) for u in reading.unread if u.kind == "unclear")
    assert unclear < UNCLEAR_AT_MOST * len(text)
