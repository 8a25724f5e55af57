"""Where the tests find what they read."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""

TESTS = ROOT / "tests"
SAMPLES = ROOT / "corpus" / "samples"
PDFS = TESTS / "extract" / "readers" / "pdf" / "files"
BREAKS = TESTS / "check" / "breaks"
SHARED = ROOT.parent / "shared"
"""Documents beside the checkout: tests pass where there are none."""
