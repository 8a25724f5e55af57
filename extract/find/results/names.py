"""Whose result a row states: an agency, or a level such as a province or the nation."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from thaita.extract.find.results.kinds import full_kind, local_kinds
from thaita.models.flags import Flag
from thaita.normalize.agencies import Agency, find_agencies
from thaita.normalize.agency_kinds import kinds, read_kind
from thaita.normalize.agency_types import agency_types
from thaita.normalize.match_key import fold
from thaita.normalize.memo import per_document
from thaita.normalize.place_names import place_names
from thaita.normalize.result_words import LevelWords, read_level_words, type_in_mean

_MARKER = re.compile(r"\s*(?:[(]?[0-9๐-๙]{1,4}[.)]+|[-•*])\s*")
_PROVINCE = re.compile(r"(?:จังหวัด|(?<![ก-๎.])จ\.)\s?([ก-๎]+)")
PROVINCES = "จังหวัด"
"""The kind of agency that a province is."""
PLACE_KINDS = (PROVINCES, "อำเภอ")
"""Kinds of agencies whose word also means the place: its mean is that of the agencies in it."""
_DISTRICT = re.compile(r"(?:อำเภอ|(?<![ก-๎.])อ\.|เขต)\s?([ก-๎]+)")
_MINISTRY = re.compile(r"กระทรวง[ก-๎]+")
_PREFIX = re.compile(r"^(?:จังหวัด|จ\.)\s?")
_AND = re.compile(r"\s*(?:[,/]|และ|กับ|\s)\s*(?:จังหวัด|จ\.)?\s?")
_SPACED_DOT = re.compile(r"(?<=[ก-๎])\s+[.](?=[ก-๎])")
_LETTERS = re.compile(r"[ก-๎]+")
_ABBREVIATED = re.compile(r"ฯ\s*$")


_PART_OF_LEVEL = re.compile(r"อำเภอ|(?<![ก-๎])อ\.|ตำบล|เขต|กลุ่ม|ประเภท|ภาค")
"""Words of a mean of some of a level's agencies, for which the dataset has no scope."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a result is the result of.

    `scope` is a value of the column of that name, None if the row's words leave it open. `name` is the full name of
    the agency or the name of the level.
    """

    scope: str | None
    name: str
    agency_type: str | None = None
    province: str | None = None
    district: str | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the text around a row says: the province, ministry and type that it belongs to.

    `means` is True in a table whose rows are means: a province in it is a level, not an agency; `stated`: words say so,
    or that it is not. `part`: the title names a district or another part of a province, so that a mean is not the province's. `inner` are the
    fields that a row above in the same table states; the rest are the title's.
    """

    province: str | None = None
    ministry: str | None = None
    kind: str | None = None
    means: bool = False
    stated: bool = True
    national: bool = False
    part: bool = False
    inner: frozenset[str] = frozenset()


@per_document
def province_in(text: str) -> str | None:
    """Return the province that a text names with its label, or consists of; None if it names none or several.

    >>> province_in("หน่วยงานในจังหวัดศรีสะเกษ"), province_in("เลย"), province_in("อบต.เลย")
    ('ศรีสะเกษ', 'เลย', None)
    """
    whole = text.strip()
    if whole in place_names("province"):
        return whole
    found = set()
    for hit in _PROVINCE.finditer(text):
        if name := _known_start(hit[1], "province"):
            found.add(name)
            following = _AND.match(text, hit.start(1) + len(name))
            if following and (other := _known_start(text[following.end() :], "province")):
                found.add(other)  # a label before several names
    return found.pop() if len(found) == 1 else None


def is_labelled(text: str) -> bool:
    """Return whether a text begins with the label of a province."""
    return _PREFIX.match(text) is not None


@per_document
def district_in(text: str) -> str | None:
    """Return the district that a text names with its label; None if it names none."""
    hit = _DISTRICT.search(text)
    return _known_start(hit[1], "district") if hit else None


@lru_cache(maxsize=4096)
def _known_start(word: str, level: str) -> str | None:
    names = place_names(level)
    return next((word[:end] for end in range(len(word), 1, -1) if word[:end] in names), None)


