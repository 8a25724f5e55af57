"""Accuracy of the digit recognizer on score cells in fonts outside its training.

usage: DIGIT_FONTS=FOLDER python benchmarks/digits.py [--cells N] [--seed N]

For each held-out family, resolution and noise level, N score cells (60) are drawn, half in Thai and half in
Arabic digits, in sizes of 12 to 16 points; `digits_lines.py` lists the fonts. A cell is right if its text is
exactly the drawn text. The output shows the share of right cells, the wrong ones that a format check accepts,
the quality of the confidence, and the time per line.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from digits_lines import TEST, Face, families, font_folder, scan_line, score_cell
from digits_scan import Scan

from thaita.extract.readers.ocr.digits import read_number

RESOLUTIONS = (150, 200, 300)
NOISES = {"light": 0.1, "hard": 0.8}
SCORE = re.compile(r"(?:[1-9๑-๙]?[0-9๐-๙]\.[0-9๐-๙]{2}|100(?:\.00)?|๑๐๐(?:\.๐๐)?)%?")


@dataclass(frozen=True)
class Case:
    """A cell that was read: its origin, its true text, and the reading with its confidence."""

    family: str
    dpi: int
    noise: str
    thai: bool
    said: str
    read: str
    confidence: float
    seconds: float

    @property
    def right(self) -> bool:
        """Whether the reading is exactly the drawn text."""
        return self.said == self.read


def cases(faces: list[Face], count: int, seed: int) -> list[Case]:
    """Return the readings of `count` cells at each resolution and noise level, in the fonts of one family."""
    rng = random.Random(f"{faces[0].family} {seed}")
    found = []
    for dpi in RESOLUTIONS:
        for noise, badness in NOISES.items():
            for number in range(count):
                thai = number % 2 == 0
                text = score_cell(rng, thai)
                image = scan_line(
                    [(text, True)], rng.choice(faces), rng.uniform(12, 16), Scan(dpi, badness), rng
                )
                begun = time.perf_counter()
                reading = read_number(image, dpi)
                seconds = time.perf_counter() - begun
                found.append(
                    Case(faces[0].family, dpi, noise, thai, text, reading.text, reading.confidence, seconds)
                )
    return found


def accuracy(found: Iterable[Case]) -> str:
    """Return the share of right cells in percent, and their number."""
    right = [case.right for case in found]
    return f"{100 * np.mean(right):5.1f}" if right else "    -"


def calibration_error(found: list[Case], bins: int = 10) -> float:
    """Return the expected calibration error: the mean gap between confidence and accuracy."""
    ordered = sorted(found, key=lambda case: case.confidence)
    parts = [part for part in np.array_split(np.arange(len(ordered)), bins) if len(part)]
    gaps = [
        len(part)
        * abs(np.mean([ordered[at].confidence for at in part]) - np.mean([ordered[at].right for at in part]))
        for part in parts
    ]
    return float(sum(gaps) / len(ordered))


def report(found: list[Case]) -> None:
    """Print the tables."""
    columns = [(dpi, noise) for dpi in RESOLUTIONS for noise in NOISES]
    print(f"{'family':16}" + "".join(f"{dpi:>6} {noise:5}" for dpi, noise in columns))
    names = list(dict.fromkeys(case.family for case in found))
    groups = [(name, [case for case in found if case.family == name]) for name in names]
    groups += [("Thai digits", [case for case in found if case.thai])]
    groups += [("Arabic digits", [case for case in found if not case.thai]), ("all", found)]
    for name, group in groups:
        cells = [accuracy(c for c in group if (c.dpi, c.noise) == column) for column in columns]
        print(f"{name:16}" + "".join(f"{cell:>12}" for cell in cells))
    wrong = [case for case in found if not case.right]
    passing = [case for case in wrong if SCORE.fullmatch(case.read)]
    print(f"cells {len(found)}, wrong {len(wrong)}, of them in the form of a score {len(passing)}")
    for limit in (0.9, 0.95, 0.98, 0.99):
        over = [case for case in found if case.confidence > limit]
        bad = [case for case in over if not case.right]
        silent = [case for case in bad if SCORE.fullmatch(case.read)]
        share = len(over) / len(found)
        print(f"confidence over {limit}: {share:6.1%} of cells, wrong {len(bad)}, in form {len(silent)}")
    print(f"expected calibration error {calibration_error(found):.4f}")
    seconds = sorted(case.seconds for case in found)
    print(f"milliseconds per line: median {1e3 * seconds[len(seconds) // 2]:.1f}")
    for case in sorted(passing, key=lambda case: -case.confidence)[:12]:
        print(
            f"  {case.family} {case.dpi} {case.noise}: {case.said} read {case.read} at {case.confidence:.3f}"
        )


def main() -> None:
    """Read cells of the held-out families and print the results."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cells", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    installed = families(font_folder())
    report(
        [
            case
            for name in TEST
            if name in installed
            for case in cases(installed[name], options.cells, options.seed)
        ]
    )


if __name__ == "__main__":
    main()
