"""Styles of a Word file: font, visibility, outline level and list of a paragraph or run."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from thaita.extract.readers.docx.xml import Element, W, child_value, integer, switched_on, value

_HEADING_NAME = re.compile(r"heading [1-9]|title", re.IGNORECASE)
"""Names of built-in styles, which are English in every language version of Word."""
_MAX_DEPTH = 30
"""Maximum length of a chain of styles based on each other; Word allows 11 levels."""
BODY_LEVEL = 9


@dataclass(frozen=True, slots=True)
class RunFormat:
    """The formatting of a run that affects reading; None where a property is not stated.

    `low` is the font of ASCII characters, `high` that of other Latin ones, `complex_font` that of Thai; ""
    stands for a theme font. `complex_text` is True if `complex_font` applies to all text. `struck` text is
    crossed out. `size` is in points.
    """

    low: str | None = None
    high: str | None = None
    complex_font: str | None = None
    complex_text: bool | None = None
    hidden: bool | None = None
    raised: str | None = None
    struck: bool | None = None
    bold: bool | None = None
    size: float | None = None

    def merged_over(self, base: RunFormat) -> RunFormat:
        """Return this formatting where it is stated, and `base` elsewhere."""
        if self is _PLAIN:
            return base
        return RunFormat(
            base.low if self.low is None else self.low,
            base.high if self.high is None else self.high,
            base.complex_font if self.complex_font is None else self.complex_font,
            base.complex_text if self.complex_text is None else self.complex_text,
            base.hidden if self.hidden is None else self.hidden,
            base.raised if self.raised is None else self.raised,
            base.struck if self.struck is None else self.struck,
            base.bold if self.bold is None else self.bold,
            base.size if self.size is None else self.size,
        )


_PLAIN = RunFormat()


def read_run_format(properties: Element | None) -> RunFormat:
    """Return the formatting that a `w:rPr` states directly."""
    if properties is None or not len(properties):
        return _PLAIN
    fonts = properties.find(W + "rFonts")
    return RunFormat(
        low=_font(fonts, "ascii"),
        high=_font(fonts, "hAnsi"),
        complex_font=_font(fonts, "cs"),
        complex_text=switched_on(_first(properties, "cs", "rtl")),
        hidden=switched_on(properties.find(W + "vanish")),
        raised=_vertical_position(properties),
        struck=_struck(properties),
        bold=switched_on(_first(properties, "bCs", "b")),
        size=_size(properties),
    )


_MIN_SHIFT = 2
"""Minimum vertical shift, in half-points, of raised or lowered text."""


def _vertical_position(properties: Element) -> str | None:
    """Return `superscript` or `subscript` for text set or moved so."""
    stated = child_value(properties, "vertAlign")
    moved = integer(child_value(properties, "position"))
    if moved is None or abs(moved) < _MIN_SHIFT or stated not in (None, "baseline"):
        return stated
    return "superscript" if moved > 0 else "subscript"


def _size(properties: Element) -> float | None:
    """Return the type size in points; that of complex scripts, such as Thai, comes first."""
    stated = integer(child_value(properties, "szCs")) or integer(child_value(properties, "sz"))
    return stated / 2 if stated else None


def _struck(properties: Element) -> bool | None:
    """Return whether a single or double line strikes the text out, or None if neither is stated."""
    lines = [switched_on(properties.find(W + name)) for name in ("strike", "dstrike")]
    return True if True in lines else False if False in lines else None


def _first(parent: Element, *names: str) -> Element | None:
    return next((found for name in names if (found := parent.find(W + name)) is not None), None)


def _font(fonts: Element | None, name: str) -> str | None:
    if fonts is None:
        return None
    theme = "cstheme" if name == "cs" else f"{name}Theme"
    return "" if value(fonts, theme) else value(fonts, name)


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """The properties of a paragraph: outline level (0-8 heading, 9 text), list, and run formatting.

    `list_id` and `list_level` are None if not stated; `list_id` "0" removes a list; `list_style` is the style
    that set the list.
    """

    outline: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    list_style: str | None = None
    look: RunFormat = _PLAIN

    def merged_over(self, base: ParagraphFormat) -> ParagraphFormat:
        """Return these properties where they are stated, and those of `base` elsewhere."""
        own_list = self.list_id is not None
        return ParagraphFormat(
            outline=base.outline if self.outline is None else self.outline,
            list_id=self.list_id if own_list else base.list_id,
            list_level=base.list_level if self.list_level is None else self.list_level,
            list_style=self.list_style if own_list else base.list_style,
            look=self.look.merged_over(base.look),
        )

    @property
    def is_heading(self) -> bool:
        """Whether the paragraph belongs to the document's outline."""
        return self.outline is not None and 0 <= self.outline < BODY_LEVEL


