"""Comparison of datasets before and after a change, byte by byte.

usage: python benchmarks/same_datasets.py save FOLDER [--scans]
       python benchmarks/same_datasets.py compare FOLDER [--scans]

`save` extracts every available archive into FOLDER: the samples, the variants of the tests and, where they exist, the
documents beside the checkout (`../shared`). Run it before a change. `compare` extracts the same archives again and
lists every file that differs, with its first different line. Each run starts with an empty store, because results
are stored under the program's digest. The exit status is 1 if anything differs. Scanned reports need OCR and minutes: they
are left out without `--scans`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def archives(*, scans: bool) -> Iterator[tuple[str, Path]]:
    """Yield the name and folder of each archive."""
    yield "samples", ROOT / "corpus" / "samples"
    yield "variants", ROOT / "tests" / "variants"
    for folder in (SHARED / "seeds", SHARED / "cases", SHARED / "real-pdf"):
        if folder.is_dir():
            yield folder.name, folder
    for folder in sorted((SHARED / "reports").glob("*")):
        if scans or not folder.name.startswith("scan"):
            yield folder.name, folder


def extract(target: Path, *, scans: bool) -> None:
    """Write one dataset for each archive below a folder."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as cache:
        for name, folder in archives(scans=scans):
            command = [sys.executable, "-m", "thaita", "extract", folder, "-o", target / name]
            environment = {**os.environ, "THAITA_CACHE": cache}
            done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
            if not (target / name / "reports.csv").exists():
                raise SystemExit(f"{name}: no dataset\n{done.stderr}")
            print(name, done.stderr.strip().rpartition("\n")[2], sep=": ")


def differences(before: Path, after: Path) -> Iterator[str]:
    """Yield each file that differs between two folders, with its first different line."""
    names = {
        path.relative_to(folder) for folder in (before, after) for path in folder.rglob("*") if path.is_file()
    }
    for name in sorted(names):
        if not (before / name).exists():
            yield f"{name}: only after"
        elif not (after / name).exists():
            yield f"{name}: only before"
        elif (old := (before / name).read_bytes()) != (new := (after / name).read_bytes()):
            for i, pair in enumerate(zip_longest(old.splitlines(), new.splitlines(), fillvalue=b""), start=1):
                if pair[0] != pair[1]:
                    one, two = (line[:300].decode(errors="replace") for line in pair)
                    yield f"{name}, line {i}:\n  - {one}\n  + {two}"
                    break


def main() -> None:
    """Save the datasets, or compare them with saved ones."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("save", "compare"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scans", action="store_true")
    options = parser.parse_args()
    if options.what == "save":
        extract(options.folder, scans=options.scans)
        return
    with tempfile.TemporaryDirectory() as folder:
        extract(Path(folder), scans=options.scans)
        found = list(differences(options.folder, Path(folder)))
    print(*found or ["the same bytes"], sep="\n")
    raise SystemExit(bool(found))


if __name__ == "__main__":
    main()
