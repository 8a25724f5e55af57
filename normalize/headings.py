"""Column headings and labels: the role that the words above a column, or before a colon, announce.

The phrases and their roles are listed in `data/headings.csv`. If a heading contains several of them
("ขั้นตอน / วิธีการปฏิบัติ"), the longest phrase determines the role.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from thaita.models.finding_kinds import FindingKind
from thaita.models.roles import Role
from thaita.normalize.cue_words import folded_cue
from thaita.normalize.heading_model import TEXT, likely_labels
from thaita.normalize.indicators import match_indicator
from thaita.normalize.match_key import fold
from thaita.normalize.names import read_table
from thaita.normalize.word_tree import word_tree

_NEARLY = 84.0
"""Minimum similarity of a misspelt heading: two wrong letters in twelve."""
_COVERED = 0.66
"""Minimum share of a heading's letters that known phrases must cover."""
_OPENED = 0.45
"""The same for a heading that starts with a kind of finding: "จุดแข็งของเทศบาล …"."""
_LONGEST = 90
"""Maximum length of a heading's match key; longer cells are text."""

_SURELY = 0.7
"""Probability from which the words of a heading can outweigh the known phrase that they contain or resemble."""
_HEADING = 3.0
"""How much a known phrase says that a line is a heading, as a difference in log odds."""
_TIMES = 20
"""How many times as likely the words must be as the known phrase."""
_DECIMAL = re.compile(r"\d[.]\d")
_FILLER = re.compile(rf"{folded_cue('filler').pattern}|[/()\[\]:.\-–+,\d]")


@dataclass(frozen=True, slots=True)
class Heading:
    """The meaning of a heading.

    `kind` is the kind of finding, None for any other role; `similarity` (0-100) is below 100 if the heading
    only resembles a phrase. `likely` says that no phrase is known and the role is inferred from the words.
    """

    role: Role
    kind: FindingKind | None
    phrase: str
    similarity: float
    likely: bool = False


@cache
def _phrases() -> dict[str, tuple[Role, FindingKind | None, str]]:
    return {fold(row["phrase"]): meaning_of(row) for row in read_table("headings.csv")}


def meaning_of(row: dict[str, str]) -> tuple[Role, FindingKind | None, str]:
    """Return role, kind and phrase of a row; raise ValueError if the role or kind does not exist."""
    role, kind = Role(row["role"]), FindingKind.read(row["kind"]) if row["kind"] else None
    if (role is Role.FINDING) != (kind is not None):
        raise ValueError(f"headings.csv: {row['phrase']!r}: a finding, and nothing else, has a kind")
    return role, kind, row["phrase"]


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(word_tree(_phrases()))


@lru_cache(maxsize=20_000)
def match_heading(text: str) -> Heading | None:
    """Return the meaning of a cell or label as a heading, or None if it is not a known heading.

    >>> match_heading("ขั้นตอน / วิธีการ ปฏิบัติ").role
    <Role.STEPS: 'steps'>
    >>> match_heading("ข้อค้นพบปี ๒๕๖๖").kind
    'observation'
    >>> match_heading("ผู้รับผิดชอบดำเนินการจัดทำคู่มือและเผยแพร่บนเว็บไซต์") is None
    True
    """
    folded = fold(text).strip(":：")
    if not folded or len(folded) > _LONGEST or _DECIMAL.search(folded):
        return None
    phrases = _phrases()
    if folded in phrases:
        role, kind, phrase = phrases[folded]
        return Heading(role, kind, phrase, 100.0)
    if match_indicator(text) is not None:
        return None
    found = _containing(folded) or _resembling(folded)
    return _outweighed(found, text) or found if found is not None else None


def _outweighed(found: Heading, text: str) -> Heading | None:
    """Return what all words of a heading announce together, if its longest phrase is much less likely than that."""
    likely = likely_heading(text, _SURELY, _HEADING)
    if likely is None or (likely.role, likely.kind) == (found.role, found.kind):
        return None
    chances = dict(likely_labels(text))
    known = chances.get(str(found.kind or found.role), 0.0)
    return (
        likely if known * _TIMES < max(chance for label, chance in chances.items() if label != TEXT) else None
    )


def is_phrase(text: str) -> bool:
    """Return whether a text is a known heading, word for word."""
    return fold(text).strip(":：") in _phrases()


def _containing(folded: str) -> Heading | None:
    found = [m for m in _pattern().finditer(folded) if len(m[0]) > 3]
    if not found:
        return None
    rest = _FILLER.sub("", _pattern().sub("", folded))
    opens = [m for m in found if m.start() == 0 and _phrases()[m[0]][0] is Role.FINDING]
    if 1 - len(rest) / len(folded) < (_OPENED if opens else _COVERED):
        return None
    role, kind, phrase = _phrases()[max(opens or found, key=lambda m: (len(m[0]), -m.start()))[0]]
    return Heading(role, kind, phrase, 100.0)


def _resembling(folded: str) -> Heading | None:
    if len(folded) < 5:
        return None
    best = process.extract(folded, list(_phrases()), scorer=fuzz.ratio, score_cutoff=_NEARLY, limit=2)
    if not best:
        return None
    role, kind, phrase = _phrases()[best[0][0]]
    if len(best) > 1 and _phrases()[best[1][0]][:2] != (role, kind) and best[0][1] - best[1][1] < 3:
        return None
    return Heading(role, kind, phrase, best[0][1])


def likely_heading(text: str, least: float, evidence: float = 0.0) -> Heading | None:
    """Return what a line announces that is no known heading, if its words make that likely enough.

    `least` is the lowest probability (0-1). `evidence` is how much the layout says that the line is a heading, as a
    difference in log odds. A heading that opens a section of no values has the role NARRATIVE.

    >>> likely_heading("เรื่องที่ทำได้โดดเด่น", 0.8).kind
    'strength'
    >>> likely_heading("เจ้าหน้าที่ให้บริการด้วยความสุภาพ", 0.5) is None
    True
    """
    folded = fold(text).strip(":：")
    if not 2 < len(folded) <= _LONGEST or _DECIMAL.search(folded) or match_indicator(text) is not None:
        return None
    kinds = {kind for found in _pattern().finditer(folded) if (kind := _phrases()[found[0]][1])}
    if len(kinds) > 2:
        # "การวิเคราะห์จุดแข็ง จุดอ่อน และข้อเสนอแนะ" heads a section of several kinds
        return None
    odds = {
        label: chance * (math.exp(-evidence) if label == TEXT else 1) for label, chance in likely_labels(text)
    }
    label = max(odds, key=lambda name: odds[name])
    chance = odds[label] / sum(odds.values())
    if label == TEXT or chance < least:
        return None
    kind = FindingKind.read(label) if label in set(FindingKind) else None
    role = Role.FINDING if kind else Role.NARRATIVE if label == _SECTION else Role(label)
    return Heading(role, kind, text, min(100 * chance, 99.0), likely=True)


_SECTION = "section"
"""The label of a heading that opens a section without values."""
