"""The rules as Markdown: the generated part of docs/rules.md."""

from __future__ import annotations

import sys

from thaita.check.rulebook import Rulebook, own_rules, severity_of
from thaita.models.verdicts import Rule


def rules_page(book: Rulebook) -> str:
    """Return the rules of a rulebook as Markdown tables; years with the same rules share a table."""
    years: dict[tuple[str, ...], list[int]] = {}
    for year, rules in sorted(book.years.items()):
        years.setdefault(tuple(map(_line, rules)), []).append(year)
    parts = [_section(", ".join(f"FY{year}" for year in same), lines) for lines, same in years.items()]
    return "\n".join([*parts, _section("Every year", tuple(map(_line, book.every_year)))])


def _section(title: str, lines: tuple[str, ...]) -> str:
    head = [
        "| rule | asks | ถามว่า | looks for | for | at most | how sure | source |",
        "| --- |" + " --- |" * 7,
    ]
    return "\n".join([f"### {title}", "", *head, *lines, ""])


def _line(rule: Rule) -> str:
    looks = f"`{rule.check}`" + (f" `{rule.argument}`" if rule.argument else "")
    worst = rule.severity if rule.confidence == "of the year" else severity_of(rule.severity, rule.confidence)
    cells = (
        rule.rule, rule.title["en"], rule.title["th"], looks, ", ".join(rule.kinds) or "all", worst, rule.confidence,
        rule.source,
    )  # fmt: skip
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    sys.stdout.write(rules_page(own_rules()))
