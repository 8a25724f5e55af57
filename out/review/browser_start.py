"""The way from the command to the reviewer's browser, past whoever looks at this machine's list of processes."""

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
def opener(address: str, folder: Path | None = None) -> Iterator[Callable[[], None]]:
    """Give what opens an address in the browser, without naming it in the browser's command line.

    Every user of a machine can see command lines, and the address holds the key. The browser is given a file that leads
    there and that only this user can read; it is in the home folder unless told otherwise, since a browser that is shut
    in (snap, Flatpak) sees no other, and goes with the block.
    """
    with _own_folder(folder or Path.home()) as own:
        page = own / "start.html"
        page.write_text(_PAGE.format(address=escape(address)), encoding="utf-8")

        def open_it() -> None:
            with suppress(webbrowser.Error):  # the address stands in the terminal too
                webbrowser.open(page.as_uri())

        yield open_it


@contextmanager
def _own_folder(parent: Path) -> Iterator[Path]:
    """Give a folder that only this user can look into."""
    try:
        made = TemporaryDirectory(prefix="thaita-review-", dir=parent)
    except OSError:  # a home that cannot be written
        made = TemporaryDirectory(prefix="thaita-review-")
    with made as name:
        yield Path(name).absolute()
