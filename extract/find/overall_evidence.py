"""How strongly a text states that a figure is the overall score of the report's own agency."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from thaita.extract.find.overall_candidates import is_whole
from thaita.extract.find.overall_grades import grade_beside
from thaita.extract.structure.passages import names_assessment
from thaita.normalize.agencies import find_agencies
from thaita.normalize.cue_words import any_cue, cue_words
from thaita.normalize.figures import Figure
from thaita.normalize.grades import Grade
from thaita.normalize.match_key import fold

LABEL_LINE = 60
"""Maximum characters of a line that consists of a label and its figure."""
LEVEL = 3
"""Weight of a level beside a figure."""
_OVERALL, _OTHER_AGENCY = 3, -3
SELF = re.compile(rf"(?!{any_cue('not_self')}){any_cue('self')}")
"""Words that tie a figure to the report's own agency."""
_UNIT = re.compile(rf"\s*{any_cue('points')}")
_BARE_LABEL = re.compile(r"[^0-9๐-๙]{2,40}?\s*[:=–-]?\s*$")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The weight of a figure as the overall score; `own` tells whether something ties it to the report's agency."""

    weight: int
    own: bool
    grade: Grade | None = None


class Judge:
    """Weighs figures as the overall score of one report: of a fiscal year (B.E.) and an agency."""

    def __init__(self, year: int | None, agency: str | None) -> None:
        self.year = year
        self.agency = agency

    def weigh(
        self, chars: str, figure: Figure, figures: Sequence[Figure], *, labelled: bool | None = None
    ) -> Evidence:
        """Return how strongly a text states that a figure is the report's overall score.

        `labelled`: the text is a label with its figure, as in a table; if None, the text itself shows that.
        """
        grade = grade_beside(chars, figure, figures, self.year)
        clause = max((other.end for other in figures if other.end <= figure.start and other.plain), default=0)
        around = chars[max(clause, figure.start - 160) : figure.end + 60]
        label = (labelled is True and (figure.result or figure.overall)) or (
            len(chars) <= LABEL_LINE
            and figure.result
            and _BARE_LABEL.match(chars[: figure.start]) is not None
        )
        unit = (
            figure.number.percent
            or bool(_UNIT.match(chars, figure.end))
            or chars[: figure.start].rstrip().endswith(cue_words("points"))
        )
        own = self._is_own(around)
        this_year = figure.year is not None and figure.year == self.year
        compared = any(other.meaning == "last_year" or self._is_earlier(other) for other in figures)
        weight = (
            _OVERALL * figure.overall
            + figure.result
            + unit
            + (not is_whole(figure.number))
            + names_assessment(chars)
            + (own is True)
            + label
            + this_year
            + compared
            + LEVEL * (grade is not None)
            + _OTHER_AGENCY * (own is False)
        )
        stated = figure.overall or figure.result or grade is not None or (this_year and (unit or compared))
        tied = own is not False and bool(own or label or grade is not None or this_year)
        return Evidence(int(weight) if stated else 0, tied, grade)

    def _is_earlier(self, figure: Figure) -> bool:
        return figure.plain and figure.year is not None and self.year is not None and figure.year < self.year

    def _is_own(self, around: str) -> bool | None:
        """Return whether a clause speaks of the report's own agency; None if it names none."""
        own = fold(self.agency) if self.agency else ""
        if own and own in fold(around):
            return True
        others = [fold(agency.name) for agency in find_agencies(around)]
        if own and any(other not in own and own not in other for other in others):
            return False
        return True if others or SELF.search(around) else None
