"""The roles of columns and labels: what a heading announces, and what follows from it.

`normalize/data/headings.csv` says which words announce which role. `extract/structure/column_heads.py` adds the
roles that no list of words can give: a month, an indicator's name, an answer to tick.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from thaita.models.records import UnreadKind


class Role(StrEnum):
    """What a column of a table holds, or the text behind a label."""

    INDICATOR = "indicator"
    TOPIC = "topic"
    ITEM = "item"
    NUMBER = "number"
    INSTRUMENT = "instrument"
    AGENCY = "agency"
    SCORE = "score"
    OTHER_SCORE = "other_score"
    """A figure that is no score of the agency: a weight, a target, the mean of a province."""
    INDICATOR_SCORE = "indicator_score"
    """Scores of the indicator that the head itself names."""
    INSTRUMENT_SCORE = "instrument_score"
    TOTAL = "total"
    GRADE = "grade"
    FINDING = "finding"
    """Findings of the kind that the heading names."""
    OPPORTUNITY = "opportunity"
    """A chance that the agency sees (the O of SWOT), for which the dataset has no kind of finding."""
    TITLE = "title"
    GUIDELINE = "guideline"
    STEPS = "steps"
    OWNER = "owner"
    PERIOD = "period"
    MONTH = "month"
    """A mark under a month or quarter in which a measure runs."""
    MONITORING = "monitoring"
    STATUS = "status"
    STATUS_TICK = "status_tick"
    """A mark under the state that a measure is in."""
    RESULT = "result"
    OUTCOME = "outcome"
    NARRATIVE = "narrative"
    """What an instrument asks, and nothing that was found."""
    OTHER = "other"
    """A known heading of something that the dataset does not keep, such as a budget."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What follows from a role.

    About the rows of a table:
    `subject`: its cells say what a row is about. `tells_apart`: two rows never share its value, so that a ditto
    mark there is no repetition. `merges_down`: authors merge its cells over the rows that share the value.
    `sums_up`: a row that begins with such a word totals the rows above.

    About measures:
    `describes`: a field of a measure. `plans`: a field that says what is to be done, how, by whom or when.
    `of_measures_only`: other tables do not have it. `shared`: several measures may have the same answer.
    `short`: its answer is one line, and text below it starts something else.
    `may_name`: its cells can name a measure; of several such columns the one with the least number does.

    `unread` is the kind of its text in the table `unread`, for roles whose cells no other table takes whole.
    """

    subject: bool = False
    tells_apart: bool = False
    merges_down: bool = False
    sums_up: bool = False
    describes: bool = False
    plans: bool = False
    of_measures_only: bool = False
    shared: bool = False
    short: bool = False
    may_name: int | None = None
    unread: UnreadKind | None = None


TRAITS: dict[Role, Traits] = {
    Role.INDICATOR: Traits(subject=True, tells_apart=True, merges_down=True, may_name=2, unread="heading"),
    Role.TOPIC: Traits(subject=True, merges_down=True, may_name=3, unread="heading"),
    Role.ITEM: Traits(subject=True, tells_apart=True, merges_down=True, may_name=4, unread="heading"),
    Role.NUMBER: Traits(subject=True, tells_apart=True, unread="narrative"),
    Role.INSTRUMENT: Traits(merges_down=True, unread="narrative"),
    Role.AGENCY: Traits(unread="heading"),
    Role.SCORE: Traits(tells_apart=True),
    Role.OTHER_SCORE: Traits(tells_apart=True, sums_up=True, unread="narrative"),
    Role.INDICATOR_SCORE: Traits(tells_apart=True),
    Role.INSTRUMENT_SCORE: Traits(unread="narrative"),
    Role.TOTAL: Traits(tells_apart=True, sums_up=True, unread="heading"),
    Role.GRADE: Traits(unread="narrative"),
    Role.FINDING: Traits(),
    Role.OPPORTUNITY: Traits(unread="unclear"),
    Role.TITLE: Traits(subject=True, tells_apart=True, may_name=0),
    Role.GUIDELINE: Traits(describes=True, plans=True, may_name=1),
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
TELL_APART = _with(lambda traits: traits.tells_apart)
MERGE_DOWN = _with(lambda traits: traits.merges_down)
SUM_UP = _with(lambda traits: traits.sums_up)
DESCRIBE = _with(lambda traits: traits.describes)
PLAN = _with(lambda traits: traits.plans)
OF_MEASURES_ONLY = _with(lambda traits: traits.of_measures_only)
SHARED = _with(lambda traits: traits.shared)
SHORT = _with(lambda traits: traits.short)
NAMING = tuple(
    sorted(_with(lambda traits: traits.may_name is not None), key=lambda role: TRAITS[role].may_name or 0)
)
"""The roles that can name a measure, the likeliest first."""
