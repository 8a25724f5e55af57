"""The gold of a document: the values that a careful reader takes from it, as a JSON file."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError, model_validator

from thaita.models.errors import ThaitaError
from thaita.models.finding_kinds import FindingKind
from thaita.models.records import Status

REPORT_FIELDS = (
    "agency",
    "agency_type",
    "subdistrict",
    "district",
    "province",
    "fiscal_year",
    "plan_year",
    "overall_score",
    "grade",
)
MEASURE_TEXTS = ("monitoring", "guideline", "result", "outcome")

_TYPO = 0.88
"""Similarity from which an unknown key is a misspelling: `step` is one of `steps`, `indicator` not of `indicator_no`."""

Labels = int | str | tuple[int | str, ...] | None
"""A label, or all labels of an entry that has several."""


class GoldError(ThaitaError):
    """A file that is not gold; the message says where and why."""


class _Part(BaseModel):
    """A part of a gold file: unknown keys are notes of its writer, but misspelled keys are errors."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _reject_misspelled(cls, value: Any) -> Any:  # noqa: ANN401 - what JSON holds
        if isinstance(value, dict):
            known = [*cls.model_fields, *_OLDER_NAMES]
            for key in map(str, value):
                if key not in known and (meant := get_close_matches(key, known, 1, _TYPO)):
                    message = f"unknown key {key!r}: do you mean {meant[0]!r}?"
                    raise ValueError(message)
        return value


_OLDER_NAMES = ("empty",)


class GoldPlace(_Part):
    """The place of a value: its page, from 1, and the words around it on the page."""

    page: int | None = Field(default=None, ge=1)
    words: str | None = None


class GoldReport(_Part):
    """The report's own fields; None is not judged. Years are B.E."""

    agency: str | None = None
    agency_type: str | None = None
    subdistrict: str | None = None
    district: str | None = None
    province: str | None = None
    fiscal_year: int | None = None
    plan_year: int | None = None
    overall_score: float | None = None
    grade: str | None = None


class GoldScore(GoldPlace):
    """The score of an indicator; `fiscal_year` (B.E.) is that of the report where it is None."""

    indicator_no: int
    score: float
    fiscal_year: int | None = None
    instrument: str | None = None
    name_as_written: str | None = None


class GoldFinding(GoldPlace):
    """A finding and the labels that the document ties to it; one that is not `required` may be left out."""

    kind: FindingKind
    text: str = Field(min_length=1)
    instrument: str | None = None
    indicator_no: Labels = None
    topic_no: Labels = None
    item_code: Labels = None
    required: bool = True


class GoldMeasure(GoldPlace):
    """A measure. The dates of its period are C.E.; `not_stated` names the fields that must come out empty."""

    title: str | None = None
    steps: tuple[str, ...] | None = None
    owners: tuple[str, ...] | None = None
    indicator_no: Labels = None
    topic_no: Labels = None
    item_code: Labels = None
    period_start: date | None = None
    period_end: date | None = None
    monitoring: str | None = None
    status: Status | None = None
    result: str | None = None
    outcome: str | None = None
    guideline: str | None = None
    not_stated: tuple[str, ...] = ()
    required: bool = True

    @model_validator(mode="after")
    def _not_stated_is_known(self) -> GoldMeasure:
        known = {*MEASURE_FIELDS, "title"}
        if wrong := [name for name in self.not_stated if name not in known]:
            message = f"not_stated: a measure has no field {wrong[0]!r}"
            raise ValueError(message)
        return self


MEASURE_FIELDS = (
    "title",
    "steps",
    "owners",
    "indicator_no",
    "topic_no",
    "item_code",
    "period_start",
    "period_end",
    "status",
    *MEASURE_TEXTS,
)
"""The fields of a measure that are compared, in the order in which they are shown."""


class Gold(_Part):
    """The gold of one document. A table that is None is not judged; an empty one must come out empty."""

    source: str | None = None
    form: dict[str, Any] = Field(default_factory=dict)
    about_ita: bool = True
    report: GoldReport = GoldReport()
    places: dict[str, GoldPlace] = Field(default_factory=dict)
    not_stated: tuple[str, ...] = Field(default=(), validation_alias=AliasChoices("not_stated", "empty"))
    scores: tuple[GoldScore, ...] | None = None
    findings: tuple[GoldFinding, ...] | None = None
    limitations: tuple[str, ...] | None = None
    measures: tuple[GoldMeasure, ...] | None = None

    @model_validator(mode="after")
    def _names_are_known(self) -> Gold:
        for key, names in (("not_stated", self.not_stated), ("places", tuple(self.places))):
            if wrong := [name for name in names if name not in REPORT_FIELDS]:
                message = f"{key}: a report has no field {wrong[0]!r}"
                raise ValueError(message)
        if both := [name for name in self.not_stated if getattr(self.report, name) is not None]:
            message = f"not_stated: report.{both[0]} has a value"
            raise ValueError(message)
        if not self.about_ita and (self.scores or self.findings or self.measures or self.limitations):
            message = "about_ita is false, but there are scores, findings or measures"
            raise ValueError(message)
        return self


def gold_of(text: str | bytes) -> Gold:
    """Return the gold that a JSON text holds. Raises GoldError, with the place in the file and the reason."""
    try:
        return Gold.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        reason = first["msg"].removeprefix("Value error, ")
        raise GoldError(f"{place}: {reason}" if place else reason) from error
