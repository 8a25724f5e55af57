"""Code shared by the commands: options for PDFs, help epilogs, and error handling."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn

import click

from thaita.extract.options import ENGINES, PdfOptions
from thaita.models.codes import Language

EPILOG = """\b
Examples:
  {examples}

\b
Exit status:
  0    {ok}
  1    {some}
  2    {usage}
  130  stopped by Ctrl-C
  143  stopped by SIGTERM"""


class UserError(click.ClickException):
    """An error that the user can correct: one message and exit status 2."""

    exit_code = 2


class PathOrUrl(click.Path):
    """A local path, as Path, or a URL that fsspec opens, as text."""

    def __init__(self, *, exists: bool = False, file_okay: bool = True) -> None:
        super().__init__(exists=exists, file_okay=file_okay, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 - as click has it
        """Return the place; a missing path that must exist is a usage error."""
        from thaita.corpus.remote_archive import is_url

        return value if isinstance(value, str) and is_url(value) else super().convert(value, param, ctx)


def pdf_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options for reading PDFs and images; the command receives them as `options`."""

    @wraps(command)
    def with_options(*args: Any, password: str | None, engine: str, ocr: str, **kwargs: Any) -> Any:  # noqa: ANN401
        return command(*args, options=PdfOptions(password, engine, ocr), **kwargs)

    for option in (_OCR, _ENGINE, _PASSWORD):
        with_options = option(with_options)
    return with_options


_PASSWORD = click.option(
    "--password", metavar="TEXT", help="Password for locked PDFs; others are read without it."
)
_ENGINE = click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default=ENGINES[0],
    show_default=True,
    help="PDF engine: pdfplumber is slower and gives a second opinion on a misread page.",
)
_OCR = click.option(
    "--ocr",
    metavar="NAME",
    default="tesseract",
    show_default=True,
    help="OCR for scanned pages: tesseract, off, or package.module:name of a custom recognizer.",
)


def system_language() -> Language:
    """Return the language of the user's system if it is Thai, otherwise English."""
    return "th" if (locale.getlocale()[0] or "").lower().startswith(("th", "thai")) else "en"


language_option = click.option(
    "--lang", type=click.Choice(("th", "en")), default=system_language, help="Language of messages."
)

CORRECTIONS = click.option(
    "--corrections",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File of reviewers' decisions.  [default: DATASET.corrections.jsonl, beside the dataset's folder]",
)
"""The option of every command that reads or writes decisions."""


EDITED = click.option(
    "--edited",
    is_flag=True,
    help="Read a dataset's tables even if they were changed after extract wrote them.",
)
"""The option of the commands that read a dataset's tables."""


def refuse(file: Path, error: Exception) -> NoReturn:
    """Print why a file gives no report, and exit with status 1."""
    from thaita.corpus.discover import source_name
    from thaita.corpus.problems import problem_of
    from thaita.out.terminal import visible

    problem = problem_of(error)
    click.echo(visible(f"{source_name(str(file))}: {problem.message} ({problem.code})"), err=True)
    sys.exit(1)


@contextmanager
def user_errors() -> Iterator[None]:
    """Turn errors that the user can correct into one message and exit status 2."""
    from thaita.corpus.problems import RunError
    from thaita.models.extras import MissingPackageError
    from thaita.out.tables.csv_tables import DatasetError

    try:
        yield
    except BrokenPipeError:
        sys.exit(leave_pipe())
    except MissingPackageError as error:
        raise UserError(error.say(system_language())) from error
    except (RunError, DatasetError, OSError) as error:
        raise UserError(str(error)) from error


def leave_pipe() -> int:
    """Discard further output, also at exit: the reader of the pipe, such as `head`, has closed it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
