"""Preparation of a part's XML: alternatives, tracked changes, check boxes and fields, resolved as Word displays them."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from thaita.extract.readers.docx.xml import MC, W14, Element, W, switched_on, value
from thaita.models.flags import Flag

TICKED, EMPTY = "☑", "☐"

_PROPERTIES = frozenset(W + name for name in ("rPr", "pPr", "trPr", "tcPr", "numPr"))
_SHOWN = tuple(W + name for name in ("t", "tab", "br", "cr", "sym", "drawing", "pict", "object"))


@dataclass(slots=True)
class TrackedChanges:
    """The numbers of tracked deletions carried out and of insertions accepted."""

    deleted: int = 0
    inserted: int = 0


def apply_revisions(root: Element) -> TrackedChanges:
    """Change a part's XML in place to its displayed form, and return its tracked changes.

    The first choice of alternative contents stays. Tracked changes are accepted. A check box control becomes
    ☑ or ☐. Runs of an unfilled control are marked as placeholders. Field instructions are removed. Source:
    ECMA-376 Part 1, 17.13.5 (revisions), 17.16 (fields); Part 3, 7.6 (alternatives); [MS-DOCX] 2.5 (check
    boxes).
    """
    for alternatives in list(root.iter(MC + "AlternateContent")):
        _resolve_alternatives(alternatives)
    settled = _accept_changes(root)
    for box in list(root.iter(W14 + "checkbox")):
        _show_state(box)
    for mark in root.iter(W + "showingPlcHdr"):
        _mark_placeholder(mark)
    _drop_instructions(root)
    return settled


def _resolve_alternatives(alternatives: Element) -> None:
    """Replace alternatives by the content of the first choice, or else by the fallback."""
    parent = alternatives.getparent()
    if parent is None:
        return
    choice = alternatives.find(MC + "Choice")
    taken = alternatives.find(MC + "Fallback") if choice is None else choice
    for child in [] if taken is None else list(taken):
        alternatives.addprevious(child)
    parent.remove(alternatives)


def _accept_changes(root: Element) -> TrackedChanges:
    settled = TrackedChanges(inserted=sum(1 for _ in root.iter(W + "ins", W + "moveTo")))
    marks = []
    for change in list(root.iter(W + "del", W + "moveFrom")):
        parent = change.getparent()
        if parent is None:
            continue
        settled.deleted += 1
        if parent.tag not in _PROPERTIES:
            parent.remove(change)
        elif parent.tag == W + "trPr":
            _remove(parent.getparent())
        elif parent.tag == W + "rPr" and (above := parent.getparent()) is not None and above.tag == W + "pPr":
            marks.append(above.getparent())
    for paragraph in reversed(marks):
        if paragraph is not None:
            _join_to_next(paragraph)
    return settled


def _join_to_next(paragraph: Element) -> None:
    """Move a paragraph whose mark is deleted to the start of the next one, which keeps its properties."""
    following = paragraph.getnext()
    content = [child for child in paragraph if child.tag != W + "pPr"]
    if following is not None and following.tag == W + "p":
        properties = following.find(W + "pPr")
        for child in reversed(content):
            if properties is None:
                following.insert(0, child)
            else:
                properties.addnext(child)
        _remove(paragraph)
    elif not content:
        _remove(paragraph)


def _remove(element: Element | None) -> None:
    if element is not None and (parent := element.getparent()) is not None:
        parent.remove(element)


def _show_state(box: Element) -> None:
    """Put ☑ or ☐ in place of the control's displayed symbol, which can be a letter of any symbol font."""
    control = next(box.iterancestors(W + "sdt"), None)
    content = None if control is None else control.find(W + "sdtContent")
    if content is None:
        return
    checked = box.find(W14 + "checked")
    state = None if checked is None else checked.get(W14 + "val") or value(checked) or "1"
    runs = list(content.iter(W + "r"))
    run = runs[0] if runs else etree.SubElement(next(content.iter(W + "p"), content), W + "r")
    for other in runs[1:]:
        _remove(other)
    run.clear()
    glyph = etree.SubElement(run, W + "t")
    glyph.text = TICKED if (state or "0").lower() in {"1", "true", "on"} else EMPTY


PLACEHOLDER = Flag.PLACEHOLDER
"""Attribute that marks runs of placeholder text; no file contains it."""


def _mark_placeholder(mark: Element) -> None:
    control = next(mark.iterancestors(W + "sdt"), None)
    content = None if control is None or not switched_on(mark) else control.find(W + "sdtContent")
    for run in () if content is None else content.iter(W + "r"):
        run.set(PLACEHOLDER, "1")


def _drop_instructions(root: Element) -> None:
    """Remove the content between the start of a field and its result: it is never displayed.

    A field without an end or a separator hides nothing, so that a broken one loses no text.
    """
    starts: list[int | None] = []
    unsettled = 0
    seen: list[Element] = []
    for element in list(root.iter(W + "fldChar", *_SHOWN)):
        if element.tag != W + "fldChar":
            if unsettled:
                seen.append(element)
            continue
        kind = value(element, "fldCharType")
        if kind == "begin":
            starts.append(len(seen))
            unsettled += 1
        elif starts and (start := starts[-1]) is not None and kind in ("separate", "end"):
            for shown in seen[start:]:
                _remove(shown)
            del seen[start:]
            starts[-1] = None
            unsettled -= 1
        if starts and kind == "end":
            starts.pop()


def legacy_field(field: Element) -> str:
    """Return the displayed state or choice of a legacy form field.

    Check boxes and drop-down lists store no result in the text. A text field does, and gives "" here
    (ECMA-376 Part 1, 17.16.7 and 17.16.9).
    """
    data = field.find(W + "ffData")
    if data is None:
        return ""
    box = data.find(W + "checkBox")
    if box is not None:
        checked = switched_on(box.find(W + "checked"))
        return TICKED if (switched_on(box.find(W + "default")) if checked is None else checked) else EMPTY
    choices = data.find(W + "ddList")
    entries = [] if choices is None else [value(entry) or "" for entry in choices.findall(W + "listEntry")]
    chosen = (
        None if choices is None else value(choices.find(W + "result")) or value(choices.find(W + "default"))
    )
    number = int(chosen) if chosen and chosen.isascii() and chosen.isdigit() and len(chosen) < 5 else 0
    return entries[number] if number < len(entries) else ""
