"""The command `thaita compare`: agencies' own reports against official results."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from thaita.cli.outputs import ENDINGS, form_of, write_table, write_text
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

if TYPE_CHECKING:
    from thaita.check.official.compare import Comparison
    from thaita.extract.options import PdfOptions
    from thaita.models.records import Reading
    from thaita.models.verdicts import Language


@click.command(
    epilog=EPILOG.format(
        examples="thaita compare dataset --official results-2567.xlsx\n"
        "  thaita compare dataset --official nacc-dataset --lang th -o differences.html\n"
        "  thaita compare dataset --official list.pdf -o differences.csv",
        ok="everything agrees",
        some="values differ, an agency is missing on one side, or a name is undecided; or a list could not be read",
        usage="no such dataset, no results of agencies in OFFICIAL, ...",
    )
)
@click.argument("dataset", metavar="DATASET", type=PathOrUrl(exists=True, file_okay=False))
@click.option(
    "--official",
    metavar="OFFICIAL",
    required=True,
    type=PathOrUrl(exists=True),
    help="Official results: a list (xlsx, ods, csv, pdf, docx, ...), or a dataset with lists.",
)
@click.option(
    "--lang", type=click.Choice(("th", "en")), default=system_language, help="Language of table and page."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "json", "html", "csv")),
    help="Format of the comparison.  [default: from the extension of OUT, else table]",
)
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    type=click.Path(path_type=Path),
    help="File to write into: .json, .html, .csv",
)
@EDITED
@pdf_options
def compare(
    dataset: Path | str,
    official: Path | str,
    lang: str,
    form: str | None,
    output: Path | None,
    edited: bool,
    options: PdfOptions,
) -> None:
    """Compare agencies' own reports with lists of official results, value by value.

    DATASET is a dataset written by `thaita extract`. Each value that differs is shown with both of its places.
    Agencies that are on one side only are listed, and so are names that could be several agencies.
    """
    language, chosen = cast("Language", lang), form_of(form, output, {**ENDINGS, ".csv": "csv"})
    with user_errors():
        found = _compared(dataset, official, options, verify=not edited)
        _write(found, chosen, language, output)
    sys.exit(1 if found.has_differences() else 0)


def _compared(dataset: Path | str, official: Path | str, options: PdfOptions, *, verify: bool) -> Comparison:
    from thaita.check.official.errors import NoListError
    from thaita.out.official.dataset import compare_dataset
    from thaita.out.remote_dataset import local_dataset

    def extract(file: Path) -> Reading:
        from thaita.corpus.run.outcomes import read_file
        from thaita.corpus.run.worker_process import guarded_reader

        try:
            return read_file(file, guarded_reader(options))
        except Exception as error:  # a list that crashes the program must not cause a traceback
            refuse(file, error)

    try:
        with local_dataset(dataset) as folder:
            return compare_dataset(folder, official, extract, verify=verify)
    except NoListError as error:
        raise UserError(str(error)) from error


def _write(found: Comparison, form: str, language: Language, output: Path | None) -> None:
    from thaita.out.official.values import as_csv, as_json

    if form == "table":
        from thaita.out.official.table import show_comparison

        write_table(lambda console: show_comparison(found, language, console), output)
    elif form == "html":
        from thaita.out.official.page import comparison_page

        write_text([comparison_page(found, language)], output)
    else:
        write_text(as_json(found) if form == "json" else as_csv(found), output)
