"""Lines of the form "key: value" in running text, and keys that come again and again.

A key that several groups of lines repeat names a field, whether its words are known or not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from thaita.models.roles import DESCRIBE, Role
from thaita.models.source_text import SourceText
from thaita.normalize.cue_words import any_cue
from thaita.normalize.dates import find_years, parse_period
from thaita.normalize.field_words import leading_role
from thaita.normalize.list_items import BULLETS
from thaita.normalize.match_key import ARABIC, fold
from thaita.normalize.names import read_table
from thaita.normalize.owners import names_units

_LEAD = rf"\s*(?:[{re.escape(BULLETS)}]\s*|[(]?[0-9๐-๙]{{1,2}}(?:[.][0-9๐-๙]{{1,2}})*[.)]\s*)?"
_COLON = re.compile(rf"{_LEAD}(?P<key>[^\s:：][^:：\n]{{1,48}}?)\s*[:：]\s*")
_DASH = re.compile(rf"{_LEAD}(?P<key>[^\s:：0-9๐-๙][^:：\n0-9๐-๙]{{1,28}}?)\s+[-–—=]\s+")
_NEXT = re.compile(r"(?:^|[\s|;,/(•·–—])(?P<key>[^\s:：|;,()0-9๐-๙]{3,40})\s*[:：]\s*")
_SPACE = re.compile(rf"{_LEAD}(?P<key>[^\s:：0-9๐-๙]{{3,40}})\s+(?=\S)")
_NUMBERED = re.compile(r"\d$|^(?:มาตรการ|โครงการ|กิจกรรม|ข้อ|ลำดับ)(?:ที่|ข้อที่)?\d")
_RESPONSIBLE = (
    rf"\s*(?:{any_cue('being')})?(?P<key>{any_cue('responsible')})(?P<rest>\s+[^:：]{{4,90}})?\s*[.]?\s*$"
)
_GIVEN = re.compile(rf"(?:^|(?<=\s)){any_cue('assigns')}\s*(?P<value>[^\s:：][^:：]{{2,80}}?){_RESPONSIBLE}")
_IS = re.compile(
    rf"\s*(?P<value>[^\s:：][^:：]{{2,80}}?)\s*{any_cue('being')}(?P<key>{any_cue('responsible')})\s*[.]?\s*$"
)
"""Sentences that say who is responsible: "ทั้งนี้ ให้กองคลังเป็นผู้รับผิดชอบ", "กองคลังเป็นผู้รับผิดชอบ"."""
_TASKED = re.compile(
    rf"(?:^|(?<=\s)){any_cue('assigns')}\s*(?P<value>[^\s:：][^:：]{{2,80}}?)\s*{any_cue('acts')}(?P<rest>[^:：]*)$"
)
"""A sentence that gives a unit a task: "มอบหมายกองคลังดำเนินการให้แล้วเสร็จภายในเดือนมกราคม 2564"."""
TOLD_OWNER, _TOLD_PERIOD = "\towner", "\tperiod"
"""Keys of what such a sentence says without the names of fields."""
_EDGES = " \t|;,(–—-•·="
_LONGEST_ALONE = 40
_REPEATS = 2
_LONGEST_ASIDE = 8
"""Most letters before such a sentence that say nothing: ทั้งนี้."""


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A piece of a line: a key and the text behind it; `key` is empty for text without a key."""

    at: int
    key: str
    label: SourceText
    value: SourceText


