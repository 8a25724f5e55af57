"""What a passage of a report is, from the letters it consists of: a finding of some kind, a measure, or other text.

`benchmarks/train_passages.py` fits the weights.
"""

from __future__ import annotations

from thaita.normalize.letter_model import label_odds

OTHER = "other"
"""The label of a passage that is neither a finding nor a part of a measure."""
_LONGEST = 400
"""Letters of a passage that are read; what it is shows in its first lines."""


def likely_passages(text: str) -> tuple[tuple[str, float], ...]:
    """Return the labels of a passage with their probabilities (0-1), the most likely first.

    A label is a kind of finding, "measure" for a part of a measure, or "other".
    """
    return label_odds("passage_weights.csv", text[:_LONGEST])
