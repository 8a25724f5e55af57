"""Provenance: spans and quotes of the source text, and a record of the characters that rows use."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from unicodedata import category

from thaita.models.document import Confidence, Document
from thaita.models.flags import Flag
from thaita.models.records import Provenance
from thaita.models.source_text import SourceText, Span, merge_spans
from thaita.normalize.thai.letters import is_garbled

_OF_MARKUP = "☐☑•&<>"
"""Characters that represent markup or an entity of the source; they do not count as repairs."""


_WRITTEN = "LMNPS"
"""Major Unicode categories of visible characters: dropping a space or an invisible character loses nothing."""

SURE = 0.8
"""Minimum recognition confidence (0-1) of a word in a scan that needs no flag."""

_LOST_AT_DIGIT = re.compile(r"\d[.,]?\ufffd|\ufffd[.,．，]?\d")


class _Ranges:
    """Ranges of a text, which may overlap, in an order by which those in a span are found without looking at all."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._order = sorted(range(len(spans)), key=lambda i: spans[i])
        self._starts = [spans[i][0] for i in self._order]
        self._ends = [spans[i][1] for i in self._order]
        self._reach = list(accumulate(self._ends, max))

    def touching(self, spans: Iterable[Span]) -> Iterator[int]:
        """Yield the numbers of the ranges that overlap any of some spans, in any order."""
        for start, end in spans:
            i = bisect_left(self._starts, end)
            while i and self._reach[i - 1] > start:
                i -= 1
                if self._ends[i] > start:
                    yield self._order[i]


class Ledger:
    """Builds provenance (spans, quotes, pages) from a document and records which characters rows use.

    Text that no row uses is reported in `unread`.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self._markup = bytearray(len(self.text))
        for start, end in document.markup:
            self._markup[start:end] = b"\x01" * (end - start)
        self._places = sorted(document.places, key=lambda place: place.span)
        self._taken: Counter[Span] = Counter()
        self._doubtful, self._uncertain = _Ranges(document.doubtful), _Ranges(document.uncertain)
        self._marks = _Ranges([mark.span for mark in document.marks])
        self._sure = sorted(document.confidences)
        self._sure_ends = [word.span[1] for word in self._sure]

    def place(self, *texts: SourceText) -> Provenance:
        """Return the spans and the quote of texts; spans separated only by markup are joined."""
        spans = self._close_gaps(merge_spans(span for text in texts for span in text.spans()))
        quote = "\n".join(self.text[start:end] for start, end in spans)
        page, box = None, None
        if spans and self._places:
            i = max(0, bisect_left(self._places, spans[0][0], key=lambda place: place.span[1]))
            if i < len(self._places):
                page, box = self._places[i].page, self._places[i].box
        return Provenance(spans=spans, quote=quote, page=page, box=box, confidence=self._confidence(spans))

    def _confidence(self, spans: Sequence[Span]) -> float | None:
        """Return the lowest recognition confidence (0-1) in the spans; None if nothing there was scanned."""
        found = [word.sure for word in self._words(spans)]
        return round(min(found), 3) if found else None

    def other_reading(self, *texts: SourceText) -> str:
        """Return a scanned text with its alternative readings; empty if there are none."""
        spans = [span for text in texts for span in text.spans()]
        words = list(self._words(spans))
        if not any(word.other for word in words):
            return ""
        return " ".join(word.other or self.text[word.span[0] : word.span[1]] for word in words)

    def _words(self, spans: Sequence[Span]) -> Iterator[Confidence]:
        for start, end in spans if self._sure else ():
            for i in range(bisect_right(self._sure_ends, start), len(self._sure)):
                word = self._sure[i]
                if word.span[0] >= end:
                    break
                if word.span[1] > start:
                    yield word

    def take(self, *texts: SourceText) -> Provenance:
        """Return the provenance of texts and record that a row uses them."""
        provenance = self.place(*texts)
        self._taken.update(provenance.spans)
        return provenance

    def give_back(self, provenance: Provenance) -> None:
        """Record that no row uses the text of a provenance that `take` returned."""
        self._taken.subtract(provenance.spans)

    def doubts(self, *texts: SourceText) -> tuple[str, ...]:
        """Return the flags for texts: `repaired`, `garbled`, `layout_uncertain`, `ocr`, and those set by the reader."""
        repaired = (Flag.REPAIRED,) if self.repaired(*texts) else ()
        garbled = any(is_garbled(text.chars) or self._lacks_digits(text) for text in texts)
        garbled = garbled or self._in(self._doubtful, texts)
        layout = (Flag.LAYOUT_UNCERTAIN,) if self.uncertain(*texts) else ()
        sure = self._confidence([span for text in texts for span in text.spans()])
        unsure = sure is not None and sure < SURE
        marked = self.marked([span for text in texts for span in text.spans()])
        return (
            *repaired,
            *((Flag.GARBLED,) if garbled else ()),
            *layout,
            *((Flag.OCR,) if unsure else ()),
            *marked,
        )

    def _lacks_digits(self, text: SourceText) -> bool:
        """Return whether an unreadable character is next to a digit of a text: it may be a lost digit."""
        spans = text.spans()
        if not spans or "\ufffd" not in (source := self.text[max(0, spans[0][0] - 1) : spans[-1][1] + 1]):
            return False
        return _LOST_AT_DIGIT.search(source) is not None

    def marked(self, spans: Sequence[Span]) -> tuple[str, ...]:
        """Return the flags that the reader set on any part of the spans."""
        found = sorted(set(self._marks.touching(spans)))
        return tuple(dict.fromkeys(self.document.marks[i].flag for i in found))

    def uncertain(self, *texts: SourceText) -> bool:
        """Return whether the layout leaves open how texts continue."""
        return self._in(self._uncertain, texts)

    @staticmethod
    def _in(ranges: _Ranges, texts: Iterable[SourceText]) -> bool:
        """Return whether texts overlap any of the ranges."""
        spans = (span for text in texts for span in text.spans())
        return next(ranges.touching(spans), None) is not None

    def repaired(self, *texts: SourceText) -> bool:
        """Return whether any text differs from its source because characters were repaired."""
        return any(self._respelt(text) for text in texts)

    def _respelt(self, text: SourceText) -> bool:
        if isinstance(text.origin, range) and not text.also:
            return False
        places = zip(text.chars, text.origin, strict=True)
        if any(
            char != self.text[at] and not char.isspace() and char not in _OF_MARKUP for char, at in places
        ):
            return True
        return any(self._lost(text.chars[index], self.text[at]) for index, at in text.also)

    @staticmethod
    def _lost(char: str, dropped: str) -> bool:
        """Return whether dropping a character changes the reading: a visible character, or a space in a number."""
        if char.isdecimal() and dropped.isspace():
            return True
        return not char.isspace() and category(dropped)[0] in _WRITTEN

    def taken(self) -> tuple[Span, ...]:
        """Return the merged ranges that rows use."""
        return merge_spans(+self._taken)

    def _close_gaps(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        closed: list[Span] = []
        for start, end in spans:
            if closed and self._only_markup(closed[-1][1], start):
                closed[-1] = (closed[-1][0], end)
            else:
                closed.append((start, end))
        return tuple(closed)

    def _only_markup(self, start: int, end: int) -> bool:
        return all(self._markup[i] or self.text[i].isspace() for i in range(start, end))
