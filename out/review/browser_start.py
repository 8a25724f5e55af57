"""Opens the review page in the browser without showing its key in the process list."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

_PAGE = """<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0;url={address}">
<title>thaita</title>
<a href="{address}">thaita</a>
"""


@contextmanager
def browser_opener(address: str, folder: Path | None = None) -> Iterator[Callable[[], None]]:
    """Yield a function that opens an address in the browser without putting it on a command line.

    Every user of a machine can see command lines, and the address contains the key. The browser therefore opens a
    file that redirects to the address and that only this user can read. The file is in the home folder unless
    `folder` names another one, because a sandboxed browser (snap, Flatpak) sees no other folder. It is deleted when
    the block ends.
    """
    with _own_folder(folder or Path.home()) as own:
        page = own / "start.html"
        page.write_text(_PAGE.format(address=escape(address)), encoding="utf-8")

        def open_it() -> None:
            with suppress(webbrowser.Error):  # the terminal shows the address too
                webbrowser.open(page.as_uri())

        yield open_it


@contextmanager
def _own_folder(parent: Path) -> Iterator[Path]:
    """Yield a temporary folder that only this user can read."""
    try:
        made = TemporaryDirectory(prefix="thaita-review-", dir=parent)
    except OSError:  # the home folder is read-only
        made = TemporaryDirectory(prefix="thaita-review-")
    with made as name:
        yield Path(name).absolute()
