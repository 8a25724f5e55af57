"""Comparison of indicator scores with gold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from thaita.check.evaluation.fold import number
from thaita.check.evaluation.gold import Gold, GoldScore
from thaita.check.evaluation.grounding import grounded
from thaita.check.evaluation.outcomes import Grounded, Outcome, kind_of
from thaita.check.evaluation.report_rows import ReportRows, Row, text_of

_Key = tuple[int | None, int]
"""The year (B.E.) of a score, None for the report's own, and the number of its indicator."""


def score_outcomes(gold: Gold, rows: ReportRows) -> Iterator[Outcome | Grounded]:
    """Yield an outcome for each score of the gold, and one for each row that should not be there.

    Judged are rows of the report's own agency (`scope` own or empty) and of the years that the gold lists. A row
    without a year is one of the report's own year. A document that is not about ITA must have no rows at all. Of
    several rows with the same right score, all but the first are extra.
    """
    found = _rows_by_key(gold, rows)
    for i, score in enumerate(gold.scores or ()):
        year = score.fiscal_year if score.fiscal_year != gold.report.fiscal_year else None
        candidates = found.pop((year, score.indicator_no), [])
        entry = f"score {score.indicator_no}" + (f" of {year}" if year else "")
        if not candidates:
            yield Outcome(
                "scores", "score", entry, "missing", str(score.score), gold_page=score.page, words=score.words
            )
            continue
        outcome = _of_score(score, entry, candidates, rows)
        yield outcome
        if outcome.is_right:
            yield from grounded(outcome)
            yield from (_extra(row, rows, f"{entry}, again {i}-{j}") for j, row in enumerate(candidates[1:]))
    for extra in found.values():
        yield from (_extra(row, rows, rows.row_id("scores", row)) for row in extra)


def _rows_by_key(gold: Gold, rows: ReportRows) -> dict[_Key, list[Row]]:
    own = gold.report.fiscal_year
    others = {score.fiscal_year for score in gold.scores or ()} - {own, None}
    found: dict[_Key, list[Row]] = defaultdict(list)
    for row in rows.rows("scores"):
        if gold.about_ita and (text_of(row, "scope") or "own") != "own":
            continue
        year, no = number(row.get("fiscal_year")), number(row.get("indicator_no"))
        if year in others:
            key_year: int | None = int(year or 0)
        elif not gold.about_ita or own is None or year in (None, own):
            key_year = None
        else:
            continue
        found[key_year, -1 if no is None else int(no)].append(row)
    return found


def _of_score(score: GoldScore, entry: str, candidates: list[Row], rows: ReportRows) -> Outcome:
    right = all(number(row.get("score")) == number(score.score) for row in candidates)
    flagged = all(rows.flagged("scores", row, "score") for row in candidates)
    wrong = [row for row in candidates if number(row.get("score")) != number(score.score)]
    shown = (wrong or candidates)[0]
    got = "; ".join(dict.fromkeys(text_of(row, "score") or "" for row in candidates))
    return Outcome(
        "scores",
        "score",
        entry,
        kind_of(right=right, want=score.score, got="a row", flagged=flagged),
        want=str(score.score),
        got=got,
        share=float(right),
        row_id=rows.row_id("scores", shown),
        flagged=flagged,
        confidence=rows.confidence("scores", shown, "score"),
        place=rows.place("scores", shown),
        gold_page=score.page,
        words=score.words,
    )


def _extra(row: Row, rows: ReportRows, entry: str) -> Outcome:
    flagged = rows.flagged("scores", row, "score")
    name = text_of(row, "indicator") or text_of(row, "name_as_written") or ""
    return Outcome(
        "scores",
        "score",
        entry,
        kind_of(right=False, want=None, got="extra", flagged=flagged),
        got=f"{text_of(row, 'score')} ({text_of(row, 'indicator_no')} {name}, {text_of(row, 'fiscal_year') or 'no year'})",
        row_id=rows.row_id("scores", row),
        flagged=flagged,
        confidence=rows.confidence("scores", row, "score"),
        place=rows.place("scores", row),
    )
