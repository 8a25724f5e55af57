"""The command `thaita review`: a page on which a reviewer sees each value in its source and decides on it."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from thaita.cli.correct import DATASET, user_name
from thaita.cli.shared import CORRECTIONS, UserError, system_language, user_errors

if TYPE_CHECKING:
    from socket import socket

    from thaita.models.verdicts import Language

_EPILOG = """\b
Examples:
  thaita review dataset
  thaita review dataset --archive reports/ --lang th
  thaita review dataset --port 9000 --no-browser

\b
Exit status:
  0    ended by Ctrl-C
  1    never
  2    not started: no dataset, no free port, ...
  130  stopped by Ctrl-C before it started
  143  ended by SIGTERM"""

PORT = 8765


@click.command(epilog=_EPILOG)
@click.argument("dataset", metavar="DATASET", type=DATASET)
@click.option(
    "--archive",
    metavar="FOLDER",
    type=click.Path(exists=True, path_type=Path),
    help="Folder of the reports.  [default: the archive of the last extract on this machine]",
)
@CORRECTIONS
@click.option(
    "--by", metavar="NAME", default=user_name, help="Name of the reviewer.  [default: the system's user]"
)
@click.option(
    "--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Address to listen on."
)
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(0, 65535),
    help=f"Port to listen on.  [default: {PORT}, or the next free port]",
)
@click.option("--no-browser", is_flag=True, help="Do not open the page.")
@click.option("--password", metavar="TEXT", help="Password for locked PDFs.")
@click.option(
    "--lang", type=click.Choice(("th", "en")), default=system_language, help="Language of the page."
)
def review(
    dataset: Path,
    archive: Path | None,
    corrections: Path | None,
    by: str,
    host: str,
    port: int | None,
    no_browser: bool,
    password: str | None,
    lang: str,
) -> None:
    """Open a page to check uncertain values against their source and decide on them. Press Ctrl-C to stop.

    Decisions are saved beside DATASET, and the next extract applies them. The page is for this machine only,
    needs no network and sends no data anywhere.
    """
    with user_errors():
        from thaita.models.extras import require

        require("review")
        from thaita.corpus.archive_location import archive_of
        from thaita.corpus.review.decision_log import decisions_beside
        from thaita.out.review.access import new_key
        from thaita.out.review.browser_start import browser_opener
        from thaita.out.review.desk import Desk
        from thaita.out.review.server import application, serve

        desk = Desk(
            dataset, archive or archive_of(dataset), corrections or decisions_beside(dataset), by, password
        )
        count, key = len(desk.index().entries), new_key()
        own = _listening(host, port)
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{own.getsockname()[1]}/start?key={key}"
        click.echo(f"{count} reports: open {address} in a browser; Ctrl-C ends", err=True)
        app = application(desk, host, cast("Language", lang), key)
        with nullcontext(lambda: None) if no_browser else browser_opener(address) as started:
            serve(app, desk, own, started)
    click.echo(f"stopped; the decisions are in {desk.decisions}", err=True)


def _listening(host: str, port: int | None) -> socket:
    """Return the socket to serve at; print a warning if other machines can reach it."""
    from thaita.out.review.access import is_loopback
    from thaita.out.review.server import bind_socket

    if not is_loopback(host):
        click.echo(
            "Other machines can reach this address: anyone who has the page's full address with its key can read the reports"
            " and decide, and the traffic is not encrypted.",
            err=True,
        )
    try:
        return bind_socket(host, PORT if port is None else port, exactly=port is not None)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(f"cannot listen on {host}:{PORT if port is None else port}: {reason}") from error
