"""The results of each agency in each year, collected from a dataset before any page is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from thaita.models.flags import EXCLUDED_FROM_MEANS, SURE
from thaita.models.rows import Row
from thaita.models.tables import BY_NAME
from thaita.normalize.frameworks import every_indicator
from thaita.out.tables.csv_tables import DatasetError, stream_table

_ID = re.compile(r"[a-z0-9]{1,64}")
_LEADING_VOWEL = re.compile("([เ-ไ])([ก-ฮ])")
_TONES = re.compile("[็-๎]")


@dataclass(slots=True)
class Stated:
    """A score that reports state for one agency and year: the first without a doubtful flag, else the first.

    `others` are the differing scores from other reports.
    """

    value: Decimal
    flags: tuple[str, ...]
    others: tuple[Decimal, ...] = ()

    @property
    def doubted(self) -> bool:
        """Whether the score has a doubtful flag and no reviewer has decided on it."""
        return bool(self.flags) and SURE.isdisjoint(self.flags)

    @property
    def counts(self) -> bool:
        """Whether the score can enter a mean: it is on a scale of 0 to 100."""
        return EXCLUDED_FROM_MEANS.isdisjoint(self.flags) and 0 <= self.value <= 100


@dataclass(slots=True)
class Result:
    """The result of one agency in one year; `year` (B.E.) is None if no report states it."""

    year: int | None
    scores: dict[int, Stated] = field(default_factory=dict)
    overall: Stated | None = None
    computed: Decimal | None = None
    grade: str | None = None


@dataclass(slots=True)
class Subject:
    """The subject of a page: an agency, or a report that names no agency. `page` is the page's path in the site."""

    key: str
    page: str
    is_agency: bool
    name: str | None = None
    agency_type: str | None = None
    subdistrict: str | None = None
    district: str | None = None
    province: str | None = None
    province_code: str | None = None
    reports: int = 0
    results: dict[int | None, Result] = field(default_factory=dict)

    def result(self, year: int | None) -> Result:
        """Return the result of a year; a new year gets an empty result."""
        return self.results.setdefault(year, Result(year))

    def results_by_year(self) -> list[Result]:
        """Return the results sorted by year, the one without a year last."""
        return sorted(self.results.values(), key=lambda one: (one.year is None, one.year or 0))


@dataclass(slots=True)
class Survey:
    """All subjects by key, those of each report (its own first), and the year of each report."""

    subjects: dict[str, Subject] = field(default_factory=dict)
    of_report: dict[str, list[str]] = field(default_factory=dict)
    years: dict[str, int | None] = field(default_factory=dict)

    @property
    def agencies(self) -> list[Subject]:
        """The agencies, sorted by name."""
        return sorted((one for one in self.subjects.values() if one.is_agency), key=by_name)

    @property
    def nameless(self) -> list[Subject]:
        """The reports that name no agency, sorted by path."""
        return sorted((one for one in self.subjects.values() if not one.is_agency), key=by_name)


def by_name(subject: Subject) -> tuple[str, str]:
    """Return a key that sorts subjects by name in Thai dictionary order."""
    return thai_order(subject.name or ""), subject.key


def thai_order(text: str) -> str:
    """Return a key that sorts Thai words: consonants before their leading vowels, tone marks last.

    >>> sorted(["เขต", "ขาว", "คน"], key=thai_order)
    ['ขาว', 'เขต', 'คน']
    """
    return _TONES.sub("", _LEADING_VOWEL.sub(r"\2\1", text)) + "\0" + text


def survey(dataset: Path, *, verify: bool = True) -> Survey:
    """Return the agencies of a dataset with their results.

    Raises DatasetError if a table is missing or damaged (with `verify`, also if it differs from its checksum), or if
    an id cannot be used as a file name.
    """
    found = Survey()
    for row in stream_table(dataset, BY_NAME["reports"], verify=verify):
        _add_report(found, row)
    for row in stream_table(dataset, BY_NAME["scores"], verify=verify):
        _add_score(found, row)
    return found


