"""The command `thaita extract`: turn an archive into a dataset."""

from __future__ import annotations

import shlex
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thaita.cli.shared import CORRECTIONS, EPILOG, PathOrUrl, pdf_options, user_errors
from thaita.corpus.run.limits import GIB, LIMITS, Limits

if TYPE_CHECKING:
    from thaita.corpus.discover import ArchiveFile
    from thaita.corpus.review.apply_run import Corrections
    from thaita.corpus.run.run import Plan
    from thaita.extract.options import PdfOptions
    from thaita.out.export import Totals


def _formats(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    """Return the dataset formats in a comma-separated list."""
    from thaita.out.tables.formats import FORMATS

    found = tuple(part.strip() for part in value.split(",") if part.strip())
    unknown = [part for part in found if part not in FORMATS]
    if unknown:
        raise click.BadParameter(f"{unknown[0]!r} is not one of {', '.join(FORMATS)}")
    return found


_WORKERS = click.option(
    "--workers",
    metavar="N",
    type=click.IntRange(min=1),
    help="Number of reports to read in parallel.  [default: one per core]",
)
_TIMEOUT = click.option(
    "--timeout", "seconds", metavar="SECONDS", type=click.FloatRange(min=0, min_open=True), default=120.0,
    show_default=True,
    help="Maximum processor time for a report or a scanned page; a report that exceeds it becomes a row of problems.csv.",
)  # fmt: skip
_MEMORY = click.option(
    "--memory", "gib", metavar="GIB", type=click.FloatRange(min=0.5), default=4.0, show_default=True,
    help="Maximum memory for reading a report.",
)  # fmt: skip
_TOTAL = click.option(
    "--max-time", "total", metavar="SECONDS", type=click.FloatRange(min=0, min_open=True), default=LIMITS.total,
    show_default=True, help="Maximum processor time for a whole scan; the remaining pages are not read and are reported in problems.csv.",
)  # fmt: skip
_PAGES = click.option(
    "--max-pages", "pages", metavar="N", type=click.IntRange(min=1), default=LIMITS.pages, show_default=True,
    help="Maximum number of pages read from a report.",
)  # fmt: skip
_PIXELS = click.option(
    "--max-megapixels", "megapixels", metavar="N", type=click.IntRange(min=1), default=LIMITS.pixels // 1_000_000,
    show_default=True, help="Maximum number of pixels recognized in a report, in millions.",
)  # fmt: skip
_LINKS = click.option("--follow-links", is_flag=True, help="Follow links to files outside the archive.")
_FRESH = click.option(
    "--fresh", is_flag=True, help="Read every file again, ignoring the results of earlier runs."
)
_CLUSTER = click.option(
    "--cluster",
    metavar="URL",
    help="Read on a Dask cluster, such as tcp://scheduler:8786, instead of this machine.",
)


@click.command(
    epilog=EPILOG.format(
        examples="thaita extract reports/ -o dataset\n  thaita extract report.docx -o dataset\n"
        "  thaita extract reports/ -o dataset --format csv,xlsx\n"
        "  thaita extract s3://bucket/reports -o s3://bucket/dataset --format parquet-by-year",
        ok="every report was read",
        some="some files could not be read: see problems.csv; the dataset is written all the same",
        usage="nothing was written: no such archive, an output folder that cannot be written, ...",
    )
)
@click.argument("archive", type=PathOrUrl(exists=True))
@click.option(
    "-o",
    "--output",
    "dataset",
    required=True,
    metavar="DATASET",
    type=PathOrUrl(),
    help="Folder or URL for the tables: new, empty, or an older dataset to replace.",
)
@click.option(
    "--format",
    "formats",
    default="csv",
    show_default=True,
    metavar="LIST",
    callback=_formats,
    help="Formats of the dataset, separated by commas: csv (always), parquet, parquet-by-year, xlsx, duckdb, jsonl.",
)
@CORRECTIONS
@click.option("--no-corrections", "plain", is_flag=True, help="Ignore reviewers' decisions.")
@_WORKERS
@_TIMEOUT
@_MEMORY
@_TOTAL
@_PAGES
@_PIXELS
@_LINKS
@_FRESH
@_CLUSTER
@pdf_options
def extract(
    archive: Path | str, dataset: Path | str, formats: tuple[str, ...], corrections: Path | None, plain: bool,
    options: PdfOptions, workers: int | None, seconds: float, gib: float, total: float, pages: int, megapixels: int,
    follow_links: bool, fresh: bool, cluster: str | None,
) -> None:  # fmt: skip
    """Read every report below ARCHIVE and write the tables of the dataset.

    ARCHIVE is a folder, a single report, or the URL of either. Text, DOCX, PDF and image files are read;
    files of other formats, and all problems with files, become rows of problems.csv. Reviewers' decisions are
    applied. The same reports and decisions always give the same bytes.

    Results are stored: a stopped run resumes where it was, and a later run reads only new and changed files.
    """
    if plain and corrections:
        raise click.UsageError("--corrections and --no-corrections exclude each other")
    started = time.monotonic()
    with user_errors():
        from thaita.corpus.run.run import Plan
        from thaita.out.tables.formats import require_formats

        require_formats(formats)  # before hours of reading, not after
        decided = _decisions(dataset, corrections, plain)
        limits = Limits(seconds, round(gib * GIB), total, pages, megapixels * 1_000_000)
        plan = Plan(options, limits, workers, fresh, cluster, follow_links)
        try:
            totals = _run(archive, dataset, formats, plan, decided)
        except KeyboardInterrupt:
            click.echo(
                "stopped: results so far are stored, and the same command resumes from there", err=True
            )
            sys.exit(130)
    with suppress(BrokenPipeError):
        click.echo(_summary(totals, time.monotonic() - started) + decided.summary(), err=True)
        if doubtful := _doubtful(totals, dataset):
            click.echo(doubtful, err=True)
    sys.exit(1 if totals.failed else 0)


def _decisions(dataset: Path | str, named: Path | None, plain: bool) -> Corrections:
    """Return the reviewers' decisions from the named file, or from beside the dataset if it is on this machine."""
    from thaita.corpus.review.apply_run import corrections_for

    here = isinstance(dataset, Path)
    return corrections_for(Path(dataset), named, plain=plain or (named is None and not here))


def _run(
    archive: Path | str, dataset: Path | str, formats: tuple[str, ...], plan: Plan, decided: Corrections
) -> Totals:
    from thaita.cli.progress import progress
    from thaita.corpus.archive_location import remember_archive
    from thaita.corpus.discover import find_files
    from thaita.corpus.run.run import outcomes
    from thaita.out.export import write_dataset
    from thaita.out.remote_dataset import write_to
    from thaita.out.tables.packed_rows import pack

    def listed() -> list[ArchiveFile]:
        return find_files(archive, follow_links=plan.follow_links)

    def write(folder: Path) -> Totals:
        with progress() as watch, outcomes(listed(), plan, pack, watch, _warn) as found:
            return write_dataset(folder, found, formats, decided)

    totals = write_to(dataset, write)
    if isinstance(dataset, Path) and isinstance(archive, Path):
        remember_archive(dataset, archive)
    return totals


def _warn(message: str) -> None:
    click.echo(f"note: {message}", err=True)


def _summary(totals: Totals, seconds: float) -> str:
    rows = totals.rows
    left_out = f", {totals.left_out} of other formats" if totals.left_out else ""
    see = "; see problems.csv" if totals.failed or totals.left_out else ""
    return (
        f"{totals.reports} reports, {totals.failed} failed{left_out}: {rows['scores']} scores, "
        f"{rows['findings']} findings, {rows['measures']} measures in {seconds:.1f} s{see}"
    )


def _doubtful(totals: Totals, dataset: Path | str) -> str:
    """Return how much of the dataset is in doubt and the command that shows it; empty if nothing is."""
    values = (
        [f"{totals.doubts} value{'s are' if totals.doubts != 1 else ' is'} in doubt"] if totals.doubts else []
    )
    reports = [f"{totals.in_part} report{'s were' if totals.in_part != 1 else ' was'} read in part"]
    found = values + (reports if totals.in_part else [])
    if not found:
        return ""
    if isinstance(dataset, Path):
        from thaita.corpus.discover import source_name

        return f"{', '.join(found)}: thaita review {shlex.quote(source_name(str(dataset)))}"
    return f"{', '.join(found)}: see doubts.csv and problems.csv"
