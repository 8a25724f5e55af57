"""Results of the same agency and year from several tables of a document, joined into one."""

from __future__ import annotations

from collections.abc import Iterable

from thaita.extract.find.results.candidate import ResultCandidate, Stated
from thaita.models.flags import Flag
from thaita.normalize.match_key import fold

Key = tuple[str, str, int | None]


def join_results(candidates: Iterable[ResultCandidate]) -> list[ResultCandidate]:
    """Return one result for each agency or level and year, in the order of their first mentions.

    Rows of one table with the same name are different agencies, unless their province or district says otherwise; they
    stay apart. A value that two places state differently keeps the first, with a flag.
    """
    found: dict[Key, list[ResultCandidate]] = {}
    for one in candidates:
        key = (one.subject.scope or "", fold(one.subject.name), one.year)
        same = [other for other in found.get(key, ()) if _may_be_same(one, other)]
        if len(same) == 1:
            _merge(same[0], one)
            continue
        twins = [other for other in found.get(key, ()) if _same_place(one, other)]
        for twin in (one, *twins) if twins else ():
            if Flag.AMBIGUOUS_AGENCY not in twin.flags:
                twin.flags = tuple(dict.fromkeys((*twin.flags, Flag.AMBIGUOUS_AGENCY)))
        found.setdefault(key, []).append(one)
    return [one for some in found.values() for one in some]


def _same_place(one: ResultCandidate, other: ResultCandidate) -> bool:
    pairs = ((one.subject.province, other.subject.province), (one.subject.district, other.subject.district))
    return all(a is None or b is None or a == b for a, b in pairs)


def _may_be_same(one: ResultCandidate, other: ResultCandidate) -> bool:
    return one.table != other.table and _same_place(one, other)


def _merge(whole: ResultCandidate, more: ResultCandidate) -> None:
    for name, stated in more.values.items():
        _take(whole, whole.values, name, stated)
    for no, stated in more.scores.items():
        _take(whole, whole.scores, no, stated)
    whole.flags = tuple(dict.fromkeys((*whole.flags, *more.flags)))
    whole.numbered = whole.numbered or more.numbered
    whole.adds_up = whole.adds_up if more.adds_up is None else more.adds_up and whole.adds_up is not False
    whole.table = more.table


def _take(
    whole: ResultCandidate, values: dict[str, Stated] | dict[int, Stated], name: str | int, stated: Stated
) -> None:
    known = values.setdefault(name, stated)  # type: ignore[arg-type]
    if known.value != stated.value:
        if known.of and not stated.of and not isinstance(known.value, str):
            values[name] = stated  # type: ignore[index]
            return
        whole.rivals.append((str(name), stated))
        whole.flags = tuple(dict.fromkeys((*whole.flags, Flag.SCORE_CONFLICT)))
