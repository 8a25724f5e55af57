"""Match keys: a canonical form of a text for comparisons, never for display."""

from __future__ import annotations

import re

ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_IGNORED = re.compile(r"[\s\u200b-\u200d\ufeff\u00ad]+")


def fold(text: str) -> str:
    """Return the text without white space, in lower case, with Arabic digits and composed sara am.

    >>> fold("การใช้ งบประมาณ  (IIT) ๒๕๖๘")
    'การใช้งบประมาณ(iit)2568'
    """
    return _IGNORED.sub("", text.replace("\u0e4d\u0e32", "\u0e33")).translate(ARABIC).lower()
