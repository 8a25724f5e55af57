"""Lists with a row for each agency and indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from thaita.extract.find.results.arithmetic import adds_up
from thaita.extract.find.results.candidate import ResultCandidate, Stated
from thaita.extract.find.results.columns import Column
from thaita.extract.find.results.matrix import Row
from thaita.extract.find.results.names import Subject
from thaita.extract.find.results.rows import RowReader
from thaita.models.flags import Flag
from thaita.normalize.result_words import read_head_words

Key = tuple[Subject, int | None]


def long_candidates(
    reader: RowReader, rows: Sequence[Row], labels: Sequence[Column]
) -> list[ResultCandidate]:
    """Return the results of a list whose `labels` are the columns of indicators and instruments, which each row names."""
    joined: dict[Key, ResultCandidate] = {}
    for row in rows:
        label = next((one for one in labels if row[one.at].chars), labels[0])
        words = read_head_words(row[label.at].chars)
        if words.indicator is None and words.instrument is None:  # the total of the instrument beside it
            beside = (read_head_words(row[one.at].chars) for one in labels[1:])
            words = next((one for one in beside if one.instrument), words)
        for one in reader.candidates([row]):
            value = one.values.pop("overall_score", None)
            whole = joined.setdefault((one.subject, one.year), replace(one, values={}, scores={}))
            if value is not None:
                _add(
                    whole,
                    words.indicator,
                    words.instrument,
                    words.holds,
                    replace(value, head=row[label.at].text),
                )
    found = [one for one in joined.values() if one.values or one.scores]
    for one in found:
        numbers = {
            name: stated.value for name, stated in one.values.items() if not isinstance(stated.value, str)
        }
        numbers |= {
            f"i{no}": stated.value for no, stated in one.scores.items() if not isinstance(stated.value, str)
        }
        one.adds_up = adds_up(numbers, one.year, 2)
        if one.adds_up is False:
            one.flags = (*one.flags, Flag.SUM_MISMATCH)
    return found


def _add(
    whole: ResultCandidate, no: int | None, instrument: str | None, holds: str | None, value: Stated
) -> None:
    if no is not None:
        whole.scores.setdefault(no, value)
    elif instrument is not None:
        whole.values.setdefault(instrument.lower(), value)
    elif holds == "overall":
        whole.values.setdefault("overall_score", value)
