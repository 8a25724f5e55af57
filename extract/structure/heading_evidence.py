"""What layout and words say about whether a paragraph is a heading, and of what."""

from __future__ import annotations

import re

from thaita.extract.structure.grid import Grid
from thaita.extract.structure.item_subject import states_finding
from thaita.extract.structure.labels import NUMBERED, SET_OFF, STYLED, Label
from thaita.extract.structure.page_furniture import FlowItem
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.models.finding_kinds import FindingKind
from thaita.models.roles import Role
from thaita.normalize.match_key import fold
from thaita.normalize.numerals import heading_number, strip_marker, to_arabic

_LONG = 60
"""Least letters of a paragraph that is no line of a title."""
SECTION_ROLES = frozenset({Role.NARRATIVE, Role.TITLE, Role.RESULT, Role.SCORE, Role.TOTAL})
"""Roles of headings that open another section of the report."""


def heading_evidence(item: FlowParagraph) -> float:
    """Return how much the layout says that a paragraph is a heading, as a difference in log odds."""
    if item.heading:
        return STYLED
    numbered = NUMBERED if section_number(item.text.chars) else 0.0
    return max(numbered, SET_OFF) if item.set_off else numbered


def section_number(chars: str) -> bool:
    """Return whether a line starts with the number of a section: more than one digit alone."""
    number = heading_number(chars)
    return number is not None and number.digits and number.end > 1


def only_ends_lists(label: Label) -> bool:
    """Return whether a label is likely the heading of a section, whose words say too little about the lines below."""
    return label.heading.likely and label.heading.role in SECTION_ROLES


def is_borne_out(label: Label, item: FlowParagraph, following: FlowItem | None) -> bool:
    """Return whether what follows bears out a heading of findings that nothing but its words makes likely.

    A list, a table or a long paragraph does; the next line of a title does not.
    """
    if (
        not label.heading.likely
        or label.rest
        or label.heading.role != Role.FINDING
        or heading_evidence(item) > 0
    ):
        return True
    if following is None or isinstance(following, Grid):
        return following is not None
    chars = following.text.chars
    return bool(strip_marker(chars)[0]) or len(fold(chars)) >= _LONG or states_finding(chars)


def opens_section(label: Label, item: FlowParagraph) -> bool:
    """Return whether a label is the heading of a section of other content, whose words name no subject."""
    return not label.rest and label.heading.role in SECTION_ROLES and (item.heading or label.heading.likely)


def starts_list(item: FlowItem | None) -> bool:
    """Return whether an item of the flow is the first of a numbered list."""
    marker = strip_marker(item.text.chars)[0] if isinstance(item, FlowParagraph) else ""
    return re.findall(r"\d+", to_arabic(marker)) == ["1"]


def is_general(label: Label) -> bool:
    """Return whether a label of more words than a heading only announces what was found."""
    return not label.exact and label.heading.kind == FindingKind.OBSERVATION
