"""What stands in a paragraph: its text as shown, and the boxes and notes that hang on it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from thaita.extract.readers.docx_layout import Draft
from thaita.extract.readers.docx_settle import legacy_field
from thaita.extract.readers.docx_styles import Look, Styles
from thaita.extract.readers.docx_symbols import is_symbol_font, shown
from thaita.extract.readers.docx_tally import Tally
from thaita.extract.readers.docx_xml import Element, M, W, value

_INDENT = re.compile(r"[ \t]*[\r\n\t][ \r\n\t]*")
_DIGIT = re.compile(r"\d")
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
_BEFORE = {M + "den": "/", M + "sup": "^"}
"""What keeps the parts of a formula apart that the page sets above one another."""
_DRAWINGS = frozenset(W + name for name in ("drawing", "pict", "object"))
_REFERENCES = {
    W + "footnoteReference": "footnotes",
    W + "endnoteReference": "endnotes",
    W + "commentReference": "comments",
}
_REFERENCE = "reference"


@dataclass(slots=True)
class Inline:
    """The content of one paragraph, gathered by `read`.

    `hanging` are the boxes anchored in it, `references` the notes: their kind and id.
    """

    styles: Styles
    tally: Tally
    draw: Callable[[Element], list[Draft]]
    base: Look
    pieces: list[str] = field(default_factory=list)
    hanging: list[Draft] = field(default_factory=list)
    references: list[tuple[str, str]] = field(default_factory=list)
    _look: Look = field(default_factory=Look)
    _level: str = ""

    @property
    def text(self) -> str:
        """The paragraph's text, a line feed at each forced break."""
        return "".join(self.pieces)

    def read(self, element: Element) -> None:
        """Gather what the children of a paragraph, or of what may stand in one, show."""
        for child in element:
            if child.tag == W + "r" or child.tag == M + "r":
                self._run(child)
            elif child.tag == W + "sdt":
                for content in child.findall(W + "sdtContent"):
                    self.read(content)
            elif child.tag not in _SKIPPED:
                if child.tag in _BEFORE and len(child):
                    self.pieces.append(_BEFORE[child.tag])
                self.read(child)

    def _run(self, run: Element) -> None:
        look = self.styles.run(run.find(W + "rPr"), self.base)
        if look.hidden:
            self.tally.hidden += [text.text or "" for text in run.iter(W + "t")]
            return
        self._look = look
        for child in run:
            self._atom(child)

    def _atom(self, atom: Element) -> None:
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
                self._atom(child)

    def _symbol(self, atom: Element) -> None:
        code = value(atom, "char") or ""
        try:
            char = chr(int(code, 16))
        except (ValueError, OverflowError):
            return
        if "\ud800" <= char <= "\udfff" or char < " ":
            return
        font = value(atom, "font")
        self._write(shown(char, font, font))

    def _in_font(self, text: str) -> str:
        look = self._look
        if look.complex_text:
            return shown(text, look.complex_font) if is_symbol_font(look.complex_font) else text
        return shown(text, look.low, look.high)

    def _write(self, text: str) -> None:
        """Add text; a digit set higher or lower than the one before it never joins its number."""
        if not text:
            return
        level = self._look.raised or ""
        level = "" if level == "baseline" else level
        if level != self._level:
            last = self.pieces[-1][-1:] if self.pieces else ""
            if _DIGIT.match(last) and _DIGIT.match(text):
                self.pieces.append(" ")
        self._level = level
        self.pieces.append(text)
