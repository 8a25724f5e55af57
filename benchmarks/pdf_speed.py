"""Speed, memory and cell accuracy of PDF engines on the same files.

usage: python benchmarks/pdf_speed.py [--pages N] [--seconds S] [--engines NAME …] [--files PDF …]

Typesets a report of N pages (200) with a ruled table on each, with LibreOffice and Chromium. Reads it with
each installed engine in a separate process on one core. An engine that needs more than S seconds (60) for a
file is stopped and evaluated on the pages it has read. With `--files` other PDFs are read, without cell
accuracy.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from book import Book, long_report, squeeze
from pdf_engines import TABLES, installed_version
from programs import NoProgramError
from typeset import BROWSER_FONT, WORD_FONT, by_browser, by_word

PAGES = 200
CHILD = Path(__file__).with_name("pdf_speed_child.py")
SECONDS = 60.0
GRACE = 240.0
"""Seconds beyond its time limit after which an engine that does not stop is killed."""


@dataclass(frozen=True)
class Job:
    """A file to read, and the cell texts of its pages (None if unknown)."""

    name: str
    path: Path
    truth: list[list[str]] | None


def accuracy(truth: Sequence[Sequence[str]], found: Iterable[str]) -> float:
    """Return the share of typeset cells whose text an engine returns exactly, ignoring white space.

    Each cell found counts once; cells without text and surplus cells are ignored.
    """
    wanted = Counter(chain.from_iterable(truth))
    right = (wanted & Counter(map(squeeze, found))).total()
    return right / wanted.total() if wanted else 0.0


def run(engine: str, job: Job, seconds: float) -> str:
    """Return a row of the table: an engine's figures for a file, or why there are none."""
    command = [sys.executable, str(CHILD), engine, str(job.path), str(seconds)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=seconds + GRACE, check=False, env=environment
        )
    except subprocess.TimeoutExpired:
        return f"stopped after {seconds + GRACE:.0f} s"
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().split("\n")[-1]
        return f"skipped: {last[:90]}"
    result = json.loads(done.stdout.decode().strip().split("\n")[-1])
    pages, spent = result["pages"], result["seconds"]
    row = f"{pages:6} {spent:8.2f} {pages / spent:9.1f} {result['peak']:9.0f}"
    if job.truth is None or not result["cells"]:
        return f"{row}         -"
    return f"{row} {100 * accuracy(job.truth[:pages], result['cells']):8.1f}%"


def typeset(pages: int, folder: Path) -> list[Job]:
    """Typeset the long report with each installed program."""
    book: Book = long_report(pages)
    jobs: list[Job] = []
    for name, make, font in (("LibreOffice", by_word, WORD_FONT), ("Chromium", by_browser, BROWSER_FONT)):
        path = folder / f"{name}.pdf"
        try:
            path.write_bytes(make(book, font))
        except NoProgramError as error:
            print(f"{name}: {error}")
            continue
        jobs.append(Job(f"{name}, {pages} pages, {path.stat().st_size:,} bytes", path, list(book.pages())))
    return jobs


def main() -> int:
    """Print the table; return the exit status."""
    parser = argparse.ArgumentParser(description="Speed, memory and cell accuracy of PDF engines.")
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--engines", nargs="+", default=list(TABLES), choices=list(TABLES))
    parser.add_argument("--files", nargs="+", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        files = [Job(path.name, path, None) for path in options.files or []]
        for job in files or typeset(options.pages, Path(name)):
            print(f"\n{job.name}")
            print(f"{'engine':26} {'pages':>6} {'seconds':>8} {'pages/s':>9} {'peak MiB':>9} {'cells':>9}")
            for engine in options.engines:
                label = f"{engine} {installed_version(engine)}"
                print(f"{label:26} {run(engine, job, options.seconds)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
