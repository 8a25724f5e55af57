"""Paths of files that tests read."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The root of the checkout."""

TESTS = ROOT / "tests"
SAMPLES = ROOT / "corpus" / "samples"
PDFS = TESTS / "extract" / "readers" / "pdf" / "files"
BREAKS = TESTS / "check" / "breaks"
SHARED = ROOT.parent / "shared"
"""Documents beside the checkout; tests pass without them."""
