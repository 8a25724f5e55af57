"""What layout and words say about whether a paragraph is a heading, and of what."""

from __future__ import annotations

import re

from thaita.extract.structure.grid import Grid
from thaita.extract.structure.item_subject import is_about_subject, states_finding
from thaita.extract.structure.labels import NUMBERED, SET_OFF, STYLED, Label
from thaita.extract.structure.page_furniture import FlowItem
from thaita.extract.structure.paragraphs import FlowParagraph
from thaita.models.finding_kinds import FindingKind
from thaita.models.roles import Role
from thaita.normalize.heading_model import likely_labels
from thaita.normalize.match_key import fold
from thaita.normalize.numerals import heading_number, strip_marker, to_arabic
from thaita.normalize.passage_model import OTHER, likely_passages
from thaita.normalize.topics import match_topic

_LONG = 60
"""Least letters of a paragraph that is no line of a title."""
_CLOSING = 0.98
"""Least probability (0-1) that an unmarked line below findings is other text, which ends their list."""
_OF_CELLS = frozenset({Role.OTHER, Role.OTHER_SCORE, Role.NUMBER, Role.ITEM, Role.AGENCY, Role.STATUS})
"""Roles of the heads of columns that are never headings of sections."""
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


def without_ending(label: Label | None) -> Label | None:
    """Return a label, or None if it is likely the heading of a section, whose words say too little about what follows."""
    return None if label and label.heading.likely and label.heading.role in SECTION_ROLES else label


def is_closing(chars: str) -> bool:
    """Return whether the words of a line below findings are surely none of a finding's or a measure's."""
    return dict(likely_passages(chars)).get(OTHER, 0.0) >= _CLOSING


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


def is_about_words(label: Label, item: FlowParagraph, marker: str, year: int | None) -> bool:
    """Return whether an item of the open list only contains the words of a column's head or of a heading."""
    if label.heading.role == Role.FINDING or label.exact:
        return False
    of_cells = bool(marker) and label.heading.role in _OF_CELLS
    return of_cells or is_about_subject(item.text.chars, year)


def is_subheading(
    item: FlowParagraph, above: FlowParagraph | None, following: FlowItem | None, marker: str
) -> bool:
    """Return whether a line below a heading of findings stands out less than that heading, but from the text below.

    Its own text is no finding, and the list below the heading goes on. A line that stands out as much ends the list.
    `above` is the heading of the list.
    """
    if above is None or not (item.set_off and above.set_off):
        return False
    if not isinstance(following, FlowParagraph) or following.set_off or following.running:
        return False
    if marker and strip_marker(following.text.chars)[0]:
        return False
    return item.rank < above.rank or bool(marker)


def is_numbered_sentence(chars: str) -> bool:
    """Return whether a numbered line that names an instrument is a long sentence about it, and not its title."""
    return len(fold(chars)) >= _LONG and match_topic(chars) is None and likely_labels(chars)[0][0] == "text"
