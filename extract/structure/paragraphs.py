"""Paragraphs of the flow, with page numbers and running heads marked."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from thaita.models.document import Document, Paragraph
from thaita.models.roles import SHARED
from thaita.models.source_text import SourceText
from thaita.normalize.headings import likely_heading, match_heading
from thaita.normalize.indicators import find_indicators, find_instrument, match_indicator
from thaita.normalize.match_key import fold
from thaita.normalize.topics import match_topic

_PAGE_NUMBER = re.compile(
    r"(?:[-–(~|]?|[-–=*_\[]{2,12})(?:หน้า(?:ที่)?|page)?\d{1,4}(?:(?:/|จาก|of)\d{1,4})?(?:[-–)~|]?|[-–=*_\]]{2,12})",
    re.IGNORECASE,
)
_ENDS_IN_PAGE = re.compile(r"(?:หน้า(?:ที่)?|page)\d{1,4}$")
_FURNITURE = re.compile(r"(?:หน้า(?:ที่)?|page)\d{1,4}(?:(?:/|จาก|of)\d{1,4})?$|[|]\d{1,4}$")
_LIKELY = 0.5
"""Least probability of a heading of unknown words, which is no running head although it is repeated."""
_MIN_REPEATED_LENGTH = 20
"""Folded letters of the shortest line that can be known as a running head by coming again."""
_NON_WORDS = re.compile(r"[\W\d]*")
MAX_HEADING = 160
"""Most folded letters of a heading."""
_LARGER = 1.12
"""Least type size of a heading that is not bold, in type sizes of the text."""
_SMALLER = 0.9
"""Least type size of a bold heading; smaller type is a caption or note."""
_MIN_REPEATS = 3
"""How often a line must come, each time before a table or page, to count as a running head."""


@dataclass(frozen=True, slots=True)
class FlowParagraph:
    """A paragraph in the flow.

    `running`: a page number, running head or foot, or a line of the signature block. `set_off`: a line in bold or
    larger type than most of the text. `rank` orders lines by how much their type stands out. `lead` is the offset
    behind the bold words that the paragraph begins with, 0 without them.
    """

    text: SourceText
    block: int
    heading: bool = False
    running: bool = False
    signature: bool = False
    set_off: bool = False
    rank: tuple[float, bool] = (0.0, False)
    lead: int = 0


@dataclass(frozen=True, slots=True)
class UsualLook:
    """How most of a document's text looks: its type size in points, 0 if it is unknown, and whether it is bold."""

    size: float = 0.0
    bold: bool = False

    @classmethod
    def of(cls, document: Document) -> UsualLook:
        """Return the look of most letters of the paragraphs."""
        sizes: Counter[float] = Counter()
        weights: Counter[bool] = Counter()
        for block in document.blocks:
            if isinstance(block, Paragraph):
                sizes[round(block.size, 1)] += len(block.text)
                weights[block.bold] += len(block.text)
        if not sizes:
            return cls()
        return cls(sizes.most_common(1)[0][0], weights.most_common(1)[0][0])

    def sets_off(self, block: Paragraph) -> bool:
        """Return whether a short paragraph looks as headings do beside text of this look."""
        if len(fold(block.text.chars)) > MAX_HEADING:
            return False
        larger = bool(self.size) and block.size >= _LARGER * self.size
        small = 0 < block.size < _SMALLER * self.size
        return larger or (block.bold and not self.bold and not small)


def read_paragraph(block: Paragraph, i: int, repeated: frozenset[str], usual: UsualLook) -> FlowParagraph:
    """Return a paragraph of block `i`; `repeated` are the folded lines that come again and again."""
    folded = fold(block.text.chars)
    running = block.role == "running" or bool(_PAGE_NUMBER.fullmatch(folded))
    running = running or (
        len(folded) <= 100
        and bool(_FURNITURE.search(folded))
        and not _ends_in_indicator_figure(block.text.chars)
    )
    running = running or fold_without_page_number(block.text.chars) in repeated
    heading = block.role == "heading"
    return FlowParagraph(
        block.text,
        i,
        heading=heading,
        running=running,
        set_off=not running and usual.sets_off(block),
        rank=(round(block.size), block.bold),
        lead=block.lead,
    )


def _ends_in_indicator_figure(chars: str) -> bool:
    """Return whether the words before a line's last figure are an indicator's name: การปฏิบัติหน้าที่ ๙๕ is on no page."""
    return any(_NON_WORDS.fullmatch(chars, found.end) for found in find_indicators(chars))


def repeated_lines(document: Document) -> frozenset[str]:
    """Return the folded lines that come again and again, as running heads do, page numbers left out.

    A heading of the field (a label, an instrument, an indicator, a topic) may come again and again too
    and is none.
    """
    lines = [block.text.chars for block in document.blocks if isinstance(block, Paragraph)]
    counts = Counter(fold_without_page_number(line) for line in lines)
    numbered = {fold_without_page_number(line) for line in lines if _ENDS_IN_PAGE.search(fold(line))}
    shown = {fold_without_page_number(line): line for line in lines}
    return frozenset(
        line
        for line, count in counts.items()
        if _MIN_REPEATED_LENGTH <= len(line) <= 160
        and count >= (2 if line in numbered else _MIN_REPEATS)
        and not is_heading(shown[line])
        and likely_heading(shown[line], _LIKELY, 1.0) is None
        and not _is_form_answer(shown[line])
    )


def _is_form_answer(chars: str) -> bool:
    """Return whether a line is a form's answer, "ผู้รับผิดชอบ: กองคลัง", which several measures may share."""
    heading = match_heading(chars.split(":")[0].split()[0]) if chars.split(":")[0].split() else None
    return heading is not None and heading.similarity == 100 and heading.role in SHARED


def fold_without_page_number(chars: str) -> str:
    """Return a folded line without a page number at its end."""
    return _ENDS_IN_PAGE.sub("", fold(chars))


def is_heading(chars: str) -> bool:
    """Return whether a line is a known heading: a label, an indicator, a topic or an instrument."""
    readers = (match_heading, match_indicator, match_topic, find_instrument)
    return any(read(chars) is not None for read in readers)
