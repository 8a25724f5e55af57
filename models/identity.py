"""The id of a report, derived from the bytes of its file alone."""

from __future__ import annotations

import re

_SHA256 = re.compile(r"[0-9a-f]{64}")


def report_id(sha256: str) -> str:
    """Return the id of the report whose file has this SHA-256, in lower-case hexadecimal.

    The same bytes have the same id in every run and on every machine. The id keeps 64 bits of the hash, so
    collisions are negligible for any archive of reports. Raises ValueError for anything but 64 hexadecimal digits.

    >>> report_id("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    're3b0c44298fc1c14'
    """
    if not _SHA256.fullmatch(sha256):
        message = f"not a SHA-256 in lower-case hexadecimal: {sha256[:80]!r}"
        raise ValueError(message)
    return "r" + sha256[:16]
