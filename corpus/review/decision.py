"""Decisions of reviewers on extracted values, each stored as one line of a text file."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

Kind = Literal["correct", "accept", "wrong", "withdraw"]
"""A new value; the value is right; it is wrong and the right one is unknown; an earlier decision is withdrawn."""

LONGEST = 200_000
"""Maximum length of a line in characters: this program does not write longer ones."""

_Name = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class DamagedLineError(ValueError):
    """A line that cannot be read as a decision; the message states the reason."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class RowMark(_Part):
    """Identifies a row whose id has changed: its position in the source and its source text, as extracted."""

    spans: str | None = None
    quote: str | None = None


class Seen(_Part):
    """The position of the value shown to the reviewer: page from 1, box in PDF points, ranges of the text."""

    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    spans: str | None = None
    quote: str | None = None
    confidence: float | None = None


class Decision(_Part):
    """A decision on one value: by whom, when and why.

    `extracted` is the value as extracted and `value` the decided one, both in the format of the dataset's files,
    None for an empty cell. `sha256` is the hash of the report's file. `after` is the id of the previous decision
    on the same value that the reviewer saw.
    """

    id: Annotated[str, StringConstraints(pattern=r"^d[0-9a-f]{16}$")]
    time: AwareDatetime
    by: _Name
    kind: Kind
    report_id: _Name
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    source: str
    table: _Name
    row_id: _Name
    column: _Name
    extracted: str | None
    value: str | None
    why: str = ""
    after: str | None = None
    row: RowMark = Field(default_factory=RowMark)
    seen: Seen = Field(default_factory=Seen)

    @property
    def order(self) -> tuple[datetime, str]:
        """Sort key: of two decisions on the same value, the later one is valid."""
        return self.time, self.id

    def line(self) -> str:
        """Return the decision as one line of JSON without a line feed, with its keys in a fixed order."""
        return self.model_dump_json()


def decision_of(line: str) -> Decision:
    """Return the decision in a line; raise DamagedLineError if it is not valid."""
    if len(line) > LONGEST:
        raise DamagedLineError(f"longer than {LONGEST} characters")
    try:
        return Decision.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise DamagedLineError(f"{place}: {first['msg']}" if place else first["msg"]) from error


def merged(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions sorted by time and without duplicates; the order of the input does not matter.

    If manual editing has produced different decisions with the same id, the one whose line sorts last counts.
    """
    found: dict[str, Decision] = {}
    for decision in decisions:
        other = found.get(decision.id)
        if other is None or decision.line() > other.line():
            found[decision.id] = decision
    return tuple(sorted(found.values(), key=lambda decision: decision.order))


def new_id() -> str:
    """Return a new id that is unique across machines."""
    return "d" + secrets.token_hex(8)


def moment_after(decisions: Sequence[Decision]) -> datetime:
    """Return the current time, but always later than all decisions, even if another clock was ahead."""
    now = datetime.now(UTC)
    return max([now, *(decision.time + timedelta(microseconds=1) for decision in decisions)])
