"""Other schemes that share the vocabulary of ITA: schools, the Ministry of Public Health, the model until FY2561.

`data/schemes.csv` lists the phrases that identify them. Their scores and items have other meanings, so a report
of another scheme is reported as such and not interpreted by the ITA indicators.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from thaita.normalize.match_key import fold
from thaita.normalize.names import read_table

_INDICES_AT_LEAST = 3
"""Minimum number of the five indices in a text of the model until FY2561."""

Scheme = Literal["moit", "school", "vocational", "fy2561"]


@dataclass(frozen=True, slots=True)
class SchemeFound:
    """Another scheme, and the phrase that identifies it."""

    scheme: str
    phrase: str


def find_scheme(title: str, text: str, agency: str | None = None) -> SchemeFound | None:
    """Return the other scheme that a report belongs to, or None for ITA.

    `title` is the text of the first lines, `text` the whole text, `agency` the name of the agency.

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