def ministry_in(text: str) -> str | None:
    """Return the ministry that a text names, None if it names none or several."""
    found = set(_MINISTRY.findall(text))
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=65_536)
def read_subject(text: str, kind: str | None = None) -> Subject | None:
    """Return the agency or level that a cell names by its own words; None if it names none.

    `kind` is the type that another column or the heading gives to a name without one.

    >>> read_subject("อบต.ท่าสะอาด จ.เลย").province, read_subject("เขาคันทรง", "องค์การบริหารส่วนตำบล").name
    ('เลย', 'องค์การบริหารส่วนตำบลเขาคันทรง')
    """
    marker = _MARKER.match(text)
    words = _with_dot(text[marker.end() if marker else 0 :].strip())
    level = read_level_words(words)
    if level is not None:
        return _of_level(level, words)
    agency = _agency(words)
    if agency is not None and "unknown_place" in agency.doubt and " " in words:
        unspaced = _agency(words.replace(" ", ""))  # a space inside the name
        if unspaced is not None and not unspaced.doubt and unspaced.end == len(words.replace(" ", "")):
            agency, words = unspaced, words.replace(" ", "")
    if agency is None and (whole := _written_out(words)):
        words, agency = whole, _agency(whole)
    full = full_kind(kind) if kind else None
    if kind and full is None and agency is None and (composed := _agency(kind + words)):
        return _of_agency(composed, kind + words)
    if full in local_kinds() and not (agency and agency.name.startswith(full)):
        composed = _agency(full + _PREFIX.sub("", words))
        if composed is not None and (agency is None or "unlisted" in agency.doubt):
            return _of_agency(composed, full + words)
        if agency is None:
            return Subject("agency", full + words, kind, flags=(Flag.AGENCY_DOUBT.of("unknown_place"),))
    return _of_agency(agency, words) if agency is not None else _of_place(words, kind)


def _of_place(words: str, kind: str | None) -> Subject | None:
    """Return the agency or level that words name which are no agency's by themselves, such as a place."""
    if kind == PROVINCES and (province := _PREFIX.sub("", words)) in place_names("province"):
        return Subject("agency", f"จังหวัด{province}", kind, province)
    for known in local_kinds():
        if words.startswith(known) and words.removeprefix(known).strip() in place_names("subdistrict"):
            # a place whose name is also a word of prose
            return Subject("agency", words, kinds()[known].agency_type)
    ministry = ministry_in(words)
    if ministry and fold(words) == fold(ministry):
        return Subject("ministry", ministry)
    if _PREFIX.sub("", words) in place_names("province"):
        province = _PREFIX.sub("", words)
        return Subject(None, f"จังหวัด{province}", "จังหวัด", province)
    return None


def read_name(text: str, kind: str | None = None) -> Subject | None:
    r"""Return the agency or level that a cell of one or several lines names; a name may go on in the next line.

    >>> read_name("อบต.สะอาด\nไชยศรี").name, read_name("อบต.ท่าสะอาด\nเลย").name
    ('องค์การบริหารส่วนตำบลสะอาดไชยศรี', 'องค์การบริหารส่วนตำบลท่าสะอาด')
    """
    found = read_subject(text.replace("\n", " "), kind)
    if "\n" not in text:
        return found
    known = found is not None and found.scope == "agency" and not found.flags
    if (
        found is not None
        and found.scope == "agency"
        and any(_is_place(line.strip()) for line in text.split("\n")[1:])
    ):
        return found
    whole = read_subject(text.replace("\n", ""), kind)
    if whole is None or whole.scope != "agency":
        return found
    if whole.flags:  # the lines are one name, unless each is a name
        words = all(_LETTERS.fullmatch(line.strip()) for line in text.split("\n")[1:])
        return whole if words and len(whole.name) > len(found.name if found else "") else found
    return whole if not known or found is None or len(whole.name) > len(found.name) else found


def _is_place(line: str) -> bool:
    return line in place_names("province") or line in place_names("district")


def _with_dot(words: str) -> str:
    """Return the words of a name with the dot of an abbreviation in its place: "ทต ขุนยวม", "อบต .แม่ฮี้"."""
    words = _SPACED_DOT.sub(".", words)
    first, space, rest = words.partition(" ")
    return f"{first}.{rest}" if space and f"{first}." in _abbreviations() else words


@cache
def _abbreviations() -> frozenset[str]:
    kinds = (*agency_types("local"), *agency_types("other"))
    return frozenset(one.written for one in kinds if one.written.endswith("."))


