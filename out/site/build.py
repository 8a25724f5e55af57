"""Writes a dataset as a static website: one folder of HTML files that needs no network."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from thaita.corpus.discover import source_name
from thaita.corpus.regular_files import read_regular
from thaita.models.extras import require
from thaita.models.records import Reading
from thaita.models.rows import Row
from thaita.models.verdicts import Language
from thaita.out.atomic import whole_folder
from thaita.out.site.agency import Part, agency_view
from thaita.out.site.collect import survey
from thaita.out.site.figures import figures
from thaita.out.site.pages import LISTED, Pages
from thaita.out.site.peers import Peers
from thaita.out.site.result_pages import ResultPages
from thaita.out.site.survey import Subject, Survey, provinces
from thaita.out.site.tally import Tally
from thaita.out.tables.csv_tables import DatasetError
from thaita.out.tables.report_records import files_without_report, readings

MARK = "thaita-site.json"
"""The file that identifies a folder as a site and lists the site's files."""

_NAME = "thaita-site"
_LITTER = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_TABLES = ("scores", "findings", "measures", "measure_steps", "measure_owners", "evidence")
_SHOWN = frozenset({"agency", "province", "fiscal_year", "plan_year", "overall_score", "grade"})
"""The report columns whose evidence the agency's page shows."""


@dataclass(frozen=True, slots=True)
class Written:
    """The number of reports, agencies and pages of a site."""

    reports: int
    agencies: int
    pages: int


def write_site(dataset: Path, target: Path, language: Language = "th", *, verify: bool = True) -> Written:
    """Write the site of a dataset as a folder, replacing an older site there.

    Raises DatasetError if the dataset is missing or damaged (with `verify`, also if it differs from its checksums),
    if the target is something other than a site, or if the site cannot be written completely. The target is then
    unchanged.
    """
    require("site")
    found = survey(dataset, verify=verify)
    _refuse_inside(dataset, target)
    try:
        with whole_folder(target, _check_replaceable) as folder:
            pages = _write_pages(_Folder(folder), dataset, found, language, verify)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = f"cannot write {source_name(str(target))}: {reason}; nothing was changed there"
        raise DatasetError(message) from error
    return Written(len(found.of_report), len(found.agencies), pages)


class _Folder:
    """The folder that a site is written into; it flushes each file to disk and records its name."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.names: list[str] = []

    def write(self, name: str, text: str) -> None:
        path = self.path / name
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        self.names.append(name)


def _write_pages(folder: _Folder, dataset: Path, found: Survey, language: Language, verify: bool) -> int:
    known, tally, agencies = figures(found), Tally(), found.agencies
    peers = Peers(agencies)
    pages = Pages(found, known, language)
    for subject, parts in _subjects(dataset, found, tally, verify):
        view = agency_view(subject, parts, found, known, peers, language)
        folder.write(subject.page, pages.agency(view))
    for key, name, members in provinces(agencies):
        folder.write(f"provinces/{key}.html", pages.province(name, members))
    for name, page in ResultPages(pages, peers).all():
        folder.write(name, page)
    if len(agencies) > LISTED:
        folder.write("agencies.html", pages.all_agencies())
    if found.nameless:
        folder.write("not-stated.html", pages.nameless())
    without = files_without_report(dataset, verify=verify)
    folder.write("index.html", pages.index(tally, len(found.of_report), without))
    count = len(folder.names)
    described = {"name": _NAME, "files": sorted(folder.names)}
    folder.write(MARK, json.dumps(described, ensure_ascii=False, indent=1) + "\n")
    return count


def _subjects(
    dataset: Path, found: Survey, tally: Tally, verify: bool
) -> Iterator[tuple[Subject, list[Part]]]:
    """Yield each subject with the records of its own reports, as soon as the last is read; then those without any."""
    last = {key: report_id for report_id, key in found.of_report.items()}
    waiting: dict[str, list[Part]] = {}
    for reading in readings(dataset, _TABLES, _is_shown, verify=verify):
        report_id = reading.report.report_id
        key = found.of_report[report_id]
        tally.add(reading, key)
        waiting.setdefault(key, []).append(_part(reading))
        if last[key] == report_id:
            yield found.subjects[key], waiting.pop(key)
    for key, subject in found.subjects.items():
        if key not in last:
            yield subject, []


def _part(reading: Reading) -> Part:
    """Return a report's records about its own agency."""
    own = [
        score
        for score in reading.scores
        if score.scope in (None, "own") and score.agency_id in (None, reading.report.agency_id)
    ]
    return Part(reading.report, own, reading.findings, reading.measures, list(reading.evidence))


def _is_shown(row: Row) -> bool:
    return row["table"] == "reports" and row["column"] in _SHOWN


def _refuse_inside(dataset: Path, target: Path) -> None:
    """Raise DatasetError for a target inside the dataset, which would then contain foreign files."""
    if Path(os.path.realpath(target)).is_relative_to(os.path.realpath(dataset)):
        message = f"{source_name(str(target))} is inside the dataset: choose a folder outside it for the site"
        raise DatasetError(message)


def _check_replaceable(target: Path) -> None:
    if not target.exists():
        return
    shown = source_name(str(target))
    if not target.is_dir():
        message = f"{shown} is a file: choose a folder for the site"
        raise DatasetError(message)
    if foreign := sorted(_files(target) - _own_files(target)):
        message = f"{shown} contains a file that is not part of a site ({source_name(foreign[0])}): choose a new or empty folder for the site"
        raise DatasetError(message)


def _files(folder: Path) -> set[str]:
    """Return the paths of all files and folder links below a folder, without files that operating systems create."""
    found: set[str] = set()
    for base, folders, files in os.walk(folder, onerror=_raise):
        links = [name for name in folders if (Path(base) / name).is_symlink()]
        names = [*links, *(name for name in files if name.lower() not in _LITTER)]
        found.update((Path(base) / name).relative_to(folder).as_posix() for name in names)
    return found


def _raise(error: OSError) -> None:
    raise error


def _own_files(folder: Path) -> set[str]:
    """Return the files that belong to the site, or an empty set if the folder is not a site."""
    try:
        described = json.loads(read_regular(folder / MARK))
        return {MARK, *map(str, described["files"])} if described["name"] == _NAME else set()
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return set()
