"""The command `thaita` and its subcommand `show`."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thaita.cli.check import check
from thaita.cli.compare import compare
from thaita.cli.correct import correct
from thaita.cli.correct import corrections as list_corrections
from thaita.cli.evaluate import evaluate
from thaita.cli.extract import extract
from thaita.cli.gold import gold
from thaita.cli.panel import panel
from thaita.cli.report import report
from thaita.cli.review import review
from thaita.cli.shared import EPILOG, UserError, leave_pipe, pdf_options, refuse, user_errors
from thaita.cli.signals import end_on_signals
from thaita.version import __version__

if TYPE_CHECKING:
    from thaita.extract.options import PdfOptions


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="thaita")
def cli() -> None:
    """Read the ITA reports of Thai public agencies into a dataset of scores, findings and measures.

    อ่านรายงาน ITA ของหน่วยงานภาครัฐ เป็นชุดข้อมูลคะแนน ข้อค้นพบ และมาตรการ
    """


@cli.command(
    epilog=EPILOG.format(
        examples="thaita show report.txt\n"
        "  thaita show report.txt --table findings --quotes\n"
        "  thaita show report.docx | grep การใช้งบประมาณ\n"
        "  thaita show report.pdf --draw page3.png --page 3",
        ok="the report was shown, or its page was drawn",
        some="the file could not be read as a report",
        usage="no such file, no such table, no such page, the picture cannot be written, ...",
    )
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-t", "--table", metavar="NAME", help="Show only this table of the dataset, such as findings.")
@click.option("-q", "--quotes", is_flag=True, help="Also show the source text of each value.")
@click.option(
    "--draw",
    "picture",
    metavar="OUT.png",
    type=click.Path(path_type=Path),
    help="Draw the extracted values over a page of a PDF into this file, and print no tables.",
)
@click.option("--page", metavar="N", type=click.IntRange(min=1), help="Page to draw, from 1.  [default: 1]")
@pdf_options
def show(
    file: Path, table: str | None, quotes: bool, picture: Path | None, page: int | None, options: PdfOptions
) -> None:
    """Show the data extracted from one report, as tables or drawn on its page.

    In a pipe the tables are plain text without folded lines, so that grep finds every phrase.
    """
    if picture is None and page is not None:
        raise click.UsageError("--page selects the page to draw: name the picture with --draw OUT.png")
    if picture is not None and (table or quotes):
        raise click.UsageError("--draw prints no tables: leave out --table and --quotes")
    with user_errors():
        if picture is None:
            _print(file, table, quotes, options)
        else:
            _draw(file, page or 1, picture, options)


cli.add_command(extract)
cli.add_command(check)
cli.add_command(compare)
cli.add_command(evaluate)
cli.add_command(gold)
cli.add_command(panel)
cli.add_command(report)
cli.add_command(review)
cli.add_command(correct)
cli.add_command(list_corrections)


def _print(file: Path, table: str | None, quotes: bool, options: PdfOptions) -> None:
    from rich.console import Console

    from thaita.corpus.run.outcomes import read_file
    from thaita.corpus.run.worker_process import guarded_reader
    from thaita.models.tables import BY_NAME
    from thaita.out.terminal import show as show_reading

    if table is not None and table not in BY_NAME:
        raise click.BadParameter(f"{table!r} is not one of {', '.join(BY_NAME)}", param_hint="--table")
    try:
        reading = read_file(file, guarded_reader(options))
    except Exception as error:  # a report that crashes the program must not cause a traceback
        refuse(file, error)
    show_reading(reading, Console(file=sys.stdout), only=table, quotes=quotes)
    sys.stdout.flush()


def _draw(file: Path, number: int, picture: Path, options: PdfOptions) -> None:
    from thaita.corpus.discover import source_name
    from thaita.corpus.run.task import file_bytes
    from thaita.corpus.run.worker_process import call_in_worker
    from thaita.out.atomic import write_whole_file
    from thaita.out.pages.report import draw_report_page
    from thaita.out.terminal import visible

    _check_picture(picture)
    try:
        drawn = call_in_worker(draw_report_page, file_bytes(file), source_name(file.name), number, options)
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
    """Reject an invalid path for the picture before the report is read."""
    if picture.suffix.lower() != ".png":
        raise UserError(f"cannot draw to {picture}: name a file that ends in .png")
    if picture.is_dir():
        raise UserError(f"cannot draw to {picture}: it is a folder")
    if not picture.parent.is_dir():
        raise UserError(f"cannot draw to {picture}: there is no folder {picture.parent}")


def main() -> None:
    """Run the command; every exit has its status, and none shows a traceback."""
    end_on_signals()
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
