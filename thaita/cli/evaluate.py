"""The command `thaita evaluate`: compare a dataset with gold."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thaita.cli.shared import EDITED, EPILOG, PathOrUrl, UserError, user_errors

if TYPE_CHECKING:
    from thaita.out.evaluation.summary import Summary, Threshold

_EPILOG = EPILOG.format(
    examples="thaita evaluate dataset gold\n"
    "  thaita evaluate dataset gold --by form.scores --by format --worst 20\n"
    "  thaita evaluate dataset gold --html errors.html --documents archive\n"
    "  thaita evaluate dataset gold --summary --at-least scores=0.95 --at-most silent=0",
    ok="the dataset was compared, and no threshold was missed",
    some="a threshold was missed",
    usage="no dataset, a file that is not gold, an unknown figure, ...",
)


@click.command(epilog=_EPILOG)
@click.argument("dataset", metavar="DATASET", type=PathOrUrl(exists=True, file_okay=False))
@click.argument("gold", metavar="GOLD", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--documents",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the documents, for pictures of their pages in the HTML page.",
)
@click.option("--by", multiple=True, metavar="PROPERTY", help="Split the figures by a property; repeatable.")
@click.option(
    "--worst", type=click.IntRange(min=0), default=0, metavar="N", help="Also list the N worst classes."
)
@click.option("--errors", is_flag=True, help="Also list every value that is not right.")
@click.option("--summary", "quiet", is_flag=True, help="Only totals: nothing about single documents.")
@click.option(
    "--json", "json_file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Write JSON."
)
@click.option("--html", "html_file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
              help="Write an HTML page with each error beside its place in the document.")  # fmt: skip
@click.option(
    "--at-least", multiple=True, metavar="FIGURE=SHARE", help="Fail if a share is lower; repeatable."
)
@click.option("--at-most", multiple=True, metavar="COUNT=NUMBER",
              help="Fail if there are more: silent, wrong, missing or extra values; repeatable.")  # fmt: skip
@EDITED
def evaluate(
    dataset: Path | str,
    gold: Path,
    documents: Path | None,
    by: tuple[str, ...],
    worst: int,
    errors: bool,
    quiet: bool,
    json_file: Path | None,
    html_file: Path | None,
    at_least: tuple[str, ...],
    at_most: tuple[str, ...],
    edited: bool,
) -> None:
    """Compare a dataset with gold: the values that careful readers took from the same documents.

    GOLD is a file or a folder of files that end in .gold.json. Every value is right, wrong, missing or extra; every
    share has its 95 % confidence interval. docs/evaluation.md defines the form of gold and the figures.
    """
    if quiet and (errors or html_file):
        raise click.UsageError("--summary shows no single document: leave out --errors and --html")
    if documents is not None and html_file is None:
        raise click.UsageError("--documents is for the HTML page: name it with --html FILE")
    thresholds = [*_thresholds(at_least, at_least=True), *_thresholds(at_most, at_least=False)]
    with user_errors():
        summary = _summary(dataset, gold, by, verify=not edited)
        _print(summary, by, worst, errors=errors, quiet=quiet)
        if json_file is not None:
            from thaita.out.evaluation.values import as_json

            _write(json_file, as_json(summary, worst=worst or _WORST, single=not quiet))
        if html_file is not None:
            from thaita.out.evaluation.page import evaluation_page

            _write(html_file, [evaluation_page(summary, documents, by, worst or _WORST)])
    sys.exit(_status(summary, thresholds))


_WORST = 20
"""Number of worst classes for each figure in JSON and HTML, if --worst does not say."""


def _thresholds(texts: Iterable[str], *, at_least: bool) -> list[Threshold]:
    from thaita.out.evaluation.summary import COUNTED, FIGURE, Threshold

    found, option = [], "--at-least" if at_least else "--at-most"
    for text in texts:
        name, _, bound = text.partition("=")
        known = FIGURE.fullmatch(name) if at_least else name in COUNTED
        if not known:
            names = (
                "whole, report, scores, findings, labels, measures, grounding"
                if at_least
                else ", ".join(COUNTED)
            )
            raise click.BadParameter(f"{name!r} is none of {names}", param_hint=option)
        try:
            number = float(bound)
        except ValueError:
            number = -1.0
        if not 0 <= number <= (1 if at_least else float("inf")):
            expected = "a share from 0 to 1" if at_least else "a number from 0"
            raise click.BadParameter(f"{text!r}: give {name}= and {expected}", param_hint=option)
        found.append(Threshold(name, number, at_least))
    return found


def _summary(dataset: Path | str, gold: Path, by: Iterable[str], *, verify: bool) -> Summary:
    from thaita.out.evaluation.dataset import EvaluationError, evaluate_dataset
    from thaita.out.evaluation.summary import Summary
    from thaita.out.remote_dataset import local_dataset

    try:
        with local_dataset(dataset) as folder:
            summary = Summary(evaluate_dataset(folder, gold, verify=verify))
    except EvaluationError as error:
        raise UserError(str(error)) from error
    for name in by:
        if name not in summary.splits:
            raise click.BadParameter(f"{name!r} is none of {', '.join(summary.splits)}", param_hint="--by")
    return summary


def _print(summary: Summary, by: tuple[str, ...], worst: int, *, errors: bool, quiet: bool) -> None:
    from rich.console import Console

    from thaita.out.evaluation.table import show_documents, show_summary

    console = Console(file=sys.stdout)
    if not quiet:
        show_documents(summary.documents, console, errors=errors)
    show_summary(summary, console, by=by, worst=worst)


def _write(path: Path, parts: Iterable[str]) -> None:
    from thaita.out.atomic import write_whole_file

    try:
        write_whole_file(path, (part.encode("utf-8") for part in parts))
    except OSError as error:
        raise UserError(f"cannot write {path}: {error.strerror or error}") from error


def _status(summary: Summary, thresholds: Iterable[Threshold]) -> int:
    from thaita.out.evaluation.summary import missed

    sentences = missed(thresholds, summary)
    for sentence in sentences:
        click.echo(sentence, err=True)
    return 1 if sentences else 0
