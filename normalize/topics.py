"""The topics by which reports since FY2566 organize findings and measures.

The wordings are listed in `data/topics.csv`. The wording of a heading determines the topic; its number only
confirms it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from thaita.normalize.frameworks import every_topic
from thaita.normalize.memo import per_document
from thaita.normalize.names import (
    Best,
    Spelling,
    best_match,
    leading_number,
    read_table,
    spelling,
    strip_label,
)

SURE_SIMILARITY = 90.0
LEAST_SIMILARITY = 86.0
SURE_MARGIN = 20.0
LEAST_MARGIN = 12.0
MOST_ADDED, MOST_LOST, MOST_REPLACED, MOST_CROWDED = 5, 5, 4, 6
"""Maximum length of a differing stretch, in letters: a longer one is another word, not noise."""


@dataclass(frozen=True, slots=True)
class TopicMatch:
    """The topic named by a heading.

    `similarity` (0-100) is measured to the nearest wording; `margin` is its lead over the next topic. A `close`
    match is likely but not certain; `conflict` means that the number belongs to another topic.
    """

    no: int
    name: str
    similarity: float
    margin: float
    close: bool
    conflict: bool


@cache
def _spellings() -> tuple[Spelling[int], ...]:
    return tuple(spelling(int(row["no"]) or None, row["spelling"]) for row in read_table("topics.csv"))


@per_document
def match_topic(text: str) -> TopicMatch | None:
    """Return the topic named by a cell or heading, None if it names none.

    >>> match_topic("(๓) ช่องทาง และรูปแบบการ ประชาสัมพันธ์ เผยแพร่ข้อมูล ข่าวสารภาครัฐ").no
    3
    >>> match_topic("๒. กระบวนการกำกับดูแลการใช้ทรัพย์สินของราชการ").conflict
    True
    """
    best = best_match(strip_label(text), _spellings())
    if best is None or best.key is None or not _is_noise(best):
        return None
    if best.similarity < LEAST_SIMILARITY or best.margin < LEAST_MARGIN:
        return None
    close = best.similarity < SURE_SIMILARITY or best.margin < SURE_MARGIN
    number = leading_number(text)
    conflict = number is not None and number != best.key
    return TopicMatch(best.key, every_topic()[best.key], best.similarity, best.margin, close, conflict)


def _is_noise(best: Best[int]) -> bool:
    return (
        best.added <= MOST_ADDED
        and best.lost <= MOST_LOST
        and best.replaced <= MOST_REPLACED
        and best.crowded <= MOST_CROWDED
    )