def _add_report(found: Survey, row: Row) -> None:
    report_id, agency_id, year = _id(row["report_id"]), row["agency_id"], _integer(row["fiscal_year"])
    subject = _subject(found, agency_id, report_id)
    subject.reports += 1
    subject.name = subject.name or _text(row["agency"] if agency_id else row["source"])
    for name in ("agency_type", "subdistrict", "district", "province", "province_code"):
        if getattr(subject, name) is None:
            setattr(subject, name, _text(row[name]))
    found.of_report[report_id] = [subject.key]
    found.years[report_id] = year
    overall, computed = _number(row["overall_score"]), _number(row["overall_computed"])
    if year is None and overall is None and computed is None and not row["grade"]:
        return
    result = subject.result(year)
    if overall is not None:
        result.overall = _merged(result.overall, Stated(overall, _flags(row)))
    result.computed = result.computed if result.computed is not None else computed
    result.grade = result.grade or _text(row["grade"])


def _add_score(found: Survey, row: Row) -> None:
    report_id, value, number = str(row["report_id"]), _number(row["score"]), _integer(row["indicator_no"])
    if report_id not in found.of_report or value is None or number not in every_indicator():
        message = f"the score {row['score_id']} is damaged; run `thaita extract` again"
        raise DatasetError(message)
    subject = subject_of_score(found, report_id, _text(row["agency_id"]))
    subject.name = subject.name or _text(row["agency"])
    year = year_of_score(found, report_id, _integer(row["fiscal_year"]))
    scores = subject.result(year).scores
    scores[number] = _merged(scores.get(number), Stated(value, _flags(row)))
    if subject.key not in found.of_report[report_id]:
        found.of_report[report_id].append(subject.key)


def subject_of_score(found: Survey, report_id: str, agency_id: str | None) -> Subject:
    """Return the subject of a score: the agency that the score names, else the report's subject."""
    own = found.subjects[found.of_report[report_id][0]]
    return own if agency_id is None else _subject(found, agency_id, report_id)


def year_of_score(found: Survey, report_id: str, year: int | None) -> int | None:
    """Return the year of a score: the year that the score states, else the report's."""
    return found.years[report_id] if year is None else year


def _subject(found: Survey, agency_id: object, report_id: str) -> Subject:
    key = _id(agency_id or report_id)
    folder = "agencies" if agency_id else "reports"
    name = f"{folder}/{key}"
    return found.subjects.setdefault(name, Subject(name, f"{name}.html", bool(agency_id)))


def _merged(before: Stated | None, new: Stated) -> Stated:
    if before is None:
        return new
    kept = new if before.doubted and not new.doubted else before
    values = dict.fromkeys((before.value, *before.others, new.value))
    others = tuple(value for value in values if value != kept.value)
    return Stated(kept.value, kept.flags, others)


def _id(value: object) -> str:
    """Return an id that is safe as a file name; no other part of a dataset is used in file names."""
    if not _ID.fullmatch(str(value)):
        message = f"the id {str(value)[:80]!r} is not an id that `thaita extract` writes; run `thaita extract` again"
        raise DatasetError(message)
    return str(value)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _flags(row: Row) -> tuple[str, ...]:
    return tuple(str(row["flags"]).split("|")) if row["flags"] else ()


def _integer(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _number(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def provinces(subjects: list[Subject]) -> Iterator[tuple[str, str | None, list[Subject]]]:
    """Yield each province's key (safe as a file name), name and agencies, sorted by name; None comes last."""
    groups: dict[str, list[Subject]] = {}
    names: dict[str, str | None] = {}
    for subject in subjects:
        key = province_key(subject)
        groups.setdefault(key, []).append(subject)
        names.setdefault(key, subject.province)
    for key in sorted(groups, key=lambda one: (names[one] is None, thai_order(names[one] or ""), one)):
        yield key, names[key], groups[key]


def province_key(subject: Subject) -> str:
    """Return the code of an agency's province, a hash of its name if it has no code, or `none`."""
    code, name = subject.province_code or "", subject.province
    if name is None:
        return "none"
    return code if re.fullmatch("[0-9]{2}", code) else "p" + sha256(name.encode("utf-8")).hexdigest()[:12]
