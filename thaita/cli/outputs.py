"""Output of the commands that show one thing in several formats: on the terminal, or in a file."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thaita.cli.shared import UserError

if TYPE_CHECKING:
    from rich.console import Console

ENDINGS = {".json": "json", ".html": "html", ".htm": "html", ".txt": "table"}
"""The format of a file by the ending of its name."""


def form_of(form: str | None, output: Path | None, endings: Mapping[str, str] = ENDINGS) -> str:
    """Return the format to write: as given, else by the ending of the file's name, else a table."""
    ending = output.suffix.lower() if output else ""
    if form is None and output is not None and ending not in endings:
        names = [name for name in endings if name not in (".htm", ".txt")]
        listed = " or ".join((", ".join(names[:-1]), names[-1]))
        raise UserError(
            f"unknown format of {output}: use a file name that ends in {listed}, or give --format"
        )
    return form or endings.get(ending, "table")


def write_table(show: Callable[[Console], None], output: Path | None) -> None:
    """Print a table to the terminal, or write it to a file as plain text."""
    from rich.console import Console

    if output is None:
        show(Console(file=sys.stdout))
        return
    plain = io.StringIO()
    show(Console(file=plain))
    write_text([plain.getvalue()], output)


def write_text(parts: Iterable[str], output: Path | None) -> None:
    """Print text that comes in parts, or write it to a file, which appears when it is complete."""
    from thaita.out.atomic import write_whole_file

    if output is None:
        for part in parts:
            click.echo(part, nl=False)
        return
    try:
        write_whole_file(output, (part.encode("utf-8") for part in parts))
    except OSError as error:
        raise UserError(f"cannot write {output}: {error.strerror or error}") from error
