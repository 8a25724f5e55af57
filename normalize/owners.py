"""Responsible units, offices and persons: splitting a cell into single names.

`data/owners.csv` lists the words that start the name of a unit, a role or a person, and the usual units of
local governments. Names stay as written, except for white space caused by narrow cells.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from thaita.normalize.list_items import split_items
from thaita.normalize.match_key import fold

_Word = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Owner:
    """A responsible unit, role or person, and its position.

    `doubt`: `glued` (names without a space between them, split at the word for a unit),
    `nested` (one name with the unit words of a part and an office: one owner or two), `no_unit_word` (no word shows that this is a unit, a role or a person).
    """

    name: str
    start: int
    end: int
    doubt: tuple[str, ...] = ()


@cache
def _words(kind: str) -> tuple[str, ...]:
    with files("thaita.normalize.data").joinpath("owners.csv").open(encoding="utf-8") as source:
        rows = [row["written"] for row in csv.DictReader(source) if row["kind"] == kind]
    return tuple(sorted(rows, key=len, reverse=True))


@cache
def _known() -> dict[str, str]:
    return {fold(name): name for name in _words("known")}


_SHORTEST = 2
"""Minimum letters of a name behind its unit word."""
_LONGEST_NAME = 70
"""Maximum letters of one name without white space: longer ones are sentences."""
_LONGEST = 200
"""Maximum length of a usual name including white space: longer texts are not compared."""


def _usual(name: str) -> str | None:
    """Return the standard spelling of a usual unit's name, None if the text is not a usual unit."""
    return _known().get(fold(name)) if len(name) <= _LONGEST else None


@cache
def _bare() -> frozenset[str]:
    return frozenset(map(fold, _words("bare")))


def _is_bare(name: str) -> bool:
    return len(name) <= _LONGEST and fold(name) in _bare()


@cache
def _opens(*kinds: str) -> re.Pattern[str]:
    words = [word for kind in kinds or ("bare", "role", "known") for word in _words(kind)]
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


@cache
def _title() -> re.Pattern[str]:
    titles = "|".join(re.escape(title) for title in _words("title"))
    # นายก is a role, but a name may also start with ก (นายกมล).
    role = r"นายก(?=\s|$|อบต|อบจ|เทศ|องค์|เมือง|ฯ|/|,)|นายช่าง"
    return re.compile(rf"(?!{role})(?:{titles})")


def is_unit(text: str) -> bool:
    """Return whether a text starts with a word for a unit or a role, such as กอง.

    >>> is_unit("กองคลัง"), is_unit("ประชาชน")
    (True, False)
    """
    return _opens().match(text.lstrip()) is not None


def is_office(text: str) -> bool:
    """Return whether a text starts with a word for a unit and only names units: neither a role nor a sentence.

    >>> is_office("กองคลัง"), is_office("บุคลากรสายสนับสนุน")
    (True, False)
    """
    return _opens("bare", "known").match(text.lstrip()) is not None and names_units(text)


@cache
def _sentence() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _words("sentence"))))


def names_units(text: str) -> bool:
    """Return whether a text only names units, roles or persons: it is no sentence about one of them.

    >>> names_units("กองคลัง, สำนักปลัด"), names_units("เจ้าหน้าที่รายงานผลทุกเดือน"), names_units("ประชาชน")
    (True, False, False)
    """
    if len(text) > _LONGEST or _sentence().search(text):
        return False
    owners = split_owners(text)
    unclear = sum("no_unit_word" in owner.doubt and not _title().match(owner.name) for owner in owners)
    longest = max((len(fold(owner.name)) for owner in owners), default=0)
    return bool(owners) and not unclear and longest <= _LONGEST_NAME


def split_owners(text: str) -> list[Owner]:
    """Return the units, roles and persons named in a cell, in order.

    >>> [o.name for o in split_owners("คณะทำงาน ITA / สำนัก ปลัด กองการศึกษา ศาสนาและวัฒนธรรม")]
    ['คณะทำงาน ITA', 'สำนักปลัด', 'กองการศึกษา ศาสนาและวัฒนธรรม']
    """
    owners: list[Owner] = []
    for item in split_items(text):
        for start, end in _pieces(text, item.start, item.end):
            owners += _owners(text, start, end)
    return owners


_SEPARATOR = re.compile(r"([,;/\n])([^,;/\n]*)")
"""A character that may part names, and the text up to the next one."""


def _pieces(text: str, start: int, end: int) -> list[_Word]:
    """Split at commas, and at slashes and line feeds if a new name follows."""
    cuts = [start]
    for match in _SEPARATOR.finditer(text, start, end):
        following = match[2].strip()
        opens = (_opens().match(following) and not _is_bare(following)) or _title().match(following)
        if not opens and match[1] in "/\n":
            continue  # what stands before it may be long
        before = text[cuts[-1] : match.start()].strip()
        if not _usual(before + following) and (match[1] in ",;" or not _is_bare(before)):
            cuts.append(match.end(1))
    return [(a, b) for a, b in zip(cuts, [*cuts[1:], end], strict=True) if text[a:b].strip(" \t\n/,;.-–")]


def _owners(text: str, start: int, end: int) -> list[Owner]:
    words = _split_words(text, start, end)
    groups: list[list[_Word]] = [[]]
    for i, word in enumerate(words):
        written = text[slice(*word)]
        following = text[slice(*words[i + 1])] if i + 1 < len(words) else ""
        if written == "และ" and _opens_name(following) and not _is_person(text, groups[-1]):
            groups.append([])
        elif groups[-1] and _begins(text, groups[-1], written):
            groups.append([word])
        else:
            groups[-1].append(word)
    owners: list[Owner] = []
    for group in filter(None, groups):
        owners += _glued(text, group) or [_owner(text, group)]
    return owners