def read_key_lines(
    lines: Sequence[tuple[int, SourceText]], allowed: frozenset[str] | None = None
) -> list[KeyLine]:
    """Return the lines in pieces at their keys. `lines` are (position in the flow, text).

    A key stands before a colon, or at the start of a line before a space; it comes at least twice in the document,
    or it is the usual name of a field. Only the keys in `allowed` count, if it is given.
    """
    found = [list(_keys(text)) for _, text in lines]
    alone = [_is_alone(text.chars) for _, text in lines]
    for before, here in pairwise(range(len(lines))):
        if alone[before] and alone[here]:  # heads of a table that has one cell on each line
            found[before], found[here] = [], []
    found = [
        [*keys, *_again(text, keys, words)]
        for words in [_with_colon(found)]
        for (_, text), keys in zip(lines, found, strict=True)
    ]
    counts = Counter(key for keys in found for key in {fold(label) for label, _, _, _ in keys})
    pieces: list[KeyLine] = []
    for (at, text), keys in zip(lines, found, strict=True):
        said = None if any(colon for _, _, _, colon in keys) else _said(at, text)
        if said is not None and (allowed is None or said[-1].key in allowed):
            pieces += said
            continue
        kept = [one for one in keys if allowed is None or fold(one[0]) in allowed]
        kept = [one for one in kept if _is_key(one[0], counts[fold(one[0])], colon=one[3])]
        pieces += _pieces(at, text, kept)
    return pieces


def _said(at: int, text: SourceText) -> list[KeyLine] | None:
    """Return the pieces of a sentence that says who is responsible; None for other lines."""
    match = _GIVEN.search(text.chars) or _IS.match(text.chars)
    if match is None:
        return _tasked(at, text)
    before = text[: match.start()].strip(_EDGES)
    empty = SourceText("", ())
    period = text[slice(*match.span("rest"))].strip(_EDGES) if match.re is _GIVEN and match["rest"] else empty
    if period and not _is_period(period.chars):
        return _tasked(at, text)
    pieces = [KeyLine(at, "", empty, before)] if len(before) > _LONGEST_ASIDE else []
    label = text[slice(*match.span("key"))]
    pieces.append(KeyLine(at, fold(label.chars), label, text[slice(*match.span("value"))]))
    return [*pieces, KeyLine(at, _TOLD_PERIOD, empty, period)] if period else pieces


def _tasked(at: int, text: SourceText) -> list[KeyLine] | None:
    """Return the pieces of a sentence that gives a unit a task; None for other lines."""
    match = _TASKED.search(text.chars)
    if match is None or not names_units(match["value"]):
        return None
    empty = SourceText("", ())
    before, rest = text[: match.start()].strip(_EDGES), text[slice(*match.span("rest"))].strip(_EDGES)
    if len(before) <= _LONGEST_ASIDE:
        return None  # a step, which says who takes it
    pieces = [
        KeyLine(at, "", empty, before),
        KeyLine(at, TOLD_OWNER, empty, text[slice(*match.span("value"))]),
    ]
    if _is_period(rest.chars):
        pieces.append(KeyLine(at, _TOLD_PERIOD, empty, rest))
    return pieces


def _is_period(chars: str) -> bool:
    period = parse_period(chars)
    return period.start is not None or period.end is not None


def _keys(text: SourceText) -> Iterator[tuple[str, int, int, bool]]:
    """Yield (words, start, end with separator, whether a colon follows) of all possible keys of a line."""
    chars = text.chars
    if _is_alone(chars):
        yield chars.strip(), len(chars) - len(chars.lstrip()), len(chars), True
        return
    first, colon = _first_key(chars)
    if first is not None:
        yield first["key"], first.start("key"), first.end(), colon
    for match in _NEXT.finditer(chars, first.end() if first else 0):
        yield match["key"], match.start("key"), match.end(), True
    if first is not None:
        yield from _keys_within(chars, first.end())


def _is_alone(chars: str) -> bool:
    """Return whether a line is only the usual name of a field: its value stands on the lines below."""
    return len(chars) <= _LONGEST_ALONE and fold(chars) in _fields()


def _with_colon(found: Sequence[Sequence[tuple[str, int, int, bool]]]) -> re.Pattern[str] | None:
    """Return a pattern for the keys with a space in them that begin at least two lines and have a colon."""
    counts = Counter(keys[0][0] for keys in found if keys and keys[0][3])
    words = [re.escape(key) for key, count in counts.items() if count >= _REPEATS and " " in key]
    return re.compile(rf"(?<=\s)(?P<key>{'|'.join(words)})\s*[:：]\s*") if words else None


