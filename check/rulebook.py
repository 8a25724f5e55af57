"""Reading of rule files: one for each year, and one with the rules for every year.

The `check` of a rule is a name in `CHECKS` or `AMONG` of check.judge; docs/rules.md describes each check.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import cast

from thaita.models.errors import ThaitaError
from thaita.models.records import Severity
from thaita.models.verdicts import Language, Rule
from thaita.normalize.match_key import fold

EVERY_YEAR = "every_year"

_COLUMNS = ("rule", "check", "argument", "kinds", "severity", "confidence", "source", "title_en", "title_th")
_SEVERITIES = ("error", "warning", "info")
_YEAR_FILE = re.compile(r"(\d{4})\.csv")


class RuleError(ThaitaError):
    """A rule file that cannot be used; the message names the file, the line and the error."""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules of each fiscal year (B.E.) that has a file, and the rules for every year."""

    years: dict[int, tuple[Rule, ...]]
    every_year: tuple[Rule, ...]

    def of(self, year: int | None) -> tuple[Rule, ...]:
        """Return the rules of a year, then those for every year that do not repeat them."""
        own = self.years.get(year, ()) if year is not None else ()
        asked = {one for rule in own for one in _asked(rule)}
        return (*own, *(rule for rule in self.every_year if not set(_asked(rule)) <= asked))


def _asked(rule: Rule) -> Iterator[tuple[str, str, str]]:
    """Yield each requirement of a rule as (check, part, kind of report)."""
    for kind in rule.kinds or ("",):
        for part in rule.argument.split("|"):
            yield rule.check, part, kind


@cache
def own_rules() -> Rulebook:
    """Return the rules shipped with the package."""
    return read_rules(resources.files("thaita.check.rules"))


def read_rules(folder: Traversable, base: Rulebook | None = None) -> Rulebook:
    """Return the rules in a folder (`2569.csv` and so on), added to those of `base`.

    A file replaces the rules of `base` for the same year; other files are ignored. Raises RuleError for an
    invalid rule file, OSError for one that cannot be read.
    """
    years = dict(base.years) if base else {}
    every_year = base.every_year if base else ()
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        year = _YEAR_FILE.fullmatch(file.name)
        if year:
            years[int(year[1])] = tuple(_rules(file, int(year[1])))
        elif file.name == f"{EVERY_YEAR}.csv":
            every_year = tuple(_rules(file, None))
    return Rulebook(years, every_year)


def _rules(file: Traversable, year: int | None) -> Iterator[Rule]:
    if not file.is_file():  # reading a pipe would block
        message = f"{file.name}: not a file"
        raise RuleError(message)
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        message = f"{file.name}: not UTF-8; save it as CSV UTF-8"
        raise RuleError(message) from error
    reader = csv.DictReader(lines)
    missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        message = f"{file.name}: no column {missing[0]}"
        raise RuleError(message)
    seen: set[str] = set()
    for row in reader:
        rule = _rule(file.name, reader.line_num, row, year)
        if rule.rule in seen:
            message = f"{file.name}, line {reader.line_num}: a second rule {rule.rule!r}"
            raise RuleError(message)
        seen.add(rule.rule)
        yield rule


def _rule(name: str, line: int, row: dict[str, str | None], year: int | None) -> Rule:
    cells = {column: (row[column] or "").strip() for column in _COLUMNS}
    empty = [column for column in ("rule", "check", "confidence", "source", "title_en") if not cells[column]]
    if empty:
        message = f"{name}, line {line}: {empty[0]} is empty"
        raise RuleError(message)
    if cells["severity"] not in _SEVERITIES:
        message = f"{name}, line {line}: severity must be one of {', '.join(_SEVERITIES)}"
        raise RuleError(message)
    title: dict[Language, str] = {"en": cells["title_en"], "th": cells["title_th"] or cells["title_en"]}
    return Rule(
        rule=cells["rule"],
        year=year,
        check=cells["check"],
        argument=cells["argument"],
        kinds=tuple(filter(None, cells["kinds"].split("|"))),
        severity=cast("Severity", cells["severity"]),
        confidence=cells["confidence"],
        source=cells["source"],
        title=title,
    )


def severity_of(severity: Severity, confidence: str) -> Severity:
    """Return the severity of a failure, limited by the confidence in the rule.

    A rule found in a source keeps its severity, one that was inferred or belongs to a similar scheme is at most
    a warning, and one based on general knowledge is only information.

    >>> severity_of("error", "seen"), severity_of("error", "inferred"), severity_of("error", "general knowledge")
    ('error', 'warning', 'info')
    """
    if severity == "info" or not re.match(r"seen|inferred|logic", confidence):
        return "info"
    full = re.fullmatch(r"seen(?:\+checked)?|logic", confidence)
    return severity if full else "warning"


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """Return the match keys of the words in words.csv by the kind of finding that they express."""
    data = resources.files("thaita.check.rules").joinpath("words.csv").read_text("utf-8-sig")
    found: dict[str, tuple[str, ...]] = {}
    for row in csv.DictReader(data.splitlines()):
        found[row["kind"]] = (*found.get(row["kind"], ()), fold(row["words"]))
    return found


def says_so(text: str, kinds: tuple[str, ...]) -> bool:
    """Return whether a text contains words that express one of these kinds of finding.

    >>> says_so("หน่วยงานควรพัฒนาช่องทางการติดต่อ", ("improvement",)), says_so("ควรรักษามาตรฐานไว้", ("improvement",))
    (True, False)
    """
    folded = fold(text)
    return any(word in folded for kind in kinds for word in _words().get(kind, ()))