def _of_level(level: LevelWords, words: str) -> Subject:
    kind = type_in_mean(words) if level.level != "type" else None
    if kind in PLACE_KINDS:
        return Subject("mean", words, kind)
    if name := level.name if level.level == "type" else kind:
        return Subject("type", name, name)
    if level.level == "national":
        return Subject("national", "ประเทศ")
    province, ministry = province_in(words), ministry_in(words)
    kind = next((full for full in local_kinds() if fold(full) in fold(words)), None)
    if kind and not _PART_OF_LEVEL.search(fold(words).replace(fold(kind), "").replace("ประเภท", "")):
        return Subject("type", kind, kind, province)
    if _PART_OF_LEVEL.search(words):
        return Subject("mean", words)
    if province:
        return Subject("province", f"จังหวัด{province}", None, province)
    return Subject("ministry", ministry) if ministry else Subject("mean", words)


def _agency(words: str) -> Agency | None:
    found = find_agencies(words, alone=True)
    return found[0] if found and found[0].start == 0 else None


def _written_out(words: str) -> str | None:
    """Return a name with its first word written out that is abbreviated or mistyped in an unusual way: "อบต,ท่ายาง".

    The name must be that of a place, or free; else the first word may be another one.
    """
    named = read_kind(words)
    if words.endswith(".") or named.kind is None or not named.own or fold(words).startswith(named.kind.full):
        return None
    whole = named.kind.full + named.own
    found = _agency(whole)
    if found is None:
        return whole if named.own in place_names("subdistrict") else None
    return None if "unknown_place" in found.doubt else whole


def _of_agency(agency: Agency, words: str) -> Subject:
    rest = words[agency.end :]
    province = province_in(rest) or province_in(f"จังหวัด{rest.strip()}" if rest.strip() else "")
    if agency.agency_type in ("อบจ.", "จังหวัด"):
        province = agency.place_name
    doubts = [one for one in agency.doubt if one in ("cut", "unknown_place")]
    name, more = agency.name, _LETTERS.match(rest)
    if "cut" in doubts and more:  # a cell holds a name and no sentence
        name, rest, doubts = name + more[0], rest[more.end() :], ["unknown_place"]
    placed = province is not None or district_in(rest) is not None
    goes_on = not placed and _LETTERS.fullmatch(rest.strip()) is not None
    if (goes_on or _ABBREVIATED.search(words)) and "cut" not in doubts:
        doubts.append("cut")  # the list shortens the name, or it goes on in the next line of its cell
    flags = tuple(Flag.AGENCY_DOUBT.of(one) for one in doubts)
    return Subject("agency", name, agency.agency_type, province, district_in(rest), flags)


def in_surroundings(subject: Subject, around: Surroundings) -> Subject:
    """Return a subject with what the text around it says: the scope of a mean, and the place of an agency."""
    if (
        subject.scope == "mean" and subject.agency_type
    ):  # of the place that the words around name, or of all such
        if subject.agency_type == PROVINCES and around.province:
            return Subject("province", f"จังหวัด{around.province}", None, around.province)
        if around.province or around.part:
            return replace(subject, scope=None, flags=(Flag.AMBIGUOUS_SCOPE,))
        return Subject("type", subject.agency_type, subject.agency_type)
    if subject.scope == "mean":
        found = None if _PART_OF_LEVEL.search(subject.name) else _mean_of(around)
        return found or replace(subject, scope=None, flags=(Flag.AMBIGUOUS_SCOPE,))
    if subject.scope is None:  # a province: as an agency, or as the mean of its agencies
        flags = subject.flags if around.stated else (*subject.flags, Flag.AMBIGUOUS_SCOPE)
        return replace(subject, scope="province" if around.means else "agency", flags=flags)
    if subject.scope == "agency" and subject.province is None:
        return replace(subject, province=around.province)
    return subject


def _mean_of(around: Surroundings) -> Subject | None:
    """Return the level that a mean without a name belongs to: what a row above names, else the title."""
    for fields in (around.inner, frozenset({"province", "ministry", "kind"}) - around.inner):
        if "province" in fields and around.province and (not around.part or fields is around.inner):
            return Subject("province", f"จังหวัด{around.province}", None, around.province)
        if "ministry" in fields and around.ministry:
            return Subject("ministry", around.ministry)
        if "kind" in fields and around.kind:
            return Subject("type", around.kind, around.kind)
    return Subject("national", "ประเทศ") if around.national else None
