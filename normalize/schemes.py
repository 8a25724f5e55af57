"""Other schemes that use the words of ITA: schools, the Ministry of Public Health, the model until FY2561.

The phrases that show them are `data/schemes.csv`. Their scores and items mean other things, so a report
under one of them is recognised and said, and not read as if it were of the ten indicators.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from thaita.normalize.match_key import fold
from thaita.normalize.names import read_table

_INDICES_AT_LEAST = 3
"""How many of the five indices a text must name to be of the model until FY2561."""

Scheme = Literal["moit", "school", "vocational", "fy2561"]


@dataclass(frozen=True, slots=True)
class SchemeFound:
    """Another scheme, and the phrase that shows it."""

    scheme: str
    phrase: str


def find_scheme(title: str, text: str, agency: str | None = None) -> SchemeFound | None:
    """Return the other scheme that a report is of, or None for the ITA of the ten indicators.

    `title` is the text of the first lines, `text` the whole, `agency` the agency's name.

    >>> find_scheme("แบบรายงานหลักฐาน MOIT โรงพยาบาลชุมชน", "").scheme
    'moit'
    """
    title, text = fold(title), fold(text)
    indices = [
        row for row in read_table("schemes.csv") if row["where"] == "text" and fold(row["phrase"]) in text
    ]
    if len(indices) >= _INDICES_AT_LEAST:
        return SchemeFound(indices[0]["scheme"], indices[0]["phrase"])
    for row in read_table("schemes.csv"):
        phrase = fold(row["phrase"])
        if row["where"] == "title" and phrase in title:
            return SchemeFound(row["scheme"], row["phrase"])
        if row["where"] == "agency" and agency is not None and fold(agency).startswith(phrase):
            return SchemeFound(row["scheme"], row["phrase"])
    return None
