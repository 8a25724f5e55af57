"""Messages of verdicts in Thai and English, from the templates in rules/messages.csv."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from thaita.check.official.measures import indicator_of
from thaita.models.finding_kinds import FindingKind
from thaita.models.problem_codes import ProblemCode
from thaita.models.verdicts import Language, Unseen, Verdict
from thaita.normalize.frameworks import every_indicator

_WORD = re.compile(r"@([a-z_.]*[a-z_])")


@cache
def texts(language: Language) -> Mapping[str, str]:
    """Return the templates of a language by name, including the names of the kinds of finding and of problems."""
    data = resources.files("thaita.check.rules").joinpath("messages.csv").read_text("utf-8-sig")
    kinds = {f"kind.{kind}": kind.meaning(language) for kind in FindingKind}
    kinds |= {f"problem.{code}": code.meaning(language) for code in ProblemCode}
    return kinds | {row["message"]: row[language] for row in csv.DictReader(data.splitlines())}


def text(name: str, language: Language, **values: object) -> str:
    """Return one message with its placeholders filled in.

    `@part.owner` in a value is replaced by the message of that name, or by its last word (`owner`) if there is none.

    >>> text("page.unread", "en", count=3)
    '3 files could not be read as reports; problems.csv of a dataset names them.'
    """
    known = texts(language)
    filled = known[name].format(**values)
    return _WORD.sub(lambda word: known.get(word[1], word[1].rpartition(".")[2]), filled)


def measure_name(measure: str, language: Language) -> str:
    """Return the name of a measure of results: that of an indicator, of an instrument, ...

    >>> measure_name("i3", "en"), measure_name("oit", "en")
    ('3. Use of authority', 'OIT')
    """
    number = indicator_of(measure)
    if number is None:
        return text(f"measure.{measure}", language)
    one = every_indicator()[number]
    return f"{number}. {one.name if language == 'th' else one.english}"


def say(verdict: Verdict, language: Language) -> str:
    """Return the message of a verdict, with the one for what was read in it if the whole report was not."""
    values = dict(verdict.values)
    if verdict.was:
        values["found"] = text(verdict.was, language, **verdict.values)
    return text(verdict.message, language, **values)


def banner(unseen: Iterable[Unseen], language: Language) -> list[str]:
    """Return what could not be read of a report, one sentence each."""
    return [text(name, language, **values) for name, values in unseen]


def source_of(verdict: Verdict, language: Language) -> str:
    """Return the source of a verdict's rule or figures; in Thai where it has a Thai name."""
    source = verdict.source or verdict.rule.source
    if language == "en":
        return source
    known = _thai_sources()
    return known.get(source) or "; ".join(known.get(part, part) for part in source.split("; "))


@cache
def _thai_sources() -> Mapping[str, str]:
    data = resources.files("thaita.check.rules").joinpath("sources.csv").read_text("utf-8-sig")
    return {row["source"]: row["source_th"] for row in csv.DictReader(data.splitlines())}


_SURE = (
    ("seen+checked", "seen"),
    ("seen ", "part"),
    ("seen", "seen"),
    ("inferred", "inferred"),
    ("logic", "logic"),
    ("of the year", "year"),
)


def how_sure(verdict: Verdict, language: Language) -> str:
    """Return the confidence in the rule of a verdict, in words."""
    confidence = verdict.confidence or verdict.rule.confidence
    word = next((word for start, word in _SURE if confidence.startswith(start)), "general")
    return text(f"sure.{word}", language)
