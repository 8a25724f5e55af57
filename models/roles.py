"""The roles of columns and labels, and the traits of each role.

`normalize/data/headings.csv` lists the headings of each role. `extract/structure/column_heads.py` assigns the roles
that do not depend on fixed headings: months, names of indicators and tick boxes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from thaita.models.records import UnreadKind


class Role(StrEnum):
    """The kind of content in a column of a table or after a label."""

    INDICATOR = "indicator"
    TOPIC = "topic"
    ITEM = "item"
    NUMBER = "number"
    INSTRUMENT = "instrument"
    AGENCY = "agency"
    SCORE = "score"
    OTHER_SCORE = "other_score"
    """A figure other than the agency's score: a weight, a target or the mean of a province."""
    INDICATOR_SCORE = "indicator_score"
    """Scores of the indicator named in the column head."""
    INSTRUMENT_SCORE = "instrument_score"
    TOTAL = "total"
    GRADE = "grade"
    FINDING = "finding"
    """Findings of the kind named in the heading."""
    OPPORTUNITY = "opportunity"
    """An opportunity (the O of SWOT), for which the dataset has no kind of finding."""
    TITLE = "title"
    GUIDELINE = "guideline"
    STEPS = "steps"
    OWNER = "owner"
    PERIOD = "period"
    MONTH = "month"
    """A mark below a month or quarter in which a measure runs."""
    MONITORING = "monitoring"
    STATUS = "status"
    STATUS_TICK = "status_tick"
    """A mark below the status of a measure."""
    RESULT = "result"
    OUTCOME = "outcome"
    NARRATIVE = "narrative"
    """The description of an instrument, which contains no findings."""
    OTHER = "other"
    """Content that the dataset does not include, such as a budget."""


@dataclass(frozen=True, slots=True)
class Traits:
    """The traits of a role.

    Traits for the rows of a table:
    `subject`: the cells name the subject of the row. `distinguishes_rows`: the cells differ from row to row, so a
    ditto mark in them does not repeat the cell above. `merges_down`: authors merge the cells of rows that share a
    value. `marks_total`: a row that begins with such a word totals the rows above it.

    Traits for measures:
    `describes`: the role is a field of a measure. `plans`: the field states what is planned, how, by whom or when.
    `of_measures_only`: the role occurs only in tables of measures. `shared`: several measures can share the value.
    `short`: the value is one line, and the text below it belongs to something else. `may_name`: the rank of the
    role among those whose cells can name a measure, 1 for the most likely; 0 if they cannot.

    `unread` is the kind that the text has in the table `unread`, for roles whose cells no other table fully
    contains.
    """

    subject: bool = False
    distinguishes_rows: bool = False
    merges_down: bool = False
    marks_total: bool = False
    describes: bool = False
    plans: bool = False
    of_measures_only: bool = False
    shared: bool = False
    short: bool = False
    may_name: int = 0
    unread: UnreadKind | None = None


TRAITS: dict[Role, Traits] = {
    Role.INDICATOR: Traits(
        subject=True, distinguishes_rows=True, merges_down=True, may_name=3, unread="heading"
    ),
    Role.TOPIC: Traits(subject=True, merges_down=True, may_name=4, unread="heading"),
    Role.ITEM: Traits(subject=True, distinguishes_rows=True, merges_down=True, may_name=5, unread="heading"),
    Role.NUMBER: Traits(subject=True, distinguishes_rows=True, unread="narrative"),
    Role.INSTRUMENT: Traits(merges_down=True, unread="narrative"),
    Role.AGENCY: Traits(unread="heading"),
    Role.SCORE: Traits(distinguishes_rows=True),
    Role.OTHER_SCORE: Traits(distinguishes_rows=True, marks_total=True, unread="narrative"),
    Role.INDICATOR_SCORE: Traits(distinguishes_rows=True),
    Role.INSTRUMENT_SCORE: Traits(unread="narrative"),
    Role.TOTAL: Traits(distinguishes_rows=True, marks_total=True, unread="heading"),
    Role.GRADE: Traits(unread="narrative"),
    Role.FINDING: Traits(),
    Role.OPPORTUNITY: Traits(unread="unclear"),
    Role.TITLE: Traits(subject=True, distinguishes_rows=True, may_name=1),
    Role.GUIDELINE: Traits(describes=True, plans=True, may_name=2),
    Role.STEPS: Traits(describes=True, plans=True, of_measures_only=True),
    Role.OWNER: Traits(
        describes=True, plans=True, of_measures_only=True, merges_down=True, shared=True, short=True
    ),
    Role.PERIOD: Traits(
        describes=True, plans=True, of_measures_only=True, merges_down=True, shared=True, short=True
    ),
    Role.MONTH: Traits(),
    Role.MONITORING: Traits(describes=True, plans=True, of_measures_only=True, merges_down=True, shared=True),
    Role.STATUS: Traits(describes=True, of_measures_only=True, shared=True, short=True),
    Role.STATUS_TICK: Traits(),
    Role.RESULT: Traits(describes=True),
    Role.OUTCOME: Traits(describes=True),
    Role.NARRATIVE: Traits(unread="narrative"),
    Role.OTHER: Traits(unread="narrative"),
}


def _with(trait: Callable[[Traits], bool]) -> frozenset[Role]:
    return frozenset(role for role, traits in TRAITS.items() if trait(traits))


SUBJECTS = _with(lambda traits: traits.subject)
DISTINGUISHING = _with(lambda traits: traits.distinguishes_rows)
MERGE_DOWN = _with(lambda traits: traits.merges_down)
TOTALS = _with(lambda traits: traits.marks_total)
DESCRIBE = _with(lambda traits: traits.describes)
PLAN = _with(lambda traits: traits.plans)
OF_MEASURES_ONLY = _with(lambda traits: traits.of_measures_only)
SHARED = _with(lambda traits: traits.shared)
SHORT = _with(lambda traits: traits.short)
NAMING = tuple(sorted(_with(lambda traits: traits.may_name > 0), key=lambda role: TRAITS[role].may_name))
"""The roles that can name a measure, the most likely first."""
