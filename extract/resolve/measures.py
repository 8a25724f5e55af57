"""Measure records: steps, owners, period and status, built from the field texts of a candidate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from thaita.extract.find.measure_tables import MeasureCandidate
from thaita.extract.find.month_columns import marked_months_text, month_period
from thaita.extract.resolve.confidence import judge
from thaita.extract.resolve.measure_reasons import LEAST, MEASURE_PART, measure_reasons
from thaita.extract.resolve.provenance import Ledger
from thaita.models.flags import Flag
from thaita.models.measure_tables import MEASURE_TEXTS
from thaita.models.records import Evidence, Measure, Owner, Step
from thaita.models.roles import Role
from thaita.models.source_text import SourceText
from thaita.normalize.dates import Period, parse_period
from thaita.normalize.list_items import Item, split_items
from thaita.normalize.numerals import strip_marker
from thaita.normalize.owners import split_owners
from thaita.normalize.statuses import Status, leading_status, parse_progress, parse_status, ticked_status

_MINOR_DOUBTS = frozenset({"year_inferred"})
"""Doubts that the text itself resolves, such as a first month that takes the year of the second."""

_DERIVED = frozenset({"end_before_start"})
"""Doubts that are determined by the dates alone: `derive` sets their flags."""


@dataclass(frozen=True, slots=True)
class BuiltMeasure:
    """A measure record, the evidence for its columns, and the layout in which it was found."""

    measure: Measure
    evidence: tuple[Evidence, ...]
    way: str


def build_measure(
    candidate: MeasureCandidate, report_id: str, number: int, plan_year: int | None, ledger: Ledger
) -> BuiltMeasure:
    """Build the record of a measure; `number` is its position in the report, starting at 1."""
    measure_id = f"{report_id}-m{number:02d}"
    title, measure_no = _title(candidate)
    period_text = candidate.text(Role.PERIOD, " ")
    period = parse_period(period_text.chars, plan_year) if period_text else None
    if period_text is None:
        period, period_text = (
            month_period(candidate.months, candidate.heads, plan_year),
            marked_months_text(candidate.months),
        )
    status, outcome, result = _state(candidate)
    texts = {name: candidate.text(Role(name)) for name in MEASURE_TEXTS}
    texts |= {"title": title, "result": result, "outcome": outcome, "period_as_written": period_text}
    lines = [line for lines in candidate.fields.values() for line in lines]
    measure = Measure(
        report_id=report_id,
        measure_id=measure_id,
        measure_no=measure_no,
        indicator_no=candidate.subject.indicators,
        topic_no=candidate.subject.topic,
        item_code=candidate.subject.item.code if candidate.subject.item else None,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        status=status.value if status else None,
        steps=tuple(_steps(candidate, measure_id, ledger)),
        owners=tuple(_owners(candidate, measure_id, ledger)),
        flags=_flags(candidate, period, status, (*_owner_flags(candidate), *ledger.doubts(*lines))),
        provenance=ledger.take(*lines, *candidate.support),
        **{name: text.chars if text else None for name, text in texts.items()},
    )
    return BuiltMeasure(measure, tuple(_evidence(measure, texts, ledger)), candidate.way)


def build_measures(
    candidates: Sequence[MeasureCandidate], report_id: str, plan_year: int | None, ledger: Ledger
) -> list[BuiltMeasure]:
    """Build the records of the candidates that are likely enough; the text of the others stays unread."""
    kept = list(candidates)
    while True:
        built = [build_measure(one, report_id, i, plan_year, ledger) for i, one in enumerate(kept, 1)]
        reasons = measure_reasons([one.measure for one in built], [one.way for one in built])
        likely = [judge(MEASURE_PART, found).confidence >= LEAST for found in reasons]
        if all(likely):
            return built
        for one in built:
            ledger.give_back(one.measure.provenance)
        kept = [one for one, is_likely in zip(kept, likely, strict=True) if is_likely]


def _evidence(measure: Measure, texts: Mapping[str, SourceText | None], ledger: Ledger) -> Iterator[Evidence]:
    for name, text in texts.items():
        if text:
            yield Evidence(
                report_id=measure.report_id,
                table="measures",
                row_id=measure.measure_id,
                column=name,
                value=text.chars,
                provenance=ledger.place(text),
            )


def _flags(
    candidate: MeasureCandidate, period: Period | None, status: Status | None, letters: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the flags of a measure, including those for its `letters`, without duplicates."""
    flags = [*candidate.flags, *_period_flags(period)]
    if status is not None and status.doubt:
        flags.append(Flag.AMBIGUOUS_STATUS)
    return tuple(dict.fromkeys([*flags, *letters]))


