"""The command `thaita panel`: agencies by year from all documents of a dataset."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from thaita.cli.shared import EDITED, EPILOG, PathOrUrl, UserError, system_language, user_errors

if TYPE_CHECKING:
    from pandas import DataFrame

    from thaita.check.national import Compared
    from thaita.models.verdicts import Language
    from thaita.out.tables.panel_values import Prefer

_EPILOG = EPILOG.format(
    examples="thaita panel dataset\n"
    "  thaita panel dataset -o panel.xlsx\n"
    "  thaita panel dataset --long -o values.parquet\n"
    "  thaita panel dataset --coverage",
    ok="the panel was printed or written",
    some="with --coverage: a figure differs from the national results of its year",
    usage="no dataset, an unknown file format, the file cannot be written, ...",
)


@click.command(epilog=_EPILOG)
@click.argument("dataset", metavar="DATASET", type=PathOrUrl(exists=True, file_okay=False))
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write the table into: .csv, .xlsx, .parquet, .json",
)
@click.option(
    "--long", "long", is_flag=True, help="Write every value with its source, not only those that win."
)
@click.option(
    "--prefer",
    type=click.Choice(("official", "own")),
    default="official",
    show_default=True,
    help="Source that wins if both are sure: lists of many agencies, or agencies' own reports.",
)
@click.option(
    "--coverage",
    "covered",
    is_flag=True,
    help="Show or write the coverage by province, type and year, and compare years with national results.",
)
@click.option(
    "--lang", type=click.Choice(("th", "en")), default=system_language, help="Language of the summary."
)
@EDITED
def panel(
    dataset: Path | str, output: Path | None, long: bool, prefer: str, covered: bool, lang: str, edited: bool
) -> None:
    """Combine agencies' own reports and lists of many agencies into one row for each agency and year.

    A value that is sure beats one in doubt; then the preferred source wins. Values are never averaged, and values
    that differ are counted. docs/research.md explains the columns and the rule.
    """
    if long and covered:
        raise click.UsageError("--long and --coverage are different tables: choose one")
    if long and output is None:
        raise click.UsageError("--long is for a file: name it with -o OUT")
    _check(output)
    with user_errors():
        compared = _panel(
            dataset, output, cast("Prefer", prefer), cast("Language", lang), long, covered, edited
        )
    sys.exit(1 if any(one.severity == "warning" for one in compared) else 0)


def _check(output: Path | None) -> None:
    from thaita.out.panels.files import FILES

    if output is not None and output.suffix.lower() not in FILES:
        raise UserError(f"unknown format of {output}: use a file name that ends in {', '.join(FILES)}")


def _panel(
    dataset: Path | str, output: Path | None, prefer: Prefer, language: Language, long: bool, covered: bool,
    edited: bool,
) -> list[Compared]:  # fmt: skip
    from rich.console import Console

    from thaita.out.panels.table import show_coverage, show_panel
    from thaita.out.remote_dataset import local_dataset
    from thaita.out.tables.coverage import coverage, national_comparison
    from thaita.out.tables.panel import panel_tables, wide_panel
    from thaita.out.tables.panel_agencies import with_canonical_ids
    from thaita.out.tables.panel_values import panel_values

    with local_dataset(dataset) as folder:
        tables = with_canonical_ids(panel_tables(folder, verify=not edited))
    values = panel_values(tables, prefer)
    wide = wide_panel(tables, values)
    compared = national_comparison(tables, wide) if covered else []
    if output is not None:
        _write(coverage(wide, values) if covered else values if long else wide.reset_index(), output)
        return compared
    console = Console(file=sys.stdout)
    if covered:
        show_coverage(wide, values, compared, language, console)
    else:
        show_panel(wide, values, language, console)
    return compared


def _write(frame: DataFrame, output: Path) -> None:
    from thaita.out.panels.files import write_frame

    try:
        write_frame(frame, output)
    except OSError as error:
        raise UserError(f"cannot write {output}: {error.strerror or error}") from error
    click.echo(f"{len(frame):,} rows written to {output}", err=True)
