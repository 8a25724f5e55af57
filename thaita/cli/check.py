"""The command `thaita check`: verdicts on a report or a dataset."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

import click

from thaita.cli.outputs import form_of, write_table, write_text
from thaita.cli.shared import (
    EDITED,
    EPILOG,
    PathOrUrl,
    UserError,
    pdf_options,
    refuse,
    system_language,
    user_errors,
)
from thaita.corpus.dataset_folder import MARK

if TYPE_CHECKING:
    from rich.console import Console

    from thaita.check.judge import Judged
    from thaita.check.rulebook import Rulebook
    from thaita.corpus.run.outcomes import Outcome
    from thaita.extract.options import PdfOptions
    from thaita.models.verdicts import Language
    from thaita.out.verdicts.values import Overview


@click.command(
    epilog=EPILOG.format(
        examples="thaita check report.pdf\n"
        "  thaita check report.pdf --lang th -o report.html\n"
        "  thaita check reports/\n"
        "  thaita check dataset\n"
        "  thaita check dataset -o verdicts.json",
        ok="no errors or warnings",
        some="a report has errors or warnings, or the file could not be read as a report",
        usage="no such file, a folder without reports, invalid rules, ...",
    )
)
@click.argument("path", metavar="REPORTS", type=PathOrUrl(exists=True))
@click.option(
    "--lang", type=click.Choice(("th", "en")), default=system_language, help="Language of the verdicts."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "json", "html")),
    help="Format of the verdicts.  [default: from the extension of OUT, else table]",
)
@click.option(
    "-o", "--output", metavar="OUT", type=click.Path(path_type=Path), help="File to write into: .json, .html"
)
@click.option(
    "--rules",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of rules, one CSV file per year such as 2570.csv; replaces the built-in rules.",
)
@EDITED
@pdf_options
def check(
    path: Path | str,
    lang: str,
    form: str | None,
    output: Path | None,
    rules: Path | None,
    edited: bool,
    options: PdfOptions,
) -> None:
    """Check a report for completeness and consistency, and show where each verdict comes from.

    REPORTS is one report, a folder of reports, or a dataset written by `thaita extract`. The reports of a folder or
    dataset are also compared with each other. A rule is not judged where scores, findings or measures that it needs
    were not read or are in doubt; the verdict says what is missing.
    """
    language, chosen = cast("Language", lang), form_of(form, output)
    failed: list[str] = []
    with user_errors():
        book = _rulebook(rules)
        if isinstance(path, Path) and not path.is_dir():
            views = _report(path, book, language, options)
            _write(views, chosen, output)
        elif isinstance(path, Path) and not os.path.lexists(path / MARK):
            with _extracted(path, options, failed) as folder:
                views = _dataset(folder, book, language, verify=False)
                _write(views, chosen, output)
        else:
            from thaita.out.remote_dataset import local_dataset

            with local_dataset(path) as folder:
                views = _dataset(folder, book, language, verify=not edited)
                _write(views, chosen, output)
    for line in failed:
        click.echo(line, err=True)
    sys.exit(1 if failed or views.overview.worst["error"] or views.overview.worst["warning"] else 0)


@contextmanager
def _extracted(archive: Path, options: PdfOptions, failed: list[str]) -> Iterator[Path]:
    """Yield a dataset of the reports in a folder, which exists as long as the block runs.

    A line is added to `failed` for each file that could not be read as a report.
    """
    from thaita.cli.progress import progress
    from thaita.corpus.discover import find_files
    from thaita.corpus.run.run import Plan, outcomes
    from thaita.out.export import write_dataset
    from thaita.out.tables.packed_rows import pack

    found = find_files(archive)
    if not found:
        raise UserError(f"{archive} is not a dataset and contains no reports")
    with TemporaryDirectory(prefix="thaita-check-") as temporary:
        folder = Path(temporary) / "dataset"
        with progress() as watch, outcomes(found, Plan(options), pack, watch) as read:
            write_dataset(folder, _noting(read, failed))
        yield folder


def _noting(outcomes: Iterable[Outcome], failed: list[str]) -> Iterator[Outcome]:
    """Yield outcomes; note why files could not be read."""
    from thaita.out.terminal import visible

    for outcome in outcomes:
        if outcome.failed:
            problem = next(row for table, row in outcome.rows if table == "problems")
            failed.append(visible(f"{outcome.source}: {problem['message_en']} ({problem['code']})"))
        yield outcome


def _rulebook(folder: Path | None) -> Rulebook:
    from thaita.check.judge import refuse_unknown_checks
    from thaita.check.rulebook import RuleError, own_rules, read_rules

    if folder is None:
        return own_rules()
    try:
        book = read_rules(folder, own_rules())
        refuse_unknown_checks(book)
    except RuleError as error:
        raise UserError(f"cannot use the rules in {folder}: {error}") from error
    return book


@dataclass(frozen=True, slots=True)
class _VerdictOutputs:
    """The formats of the verdicts, each created on demand; `overview` is complete after that."""

    overview: Overview
    table: Callable[[Console], None]
    json: Callable[[], Iterable[str]]
    html: Callable[[], str]


def _report(path: Path, book: Rulebook, language: Language, options: PdfOptions) -> _VerdictOutputs:
    from thaita.check.judge import judge
    from thaita.corpus.run.outcomes import read_file
    from thaita.corpus.run.worker_process import guarded_reader
    from thaita.out.verdicts.page import report_page
    from thaita.out.verdicts.table import show_judged
    from thaita.out.verdicts.values import Overview, as_json

    try:
        judged = judge(read_file(path, guarded_reader(options)), book)
    except Exception as error:  # a report that crashes the program must not cause a traceback
        refuse(path, error)
    overview = Overview()
    overview.add(judged)
    return _VerdictOutputs(
        overview,
        lambda console: show_judged(judged, language, console),
        lambda: as_json([judged]),
        lambda: report_page(judged, language),
    )


def _dataset(path: Path, book: Rulebook, language: Language, *, verify: bool) -> _VerdictOutputs:
    from thaita.out.tables.report_records import files_without_report
    from thaita.out.verdicts.dataset import check_dataset
    from thaita.out.verdicts.page import overview_page
    from thaita.out.verdicts.table import show_overview
    from thaita.out.verdicts.values import Overview, as_json

    overview, unread = Overview(), files_without_report(path, verify=verify)

    def counted() -> Iterator[Judged]:
        for judged in check_dataset(path, book, verify=verify):
            overview.add(judged)
            yield judged

    def complete() -> Overview:
        deque(counted(), maxlen=0)
        return overview

    return _VerdictOutputs(
        overview,
        lambda console: show_overview(complete(), unread, language, console),
        lambda: as_json(counted()),
        lambda: overview_page(complete(), unread, language),
    )


def _write(views: _VerdictOutputs, form: str, output: Path | None) -> None:
    if form == "table":
        write_table(views.table, output)
    else:
        write_text(views.json() if form == "json" else [views.html()], output)
