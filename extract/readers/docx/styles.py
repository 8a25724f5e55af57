"""Styles of a Word file: fonts, hiding, outline level and list of a paragraph or run."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from thaita.extract.readers.docx.xml import Element, W, child_value, integer, switched_on, value

_HEADING_NAME = re.compile(r"heading [1-9]|title", re.IGNORECASE)
"""Names of built-in styles, which are English in every language of Word."""
_DEEPEST = 30
"""Styles based on one another; Word allows 11 levels."""
BODY_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Look:
    """How a run is shown, as far as it decides what is read; None where nothing is stated.

    `low` is the font of ASCII characters, `high` of other Latin ones, `complex_font` of Thai; ""
    stands for a font of the theme. `complex_text` says that `complex_font` is used for all. `struck` text is crossed out.
    """

    low: str | None = None
    high: str | None = None
    complex_font: str | None = None
    complex_text: bool | None = None
    hidden: bool | None = None
    raised: str | None = None
    struck: bool | None = None

    def over(self, base: Look) -> Look:
        """Return this look where it states something, `base` elsewhere."""
        if self is _PLAIN:
            return base
        return Look(
            base.low if self.low is None else self.low,
            base.high if self.high is None else self.high,
            base.complex_font if self.complex_font is None else self.complex_font,
            base.complex_text if self.complex_text is None else self.complex_text,
            base.hidden if self.hidden is None else self.hidden,
            base.raised if self.raised is None else self.raised,
            base.struck if self.struck is None else self.struck,
        )


_PLAIN = Look()


def read_look(properties: Element | None) -> Look:
    """Return the look that a `w:rPr` states itself."""
    if properties is None or not len(properties):
        return _PLAIN
    fonts = properties.find(W + "rFonts")
    return Look(
        low=_font(fonts, "ascii"),
        high=_font(fonts, "hAnsi"),
        complex_font=_font(fonts, "cs"),
        complex_text=switched_on(_first(properties, "cs", "rtl")),
        hidden=switched_on(properties.find(W + "vanish")),
        raised=_level(properties),
        struck=_struck(properties),
    )


_RAISED = 2
"""Half-points by which text must be moved to stand on a level of its own."""


def _level(properties: Element) -> str | None:
    """Return whether text is set as `superscript` or `subscript`, or moved up or down by hand."""
    stated = child_value(properties, "vertAlign")
    moved = integer(child_value(properties, "position"))
    if moved is None or abs(moved) < _RAISED or stated not in (None, "baseline"):
        return stated
    return "superscript" if moved > 0 else "subscript"


def _struck(properties: Element) -> bool | None:
    """Return whether one line or two cross the text out, None where neither is stated."""
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
class ParagraphLook:
    """What a paragraph is: its level in the outline (0-8 heading, 9 text), its list, its run look.

    `list_id` and `list_level` are None where none is stated, and `list_id` "0" takes a list away;
    `list_style` is the style that brought the list.
    """

    outline: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    list_style: str | None = None
    look: Look = _PLAIN

    def over(self, base: ParagraphLook) -> ParagraphLook:
        """Return this where it states something, `base` elsewhere."""
        own_list = self.list_id is not None
        return ParagraphLook(
            outline=base.outline if self.outline is None else self.outline,
            list_id=self.list_id if own_list else base.list_id,
            list_level=base.list_level if self.list_level is None else self.list_level,
            list_style=self.list_style if own_list else base.list_style,
            look=self.look.over(base.look),
        )

    @property
    def is_heading(self) -> bool:
        """Whether the paragraph stands in the document's outline."""
        return self.outline is not None and 0 <= self.outline < BODY_LEVEL


_PLAIN_PARAGRAPH = ParagraphLook()


def read_paragraph_look(properties: Element | None, style: str | None = None) -> ParagraphLook:
    """Return what a `w:pPr` states itself; `style` names the style that it belongs to."""
    if properties is None:
        return _PLAIN_PARAGRAPH
    numbering = properties.find(W + "numPr")
    return ParagraphLook(
        outline=integer(child_value(properties, "outlineLvl")),
        list_id=child_value(numbering, "numId"),
        list_level=integer(child_value(numbering, "ilvl")),
        list_style=style,
    )


@dataclass(slots=True)
class Styles:
    """The styles of `styles.xml`, each with what it is based on resolved when asked for."""

    elements: dict[str, Element] = field(default_factory=dict)
    standard: str | None = None
    base: Look = _PLAIN
    _resolved: dict[str | None, ParagraphLook] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Element | None) -> Styles:
        """Return the styles of the part, none where there is no such part."""
        styles = cls()
        if root is None:
            return styles
        styles.base = read_look(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for element in root.findall(W + "style"):
            styles.elements[value(element, "styleId") or ""] = element
            if value(element, "type") == "paragraph" and (value(element, "default") or "0") in {"1", "true"}:
                styles.standard = value(element, "styleId")
        return styles

    def paragraph(self, properties: Element | None) -> ParagraphLook:
        """Return what a paragraph with this `w:pPr` is, styles included."""
        name = child_value(properties, "pStyle")
        style = self._resolve(name if name in self.elements else self.standard)
        return read_paragraph_look(properties).over(style)

    def run(self, properties: Element | None, paragraph: Look) -> Look:
        """Return how a run with this `w:rPr` in such a paragraph is shown."""
        if properties is None:
            return paragraph
        name = child_value(properties, "rStyle")
        style = self._resolve(name).look if name in self.elements else _PLAIN
        if style.struck and paragraph.struck:  # two styles that cross out undo one another (17.7.3)
            paragraph = replace(paragraph, struck=False)
            style = replace(style, struck=None)
        return read_look(properties).over(style.over(paragraph))

    def list_of(self, style: str) -> str | None:
        """Return the list that a numbering style stands for."""
        return self._resolve(style).list_id

    def _resolve(self, name: str | None) -> ParagraphLook:
        if name not in self._resolved:
            chain: list[str] = []
            step = name
            while step in self.elements and step not in chain and len(chain) < _DEEPEST:
                chain.append(step)
                step = child_value(self.elements[step], "basedOn")
            look = ParagraphLook()
            if name is not None and chain and value(self.elements[name], "type") != "character":
                look = ParagraphLook(look=self.base)
            for step in reversed(chain):
                look = _stated(self.elements[step], step).over(look)
            self._resolved[name] = look if chain else ParagraphLook(look=self.base)
        return self._resolved[name]


def _stated(style: Element, name: str) -> ParagraphLook:
    look = read_paragraph_look(style.find(W + "pPr"), name)
    outline = look.outline
    if outline is None and _HEADING_NAME.fullmatch(child_value(style, "name") or ""):
        outline = 0
    return ParagraphLook(
        outline, look.list_id, look.list_level, look.list_style, read_look(style.find(W + "rPr"))
    )
