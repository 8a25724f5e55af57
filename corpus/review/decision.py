"""Decisions: what a person says of a value that the program read, as one line of a text file."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

Kind = Literal["correct", "accept", "wrong", "withdraw"]
"""A new value; the value is right; it is wrong and no better one is known; an earlier decision is taken back."""

LONGEST = 200_000
"""Characters of a line at most: a longer one was not written by this program."""

_Name = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class DamagedLineError(ValueError):
    """A line that is no decision; the message says why."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class RowMark(_Part):
    """What a row is known by when its id has shifted: its place and its source text, as extracted."""

    spans: str | None = None
    quote: str | None = None


class Seen(_Part):
    """The place of the value that the person looked at: page from 1, box in PDF points, ranges of the text."""

    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    spans: str | None = None
    quote: str | None = None
    confidence: float | None = None


class Decision(_Part):
    """Who decided what of which value, when and why.

    `extracted` is the value as the program read it and `value` the one that shall stand, both as the
    dataset's files write them, None for an empty cell. `sha256` is that of the report's file. `after` is
    the decision on the same value that the person knew of.
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
        """What decides which of two decisions on the same value stands: the later one."""
        return self.time, self.id

    def line(self) -> str:
        """Return the decision as one line of JSON, without its line feed, its keys in their order."""
        return self.model_dump_json()


def decision_of(line: str) -> Decision:
    """Return the decision that a line holds; raises DamagedLineError."""
    if len(line) > LONGEST:
        raise DamagedLineError(f"longer than {LONGEST} characters")
    try:
        return Decision.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise DamagedLineError(f"{place}: {first['msg']}" if place else first["msg"]) from error


def merged(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions by their time, each once, whatever the order and number in which they come.

    Of two that differ and have the same id, which only a hand can make, the one whose line sorts last counts.
    """
    found: dict[str, Decision] = {}
    for decision in decisions:
        other = found.get(decision.id)
        if other is None or decision.line() > other.line():
            found[decision.id] = decision
    return tuple(sorted(found.values(), key=lambda decision: decision.order))


def new_id() -> str:
    """Return an id that no other decision has, on any machine."""
    return "d" + secrets.token_hex(8)


def moment_after(decisions: Sequence[Decision]) -> datetime:
    """Return the present, or if the clock of a decision was ahead, the moment after it: the latest stands."""
    now = datetime.now(UTC)
    return max([now, *(decision.time + timedelta(microseconds=1) for decision in decisions)])
