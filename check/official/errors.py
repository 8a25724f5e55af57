"""The error of a comparison without official results."""

from __future__ import annotations

from thaita.models.errors import ThaitaError


class NoListError(ThaitaError):
    """The official side states no result of an agency."""
