"""Content of a paragraph: its displayed text, and the boxes and notes anchored in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from thaita.extract.readers.blocks import STRUCK, Draft
from thaita.extract.readers.docx.omissions import Omissions
from thaita.extract.readers.docx.revisions import PLACEHOLDER, legacy_field
from thaita.extract.readers.docx.styles import RunFormat, Styles
from thaita.extract.readers.docx.symbols import decode_symbols, is_symbol_font
from thaita.extract.readers.docx.xml import Element, M, W, value
from thaita.models.flags import Flag
from thaita.normalize.note_marks import belongs_to_number

_INDENT = re.compile(r"[ \t]*[\r\n\t][ \r\n\t]*")
_DIGIT = re.compile(r"\d")
_NOTED = re.compile(r"[\d%)\u0e01-\u0e5b]")
"""Text that a note can refer to: a number or a Thai word; a raised figure after a Latin letter is a power, as
in m2."""
_LOOKBACK = 12
"""Number of characters before a raised figure that determine what it is."""
_NOTE_MARK = re.compile(r"[\s,()\[\]]*(?:\d{1,2}|[*†‡§¶#]{1,3}|[a-zก-ฮ])(?:[\s,]+\d{1,2})*[\s,()\[\]]*")
_SKIPPED = frozenset(
    W + name
    for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delText", "delInstrText", "del", "moveFrom")
) | {
    M + name for name in ("rPr", "ctrlPr", "fPr", "sSupPr", "sSubPr", "naryPr", "dPr", "radPr", "oMathParaPr")
}
_FIXED = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "softHyphen": "",
}
_SEPARATORS = {M + "den": "/", M + "sup": "^"}
"""Separators between parts of a formula that the page sets above one another."""
_DRAWINGS = frozenset(W + name for name in ("drawing", "pict", "object"))
_REFERENCES = {
    W + "footnoteReference": "footnotes",
    W + "endnoteReference": "endnotes",
    W + "commentReference": "comments",
}
_REFERENCE = "reference"
NOTE_MARK = Flag.NOTE_MARK


@dataclass(slots=True)
class ParagraphContent:
    """The content of one paragraph, collected by `read`.

    `hanging` are the boxes anchored in it, `references` the kinds and ids of its notes. `asides` is displayed
    text that is not part of the paragraph, each with its flag: `struck` text, a `placeholder`, a `note_mark`.
    `looks` counts the letters that are bold or not, and of each size. `lead` is the offset behind the bold words that
    the text begins with.
    """

    styles: Styles
    omissions: Omissions
    draw: Callable[[Element], list[Draft]]
    base: RunFormat
    pieces: list[str] = field(default_factory=list)
    hanging: list[Draft] = field(default_factory=list)
    references: list[tuple[str, str]] = field(default_factory=list)
    asides: list[tuple[str, str]] = field(default_factory=list)
    looks: Counter[tuple[bool, float]] = field(default_factory=Counter)
    lead: int = 0
    _led: bool = True
    _look: RunFormat = field(default_factory=RunFormat)
    _level: str = ""
    _asides_at: int = -1

    @property
    def text(self) -> str:
        """The paragraph's text, with a line feed at each forced break."""
        return "".join(self.pieces)

    def bold(self) -> bool:
        """Return whether all letters are bold."""
        return bool(+self.looks) and all(bold for bold, _ in +self.looks)

    def size(self) -> float:
        """Return the type size of most letters in points, 0 if it is not stated."""
        return self.looks.most_common(1)[0][0][1] if self.looks else 0.0

    def read(self, element: Element) -> None:
        """Collect the displayed content of a paragraph's children."""
        for child in element:
            if child.tag == W + "r" or child.tag == M + "r":
                self._run(child)
            elif child.tag == W + "sdt":
                for content in child.findall(W + "sdtContent"):
                    self.read(content)
            elif child.tag not in _SKIPPED:
                if child.tag in _SEPARATORS and len(child):
                    self.pieces.append(_SEPARATORS[child.tag])
                self.read(child)

    def _run(self, run: Element) -> None:
        look = self.styles.run(run.find(W + "rPr"), self.base)
        if look.hidden:
            self.omissions.hidden += [text.text or "" for text in run.iter(W + "t")]
            return
        self._look = look
        flag = STRUCK if look.struck else PLACEHOLDER if run.get(PLACEHOLDER) else None
        if flag is None:
            first = len(self.pieces)
            for child in run:
                self._read_item(child)
            said = "".join(self.pieces[first:])
            self.looks[bool(look.bold), look.size or 0.0] += sum(map(str.isalnum, said))
            self._note_lead(said, bold=bool(look.bold))
            return
        live, self.pieces = self.pieces, []
        for child in run:
            self._read_item(child)
        text, self.pieces = self.text, live
        self._exclude(flag, text)

    def _note_lead(self, said: str, *, bold: bool) -> None:
        """Extend the bold words that the text begins with by those of a run; a number before them may be plain."""
        if self._led and bold and said.strip():
            self.lead = len(self.text.rstrip())
        elif said.strip() and (self.lead or any(map(str.isalpha, said))):
            self._led = False

    def _exclude(self, flag: str, text: str) -> None:
        """Exclude text from the paragraph; adjacent runs with the same flag become one text."""
        if not text.strip():
            self.pieces.append(text)
            return
        at = len(self.text.strip())
        if self.asides and (self.asides[-1][0], self._asides_at) == (flag, at):
            text = self.asides.pop()[1] + text
        self.asides.append((flag, text.replace("\n", " ")))
        self._asides_at = at

    def _read_item(self, atom: Element) -> None:
        tag = atom.tag
        if tag == W + "t" or tag == M + "t":
            self._write(self._in_font(_INDENT.sub(" ", atom.text or "")))
        elif tag in _FIXED:
            self.pieces.append(_FIXED[tag])
        elif tag == W + "sym":
            self._symbol(atom)
        elif tag == W + "fldChar":
            self._write(legacy_field(atom))
        elif tag in _REFERENCES:
            self.references.append((_REFERENCES[tag], value(atom, "id") or ""))
            self._level = _REFERENCE
        elif tag in _DRAWINGS:
            self.hanging += self.draw(atom)
        elif tag == W + "ruby":
            for base in atom.findall(W + "rubyBase"):
                self.read(base)
        elif tag not in _SKIPPED:
            for child in atom:
                self._read_item(child)

    def _restore_numerator(self) -> None:
        """Restore a raised figure that is followed by a slash: the numerator of a fraction."""
        mark = self.asides[-1][1]
        if self._asides_at == len(self.text.strip()) and belongs_to_number("", mark, "/"):
            self.asides.pop()
            self.pieces.append(f" {mark}")

    def _symbol(self, atom: Element) -> None:
        code = value(atom, "char") or ""
        try:
            char = chr(int(code, 16))
        except (ValueError, OverflowError):
            return
        if "\ud800" <= char <= "\udfff" or char < " ":
            return
        font = value(atom, "font")
        self._write(decode_symbols(char, font, font))

    def _in_font(self, text: str) -> str:
        look = self._look
        if look.complex_text:
            return decode_symbols(text, look.complex_font) if is_symbol_font(look.complex_font) else text
        return decode_symbols(text, look.low, look.high)

    def _write(self, text: str) -> None:
        """Append text; raised or lowered text after a digit never joins its number."""
        if not text:
            return
        level = self._look.raised or ""
        level = "" if level == "baseline" else level
        last = self.pieces[-1][-1:] if self.pieces else ""
        if level == "superscript" and _NOTED.match(last) and _NOTE_MARK.fullmatch(text):
            before = self.text[-_LOOKBACK:]
            if not belongs_to_number(before, text):
                self._exclude(NOTE_MARK, text)
                return
        elif text.startswith("/") and self.asides and self.asides[-1][0] == NOTE_MARK and not level:
            self._restore_numerator()
        if level != self._level and _DIGIT.match(last) and _DIGIT.match(text):
            self.pieces.append(" ")
        self._level = level
        self.pieces.append(text)
