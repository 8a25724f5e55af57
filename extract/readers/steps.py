"""Word that slow work goes on, page by page, for who waits for it and would take it for stuck."""

from __future__ import annotations

from collections.abc import Callable

_listeners: list[Callable[[], None]] = []


def listen(listener: Callable[[], None]) -> None:
    """Have a function called after each page that took long, in this process from now on."""
    _listeners.append(listener)


def step() -> None:
    """Say that a page that took long is done."""
    for listener in _listeners:
        listener()
