"""The command `thaita`: an archive to a dataset, and one report on the screen."""

from __future__ import annotations

import io
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from thaita.cli_check import check
from thaita.cli_correct import correct
from thaita.cli_correct import corrections as list_corrections
from thaita.cli_parts import CORRECTIONS, EPILOG, UserError, leave_pipe, pdf_options, refuse, user_errors
from thaita.cli_report import report
from thaita.cli_review import review
from thaita.version import __version__

if TYPE_CHECKING:
    from thaita.corpus.find import Found
    from thaita.extract.options import PdfOptions
    from thaita.out.export import Totals


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="thaita")
def cli() -> None:
    """Read the ITA reports of Thai public agencies into a dataset of scores, findings and measures.

    อ่านรายงาน ITA ของหน่วยงานภาครัฐ เป็นชุดข้อมูลคะแนน ข้อค้นพบ และมาตรการ
    """


def _formats(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    """Return the forms of a dataset that a list names."""
    from thaita.out.formats import FORMATS

    found = tuple(part.strip() for part in value.split(",") if part.strip())
    unknown = [part for part in found if part not in FORMATS]
    if unknown:
        raise click.BadParameter(f"{unknown[0]!r} is not one of {', '.join(FORMATS)}")
    return found


@cli.command(
    epilog=EPILOG.format(
        examples="thaita extract reports/ -o dataset\n  thaita extract report.docx -o dataset\n"
        "  thaita extract reports/ -o dataset --format csv,xlsx",
        ok="every report was read",
        some="some files could not be read: see problems.csv; the dataset is written all the same",
        usage="nothing was written: no such archive, the dataset's folder cannot be written, ...",
    )
)
@click.argument("archive", type=click.Path(exists=True, path_type=Path))
@click.option(
    "-o",
    "--output",
    "dataset",
    required=True,
    metavar="DATASET",
    type=click.Path(path_type=Path),
    help="Folder to write the tables into: a new one, an empty one, or an older dataset to replace.",
)
@click.option(
    "--format",
    "formats",
    default="csv",
    show_default=True,
    metavar="LIST",
    callback=_formats,
    help="Forms of the dataset, joined by commas: csv (always), parquet, xlsx, duckdb, jsonl.",
)
@CORRECTIONS
@click.option("--no-corrections", "plain", is_flag=True, help="Leave reviewers' decisions out.")
@pdf_options
def extract(
    archive: Path,
    dataset: Path,
    formats: tuple[str, ...],
    corrections: Path | None,
    plain: bool,
    options: PdfOptions,
) -> None:
    """Read every report below ARCHIVE and write the tables of the dataset.

    ARCHIVE is a folder or one report. Text, DOCX and PDF are read; files of other formats, and whatever is
    wrong with a file, become rows of problems.csv. What reviewers decided is applied. The same reports and
    decisions give the same bytes.
    """
    if plain and corrections:
        raise click.UsageError("--corrections and --no-corrections exclude each other")
    started = time.monotonic()
    with user_errors():
        from thaita.corpus.archive import read_all
        from thaita.corpus.decided_run import corrections_for
        from thaita.corpus.find import find
        from thaita.corpus.whereabouts import remember
        from thaita.corpus.worker import guarded
        from thaita.out.export import write_dataset

        decided = corrections_for(dataset, corrections, plain=plain)
        with _progress(find(archive)) as found, guarded(options) as read:
            totals = write_dataset(dataset, read_all(found, read), formats, decided)
        remember(dataset, archive)
    with suppress(BrokenPipeError):
        click.echo(_summary(totals, time.monotonic() - started) + decided.summary(), err=True)
    sys.exit(1 if totals.failed else 0)


@cli.command(
    epilog=EPILOG.format(
        examples="thaita show report.txt\n"
        "  thaita show report.txt --table findings --quotes\n"
        "  thaita show report.docx | grep การใช้งบประมาณ\n"
        "  thaita show report.pdf --draw page3.png --page 3",
        ok="the report was shown, or its page drawn",
        some="the file could not be read as a report",
        usage="no such file, no such table, no such page, the picture cannot be written, ...",
    )
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-t", "--table", metavar="NAME", help="Show only this table of the dataset, such as findings.")
@click.option("-q", "--quotes", is_flag=True, help="Show the source text of each value too.")
@click.option(
    "--draw",
    "picture",
    metavar="OUT.png",
    type=click.Path(path_type=Path),
    help="Draw what was read on a page of a PDF over the page, into this file, and print no tables.",
)
@click.option("--page", metavar="N", type=click.IntRange(min=1), help="Page to draw, from 1.  [default: 1]")
@pdf_options
def show(
    file: Path, table: str | None, quotes: bool, picture: Path | None, page: int | None, options: PdfOptions
) -> None:
    """Show what is read from one report, as tables, or drawn on its page.

    In a pipe the tables are plain text, no line folded, so that grep finds every phrase.
    """
    if picture is None and page is not None:
        raise click.UsageError("--page says which page to draw: name the picture with --draw OUT.png")
    if picture is not None and (table or quotes):
        raise click.UsageError("--draw prints no tables: leave out --table and --quotes")
    with user_errors():
        if picture is None:
            _print(file, table, quotes, options)
        else:
            _draw(file, page or 1, picture, options)


cli.add_command(check)
cli.add_command(report)
cli.add_command(review)
cli.add_command(correct)
cli.add_command(list_corrections)


def _print(file: Path, table: str | None, quotes: bool, options: PdfOptions) -> None:
    from rich.console import Console

    from thaita.corpus.archive import read_file
    from thaita.corpus.worker import guarded_reader
    from thaita.models.tables import BY_NAME
    from thaita.out.terminal import show as show_reading

    if table is not None and table not in BY_NAME:
        raise click.BadParameter(f"{table!r} is not one of {', '.join(BY_NAME)}", param_hint="--table")
    try:
        reading = read_file(file, guarded_reader(options))
    except Exception as error:  # a report that the program fails on is no reason for a traceback
        refuse(file, error)
    show_reading(reading, Console(file=sys.stdout), only=table, quotes=quotes)
    sys.stdout.flush()


def _draw(file: Path, number: int, picture: Path, options: PdfOptions) -> None:
    from thaita.corpus.archive import file_bytes
    from thaita.corpus.find import source_name
    from thaita.corpus.worker import apart
    from thaita.out.atomic import write_whole_file
    from thaita.out.report_picture import draw_report_page
    from thaita.out.terminal import visible

    _check_picture(picture)
    try:
        drawn = apart(draw_report_page, file_bytes(file), source_name(file.name), number, options)
    except Exception as error:  # as in _print
        refuse(file, error)
    if isinstance(drawn, str):
        raise UserError(drawn)
    try:
        write_whole_file(picture, drawn.png)
    except OSError as error:
        raise UserError(f"cannot draw to {picture}: {error.strerror or error}") from error
    click.echo(visible(f"page {number} of {drawn.pages} drawn: {source_name(str(picture))}"))


def _check_picture(picture: Path) -> None:
    """Refuse a place for the picture before the report is read for nothing, or is written over."""
    if picture.suffix.lower() != ".png":
        raise UserError(f"cannot draw to {picture}: name a file that ends in .png")
    if picture.is_dir():
        raise UserError(f"cannot draw to {picture}: it is a folder")
    if not picture.parent.is_dir():
        raise UserError(f"cannot draw to {picture}: there is no folder {picture.parent}")


@contextmanager
def _progress(found: list[Found]) -> Iterator[Iterable[Found]]:
    """Give the files as they are; on a terminal a bar on standard error follows them."""
    if not sys.stderr.isatty():
        yield found
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        yield bar.track(found, description="reading")


def _summary(totals: Totals, seconds: float) -> str:
    rows = totals.rows
    left_out = f", {totals.left_out} of other formats" if totals.left_out else ""
    see = "; see problems.csv" if totals.failed or totals.left_out else ""
    return (
        f"{totals.reports} reports, {totals.failed} failed{left_out}: {rows['scores']} scores, "
        f"{rows['findings']} findings, {rows['measures']} measures in {seconds:.1f} s{see}"
    )


def main() -> None:
    """Run the command; every way out has its exit status and none a traceback."""
    signal.signal(signal.SIGTERM, _stop)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = cli.main(prog_name="thaita", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        status = 130
    except BrokenPipeError:
        status = leave_pipe()
    sys.exit(status or 0)


def _stop(*_: object) -> NoReturn:
    """Leave on SIGTERM as on an error, so that no unfinished folder stays."""
    sys.exit(143)