def _split_words(text: str, start: int, end: int) -> list[_Word]:
    """Split at white space, and around และ if it may join two names (กองคลังและกองช่าง)."""
    words: list[_Word] = []
    for match in re.finditer(r"[^\s,;/]+(?:/[^\s,;/]+)*", text[start:end]):
        at, stop = start + match.start(), start + match.end()
        for joint in re.finditer("และ", match[0]):
            cut = start + match.start() + joint.start()
            if cut + 3 == stop or (
                _opens_name(text[cut + 3 : stop]) and not _of_one_name(text[at:cut], text[cut + 3 : stop])
            ):
                words += [(at, cut)] if cut > at else []
                words.append((cut, cut + 3))
                at = cut + 3
        if text[at:stop].strip("/.-–•"):
            words.append((at, stop))
    return words


def _of_one_name(before: str, after: str) -> bool:
    """Return whether an office's name continues with its field of work: สำนักส่งเสริมวิชาการและงานทะเบียน.

    An office with a complete usual name (กองคลังและงานพัสดุ) is a separate name.
    """
    office = before.startswith(("สำนัก", "กอง", "ฝ่าย"))
    return office and after.startswith("งาน") and not _usual(before)


def _opens_name(word: str) -> bool:
    return bool(_opens().match(word) or _title().match(word))


def _is_person(text: str, group: list[_Word]) -> bool:
    return bool(group) and bool(_title().match(text, group[0][0]))


def _begins(text: str, group: list[_Word], written: str) -> bool:
    """Return whether a word starts a new name instead of continuing the previous one."""
    if _is_person(text, group):
        return bool(_title().match(written))
    before = text[group[0][0] : min(group[-1][1], group[0][0] + _LONGEST + 1)]
    if _is_bare(before) or _usual(before + written):
        return False
    return _opens_name(written)


def _glued(text: str, group: list[_Word]) -> list[Owner]:
    """Split each word of a name that names two units without a space; return [] if no word does."""
    pieces = [piece for word in group for piece in _cut(text, word)]
    if len(pieces) == len(group) or _usual(text[group[0][0] : group[-1][1]]):
        return []
    names: list[list[_Word]] = []
    for i, (start, end) in enumerate(pieces):
        opens = i == 0 or any(start == cut[0] for word in group for cut in _cut(text, word)[1:])
        names = [*names, [(start, end)]] if opens else [*names[:-1], [*names[-1], (start, end)]]
    return [replace(_owner(text, name), doubt=("glued",)) for name in names]


def _cut(text: str, word: _Word) -> list[_Word]:
    """Return the ranges of the names in a word; one range if a single name is more likely."""
    start, end = word
    if _usual(text[start:end]) or not _opens().match(text, start):
        return [word]
    cuts = [start]
    for match in _splits().finditer(text, start + 1, end):
        before = text[cuts[-1] : match.start()]
        smaller = _rank(before) < int(str(match.lastgroup)[-1])
        if _is_joint(text, cuts[-1], match, end) and not smaller:
            cuts.append(match.start())
    return list(zip(cuts, [*cuts[1:], end], strict=True))


def _is_joint(text: str, start: int, match: re.Match[str], end: int) -> bool:
    """Return whether a unit word within a word may open a second name."""
    before = text[start : match.start()]
    known = _usual(before) is not None and match.lastgroup != "rank1"
    return (known or not _binds(before)) and end - match.end() >= _SHORTEST


def _is_nested(text: str, word: _Word) -> bool:
    """Return whether a part and its office share a word, or two units do: ฝ่ายการเงินสำนักงานจังหวัด."""
    start, end = word
    if _usual(text[start:end]) or not _opens().match(text, start):
        return False
    larger = f"rank{_rank(text[start:end]) + 1}"
    joints = (match for match in _splits().finditer(text, start + 1, end) if match.lastgroup == larger)
    return any(_is_joint(text, start, match, end) for match in joints)


def _rank(name: str) -> int:
    """Return the rank of the unit word that opens a name, 1 (section) to 3 (office); 2 if it has none."""
    found = _splits().match(name)
    return int(str(found.lastgroup)[-1]) if found else 2


@cache
def _splits() -> re.Pattern[str]:
    others = "|".join(map(re.escape, _words("no_unit")))
    ranks = ((rank, "|".join(map(re.escape, _words(rank)))) for rank in ("rank3", "rank2", "rank1"))
    return re.compile(rf"(?!{others})(?:" + "|".join(rf"(?P<{rank}>{words})" for rank, words in ranks) + ")")


def _binds(before: str) -> bool:
    """Return whether the words before a unit word belong to the same name: งานบริหาร|งาน, ผู้อำนวยการ|กอง."""
    return not _opens().match(before) or _is_bare(before) or _binding().search(before) is not None


@cache
def _binding() -> re.Pattern[str]:
    words = (*_words("binds"), *_words("bare"), *_words("role"), *_words("title"))
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})$")


def _owner(text: str, group: list[_Word]) -> Owner:
    """Join words into one name without stray white space; a usual unit's name keeps its own spaces."""
    start, end = group[0][0], group[-1][1]
    name = text[start : group[0][1]]
    for count in range(len(group), 0, -1):
        usual = _usual(text[start : min(group[count - 1][1], start + _LONGEST + 1)])
        if usual or count == 1:
            name, done = usual or name, count
            break
    for before, word in zip(group[done - 1 :], group[done:], strict=False):
        gap = "" if before[1] == word[0] or _is_bare(name) else " "
        name += gap + text[slice(*word)]
    name = name.strip(" -–•:")
    if not _opens_name(name):
        return Owner(name, start, end, ("no_unit_word",))
    return Owner(name, start, end, ("nested",) if any(_is_nested(text, word) for word in group) else ())
