"""The set-up of the HTML templates of all pages: values are escaped, and a name that a template misspells is an error."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined


def templates_of(package: str, shown: Callable[[object], object] | None = None) -> Environment:
    """Return the environment of the templates in a package, such as `thaita.out.site`.

    `shown` changes each value before it is escaped and printed.
    """
    return Environment(
        loader=FunctionLoader(lambda name: resources.files(package).joinpath(name).read_text("utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
