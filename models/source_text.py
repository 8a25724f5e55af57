"""Text that knows, letter by letter, where in its source it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from re import Match, Pattern

Span = tuple[int, int]
"""A half-open range of character offsets in a document's extracted text."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """A string with the offset in the document's extracted text of each of its characters.

    `chars` is what the text says; `origin[i]` is the offset that `chars[i]` came from. Repairing
    changes `chars` and carries `origin` along, so that a value can always be shown at its place.

    >>> text = SourceText.at("ผล ๙๐.๐๙", 100)
    >>> text[3:].chars, text[3:].spans()
    ('๙๐.๐๙', ((103, 108),))
    """

    chars: str
    origin: Sequence[int]

    @classmethod
    def at(cls, chars: str, start: int) -> SourceText:
        """Return `chars` as they stand from offset `start` on."""
        return cls(chars, range(start, start + len(chars)))

    @classmethod
    def join(cls, parts: Iterable[SourceText], glue: str = "") -> SourceText:
        """Return the parts joined; the glue belongs to the end of the part before it."""
        chars: list[str] = []
        origin: list[int] = []
        for part in parts:
            if chars and glue and part.chars:
                chars.append(glue)
                origin.extend([origin[-1] if origin else 0] * len(glue))
            chars.append(part.chars)
            origin.extend(part.origin)
        return cls("".join(chars), tuple(origin))

    def __len__(self) -> int:
        return len(self.chars)

    def __bool__(self) -> bool:
        return bool(self.chars)

    def __str__(self) -> str:
        return self.chars

    def __getitem__(self, part: slice) -> SourceText:
        return SourceText(self.chars[part], self.origin[part])

    def strip(self, what: str | None = None) -> SourceText:
        """Return the text without white space (or the characters of `what`) at either end."""
        left = len(self.chars) - len(self.chars.lstrip(what))
        return self[left : max(left, len(self.chars.rstrip(what)))]

    def spans(self) -> tuple[Span, ...]:
        """Return the ranges of the source that the text covers, in order, touching ones joined."""
        if not self.chars:
            return ()
        if isinstance(self.origin, range):
            return ((self.origin.start, self.origin.stop),)
        return merge_spans((offset, offset + 1) for offset in self.origin)

    def sub(self, pattern: Pattern[str], replacement: str | Callable[[Match[str]], str]) -> SourceText:
        """Return the text with each match replaced, offsets carried along.

        A replacement of the same length keeps each character's own offset; a longer or shorter one
        spreads the match's offsets over the new characters, so that none points outside the match.
        """
        chars: list[str] = []
        origin: list[int] = []
        done = 0
        for match in pattern.finditer(self.chars):
            start, end = match.span()
            new = match.expand(replacement) if isinstance(replacement, str) else replacement(match)
            chars += [self.chars[done:start], new]
            origin += self.origin[done:start]
            old = self.origin[start:end] or self.origin[max(0, start - 1) : start] or (0,)
            origin += [old[min(i, len(old) - 1)] for i in range(len(new))]
            done = end
        if not chars:
            return self
        return SourceText("".join([*chars, self.chars[done:]]), (*origin, *self.origin[done:]))


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the ranges sorted, overlapping and touching ones joined.

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
