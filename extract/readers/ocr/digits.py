"""Numbers in scanned lines, Thai and Arabic digits, read by a small network of our own.

Tesseract's Thai models turn Thai digits into others without a word; this recognizer knows nothing but
numbers, and says how sure it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import log

import numpy as np
import numpy.typing as npt

from thaita.extract.readers.ocr.digits_image import Gray, views
from thaita.extract.readers.ocr.digits_network import ALPHABET, LETTER, Array, Network, trained

BLANK = 0

IMPOSSIBLE = -60.0
"""The log probability under which nothing is told apart."""

EMPTY = 0.99
"""How sure it is that a picture without ink says nothing: a number may have been too pale."""


@dataclass(frozen=True, slots=True)
class NumberReading:
    """What a picture of a number says, and how sure that is.

    `text` holds the digits as drawn, Thai or Arabic, with "." "," "%" "-" "/" where they are drawn and
    without spaces; letters around the number are left out, letters within it stand as one space; it is
    "" where no number was read. `confidence` is the calibrated probability, 0..1, that `text` is exactly
    right. `characters` are all that was read, each with its calibrated probability; a run of letters is
    one `LETTER`.
    """

    text: str
    confidence: float
    characters: tuple[tuple[str, float], ...]


def read_number(image: npt.NDArray[np.uint8], dpi: float = 300.0) -> NumberReading:
    """Return the number in a picture of one line.

    `image` is gray, shape (rows, columns), dark ink on light paper; `dpi` is its resolution, dots an
    inch. It may have margins and remains of ruling lines. Never raises for a picture of any size.
    """
    return read_views(trained(), image, dpi)


def read_views(network: Network, image: Gray, dpi: float) -> NumberReading:
    """Return the number that a network reads in a picture."""
    answers = [network(line) for line in views(image, dpi)]
    if not answers:
        return NumberReading("", EMPTY, ())
    labels, score, peaks = best_path(answers)
    points = network.character_map
    sure = np.interp(peaks, points[0], points[1]) if labels else ()
    characters = tuple((ALPHABET[label - 1], float(value)) for label, value in zip(labels, sure, strict=True))
    confidence = float(np.interp(score, network.line_map[0], network.line_map[1]))
    return NumberReading(
        number_text("".join(character for character, _ in characters)), confidence, characters
    )


def best_path(answers: list[Array]) -> tuple[tuple[int, ...], float, list[float]]:
    """Return what most likely stands in all views of a line: its labels, its score, a peak for each label.

    The score is the mean log probability of the labels over the views; a peak is the log probability of
    the label where it is clearest.
    """
    greedy = [greedy_path(answer) for answer in answers]
    scores = [float(np.mean([path_score(answer, labels) for answer in answers])) for labels, _ in greedy]
    best = int(np.argmax(scores))
    labels, peaks = greedy[best]
    return labels, scores[best], peaks


def greedy_path(answer: Array) -> tuple[tuple[int, ...], list[float]]:
    """Return the labels that lead column by column, and the highest log probability of each."""
    leaders = answer.argmax(axis=1)
    peaks = answer.max(axis=1)
    labels: list[int] = []
    sure: list[float] = []
    for label, run in groupby(range(len(leaders)), key=lambda column: int(leaders[column])):
        if label != BLANK:
            labels.append(label)
            sure.append(float(max(peaks[column] for column in run)))
    return tuple(labels), sure


def path_score(answer: Array, labels: tuple[int, ...]) -> float:
    """Return the log probability of labels, over all ways to lay them on the columns (CTC)."""
    states = np.full(2 * len(labels) + 1, BLANK)
    states[1::2] = labels
    emitted = np.exp(answer[:, states].astype(np.float64))
    # A label may follow another without a blank between, if it is not the same one.
    skips = np.zeros(len(states))
    skips[3::2] = states[3::2] != states[1:-2:2]
    paths = np.zeros(len(states))
    paths[:2] = 1.0
    score = 0.0
    for column, likely in enumerate(emitted):
        if column:
            reached = paths.copy()
            reached[1:] += paths[:-1]
            reached[2:] += paths[:-2] * skips[2:]
            paths = reached
        paths = paths * likely
        total = float(paths.sum())
        if total < 1e-300:
            return IMPOSSIBLE
        paths /= total
        score += log(total)
    ending = float(paths[-2:].sum())
    return max(score + log(ending), IMPOSSIBLE) if ending > 0 else IMPOSSIBLE


def number_text(read: str) -> str:
    """Return what was read without the letters around it; letters within stand as one space."""
    return " ".join(read.replace(LETTER, " ").split())
