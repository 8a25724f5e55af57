"""Fuzz targets for the normalizers: any text gives a value or nothing, and no error except a documented one."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module

import thaita.normalize
from fuzz import seeds, text_moves
from fuzz.holds import hold
from fuzz.readers import Target
from thaita.models.source_text import SourceText
from thaita.normalize.numerals import Number, find_numbers
from thaita.normalize.thai.document_diagnosis import DocumentDamage, diagnose

_ROOT = "thaita.normalize."

_OFFSET = 1000
"""Offset of the texts in their source, so that a wrong offset is noticed."""

_MORE: dict[str, tuple[object, ...]] = {
    "agency_ids.agency_id": ("1001", "10"),
    "agency_names.known_name": (0, "any"),
    "grades.grade_after": (0,),
    "headings.likely_heading": (0.5, 1.0),
    "dates.parse_period": (2568,),
    "grades.grade_band": (2567,),
    "item_indicators.indicator_of": (2567,),
    "items.decode_item": (2566,),
    "items.find_items": (2566,),
    "items.last_number": (2567,),
    "names.best_match": ((),),
    "place_names.codes_of": ("district",),
    "places.ends_name": (3,),
    "places.known_prefixes": (0, "district"),
    "note_marks.belongs_to_number": ("2",),
    "places.resolve": ("เมือง", "ชลบุรี"),
    "schemes.find_scheme": ("คุณธรรม", None),
    "truncate.shortened": (20,),
    "thai.letters.adjacent_letters": (2, 5),
    "thai.lexicon.read_sara_am": (0.01, 0.01),
    "thai.document_diagnosis.replace_letters": ((("c", "่"), ("É", "้")),),
    "thai.damage_sites.torn_sites": (True,),
}
"""Further arguments of functions, after the text."""

RAISES: dict[str, str] = {"date_forms.parse_date": "NoDateError", "date_forms.be_year": ""}
"""The documented error of a function for a text that it cannot parse."""

KEYED = frozenset(
    {"date_forms.date_words", "date_forms.any_word", "names.read_table", "frameworks.rows_of", "place_names.place_words", "place_names.place_names",
     "place_names.openings", "place_names.abolished_names", "place_names.names_of", "thai.letters.glyphs",
     "thai.letters.csv_rows", "statuses.ticked_status", "grades.grade_band", "items.last_number", "item_indicators.indicator_of", "date_forms.be_year",
     "agency_names.own_name", "cue_words.cue_words", "cue_words.any_cue", "cue_words.folded_cue", "letter_model.label_odds",
     "place_names.level_word", "place_names.level_labels"}
)  # fmt: skip
"""Functions whose text is a word of the program, of its tables or already found by a pattern: no text of a report."""

SAME_TWICE = frozenset(
    {"thai.repair.repair", "thai.repair.repair_source", "match_key.fold", "numerals.to_arabic"}
)
"""Idempotent functions."""


def functions() -> Iterator[tuple[str, Callable[..., object], bool]]:
    """Yield each public function of normalize/ that takes a text first, its name, and whether that is a SourceText."""
    for module in pkgutil.walk_packages(thaita.normalize.__path__, _ROOT):
        if module.ispkg:
            continue
        found = import_module(module.name)
        for name, function in vars(found).items():
            own = inspect.unwrap(function) if callable(function) else None
            if name.startswith("_") or not inspect.isfunction(own) or own.__module__ != found.__name__:
                continue
            first = next(iter(inspect.signature(own).parameters.values()), None)
            full = f"{module.name.removeprefix(_ROOT)}.{name}"
            if (
                first is not None
                and first.annotation in ("str", "str | None", "SourceText")
                and full not in KEYED
            ):
                yield full, function, first.annotation == "SourceText"


def _numbers(text: str | SourceText) -> list[Number]:
    return find_numbers(str(text))


def _called(name: str, function: Callable[..., object], text: str | SourceText) -> object:
    more: tuple[object, ...] = _MORE.get(name, ())
    if name == "thai.ambiguous_repairs.resolve_ambiguous":
        more = (_signs(text),)
    if name == "counts.find_changes":
        more = (_numbers(text),)
    found = function(text, *more)
    return list(found) if inspect.isgenerator(found) else found


def _signs(text: str | SourceText) -> DocumentDamage:
    return diagnose(str(text))


def understood(data: bytes, name: str, function: Callable[..., object], sourced: bool) -> str:
    """Return `found`, `nothing`, or the name of the documented error; raises if an invariant is broken."""
    chars = (
        data.decode("utf-8", "surrogatepass" if b"\xed" in data else "replace")
        if _decodes(data)
        else data.decode("utf-8", "replace")
    )
    text = SourceText.at(chars, _OFFSET) if sourced else chars
    try:
        found = _called(name, function, text)
    except ValueError as error:
        hold(type(error).__name__ == RAISES.get(name), f"{name} raises {type(error).__name__}: {error}")
        return type(error).__name__
    _hold_spans(found, chars)
    if name in SAME_TWICE:
        hold(
            str(_called(name, function, found)) == str(found), f"{name} changes nothing more the second time"
        )
    return "found" if found else "nothing"


def _decodes(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _hold_spans(found: object, chars: str) -> None:
    """Check that places lie in the text: of a changed text each letter's, of what was found in it each span."""
    if isinstance(found, SourceText):
        hold(len(found.chars) == len(found.origin), "each letter has a place")
        hold(
            all(_OFFSET <= at < _OFFSET + max(1, len(chars)) for at in found.origin),
            "letters come from the text",
        )
    for one in found if isinstance(found, list) else ():
        span = getattr(one, "span", None) or (getattr(one, "start", None), getattr(one, "end", None))
        if None not in span and all(isinstance(at, int) for at in span):
            hold(0 <= span[0] <= span[1] <= len(chars), f"what is found stands in the text: {one}")


def _lines() -> tuple[bytes, ...]:
    """Return the lines and cells of the seeds, which are the input of normalizers."""
    found = {
        part for data in seeds.texts() for line in data.splitlines() for part in (line, *line.split(b"|"))
    }
    return tuple(sorted(part for part in found if part.strip()))


NORMALIZERS = tuple(
    Target(
        name, partial(understood, name=name, function=function, sourced=sourced), _lines, text_moves.mutate
    )
    for name, function, sourced in functions()
)
"""Every function of normalize/ that takes a text of a report."""