def _title(candidate: MeasureCandidate) -> tuple[SourceText | None, str | None]:
    """Return the title and the number of a measure; a cell with several numbered activities is not split."""
    title = candidate.text(Role.TITLE, " ")
    number = candidate.number.chars if candidate.number else None
    if title is None:
        return None, number
    marker, start = strip_marker(title.chars)
    if marker and len(split_items(title.chars)) == 1:
        shown = title[start:].strip()
        return (shown or None), number or (marker.strip(" ().-–•*") or None)
    return title, number


def _state(candidate: MeasureCandidate) -> tuple[Status | None, SourceText | None, SourceText | None]:
    """Return the status, and the outcome and result without the boxes that state it."""
    outcome, result = candidate.text(Role.OUTCOME), candidate.text(Role.RESULT)
    if candidate.ticked:
        one = len(set(candidate.ticked)) == 1
        return (
            ticked_status(candidate.ticked[0]) if one else Status(None, 0, "several_ticks"),
            outcome,
            result,
        )
    stated = candidate.text(Role.STATUS, " ")
    if stated is not None and (status := parse_status(stated.chars) or parse_progress(stated.chars)):
        rest = stated[status.rest : status.rest_end].strip() if status.rest else None
        return status, outcome, result or (rest or None)
    for name, text in (("outcome", outcome), ("result", result)):
        status = parse_status(text.chars) if text else None
        if text is not None and status is not None and status.rest:
            rest = text[status.rest : status.rest_end].strip() or None
            return (status, rest, result) if name == "outcome" else (status, outcome, rest)
    if stated is not None:
        return Status(None, 0, "unknown_status"), outcome, result or stated
    return (leading_status(result.chars) if result else None), outcome, result


def _period_flags(period: Period | None) -> Iterator[str]:
    if period is not None:
        for doubt in period.doubt:
            if doubt not in _MINOR_DOUBTS | _DERIVED:
                yield Flag.PERIOD_DOUBT.of(doubt)


def _one_line(text: SourceText) -> str:
    return " ".join(text.chars.split())


def _steps(candidate: MeasureCandidate, measure_id: str, ledger: Ledger) -> Iterator[Step]:
    number = 0
    for text, item in _step_items(candidate):
        piece = text[item.start : item.end]
        if not piece.strip():
            continue
        number += 1
        yield Step(
            measure_id=measure_id,
            step_no=number,
            no_as_written=item.marker.strip(" ().") or None,
            text=_one_line(piece),
            provenance=ledger.place(piece),
        )


def _step_items(candidate: MeasureCandidate) -> Iterator[tuple[SourceText, Item]]:
    """Yield the items of each cell with steps: a step never continues in the cell of the next row."""
    for cell in candidate.step_cells():
        text = SourceText.join(cell, "\n")
        items = split_items(text.chars)
        marker, body = strip_marker(text.chars)
        if len(items) == 1 and marker and not items[0].marker:
            items = [replace(items[0], marker=marker, start=body)]
        for item in items:
            yield text, item


def _owner_flags(candidate: MeasureCandidate) -> Iterator[str]:
    """Yield a flag if names of owners stand in the source without anything between them."""
    text = candidate.text(Role.OWNER)
    if text and any({"glued", "nested"} & {*owner.doubt} for owner in split_owners(text.chars)):
        yield Flag.LAYOUT_UNCERTAIN


def _owners(candidate: MeasureCandidate, measure_id: str, ledger: Ledger) -> Iterator[Owner]:
    text = candidate.text(Role.OWNER)
    seen: set[str] = set()
    for owner in split_owners(text.chars) if text else []:
        if owner.name not in seen and text is not None:
            seen.add(owner.name)
            place = ledger.place(text[owner.start : owner.end])
            yield Owner(measure_id=measure_id, owner=owner.name, provenance=place)
