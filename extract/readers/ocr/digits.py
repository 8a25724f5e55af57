"""Digit recognizer: a small neural network that reads Thai and Arabic numbers in scanned lines.

Tesseract's Thai models misread Thai digits without any sign of doubt. This recognizer reads only numbers and
returns calibrated confidences.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import log

import numpy as np
import numpy.typing as npt

from thaita.extract.readers.ocr.digits_image import Gray, views
from thaita.extract.readers.ocr.digits_network import ALPHABET, LETTER, Array, Network, trained_network

BLANK = 0

MIN_LOG_PROBABILITY = -60.0
"""The log probability below which differences are ignored."""

EMPTY_CONFIDENCE = 0.99
"""Confidence that an image without ink contains no number: one may have been too pale."""


@dataclass(frozen=True, slots=True)
class NumberReading:
    """A number read from an image, and its confidence.

    `text` holds the digits as drawn, Thai or Arabic, with "." "," "%" "-" "/" where they are drawn and
    without spaces. Letters around the number are left out, and letters inside it become one space. It is ""
    if no number was read. `confidence` is the calibrated probability, 0..1, that `text` is exactly right.
    `characters` are all characters read, each with its calibrated probability; a run of letters is one
    `LETTER`.
    """

    text: str
    confidence: float
    characters: tuple[tuple[str, float], ...]


def read_number(image: npt.NDArray[np.uint8], dpi: float = 300.0) -> NumberReading:
    """Return the number in an image of one line.

    `image` is gray with shape (rows, columns), dark ink on light paper; `dpi` is its resolution in dots per
    inch. It may have margins and remains of ruling lines. Accepts an image of any size without raising.
    """
    return read_views(trained_network(), image, dpi)


def read_views(network: Network, image: Gray, dpi: float) -> NumberReading:
    """Return the number that a network reads in an image."""
    answers = [network(line) for line in views(image, dpi)]
    if not answers:
        return NumberReading("", EMPTY_CONFIDENCE, ())
    labels, score, peaks = best_path(answers)
    points = network.character_map
    sure = np.interp(peaks, points[0], points[1]) if labels else ()
    characters = tuple((ALPHABET[label - 1], float(value)) for label, value in zip(labels, sure, strict=True))
    confidence = float(np.interp(score, network.line_map[0], network.line_map[1]))
    return NumberReading(
        number_text("".join(character for character, _ in characters)), confidence, characters
    )


def best_path(answers: list[Array]) -> tuple[tuple[int, ...], float, list[float]]:
    """Return the most likely labels over all views of a line, their score, and a peak for each label.

    The score is the mean log probability of the labels over the views. A peak is the log probability of a
    label where it is clearest.
    """
    greedy = [greedy_path(answer) for answer in answers]
    scores = [float(np.mean([path_score(answer, labels) for answer in answers])) for labels, _ in greedy]
    best = int(np.argmax(scores))
    labels, peaks = greedy[best]
    return labels, scores[best], peaks


def greedy_path(answer: Array) -> tuple[tuple[int, ...], list[float]]:
    """Return the most likely labels column by column, and the highest log probability of each."""
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
    """Return the log probability of labels, over all their alignments to the columns (CTC)."""
    states = np.full(2 * len(labels) + 1, BLANK)
    states[1::2] = labels
    emitted = np.exp(answer[:, states].astype(np.float64))
    # A label can follow another without a blank between them if the two differ.
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
            return MIN_LOG_PROBABILITY
        paths /= total
        score += log(total)
    ending = float(paths[-2:].sum())
    return max(score + log(ending), MIN_LOG_PROBABILITY) if ending > 0 else MIN_LOG_PROBABILITY


def number_text(read: str) -> str:
    """Return the text without the letters around the number; letters inside it become one space."""
    return " ".join(read.replace(LETTER, " ").split())
