"""Repairs with several possible readings: the resulting words decide, and ambiguous text stays unchanged."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from thaita.models.source_text import SourceText
from thaita.normalize.thai.broken_words import Damage, find_forms
from thaita.normalize.thai.damage_sites import SHIFTED, Site, shifted_sites, torn_sites
from thaita.normalize.thai.document_diagnosis import DocumentDamage, replace_letters
from thaita.normalize.thai.letters import CONSONANT, LETTER, adjacent_letters, glyph_map
from thaita.normalize.thai.lexicon import lexicon, read_sara_am


def resolve_ambiguous(text: SourceText, damage: DocumentDamage) -> SourceText:
    """Return the text with each damaged place replaced by the reading that the words around it make most likely."""
    text = _restore_marks(text, damage)
    text = _apply_cheapest(text, torn_sites(text.chars, damage.torn))
    text = _apply_best(text, _ambiguous_sites(text.chars, damage))
    if damage.sara_am or damage.aa_as_am:
        text = _reread_sara_am(text, damage)
    return text


def _ambiguous_sites(chars: str, damage: DocumentDamage) -> Iterator[Site]:
    yield from _broken_word_sites(chars, damage)
    if damage.am_as_tone:
        yield from _am_tones(chars)
    if damage.shifted:
        yield from shifted_sites(chars)
        yield from _torn_words(chars)


def with_evidence(damage: DocumentDamage, chars: str) -> DocumentDamage:
    """Return the damage extended by evidence in the line itself, so that the whole line is treated alike."""
    return replace(damage, shifted=damage.shifted or bool(SHIFTED.search(chars)) or "\ufffd" in chars)


def _apply_best(text: SourceText, sites: Iterable[Site]) -> SourceText:
    """Return the text with the winning readings; of sites close to each other, only the surest is used."""
    won = [choice for site in sites if (choice := _best_choice(text.chars, site))]
    taken: list[_Choice] = []
    covered = bytearray(len(text) + _MIN_DISTANCE)
    for choice in sorted(won, key=lambda choice: (-choice.gain, choice.start)):
        if not any(covered[choice.start : choice.end]):
            start, end = max(0, choice.start - _MIN_DISTANCE), choice.end + _MIN_DISTANCE
            covered[start:end] = b"\1" * (end - start)
            taken.append(choice)
    return _replaced(text, [(choice.start, choice.end, choice.reading) for choice in taken])


_MIN_DISTANCE = 8
"""Sites this close share words: once the surest is repaired, the others are evaluated again."""


def _apply_cheapest(text: SourceText, sites: Iterable[Site]) -> SourceText:
    """Return the text with the cheapest reading at each site, whatever the current text is.

    Each site is evaluated next to the first reading of its neighbors, because their current text forms no
    words.
    """
    chosen: list[Site] = []
    for site in sorted(sites, key=lambda site: (site.start, -site.end)):
        if not chosen or site.start >= chosen[-1].end:
            chosen.append(site)
    ends = [0, *(site.end for site in chosen)]
    pieces: list[str] = []
    for end, site in zip(ends, chosen, strict=False):
        pieces += [text.chars[end : site.start], site.readings[0][0]]
    pieces.append(text.chars[ends[-1] :])
    readings = [_cheapest(pieces, 2 * n + 1, site) for n, site in enumerate(chosen)]
    return _replaced(
        text, [(site.start, site.end, reading) for site, reading in zip(chosen, readings, strict=True)]
    )


_MAX_PIECES = 8
"""Maximum number of pieces around a site that are evaluated; empty pieces do not count."""


def _cheapest(pieces: list[str], at: int, site: Site) -> str:
    before = "".join(pieces[max(0, at - _MAX_PIECES) : at])
    left, right = adjacent_letters(
        before + "".join(pieces[at + 1 : at + 1 + _MAX_PIECES]), len(before), len(before)
    )
    words = lexicon()
    return min(site.readings, key=lambda option: words.cost(left + option[0] + right) + option[1])[0]


def _replaced(text: SourceText, edits: list[tuple[int, int, str]]) -> SourceText:
    """Return the text with each of the non-overlapping ranges replaced; offsets are preserved."""
    return text.edit(sorted(edits))


@dataclass(frozen=True, slots=True)
class _Choice:
    start: int
    end: int
    reading: str
    gain: float


def _best_choice(chars: str, site: Site) -> _Choice | None:
    left, right = adjacent_letters(chars, site.start, site.end)
    words = lexicon()
    costs = [(words.cost(left + reading + right) + handicap, reading) for reading, handicap in site.readings]
    best, reading = min(costs, key=lambda item: item[0])
    stands = chars[site.start : site.end]
    gain = words.cost(left + stands + right) - best
    return _Choice(site.start, site.end, reading, gain) if reading != stands and gain >= site.gain else None


_GAIN: dict[Damage, float] = {
    "am_lost": 5.0,
    "am_tone": 5.0,
    "aa_as_am": 5.0,
    "tone_lost": 8.0,
    "shifted": 6.0,
}
_GAIN_SIGNED = 3.0


def _broken_word_sites(chars: str, damage: DocumentDamage) -> Iterator[Site]:
    known = {
        "am_lost": bool(damage.sara_am),
        "am_tone": damage.am_as_tone,
        "aa_as_am": damage.aa_as_am,
        "tone_lost": damage.tones_lost,
        "shifted": damage.shifted,
    }
    for hit in find_forms(chars):
        if hit.form in lexicon() and not known[hit.damage]:
            continue
        gain = _GAIN_SIGNED if known[hit.damage] else _GAIN[hit.damage]
        yield Site(hit.start, hit.end, ((hit.word, 0.0),), gain)


_AM_TONE = re.compile(rf"(?<=[{CONSONANT}])[่้]า")


def _am_tones(chars: str) -> Iterator[Site]:
    for match in _AM_TONE.finditer(chars):
        yield Site(*match.span(), (("ำ", 0.0),), _GAIN_SIGNED)


_GAP = re.compile(rf"(?<=[{LETTER}]) (?=[{LETTER}])")
_GAIN_GAP = 8.0


def _torn_words(chars: str) -> Iterator[Site]:
    """Yield the spaces between pieces that are not both words, inserted together with a shifted mark.

    A space between two words stays, although they may form one word ("ปฏิบัติ หน้าที่" in a narrow cell).
    Fonts that shift marks also split words after ำ ("ดำ เนินการ").
    """
    words = lexicon()
    for match in _GAP.finditer(chars):
        left, right = adjacent_letters(chars, *match.span())
        if left.endswith("ำ") or not (words.spells(left) and words.spells(right)):
            yield Site(*match.span(), (("", 0.0),), _GAIN_GAP)


_SARA_RUN = re.compile(rf"[{LETTER}]*[าำ][{LETTER}]*")
_LOST_COST = {"": math.inf, "mixed": 5.0, "lost": 2.5}
_GAINED_COST = 3.0


def _reread_sara_am(text: SourceText, damage: DocumentDamage) -> SourceText:
    """Read every run of letters again where the document confuses ำ and า."""
    gained = _GAINED_COST if damage.aa_as_am else math.inf
    return text.sub(_SARA_RUN, lambda match: read_sara_am(match[0], _LOST_COST[damage.sara_am], gained))


_ACCENTED = re.compile(rf"(?<=[{CONSONANT}ัิ-ฺ])[À-ÿ](?![A-Za-zÀ-ÿ])")


def _restore_marks(text: SourceText, damage: DocumentDamage) -> SourceText:
    """Replace Latin letters that stand for Thai marks in a font by those marks."""
    text = replace_letters(text, damage.letters)
    if text.chars.isascii() or not _ACCENTED.search(text.chars):
        return text
    marks = glyph_map("accent")
    sites = (
        Site(*match.span(), ((match[0].translate(marks), 0.0),), _SURE_ACCENT)
        for match in _ACCENTED.finditer(text.chars)
        if ord(match[0]) in marks
    )
    return _apply_best(text, sites)


_SURE_ACCENT = 10.0
