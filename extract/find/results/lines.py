"""Results that lines and sentences state: "อันดับ 1 … 98.52 คะแนน (AA)", and news releases."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from thaita.extract.find.results.arithmetic import adds_up
from thaita.extract.find.results.candidate import ResultCandidate, Stated
from thaita.extract.find.results.context import TextAround
from thaita.extract.find.results.counts import COUNT, count_of_level
from thaita.extract.find.results.levels import FIGURE, level_mentions
from thaita.extract.find.results.names import (
    Subject,
    district_in,
    in_surroundings,
    province_in,
    read_subject,
)
from thaita.extract.find.results.told import is_change, told_scores, years_of_figures
from thaita.extract.find.results.values import outside_band
from thaita.models.flags import Flag
from thaita.models.source_text import SourceText
from thaita.normalize.agencies import find_agencies
from thaita.normalize.cue_words import any_cue
from thaita.normalize.dates import find_years
from thaita.normalize.figures import PLAIN, Figure
from thaita.normalize.grades import Grade, find_grades, grade_after
from thaita.normalize.match_key import ARABIC, fold

_LONGEST = 2000
"""Maximum characters of a paragraph that can state results of several agencies."""
_LEADING = re.compile(r"\s*[(][0-9๐-๙]{1,3}[.][0-9๐-๙]{1,2}[)]|\s*[0-9๐-๙]{1,3}[.][0-9๐-๙]{1,2}\s*คะแนน")
_RANK = re.compile(r"อันดับ(?:ที่)?\s*([0-9๐-๙]{1,4})[\s.:)]*(?:คือ|ได้แก่)?\s*$")
_SHORT = 120
"""Maximum characters of a line that announces the level of the agencies below it."""


_SCORE_WORDS = re.compile(rf"(?:{any_cue('scored')}|[:=–-])*")
"""What may stand between the name of an agency and its overall score."""
_MARKER = re.compile(r"\s*(?:[(]?[0-9๐-๙.]{1,6}[.)]*|[-–•*])?\s*")


def line_results(text: SourceText, said: Callable[[], TextAround], number: int) -> list[ResultCandidate]:
    """Return the results that a paragraph states, each beside the agency or level that it names before the figure.

    `said` tells what the text around the paragraph says.
    """
    chars = text.chars
    if len(chars) > _LONGEST or not FIGURE.search(chars):
        return []
    mentions = sorted(_mentions(chars), key=lambda one: one[0])
    if not mentions:
        return []
    around = said()
    found = []
    for at, (start, end, subject) in enumerate(mentions):
        stop = mentions[at + 1][0] if at + 1 < len(mentions) else len(chars)
        one = _result(text, start, end, stop, subject, around, number)
        found += [one] if one.values else []
        found += _of_other_years(text, end, stop, one, around)
    if found:
        _add_shared_grade(text, mentions[0][0], found)
    for one in found:
        _check_band(one)
    return found


def _check_band(one: ResultCandidate) -> None:
    grade, overall = one.values.get("grade"), one.values.get("overall_score")
    if grade and overall and outside_band(str(grade.value), Decimal(overall.value), one.year):
        one.flags = (*one.flags, Flag.GRADE_BAND)


def group_grade(text: SourceText) -> Stated | None:
    """Return the level that a line announces for the agencies below it: "1. ระดับผ่านดี จำนวน 10 แห่ง ได้แก่"."""
    grades = find_grades(text.chars) if len(text) < _SHORT and COUNT.search(text.chars) else []
    if len(grades) != 1 or FIGURE.search(text.chars) or find_agencies(text.chars):
        return None
    return Stated(grades[0].as_written, text[grades[0].start : grades[0].end])


def add_group_grade(found: Sequence[ResultCandidate], grade: Stated) -> None:
    """Add the level that a line above announces to results without one."""
    for one in found:
        if one.subject.scope == "agency" and "grade" not in one.values and "overall_score" in one.values:
            one.values["grade"] = grade
            _check_band(one)


def _of_other_years(
    text: SourceText, start: int, stop: int, found: ResultCandidate, around: TextAround
) -> Iterator[ResultCandidate]:
    """Yield the results of other years that stand beside an overall score, each with its year.

    Where the name has no score of its own year, a year between the name and a figure may say what it is compared with.
    """
    taken = {found.year}
    for one in told_scores(text, start, stop, around):
        meanings = (PLAIN, found.subject.scope, _last_year(one.year, found.year))
        if one.part != "overall_score" or one.year is None or one.year in taken or is_change(one.said):
            continue
        if one.figure.meaning not in meanings or "." not in one.figure.number.as_written:
            continue
        taken.add(one.year)
        flags = found.subject.flags
        if "overall_score" not in found.values and find_years(one.said):
            flags = (*flags, Flag.AMBIGUOUS_FISCAL_YEAR)
        values = {"overall_score": one.stated}
        yield ResultCandidate(found.subject, one.year, found.name, values, flags=flags, table=found.table)


def is_unfinished(chars: str) -> bool:
    """Return whether a line ends with the name of an agency, whose figure may begin the line below."""
    found = find_agencies(chars) if len(chars) <= _LONGEST else []
    return bool(found) and not chars[found[-1].end :].strip()


def begins_with_figure(chars: str) -> bool:
    """Return whether a line begins with a figure in brackets, or with a score."""
    return _LEADING.match(chars) is not None


def _add_shared_grade(text: SourceText, first: int, found: list[ResultCandidate]) -> None:
    """Add the grade that a paragraph states before its first agency, where it states none beside an agency."""
    grades = find_grades(text.chars[:first])
    if len(grades) == 1 and not any("grade" in one.values for one in found):
        grade = grades[0]
        for one in found:
            one.values["grade"] = Stated(grade.as_written, text[grade.start : grade.end])


def _mentions(chars: str) -> Iterator[tuple[int, int, Subject]]:
    """Yield the agencies and levels that a paragraph names: where the name begins and ends, and what it names."""
    taken: list[tuple[int, int]] = []
    for agency in find_agencies(chars):
        subject = read_subject(chars[agency.start : agency.end])
        if subject is not None and subject.scope == "agency":
            taken.append((agency.start, agency.end))
            if "unlisted" in agency.doubt and not _fills_start(chars, agency.start, agency.end):
                # in a sentence, the name may end earlier
                doubt = Flag.AGENCY_DOUBT.of("unlisted")
                subject = replace(subject, flags=(*subject.flags, doubt))
            yield agency.start, agency.end, subject
    yield from level_mentions(chars, taken)


def _fills_start(chars: str, start: int, end: int) -> bool:
    """Return whether a name is all that stands between the start of a line and the words of its score."""
    figure = FIGURE.search(chars, end)
    marker = _MARKER.match(chars)
    return bool(
        figure
        and marker
        and marker.end() == start
        and chars[end : end + 1] == " "
        and _SCORE_WORDS.fullmatch(fold(chars[end : _start_of_number(chars, figure.start())]))
    )


def _start_of_number(chars: str, at: int) -> int:
    while at and re.match(r"[0-9๐-๙]", chars[at - 1]):
        at -= 1
    return at


def _result(
    text: SourceText, start: int, end: int, stop: int, subject: Subject, around: TextAround, number: int
) -> ResultCandidate:
    segment = text.chars[start:stop]
    address = segment[end - start : _first_figure(segment)]
    if subject.scope == "agency":
        known = Subject(
            "agency",
            subject.name,
            subject.agency_type,
            subject.province or province_in(address),
            district_in(address),
            subject.flags,
        )
        subject = in_surroundings(known, around.around)
    found = ResultCandidate(subject, around.year, text[start:end], table=number)
    # the end of a name can be a word before other numbers, such as "village no."
    first = end if subject.scope == "agency" else start
    overall = list(_read_figures(text, first, stop, found, around))
    if not found.values:
        return found
    if overall:
        _add_grade(text, first, text.chars[first:stop], overall[0], found)
    _add_rank(text, start, found)
    if subject.scope != "agency" and (count := count_of_level(text, end, stop)):
        found.values["agencies"] = count
    values = {name: one.value for name, one in found.values.items() if isinstance(one.value, Decimal)}
    found.adds_up = adds_up(values, found.year, 2)
    doubts = [Flag.SUM_MISMATCH] if found.adds_up is False else []
    doubts += [Flag.AMBIGUOUS_OVERALL] if len({one.number.value for one in overall}) > 1 else []
    unclear = (
        found.year is None or around.several_years or _other_years(text.chars, found.year, first, overall)
    )
    doubts += [Flag.AMBIGUOUS_FISCAL_YEAR] if unclear else []
    found.flags = (*subject.flags, *doubts)
    return found


def _other_years(chars: str, year: int | None, start: int, overall: Sequence[Figure]) -> bool:
    """Return whether a paragraph also names other years, and none for an overall score: it may be of any of them."""
    stated = years_of_figures(chars)
    own = any(figure.year or start + figure.start in stated for figure in overall)
    others = {one.value_be for one in find_years(chars) if one.kind in ("fiscal", "plain", "bare", "range")}
    return not own and bool(others - {year})


def _last_year(year: int | None, own: int | None) -> str | None:
    """Return what the words before a figure of the year before make it."""
    return "last_year" if year is not None and own is not None and year == own - 1 else None


def _first_figure(segment: str) -> int:
    figure = FIGURE.search(segment)
    return figure.start() if figure else len(segment)


def _read_figures(
    text: SourceText, start: int, stop: int, found: ResultCandidate, around: TextAround
) -> Iterator[Figure]:
    """Add the scores of a segment to a result; yield the figures that can be the overall score."""
    for one in told_scores(text, start, stop, around):
        if one.aside or one.figure.meaning not in (PLAIN, found.subject.scope):
            continue  # of another year, or no score
        if one.year is not None and found.year is not None and one.year != found.year:
            continue
        if one.part[0] == "i" and one.part[1:].isdigit():
            found.scores.setdefault(int(one.part[1:]), one.stated)
            continue
        found.values.setdefault(one.part, one.stated)
        if one.part == "overall_score":
            yield one.figure


def _add_grade(text: SourceText, start: int, segment: str, figure: Figure, found: ResultCandidate) -> None:
    grade: Grade | None = grade_after(segment, figure.end)
    levels = find_grades(segment) if grade is None else []
    if len({one.level for one in levels}) == 1:
        grade = levels[0]
    if grade is not None:
        found.values["grade"] = Stated(grade.as_written, text[start + grade.start : start + grade.end])


def _add_rank(text: SourceText, start: int, found: ResultCandidate) -> None:
    rank = _RANK.search(text.chars, max(0, start - 24), start)
    if rank is not None:
        value = Decimal(rank[1].translate(ARABIC))
        found.values["rank"] = Stated(value, text[rank.start(1) : rank.end(1)])
