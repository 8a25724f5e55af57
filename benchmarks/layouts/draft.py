"""A report while it is composed: its facts, its phrases, the digits it writes, and the gold of what it states."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any, Literal

from bank import Bank
from document import Block, Cell, Heading, Item, Paragraph
from elsewhere import Elsewhere
from facts import INSTRUMENTS, NAMES, Agency, Results

THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
Digits = Literal["arabic", "thai", "mixed"]
Numbering = Literal["none", "decimal", "thai letters", "parts", "chapters", "paren"]
THAI_LETTERS = "กขคงจฉชซฌญฎฏ"
DRAWS = 40
"""How many phrases are tried for one that suits; the last of them is taken in any case."""


@dataclass
class Draft:
    """The state of one report. `forms` names the form chosen for each aspect; `gold` grows with the text."""

    random: Random
    bank: Bank
    agency: Agency
    results: Results
    last: Results
    other: Agency
    digits: Digits = "arabic"
    numbering: Numbering = "none"
    look: Literal["style", "bold", "plain", "underline"] = "style"
    trailing_zeros: bool = True
    forms: dict[str, str] = field(default_factory=dict)
    gold: dict[str, Any] = field(default_factory=dict)
    overall_stated: bool = False
    plan_year: int | None = None
    _counters: list[int] = field(default_factory=lambda: [0] * 4)
    _spelling: dict[int, str] = field(default_factory=dict)
    _list_style: str = ""

    def __post_init__(self) -> None:
        self.gold |= {"report": {}, "scores": [], "findings": [], "limitations": [], "measures": []}
        self.elsewhere = Elsewhere(self.random, self.results, self.last)

    # digits and numbers

    def figures(self, text: str, *, table: bool = False) -> str:
        """Return a text with its digits as this report writes them, in prose or in tables."""
        thai = self.digits == "thai" or (self.digits == "mixed" and not table)
        return text.translate(THAI) if thai else text

    def score(self, value: Decimal, *, table: bool = False) -> str:
        """Return a score as this report writes it."""
        text = f"{value:.2f}"
        if not self.trailing_zeros:
            text = text.rstrip("0").rstrip(".")
        return self.figures(text, table=table)

    # phrases

    def say(self, role: str, suits: Callable[[str], bool] | None = None, **values: str) -> str:
        """Return a sentence of this role, its placeholders filled and its digits as in prose.

        `suits` says of a phrase whether it may stand here.
        """
        if role == "d_budget":
            values = {"n": f"{self.random.randint(2, 120) * 10_000:,}"} | values
        if role == "d_count":
            values = {"n": str(self.random.choice((27, 48, 85, 120, 356)))} | values
        if role.startswith("d_"):
            values = {"score": self.score(self.elsewhere.score(role))} | values
        return self.fill(self.phrase("sentences", suits, role=role), **values)

    def phrase(self, bank: str, suits: Callable[[str], bool] | None, **kinds: str) -> str:
        """Return the text of a row of a bank that suits, if one of the first draws does."""
        for _ in range(DRAWS):
            text = self.bank.draw(bank, **kinds)["text"]
            if suits is None or suits(text):
                break
        return text

    def fill(self, text: str, *, table: bool = False, **values: str) -> str:
        """Return a phrase with its placeholders filled."""
        year = self.results.year
        known = {
            "year": str(year),
            "last_year": str(year - 1),
            "next_year": str(year + 1),
            "agency": self.agency.name,
            "other": self.other.name,
            "overall": self.score(self.results.overall),
            "last_overall": self.score(self.last.overall),
            "level": self.results.level,
            "unit": self.random.choice(("คะแนน", "คะแนน", "คะแนน", "%")),
            "n": str(self.random.choice((3, 5, 12, 27, 48, 120, 356, 1204))),
            "indicator": NAMES[self.random.randint(1, 10)][0],
        }
        return self.figures(_apart(text, known).format_map(known | values), table=table)

    def names_agency(self, text: str) -> bool:
        """Return whether a text holds the agency's name, in whichever digits."""
        return self.agency.name.translate(THAI) in text.translate(THAI)

    def head(self, role: str, **values: str) -> str:
        """Return the words of a column head."""
        return self.fill(self.bank.draw("headers", role=role)["text"], table=True, **values)

    def name(self, no: int) -> str:
        """Return an indicator's name, spelled the same in the whole report."""
        if no not in self._spelling:
            self._spelling[no] = self.random.choice(NAMES[no])
        return self._spelling[no]

    def heading(
        self, meaning: str, level: int = 1, suits: Callable[[str], bool] | None = None, **values: str
    ) -> Heading:
        """Return a numbered heading of this meaning, in the report's look; `suits` as in `say`."""
        return self.titled(self.fill(self.phrase("headings", suits, meaning=meaning), **values), level)

    def titled(self, text: str, level: int = 1) -> Heading:
        """Return a heading with these words, numbered and marked as the report does it."""
        self._counters[level - 1] += 1
        self._counters[level:] = [0] * (len(self._counters) - level)
        return Heading(self.figures(f"{self._number(level)}{text}"), level, self.look)

    def _number(self, level: int) -> str:
        own = self._counters[level - 1]
        path = ".".join(str(count or 1) for count in self._counters[:level])
        match self.numbering:
            case "decimal":
                return f"{path}. " if level == 1 else f"{path} "
            case "thai letters":
                return (
                    f"{THAI_LETTERS[(own - 1) % 12]}. "
                    if level == 1
                    else f"{own}. "
                    if level == 2
                    else f"{own}) "
                )
            case "parts":
                return f"ส่วนที่ {own} " if level == 1 else f"{own}. " if level == 2 else f"({own}) "
            case "chapters":
                return f"บทที่ {own} " if level == 1 else f"{path} "
            case "paren":
                return f"{own}. " if level == 1 else f"{own}) " if level == 2 else f"({own}) "
        return ""

    @property
    def chapter(self) -> str:
        """The number of the present part with a full stop, where parts below it are to be numbered by it."""
        return (
            f"{self._counters[0]}." if self.numbering in ("decimal", "chapters") and self._counters[0] else ""
        )

    def items(
        self, texts: list[str], style: str | None = None, depth: int = 0, start: int = 1
    ) -> list[Block]:
        """Return a list with markers of one style: "1.", "1)", "(1)", "-", "•", "–", "ก." or "auto".

        Lists whose style is not given have the same in the whole report.
        """
        self._list_style = self._list_style or self.random.choice(("1.", "1)", "(1)", "-", "•", "auto"))
        style = style or self._list_style
        return [
            Item(text, self.marker(style, number), depth, style == "auto", number == start)
            for number, text in enumerate(texts, start)
        ]

    def marker(self, style: str, number: int, *, table: bool = False) -> str:
        """Return the marker of an item."""
        if style == "ก.":
            return f"{THAI_LETTERS[(number - 1) % 12]}."
        numbered = {"1.": f"{number}.", "1)": f"{number})", "(1)": f"({number})", "auto": f"{number}."}
        return self.figures(numbered.get(style, style), table=table)

    # gold

    def state_agency(self) -> None:
        """Record that the document states the agency and its places."""
        agency = self.agency
        places = {name: getattr(agency, name) for name in ("subdistrict", "district", "province")}
        self.gold["report"] |= {"agency": agency.name, "agency_type": agency.agency_type} | places

    def state_year(self) -> None:
        """Record that the document states the year of the results."""
        self.gold["report"]["fiscal_year"] = self.results.year

    def state_plan_year(self, year: int) -> None:
        """Record that the document states the year of the measures."""
        self.plan_year = year
        self.gold["report"]["plan_year"] = year

    def state_overall(self, *, score: bool = True, level: bool = False) -> None:
        """Record that the document states the overall score, its level or both."""
        if score:
            self.overall_stated = True
            self.gold["report"]["overall_score"] = float(self.results.overall)
        if level:
            self.gold["report"]["grade"] = self.results.level

    def state_score(self, no: int, words: str) -> None:
        """Record that the document states an indicator's score; `words` are those of its row or sentence."""
        if any(entry["indicator_no"] == no for entry in self.gold["scores"]):
            return
        self.gold["scores"].append(
            {
                "indicator_no": no,
                "instrument": INSTRUMENTS[no],
                "score": float(self.results.scores[no]),
                "name_as_written": self.name(no),
                "words": words,
            }
        )

    def state_finding(
        self,
        kind: str,
        text: str,
        *,
        no: int | None = None,
        instrument: str | None = None,
        topic: int | None = None,
        item: str | None = None,
        required: bool = True,
    ) -> str:
        """Record a finding with the labels that the document gives it; return its text."""
        if kind == "limitation":
            self.gold["limitations"].append(text)
            return text
        entry = {"kind": kind, "text": text, "instrument": instrument, "indicator_no": no, "topic_no": topic}
        self.gold["findings"].append(entry | {"item_code": item, "required": required})
        return text


def _apart(text: str, known: dict[str, str]) -> str:
    """Return a phrase with a space behind the names that end in a digit or a bracket."""
    for name in ("agency", "other"):
        if re.search(r"[\d)]$", known[name]):
            text = re.sub(rf"\{{{name}\}}(?=[\u0e01-\u0e59])", f"{{{name}}} ", text)
    return text


def paragraph(text: str) -> Paragraph:
    """Return a paragraph with an indented first line, as official letters have it."""
    return Paragraph(text, indent=True)


def header(*texts: str) -> list[Cell]:
    """Return a bold, centred row of cells."""
    return [Cell(text, bold=True, align="center") for text in texts]
