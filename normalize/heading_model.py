"""Recognition of headings that no list holds, from the letters that they consist of.

`benchmarks/train_headings.py` fits the weights, on headings and other lines of reports.
"""

from __future__ import annotations

from thaita.normalize.letter_model import label_odds

TEXT = "text"
"""The label of a line that is no heading."""


def likely_labels(text: str) -> tuple[tuple[str, float], ...]:
    """Return the labels of a line with their probabilities (0-1), the most likely first.

    A label is a role, a kind of finding, "section" for a heading that opens none of these, or "text" for a line that
    is no heading.
    """
    return label_odds("heading_weights.csv", text)