_PLAIN_PARAGRAPH = ParagraphFormat()


def read_paragraph_format(properties: Element | None, style: str | None = None) -> ParagraphFormat:
    """Return the properties that a `w:pPr` states directly; `style` names the style that it belongs to."""
    if properties is None:
        return _PLAIN_PARAGRAPH
    numbering = properties.find(W + "numPr")
    return ParagraphFormat(
        outline=integer(child_value(properties, "outlineLvl")),
        list_id=child_value(numbering, "numId"),
        list_level=integer(child_value(numbering, "ilvl")),
        list_style=style,
    )


@dataclass(slots=True)
class Styles:
    """The styles of `styles.xml`, each resolved against its base styles on request."""

    elements: dict[str, Element] = field(default_factory=dict)
    standard: str | None = None
    base: RunFormat = _PLAIN
    _resolved: dict[str | None, ParagraphFormat] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Element | None) -> Styles:
        """Return the styles of the part; empty if there is no such part."""
        styles = cls()
        if root is None:
            return styles
        styles.base = read_run_format(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for element in root.findall(W + "style"):
            styles.elements[value(element, "styleId") or ""] = element
            if value(element, "type") == "paragraph" and (value(element, "default") or "0") in {"1", "true"}:
                styles.standard = value(element, "styleId")
        return styles

    def paragraph(self, properties: Element | None) -> ParagraphFormat:
        """Return the properties of a paragraph with this `w:pPr`, including its styles."""
        name = child_value(properties, "pStyle")
        style = self._resolve(name if name in self.elements else self.standard)
        return read_paragraph_format(properties).merged_over(style)

    def run(self, properties: Element | None, paragraph: RunFormat) -> RunFormat:
        """Return the formatting of a run with this `w:rPr` in a paragraph with the given formatting."""
        if properties is None:
            return paragraph
        name = child_value(properties, "rStyle")
        style = self._resolve(name).look if name in self.elements else _PLAIN
        if style.struck and paragraph.struck:  # two styles that both strike out cancel each other (17.7.3)
            paragraph = replace(paragraph, struck=False)
            style = replace(style, struck=None)
        return read_run_format(properties).merged_over(style.merged_over(paragraph))

    def list_of_style(self, style: str) -> str | None:
        """Return the list that a numbering style refers to."""
        return self._resolve(style).list_id

    def _resolve(self, name: str | None) -> ParagraphFormat:
        if name not in self._resolved:
            chain: list[str] = []
            step = name
            while step in self.elements and step not in chain and len(chain) < _MAX_DEPTH:
                chain.append(step)
                step = child_value(self.elements[step], "basedOn")
            look = ParagraphFormat()
            if name is not None and chain and value(self.elements[name], "type") != "character":
                look = ParagraphFormat(look=self.base)
            for step in reversed(chain):
                look = _own_properties(self.elements[step], step).merged_over(look)
            self._resolved[name] = look if chain else ParagraphFormat(look=self.base)
        return self._resolved[name]


def _own_properties(style: Element, name: str) -> ParagraphFormat:
    look = read_paragraph_format(style.find(W + "pPr"), name)
    outline = look.outline
    if outline is None and _HEADING_NAME.fullmatch(child_value(style, "name") or ""):
        outline = 0
    return ParagraphFormat(
        outline, look.list_id, look.list_level, look.list_style, read_run_format(style.find(W + "rPr"))
    )
