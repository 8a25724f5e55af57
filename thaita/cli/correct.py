"""The commands `thaita correct` and `thaita corrections`: decide on one value, and list decisions."""

from __future__ import annotations

import getpass
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thaita.cli.shared import CORRECTIONS, UserError, language_option, user_errors

if TYPE_CHECKING:
    from thaita.corpus.review.decision import Decision, Kind
    from thaita.models.verdicts import Language
    from thaita.out.review.index import Index

DATASET = click.Path(exists=True, file_okay=False, path_type=Path)

_CORRECT = """\b
Examples:
  thaita correct r04a1c2d3e4f50617 scores s03 score 90.09 -d dataset --why "misread 9O.09"
  thaita correct reports/a.pdf reports - agency "เทศบาลตำบลบ้านกลาง" -d dataset --why "cover page"
  thaita correct r04a1c2d3e4f50617 findings f02 kind -d dataset --accept

\b
Exit status:
  0    the decision was saved
  1    nothing was saved: there is an earlier decision on the value (see --replace)
  2    nothing was saved: no such report, row or column, an invalid value, ...
  130  stopped by Ctrl-C; nothing was saved
  143  stopped by SIGTERM; nothing was saved"""

_LIST = """\b
Examples:
  thaita corrections dataset
  thaita corrections dataset --export examples.csv

\b
Exit status:
  0    every decision could be read and still applies
  1    some decisions no longer apply, or lines of the file are damaged
  2    no dataset, a file that cannot be written, ...
  130  stopped by Ctrl-C
  143  stopped by SIGTERM"""


def user_name() -> str:
    """Return the name of the system's user, or an empty string if it is unknown."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


@click.command(epilog=_CORRECT)
@click.argument("report", metavar="REPORT")
@click.argument("table", metavar="TABLE")
@click.argument("row", metavar="ROW")
@click.argument("column", metavar="COLUMN")
@click.argument("value", metavar="[VALUE]", required=False)
@click.option(
    "-d", "--dataset", required=True, metavar="DATASET", type=DATASET, help="Dataset of the report."
)
@click.option("--why", default="", metavar="TEXT", help="Reason; required with VALUE and --wrong.")
@click.option("--accept", "kind", flag_value="accept", help="The extracted value is right.")
@click.option("--wrong", "kind", flag_value="wrong", help="The value is wrong and no better one is known.")
@click.option("--withdraw", "kind", flag_value="withdraw", help="Withdraw the decision on the value.")
@click.option("--replace", is_flag=True, help="Replace an earlier decision on the value.")
@click.option(
    "--by", metavar="NAME", default=user_name, help="Name of the reviewer.  [default: the system's user]"
)
@language_option
@CORRECTIONS
def correct(
    report: str,
    table: str,
    row: str,
    column: str,
    value: str | None,
    dataset: Path,
    kind: Kind | None,
    corrections: Path | None,
    lang: Language,
    replace: bool,
    **said: str,
) -> None:
    """Decide on one value of a dataset: correct it, accept it or mark it wrong. The next extract applies it.

    REPORT is a report's id or its path in the archive, as in reports.csv; TABLE, ROW and COLUMN name the
    cell. ROW is the row's id or its ending, such as s03, m02 or m02/1; for the table reports it is -.
    """
    if (value is None) == (kind is None):
        raise click.UsageError("give either VALUE or one of --accept, --wrong, --withdraw")
    with user_errors():
        from thaita.corpus.review.decide import StaleError
        from thaita.corpus.review.decision_log import decisions_beside
        from thaita.corpus.review.validate import NewValueError

        path = corrections or decisions_beside(dataset)
        try:
            made = _decide(
                dataset, path, (report, table, row, column, value or ""), kind or "correct", said, replace
            )
        except NewValueError as error:
            raise UserError(error.said[lang]) from error
        except StaleError as error:
            from thaita.out.review.pages import stale_message

            click.echo(f"{stale_message(error.standing, lang)} (--replace)", err=True)
            sys.exit(1)
    click.echo(f"{_decision_text(made)}\nsaved in {path}", err=True)


def _decide(
    dataset: Path,
    path: Path,
    cell: tuple[str, str, str, str, str],
    kind: Kind,
    said: dict[str, str],
    replace: bool,
) -> Decision:
    from thaita.corpus.review.decide import DecisionRequest, decision_maker
    from thaita.corpus.review.decision_log import append_decision
    from thaita.out.review.index import Index

    report, table, row, column, value = cell
    index = Index(dataset)
    report_id = _report_id(index, report)
    request = DecisionRequest(
        table, _row_id(report_id, table, row), column, kind, value, said["by"], said["why"]
    )
    rows = index.extracted(report_id)
    free = replace or kind == "withdraw"
    return append_decision(path, decision_maker(rows, request, lambda standing: free or standing is None))


def _report_id(index: Index, named: str) -> str:
    if named in index.by_id:
        return named
    found = [entry.report_id for entry in index.entries if entry.source == named]
    if not found:
        raise UserError(
            f"no report {named!r} in {index.dataset}: name its report_id or source, as in reports.csv"
        )
    return found[0]


def _row_id(report_id: str, table: str, row: str) -> str:
    if table == "reports":
        return report_id
    return row if row.startswith(report_id) else f"{report_id}-{row}"


def _decision_text(one: Decision) -> str:
    from thaita.out.terminal import visible

    what = {"correct": f"is {one.value or 'empty'}", "accept": "is right", "wrong": "is wrong"}
    said = what.get(one.kind, "is open again")
    return visible(f"{one.table}.{one.column} of {one.row_id}, read as {one.extracted or 'nothing'}, {said}")


@click.command(epilog=_LIST)
@click.argument("dataset", metavar="DATASET", type=DATASET)
@click.option(
    "--export",
    "target",
    metavar="OUT.csv",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the decisions as training examples: extracted value, source text, decision.",
)
@CORRECTIONS
def corrections(dataset: Path, target: Path | None, corrections: Path | None) -> None:
    """List the decisions on a dataset's values, or write them as a table of training examples."""
    with user_errors():
        from thaita.corpus.review.decision_log import decisions_beside, read_decisions
        from thaita.out.review.index import Index
        from thaita.out.tables.training_examples import decision_states, write_examples
        from thaita.out.terminal import visible

        file = read_decisions(corrections or decisions_beside(dataset))
        found = list(decision_states(Index(dataset), file.decisions))
        if target is not None:
            write_examples(target, found)
            click.echo(f"{len(found)} examples written to {target}", err=True)
        elif found:
            for one in found:
                cells = (
                    one.state,
                    str(one.decision.time.date()),
                    one.decision.by,
                    _decision_text(one.decision),
                )
                click.echo("\t".join(map(visible, (*cells, one.decision.why, one.reason))))
        for damage in file.damaged:
            click.echo(f"line {damage.line} is not a decision: {visible(damage.reason)}", err=True)
        states = Counter(one.state for one in found)
        click.echo(
            ", ".join(f"{count} {state}" for state, count in states.items()) or "no decisions", err=True
        )
    sys.exit(1 if states["lost"] or file.damaged else 0)
