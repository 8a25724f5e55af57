"""Fuzzy matching of damaged or reworded texts to official names.

Noise (OCR errors, typing mistakes) is scattered over a name, whereas a different heading that resembles it
has a whole word added, missing or replaced. A match is therefore judged by three measures: its similarity,
its lead over the next name, and the length of its longest differing stretch.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import StringIO
from itertools import zip_longest
from typing import Generic, TypeVar

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from thaita.normalize.match_key import fold
from thaita.normalize.word_tree import word_tree

K = TypeVar("K", bound=Hashable)

CHANCE = 3
"""This many equal letters between differing ones are a coincidence: every second name starts with การ."""

_LABEL = re.compile(
    r"""(?: [•●○▪◦\-–—*_#|>:.,…"'“”]+                         # bullets, emphasis, leaders
          | [(\[]?\d{1,2}(?:\.\d{1,2})*[)\].:]*(?!\d)           # 5 · (5) · 5. · 3.1
          | ตัว[ชข]ี้?วัด(?:ย่อย)?(?:ที่)?                            # with the usual slips of ตัวชี้วัด
          | ด้าน(?:ที่)?
          | (?:ประเด็น|หัวข้อ|ข้อ|ลำดับ)(?:ที่)?(?=[(\[]?\d)         # labels only before a number
        )+""",
    re.VERBOSE,
)
_SIGNS = r"""[\d()\[\]*_#|:.,…"'“”\-–—]"""
_TAIL = re.compile(rf"(?<!{_SIGNS}){_SIGNS}++$")
"""Signs at the end. Each run is tried once, from its start: a long text may consist of signs only."""
_LAST_LABEL = re.compile(r"ตัว[ชข]ี้?วัด(?:ที่)?$")


@dataclass(frozen=True, slots=True)
class Spelling(Generic[K]):
    """A spelling of a name. `key` identifies the named entity; None marks a similar text that must not match."""

    key: K | None
    text: str
    folded: str


@dataclass(frozen=True, slots=True)
class Best(Generic[K]):
    """The spelling nearest to a text.

    `similarity` is 0-100; `margin` is its lead over the nearest other key. `added`, `lost` and `replaced` are
    the lengths, in letters, of the longest stretches that the text adds to, omits from or replaces in the
    spelling; `outside` counts letters added before the first or after the last letter. `crowded` is the length
    of the longest differing stretch if runs of up to `CHANCE` equal letters count as different.
    """

    key: K | None
    spelling: str
    similarity: float
    margin: float
    added: int
    lost: int
    replaced: int
    outside: int
    crowded: int


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a data file of this package, such as `weights.csv`."""
    text = resources.files("thaita.normalize.data").joinpath(name).read_text(encoding="utf-8")
    head, *rows = csv.reader(StringIO(text, newline=""))
    return tuple(dict(zip_longest(head, row)) for row in rows if row)


def spelling(key: K | None, text: str) -> Spelling[K]:
    """Return a spelling with its match key, computed once for all comparisons."""
    return Spelling(key, text, fold(text))


def strip_label(text: str) -> str:
    """Return the match key of a name without its number, bullet, "ตัวชี้วัดที่" and "ด้าน".

    >>> strip_label("(๕) ตัวชี้วัดที่ ๕ ด้านการใช้อำนาจ :")
    'การใช้อำนาจ'
    """
    folded = fold(text)
    label = _LABEL.match(folded)
    name = _TAIL.sub("", folded[label.end() :] if label else folded)
    without = _LAST_LABEL.sub("", name)
    return without if without == name else _TAIL.sub("", without)


def leading_number(text: str) -> int | None:
    """Return the number at the start of a heading, None if there is none or it is a decimal.

    >>> leading_number("(๓) ช่องทาง"), leading_number("ตัวชี้วัดที่ ๑๐ การ"), leading_number("3.1 ก")
    (3, 10, None)
    """
    label = _LABEL.match(fold(text))
    numbers = set(re.findall(r"\d[\d.]*\d|\d", label.group())) if label else set()
    return int(numbers.pop()) if len(numbers) == 1 and all(number.isdigit() for number in numbers) else None


def best_match(folded: str, spellings: Iterable[Spelling[K]]) -> Best[K] | None:
    """Return the spelling nearest to a match key, None if there is nothing to compare.

    Uses rapidfuzz's `ratio`: `partial_ratio` and `WRatio` rate headings that are not names 90 and higher.
    A spelling without a key wins over a name that is equally near.
    """
    if not folded:
        return None
    nearest: dict[K | None, tuple[float, Spelling[K]]] = {}
    for candidate in spellings:
        similarity = ratio(candidate.folded, folded)
        if candidate.key not in nearest or similarity > nearest[candidate.key][0]:
            nearest[candidate.key] = (similarity, candidate)
    ranked = sorted(nearest.values(), key=lambda pair: (pair[0], pair[1].key is None), reverse=True)
    if not ranked:
        return None
    similarity, found = ranked[0]
    runner_up = next((pair[0] for pair in ranked[1:] if pair[1].key is not None), 0.0)
    stretches = _stretches(found.folded, folded)
    return Best(found.key, found.text, similarity, similarity - runner_up, *stretches)


def _stretches(name: str, text: str) -> tuple[int, int, int, int, int]:
    """Return the lengths of the longest stretches: added, lost, replaced, outside, crowded (see `Best`)."""
    blocks: list[tuple[int, int, bool]] = [(0, 0, False)]
    crowded = run = 0
    for op in Levenshtein.opcodes(name, text):
        lost, added = op.src_end - op.src_start, op.dest_end - op.dest_start
        if op.tag == "equal":
            blocks.append((0, 0, False))
            run = run if lost <= CHANCE else 0
            continue
        run += max(lost, added)
        crowded = max(crowded, run)
        edge = op.src_start == 0 or op.src_end == len(name)
        blocks[-1] = (blocks[-1][0] + lost, blocks[-1][1] + added, blocks[-1][2] or edge)
    return (
        max(more - less for less, more, _ in blocks),
        max(less - more for less, more, _ in blocks),
        max(min(less, more) for less, more, _ in blocks),
        max(more - less if edge else 0 for less, more, edge in blocks),
        crowded,
    )


def spaced_pattern(names: Sequence[str]) -> str:
    r"""Return a regular expression for any of the names, with optional white space between letters.

    The longest name comes first; sara am matches in composed and decomposed form.

    >>> bool(re.fullmatch(spaced_pattern(["อำนาจ"]), "อ\u0e4d\u0e32 นาจ"))
    True
    """
    gap = r"[\s\u200b-\u200d\ufeff\u00ad]*"
    sara_am = f"(?:\u0e33|\u0e4d{gap}\u0e32)"
    return word_tree(
        ("".join(name.split()) for name in names),
        gap,
        lambda letter: sara_am if letter == "\u0e33" else re.escape(letter),
    )
