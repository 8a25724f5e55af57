"""The command `thaita report`: turn a dataset into a static web site."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from thaita.cli.shared import EDITED, PathOrUrl, user_errors

if TYPE_CHECKING:
    from thaita.models.verdicts import Language

_EPILOG = """\b
Examples:
  thaita report dataset -o site
  thaita report dataset -o site --lang en

\b
Exit status:
  0    the site was written
  1    never
  2    nothing was written: no dataset, a folder with files other than a site, ...
  130  stopped by Ctrl-C; nothing was written
  143  stopped by SIGTERM; nothing was written"""


@click.command(epilog=_EPILOG)
@click.argument("dataset", metavar="DATASET", type=PathOrUrl(exists=True, file_okay=False))
@click.option(
    "-o",
    "--output",
    "target",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder for the site: new, empty, or an older site to replace.",
)
@click.option(
    "--lang", type=click.Choice(("th", "en")), default="th", show_default=True, help="Language of the pages."
)
@EDITED
def report(dataset: Path | str, target: Path, lang: str, edited: bool) -> None:
    """Write a static web site from a dataset written by `thaita extract`: open index.html in DIR.

    It has an overview of all scores and findings, the coverage, a ranking for each year, a page for each province
    and a page for each agency. The pages need no network and can be printed. The same dataset always gives the same
    bytes.
    """
    started = time.monotonic()
    with user_errors():
        from thaita.out.remote_dataset import local_dataset
        from thaita.out.site.build import write_site

        with local_dataset(dataset) as folder:
            written = write_site(folder, target, cast("Language", lang), verify=not edited)
    with suppress(BrokenPipeError):
        click.echo(
            f"{written.pages} pages of {written.agencies} agencies and {written.reports} reports"
            f" in {time.monotonic() - started:.1f} s: open {target / 'index.html'}",
            err=True,
        )
