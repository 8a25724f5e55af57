"""Damages Thai text as real documents do, kind by kind, at the observed rate or any other.

Rates are damaged places per 100,000 characters. Those marked "seen" were counted in published documents read
by a common PDF engine or word processor. Those marked "chosen" are estimates of the same order for kinds that
were observed but not counted. Tags, entities and field residue are never changed, nor are line feeds, tabs
and pipes.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from thaita.normalize.thai.letters import CONSONANT, LETTER, MARK, TONE, glyph_map

Breaker = Callable[[re.Match[str], random.Random], str]

_MARKUP = re.compile(r"<[^<>]*>|&#?\w+;|\[[a-z]+:[^\]]*\]|\*\*|__|\|[-:| ]+\|")
_FONT_LETTERS = {"่": "c", "ั": "a", "้": "d"}
_ACCENTS = {"่": "É", "้": "Ê", "์": "Í"}
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


@dataclass(frozen=True)
class Kind:
    """A kind of damage: its rate, its possible places, and its effect.

    A `rate` of infinity damages every place: the kind is a property of the whole file.
    """

    rate: float
    places: re.Pattern[str]
    break_: Breaker
    note: str


def damage(text: str, kind: str, rate: float | None, rng: random.Random) -> str:
    """Return the text with damage of one kind at `rate` places per 100,000 characters, or the observed rate."""
    what = KINDS[kind]
    guarded = [match.span() for match in _MARKUP.finditer(text)]
    places = [
        match
        for match in what.places.finditer(text)
        if all(match.end() <= start or end <= match.start() for start, end in guarded)
    ]
    if not places:
        return text
    wanted = (what.rate if rate is None else rate) * len(text) / 100_000
    chance = min(1.0, wanted / len(places))
    parts: list[str] = []
    done = 0
    for match in places:
        if rng.random() < chance:
            parts += [text[done : match.start()], what.break_(match, rng)]
            done = match.end()
    return "".join([*parts, text[done:]])


def _replacement(_: re.Match[str], rng: random.Random) -> str:
    return rng.choice(("\ufffdำ", "ำ\ufffd", "\ufffdา"))


def _lao(match: re.Match[str], _: random.Random) -> str:
    thai_to_lao = {thai: chr(lao) for lao, thai in glyph_map("lao").items()}
    return thai_to_lao.get(match[0], match[0])


def _private(match: re.Match[str], rng: random.Random) -> str:
    return rng.choice(
        [chr(code) for code, thai in glyph_map("thai").items() if thai == match[0]] or [match[0]]
    )


def _box(match: re.Match[str], rng: random.Random) -> str:
    return rng.choice([chr(code) for code, box in glyph_map("box").items() if box == match[0]])


def _other_script(match: re.Match[str], rng: random.Random) -> str:
    number = match[0]
    at = rng.randrange(1, len(number))
    table = _TO_ARABIC if "๐" <= number[at] <= "๙" else _TO_THAI
    return number[:at] + number[at].translate(table) + number[at + 1 :]


def _latin1(match: re.Match[str], _: random.Random) -> str:
    return match[0].encode("tis-620").decode("latin-1")


KINDS: dict[str, Kind] = {
    "am_lost": Kind(340, re.compile("ำ"), lambda _m, _r: "า", "seen: pdftotext"),
    "am_torn": Kind(
        750,
        re.compile(rf"(?<=[{CONSONANT}])([{TONE}]?)ำ"),
        lambda m, _r: f" {m[1]}า",
        "seen: MuPDF, pdfminer",
    ),
    "am_tone": Kind(
        60,
        re.compile(rf"(?<=[{CONSONANT}])([{TONE}]?)ำ"),
        lambda m, r: (m[1] * 2 or r.choice("้่")) + "า",
        "chosen",
    ),
    "am_decomposed": Kind(250, re.compile("ำ"), lambda _m, _r: "ํา", "seen: budget books"),
    "aa_as_am": Kind(
        200,
        re.compile(rf"(?:[{LETTER}]*?า){{1,3}}"),
        lambda m, _r: m[0].replace("า", "ำ"),
        "seen: MuPDF 200, pdftotext 120",
    ),
    "replacement": Kind(100, re.compile("ำ"), _replacement, "chosen"),
    "pushed": Kind(
        150,
        re.compile(rf"([{CONSONANT}])([{MARK}]+)([{CONSONANT}])(?![{MARK}])"),
        lambda m, _r: m[1] + m[3] + m[2],
        "chosen",
    ),
    "pushed_torn": Kind(
        100,
        re.compile(rf"([{CONSONANT}])([{MARK}]+)([{CONSONANT}])(?=[{LETTER}])(?![{MARK}])"),
        lambda m, _r: f"{m[1]}{m[3]}{m[2]} ",
        "chosen",
    ),
    "tall_space": Kind(
        80, re.compile(rf"[ปฝฟ][{MARK}]+(?=[{CONSONANT}])"), lambda m, _r: m[0] + " ", "chosen"
    ),
    "mark_space": Kind(
        460, re.compile(rf"(?<=[{CONSONANT}])[{MARK}]"), lambda m, _r: " " + m[0], "seen: pdftotext"
    ),
    "tone_first": Kind(60, re.compile(rf"([ัิ-ู])([{TONE}])"), lambda m, _r: m[2] + m[1], "chosen"),
    "am_first": Kind(20, re.compile(rf"([{TONE}])ำ"), lambda m, _r: "ำ" + m[1], "chosen"),
    "doubled_mark": Kind(40, re.compile(f"[{MARK}]"), lambda m, _r: m[0] * 2, "chosen"),
    "tones_lost": Kind(100, re.compile(f"[{TONE}]"), lambda _m, _r: "", "chosen"),
    "two_e": Kind(30, re.compile("แ"), lambda _m, _r: "เเ", "chosen"),
    "private_use": Kind(
        5000, re.compile(f"[{MARK}ญฐ]"), _private, "chosen: a legacy PDF had 8,100 wrong characters in all"
    ),
    "boxes": Kind(100, re.compile("[☐☑☒✓✗]"), _box, "chosen"),
    "font_letters": Kind(
        670, re.compile("[่ั้](?!า)"), lambda m, _r: _FONT_LETTERS[m[0]], "seen: a presentation-made PDF"
    ),
    "font_accents": Kind(
        670,
        re.compile(r"[่้์](?!า)"),
        lambda m, _r: _ACCENTS[m[0]],
        "chosen: as the other subset font",
    ),
    "lao": Kind(
        5, re.compile(rf"(?<=[{LETTER}])[{LETTER}](?=[{LETTER}])"), _lao, "chosen: once in five reports"
    ),
    "mixed_digits": Kind(30, re.compile("[0-9]{4}|[๐-๙]{4}"), _other_script, "chosen"),
    "number_space": Kind(
        20,
        re.compile(r"(?<=[0-9๐-๙])([.,])(?=[0-9๐-๙]{2}(?![0-9๐-๙.]))|(?<=[0-9๐-๙]),(?=[0-9๐-๙]{3}[.,])"),
        lambda m, _r: " " + m[0],
        "chosen",
    ),
    "invisible": Kind(
        275,
        re.compile(rf"(?<=[{LETTER}])(?=[{LETTER}])"),
        lambda _m, r: r.choice("\u200b\ufeff\u200d\u2060"),
        "seen: press releases",
    ),
    "no_break": Kind(100, re.compile(" "), lambda _m, _r: "\u00a0", "chosen"),
    "bold": Kind(
        20,
        re.compile(rf"(?<![{LETTER}])[{LETTER}]{{5,40}}(?![{LETTER}])"),
        lambda m, _r: "".join(char * 2 for char in m[0]),
        "chosen: a few headings",
    ),
    "tis620": Kind(float("inf"), re.compile("[ก-ฺ฿-๛]"), _latin1, "a property of the whole file"),
}
