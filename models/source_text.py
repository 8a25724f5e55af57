"""Strings that keep the source offset of every character through all edits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from re import Match, Pattern

Span = tuple[int, int]
"""A half-open range of character offsets in a document's extracted text."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """A string with the offset of each character in the extracted text of the document.

    `chars` is the text; `origin[i]` is the offset of `chars[i]`. `also` are (index, offset) pairs, in order, for
    characters that stand for several source characters: ำ composed of two, or a character next to one that a repair
    deleted. Repairs change `chars` and keep all offsets, so that every value can be shown in full at its source
    location.

    >>> text = SourceText.at("ผล ๙๐.๐๙", 100)
    >>> text[3:].chars, text[3:].spans()
    ('๙๐.๐๙', ((103, 108),))
    """

    chars: str
    origin: Sequence[int]
    also: tuple[tuple[int, int], ...] = ()

    @classmethod
    def at(cls, chars: str, start: int) -> SourceText:
        """Return `chars` with consecutive offsets from `start`."""
        return cls(chars, range(start, start + len(chars)))

    @classmethod
    def join(cls, parts: Iterable[SourceText], glue: str = "") -> SourceText:
        """Return the parts joined by `glue`, which takes the offset of the last character before it."""
        parts = tuple(parts)
        if len(parts) == 1:
            return parts[0]
        chars: list[str] = []
        origin: list[int] = []
        also: list[tuple[int, int]] = []
        for part in parts:
            if chars and glue and part.chars:
                chars.append(glue)
                origin.extend([origin[-1] if origin else 0] * len(glue))
            also += [(len(origin) + index, offset) for index, offset in part.also]
            chars.append(part.chars)
            origin.extend(part.origin)
        return cls("".join(chars), tuple(origin), tuple(also))

    def __len__(self) -> int:
        return len(self.chars)

    def __bool__(self) -> bool:
        return bool(self.chars)

    def __str__(self) -> str:
        return self.chars

    def __getitem__(self, part: slice) -> SourceText:
        if not self.also:
            return SourceText(self.chars[part], self.origin[part])
        start, stop, _ = part.indices(len(self.chars))
        within = self.also[bisect_left(self.also, (start,)) : bisect_left(self.also, (max(start, stop),))]
        also = tuple((index - start, offset) for index, offset in within)
        return SourceText(self.chars[part], self.origin[part], also)

    def strip(self, what: str | None = None) -> SourceText:
        """Return the text without leading and trailing white space, or without the characters of `what`."""
        left = len(self.chars) - len(self.chars.lstrip(what))
        return self[left : max(left, len(self.chars.rstrip(what)))]

    def translate(self, table: Mapping[int, str]) -> SourceText:
        """Return the text with characters mapped one to one, as `str.translate` does.

        The offsets of a changed text are no `range`: that says that the characters are those of the source.
        """
        chars = self.chars.translate(table)
        return self if chars == self.chars else replace(self, chars=chars, origin=tuple(self.origin))

    def spans(self) -> tuple[Span, ...]:
        """Return the spans of the source that the text covers, in order, with adjacent spans merged."""
        if not self.chars:
            return ()
        if isinstance(self.origin, range) and not self.also:
            return ((self.origin.start, self.origin.stop),)
        offsets = sorted({*self.origin, *(offset for _, offset in self.also)})
        first, last = offsets[0], offsets[-1]
        if last - first + 1 == len(offsets):
            return ((first, last + 1),)
        gaps = [i for i, (one, other) in enumerate(pairwise(offsets), 1) if other != one + 1]
        return tuple((offsets[i], offsets[j - 1] + 1) for i, j in pairwise((0, *gaps, len(offsets))))

    def sub(self, pattern: Pattern[str], replacement: str | Callable[[Match[str]], str]) -> SourceText:
        """Return the text with each match replaced; `edit` describes how offsets are kept."""
        edits: list[tuple[int, int, str]] = []
        for match in pattern.finditer(self.chars):
            new = match.expand(replacement) if isinstance(replacement, str) else replacement(match)
            if new != match[0]:
                edits.append((*match.span(), new))
        return self.edit(edits)

    def edit(self, edits: Iterable[tuple[int, int, str]]) -> SourceText:
        """Return the text with each (start, end, new) range replaced; ranges are in order and do not overlap.

        No offset is lost, and none moves outside its range. The common prefix and suffix of a range and its
        replacement keep their offsets; the new characters between them share the offsets of the old ones, in
        order. The offsets of deleted characters go to the character before them, or at the start of the text to
        the one after them. An inserted character takes the offset of its neighbor.
        """
        edits = tuple(edits)
        if not edits or not self.chars:
            return self
        editor = _Editor(self)
        for start, end, new in edits:
            editor.keep(start)
            editor.replace(new, end)
        editor.keep(len(self.chars))
        return editor.text()


class _Editor:
    """Builds an edited text from left to right and keeps every offset of the original."""

    def __init__(self, old: SourceText) -> None:
        self.old = old
        self.done = 0
        self.chars: list[str] = []
        self.origin: list[int] = []
        self.also: list[tuple[int, int]] = []
        self.pending: list[int] = []  # offsets of characters deleted before the first one

    def keep(self, end: int) -> None:
        """Copy the old characters up to `end`."""
        shift = len(self.origin) - self.done
        part = self.old[self.done : end]
        self._attach_pending(end)
        self.also += [(self.done + shift + index, offset) for index, offset in part.also]
        self.chars.append(part.chars)
        self.origin += part.origin
        self.done = end

    def replace(self, new: str, end: int) -> None:
        """Replace the old characters up to `end` with `new`."""
        stands = self.old.chars[self.done : end]
        before = _common_prefix_length(stands, new)
        after = _common_prefix_length(stands[before:][::-1], new[before:][::-1])
        self.keep(self.done + before)
        self._distribute(new[before : len(new) - after], end - after)
        self.keep(end)

    def _distribute(self, new: str, end: int) -> None:
        """Distribute the offsets of the old characters up to `end` over the new ones, in order."""
        places = [[at] for at in self.old.origin[self.done : end]]
        for index, offset in self.old[self.done : end].also:
            places[index].append(offset)
        for i, char in enumerate(new):
            first = i * len(places) // len(new)
            last = max(first + 1, (i + 1) * len(places) // len(new))
            self._put(char, [offset for place in places[first:last] for offset in place], end)
        if not new:
            self._drop([offset for place in places for offset in place])
        self.done = end

    def _put(self, char: str, offsets: list[int], end: int) -> None:
        if not offsets:
            offsets = [self.origin[-1] if self.origin else self._first_offset(end)]
        offsets = [*offsets, *self.pending]
        self.pending = []
        self.also += [(len(self.origin), offset) for offset in offsets[1:]]
        self.chars.append(char)
        self.origin.append(offsets[0])

    def _first_offset(self, index: int) -> int:
        """Return the first offset of an old character; an index beyond the end means the last character."""
        index = min(index, len(self.old) - 1)
        return min([self.old.origin[index], *(at for one, at in self.old.also if one == index)])

    def _drop(self, offsets: list[int]) -> None:
        if self.origin:
            self.also += [(len(self.origin) - 1, offset) for offset in offsets]
        else:
            self.pending += offsets

    def _attach_pending(self, end: int) -> None:
        """Assign the offsets of characters deleted at the start to the first character that remains."""
        if self.pending and end > self.done:
            self.also += [(0, offset) for offset in self.pending]
            self.pending = []

    def text(self) -> SourceText:
        return SourceText("".join(self.chars), tuple(self.origin), tuple(self.also))


def _common_prefix_length(one: str, other: str) -> int:
    """Return the length of the common prefix of two strings."""
    for i, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return i
    return min(len(one), len(other))


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans sorted, with overlapping and adjacent ones merged.

    >>> merge_spans([(4, 6), (0, 2), (2, 3)])
    ((0, 3), (4, 6))
    """
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif end > start:
            merged.append((start, end))
    return tuple(merged)
