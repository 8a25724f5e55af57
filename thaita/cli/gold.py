"""The command `thaita gold`: write reviewed reports as gold files."""

from __future__ import annotations

from pathlib import Path

import click

from thaita.cli.shared import CORRECTIONS, UserError, user_errors

_EPILOG = """\b
Examples:
  thaita gold dataset -o gold
  thaita gold dataset -o drafts --unreviewed

\b
Exit status:
  0    the gold files were written
  1    no report is reviewed: nothing was written
  2    nothing was written: no dataset, a file that exists already, ...
  130  stopped by Ctrl-C
  143  stopped by SIGTERM"""


@click.command(epilog=_EPILOG)
@click.argument("dataset", metavar="DATASET", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the files; no file in it is overwritten.",
)
@click.option("--unreviewed", is_flag=True, help="Also write reports that nobody has reviewed, as drafts.")
@CORRECTIONS
def gold(dataset: Path, folder: Path, unreviewed: bool, corrections: Path | None) -> None:
    """Write the reviewed reports of a dataset as gold files, to which `thaita evaluate` compares datasets.

    A report is reviewed if there is a decision on it and every doubt is decided, in `thaita review` or with
    `thaita correct`. Reports with a value that is marked as wrong are left out.
    """
    with user_errors():
        from thaita.corpus.review.decision_log import decisions_beside, read_decisions
        from thaita.out.evaluation.dataset import EvaluationError
        from thaita.out.evaluation.gold_files import write_gold
        from thaita.out.review.index import Index

        decisions = read_decisions(corrections or decisions_beside(dataset)).decisions
        try:
            done = write_gold(Index(dataset), decisions, folder, unreviewed=unreviewed)
        except EvaluationError as error:
            raise UserError(str(error)) from error
    said = [f"{done.written} gold files written to {folder}"]
    said += [f"{done.unreviewed} reports are not reviewed"] if done.unreviewed else []
    said += [f"{done.unknown} have a value marked as wrong"] if done.unknown else []
    click.echo(", ".join(said), err=True)
    if not done.written:
        raise SystemExit(1)
