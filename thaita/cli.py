"""The command `thaita`: an archive to a dataset, and one report on the screen."""

from __future__ import annotations

import io
import os
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from thaita.version import __version__

if TYPE_CHECKING:
    from thaita.corpus.find import Found
    from thaita.out.export import Totals

_EPILOG = """\b
Examples:
  {examples}

\b
Exit status:
  0    {ok}
  1    {some}
  2    {usage}
  130  stopped by Ctrl-C"""


class _UserError(click.ClickException):
    exit_code = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="thaita")
def cli() -> None:
    """Read the ITA reports of Thai public agencies into a dataset of scores, findings and measures.

    อ่านรายงาน ITA ของหน่วยงานภาครัฐ เป็นชุดข้อมูลคะแนน ข้อค้นพบ และมาตรการ
    """


@cli.command(
    epilog=_EPILOG.format(
        examples="thaita extract reports/ -o dataset\n  thaita extract report.docx -o dataset",
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
def extract(archive: Path, dataset: Path) -> None:
    """Read every report below ARCHIVE and write the tables of the dataset.

    ARCHIVE is a folder or one report. Text and DOCX are read; files of other formats, and whatever is
    wrong with a file, become rows of problems.csv. The same reports give the same bytes.
    """
    started = time.monotonic()
    with _user_errors():
        from thaita.corpus.archive import read_all
        from thaita.corpus.find import find
        from thaita.extract.reading import read_bytes
        from thaita.out.export import write_dataset

        with _progress(find(archive)) as found:
            totals = write_dataset(dataset, read_all(found, read_bytes))
    with suppress(BrokenPipeError):
        click.echo(_summary(totals, time.monotonic() - started), err=True)
    sys.exit(1 if totals.failed else 0)


@cli.command(
    epilog=_EPILOG.format(
        examples="thaita show report.txt\n"
        "  thaita show report.txt --table findings --quotes\n"
        "  thaita show report.docx | grep การใช้งบประมาณ",
        ok="the report was shown",
        some="the file could not be read as a report",
        usage="no such file, no such table, ...",
    )
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-t", "--table", metavar="NAME", help="Show only this table of the dataset, such as findings.")
@click.option("-q", "--quotes", is_flag=True, help="Show the source text of each value too.")
def show(file: Path, table: str | None, quotes: bool) -> None:
    """Show what is read from one report, as tables.

    In a pipe the tables are plain text, no line folded, so that grep finds every phrase.
    """
    from rich.console import Console

    from thaita import read
    from thaita.models.tables import BY_NAME
    from thaita.out.terminal import show as show_reading

    if table is not None and table not in BY_NAME:
        raise click.BadParameter(f"{table!r} is not one of {', '.join(BY_NAME)}", param_hint="--table")
    with _user_errors():
        try:
            reading = read(file)
        except Exception as error:  # a report that the program fails on is no reason for a traceback
            _refuse(file, error)
        show_reading(reading, Console(file=sys.stdout), only=table, quotes=quotes)
        sys.stdout.flush()


def _refuse(file: Path, error: Exception) -> NoReturn:
    from thaita.corpus.archive import problem_of
    from thaita.corpus.find import source_name
    from thaita.out.terminal import visible

    problem = problem_of(error)
    click.echo(visible(f"{source_name(str(file))}: {problem.message} ({problem.code})"), err=True)
    sys.exit(1)


@contextmanager
def _user_errors() -> Iterator[None]:
    """Turn the errors that a user can mend into one message and exit status 2."""
    from thaita.corpus.find import ArchiveError
    from thaita.out.tables_csv import DatasetError

    try:
        yield
    except BrokenPipeError:
        sys.exit(_leave_pipe())
    except (ArchiveError, DatasetError, OSError) as error:
        raise _UserError(str(error)) from error


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
        status = _leave_pipe()
    sys.exit(status or 0)


def _leave_pipe() -> int:
    """Write no more, not at exit either: the reader of the pipe, such as `head`, has seen enough."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _stop(*_: object) -> NoReturn:
    """Leave on SIGTERM as on an error, so that no unfinished folder stays."""
    sys.exit(143)