def _again(
    text: SourceText, keys: Sequence[tuple[str, int, int, bool]], words: re.Pattern[str] | None
) -> Iterator[tuple[str, int, int, bool]]:
    """Yield the known keys with a space in them within a line that a reader joined from several."""
    for match in words.finditer(text.chars) if words else ():
        if all(match.start("key") != start for _, start, _, _ in keys):
            yield match["key"], match.start("key"), match.end(), True


def _first_key(chars: str) -> tuple[re.Match[str] | None, bool]:
    """Return the possible key at the start of a line, and whether a colon or dash stands behind it."""
    colon = _COLON.match(chars) or _DASH.match(chars)
    space = _SPACE.match(chars)
    known = (
        space is not None and is_usual_field(space["key"]) and not _counts(space["key"], chars[space.end() :])
    )
    if colon is not None and not (known and " " in colon["key"].strip()):
        return colon, True
    hints = space is not None and leading_role(space["key"]) is not None
    if space is not None and (known or (hints and not _counts(space["key"], chars[space.end() :]))):
        return space, False
    return None, False


def _keys_within(chars: str, start: int) -> Iterator[tuple[str, int, int, bool]]:
    """Yield the usual names of short fields behind the first key of a line, with only white space behind them."""
    for match in re.finditer(r"(?<=\s)(?P<key>[^\s:：0-9๐-๙]{3,40})\s+(?=\S)", chars[start:]):
        if is_usual_field(match["key"]) and not _counts(match["key"], chars[start + match.end() :]):
            yield match["key"], start + match.start("key"), start + match.end(), False


def _counts(words: str, rest: str) -> bool:
    """Return whether a word belongs to the number or date behind it: "มาตรการที่ 2", "ปีงบประมาณ 2568"."""
    if not rest[:1].isdigit() and not rest.startswith("พ"):
        return False
    if leading_role(words) in (Role.TITLE, Role.INDICATOR, Role.STEPS):
        return True
    years = find_years(f"{words} 2568")
    return (
        any(year.kind in ("fiscal", "plain") for year in years)
        or parse_period(f"{words} 1", 2568).start is not None
    )


@cache
def _fields() -> dict[str, Role]:
    """Return the usual names of fields of measures and of their titles, folded, with their roles."""
    rows = ((fold(row["phrase"]), Role(row["role"])) for row in read_table("headings.csv"))
    return {
        phrase: role
        for phrase, role in rows
        if role in DESCRIBE - {Role.GUIDELINE} | {Role.TITLE, Role.INDICATOR}
    }


def is_usual_field(words: str) -> bool:
    """Return whether the words are, letter for letter, the usual name of a field of a measure."""
    return _fields().get(fold(words), Role.TITLE) is not Role.TITLE


def _is_key(words: str, count: int, *, colon: bool) -> bool:
    if _NUMBERED.search(fold(words).translate(ARABIC)):
        return False
    return is_usual_field(words) or (count >= _REPEATS and (colon or leading_role(words) is not None))


def _pieces(at: int, text: SourceText, keys: list[tuple[str, int, int, bool]]) -> Iterator[KeyLine]:
    done = 0
    label, key = SourceText("", ()), ""
    for words, start, end, _ in sorted(set(keys), key=lambda one: one[1]):
        if start < done:
            continue
        before = text[done:start].strip(_EDGES)
        if key or len(before) > 4:
            yield KeyLine(at, key, label, before.strip(_EDGES + "/)") if key else before)
        key, label, done = fold(words), text[start:end].strip(_EDGES + ":："), end
    value = text[done:].strip(" |;," if key else None)
    unopened = key and value.chars.endswith((")", "]")) and not re.search(r"[(\[]", value.chars)
    yield KeyLine(at, key, label, value[:-1] if unopened else value)
