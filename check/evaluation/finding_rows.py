"""Comparison of findings with gold."""

from __future__ import annotations

from collections.abc import Iterator

from thaita.check.evaluation.fold import STRICT, fold, labels_of
from thaita.check.evaluation.gold import Gold, GoldFinding, Labels
from thaita.check.evaluation.grounding import grounded
from thaita.check.evaluation.match import nearest, pairs
from thaita.check.evaluation.outcomes import FOUND, Grounded, Outcome, kind_of
from thaita.check.evaluation.report_rows import ReportRows, Row, text_of
from thaita.models.finding_kinds import FindingKind

LABELS = ("kind", "instrument", "indicator_no", "topic_no", "item_code")


def finding_outcomes(gold: Gold, rows: ReportRows) -> Iterator[Outcome | Grounded]:
    """Yield outcomes for each finding and limitation of the gold, and one for each row that should not be there.

    A finding has an outcome for being found, one for its whole text, and one for each label that the gold states.
    """
    required = [*_limitations(gold), *(one for one in gold.findings or () if one.required)]
    optional = [one for one in gold.findings or () if not one.required]
    left = list(rows.rows("findings"))
    found = {pair.entry: pair for pair in pairs(required, left, _text, _row_text, _agreement)}
    taken = {pair.row for pair in found.values()}
    rest = [row for i, row in enumerate(left) if i not in taken]
    allowed = {pair.row for pair in pairs(optional, rest, _text, _row_text, _agreement)}
    extra = [row for i, row in enumerate(rest) if i not in allowed and _is_judged(gold, row)]
    for i, one in enumerate(required):
        entry = f"{one.kind} {i + 1}"
        if i in found:
            pair = found[i]
            yield from _of_found(one, entry, left[pair.row], pair.similarity >= STRICT, rows)
        else:
            near = nearest(one.text, [_row_text(row) for row in left])
            yield Outcome(
                "findings",
                FOUND,
                entry,
                "missing",
                one.text,
                near=near,
                gold_page=one.page,
                words=one.words or one.text,
            )
    yield from (_extra(row, rows) for row in extra)


def _limitations(gold: Gold) -> list[GoldFinding]:
    return [GoldFinding(kind=FindingKind.LIMITATION, text=text) for text in gold.limitations or ()]


def _is_judged(gold: Gold, row: Row) -> bool:
    """Return whether a row that nothing wants is extra: not if the gold does not judge rows of its kind."""
    if not gold.about_ita:
        return True
    judged = gold.limitations if text_of(row, "kind") == FindingKind.LIMITATION else gold.findings
    return judged is not None


def _text(one: GoldFinding) -> str:
    return one.text


def _row_text(row: Row) -> str:
    return text_of(row, "text") or ""


def _agreement(one: GoldFinding, row: Row) -> int:
    return sum(label_is_right(getattr(one, name), row.get(name)) for name in LABELS)


def label_is_right(want: object, got: object) -> bool:
    """Return whether a cell has a wanted label, or, where the gold lists several, exactly these."""
    have = labels_of(got)
    return have == {fold(one) for one in want} if isinstance(want, tuple) else fold(want) in have


def wanted_text(want: Labels) -> str:
    """Return wanted labels as the dataset would write them."""
    return "|".join(map(str, want)) if isinstance(want, tuple) else str(want)


def _of_found(
    one: GoldFinding, entry: str, row: Row, strict: bool, rows: ReportRows
) -> Iterator[Outcome | Grounded]:
    place = rows.place("findings", row)

    def outcome(name: str, want: str, got: str | None, right: bool) -> Outcome:
        column = "text" if name == FOUND else name
        flagged = rows.flagged("findings", row, column)
        return Outcome(
            "findings",
            name,
            entry,
            kind_of(right=right, want=want, got=got, flagged=flagged),
            want=want,
            got=got,
            share=float(right),
            row_id=rows.row_id("findings", row),
            flagged=flagged,
            confidence=rows.confidence("findings", row, "text"),
            place=place,
            gold_page=one.page,
            words=one.words,
        )

    found = outcome(FOUND, one.text, _row_text(row), right=True)
    yield found
    yield from grounded(found)
    yield outcome("text", one.text, _row_text(row), right=strict)
    for name in LABELS:
        want = getattr(one, name)
        if want is not None:
            yield outcome(
                name, wanted_text(want), text_of(row, name), right=label_is_right(want, row.get(name))
            )


def _extra(row: Row, rows: ReportRows) -> Outcome:
    flagged = rows.flagged("findings", row)
    return Outcome(
        "findings",
        FOUND,
        rows.row_id("findings", row),
        kind_of(right=False, want=None, got="extra", flagged=flagged),
        got=f"{text_of(row, 'kind')}: {_row_text(row)}",
        row_id=rows.row_id("findings", row),
        flagged=flagged,
        confidence=rows.confidence("findings", row, "text"),
        place=rows.place("findings", row),
    )
