"""The base of the errors that thaita raises for what a user gave it."""

from __future__ import annotations


class ThaitaError(ValueError):
    """A file, archive, dataset or setting that thaita cannot use; the message says what to do."""
