"""Verdicts as plain values for JSON, in both languages, and their summary over many reports."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from thaita.check.judge import Judged
from thaita.check.messages import banner, say, source_of
from thaita.models.verdicts import Rule, Verdict, VerdictStatus, Where

Plain = dict[str, Any]


def plain(judged: Judged) -> Plain:
    """Return a checked report as JSON values: the report, the year of the rules, and every verdict."""
    report = judged.report
    fields = ("report_id", "source", "sha256", "kind", "agency", "province", "fiscal_year", "plan_year")
    dumped = report.model_dump(mode="json", include=set(fields))
    return {
        "report": {name: dumped[name] for name in fields},
        "rules_of": judged.year,
        "worst": judged.worst(),
        "unread": [
            {"en": en, "th": th}
            for en, th in zip(banner(judged.unseen, "en"), banner(judged.unseen, "th"), strict=True)
        ],
        "verdicts": [_plain_verdict(verdict) for verdict in judged.verdicts],
    }


def as_json(judged: Iterable[Judged]) -> Iterator[str]:
    """Yield the text of a JSON file with all reports, one report at a time to save memory."""
    yield '{"reports": ['
    for i, one in enumerate(judged):
        yield (",\n" if i else "\n") + json.dumps(plain(one), ensure_ascii=False)
    yield "\n]}\n"


def _plain_verdict(verdict: Verdict) -> Plain:
    rule = verdict.rule
    return {
        "rule": rule.rule,
        "year": rule.year,
        "title": dict(rule.title),
        "status": verdict.status,
        "severity": verdict.severity,
        "message": {"en": say(verdict, "en"), "th": say(verdict, "th")},
        "confidence": verdict.confidence or rule.confidence,
        "source": verdict.source or rule.source,
        "source_th": source_of(verdict, "th"),
        "where": [_plain_place(one) for one in verdict.where],
    }


def _plain_place(where: Where) -> Plain:
    place = where.provenance
    box = None if place.box is None else [round(edge, 2) for edge in place.box]
    return {
        "table": where.table,
        "row_id": where.row_id,
        "page": place.page,
        "box": box,
        "spans": [list(span) for span in place.spans],
        "quote": place.quote or None,
    }


@dataclass(slots=True)
class Overview:
    """A summary of many checked reports, by rule and by severity.

    `doubtful` has the reports with verdicts to review, and only those verdicts.
    """

    reports: int = 0
    worst: Counter[str] = field(default_factory=Counter)
    rules: dict[str, Rule] = field(default_factory=dict)
    statuses: dict[str, Counter[VerdictStatus]] = field(default_factory=dict)
    doubtful: list[Judged] = field(default_factory=list)

    def add(self, judged: Judged) -> None:
        """Add one report to the counts."""
        self.reports += 1
        self.worst[judged.worst() or "clear"] += 1
        for verdict in judged.verdicts:
            name = _named(verdict.rule)
            self.rules.setdefault(name, verdict.rule)
            self.statuses.setdefault(name, Counter())[verdict.status] += 1
        shown = tuple(verdict for verdict in judged.verdicts if verdict.severity)
        if shown:
            self.doubtful.append(Judged(judged.report, judged.year, shown, judged.unseen))

    def by_rule(self) -> list[tuple[str, Rule, Counter[VerdictStatus]]]:
        """Return each rule's name, the rule and its verdicts by status; rules of a year come first."""
        names = sorted(self.rules, key=lambda name: _order(self.rules[name]))
        return [(name, self.rules[name], self.statuses[name]) for name in names]

    def counts(self) -> dict[str, int]:
        """Return the number of reports in total and by worst severity."""
        return {
            "reports": self.reports,
            **{name: self.worst[name] for name in ("error", "warning", "info", "clear")},
        }


def _named(rule: Rule) -> str:
    return f"{rule.rule} ({rule.year})" if rule.year else rule.rule


def _order(rule: Rule) -> tuple[bool | int | str, ...]:
    """Return a key that sorts rules by year, letter and number, so that B10 follows B9."""
    return rule.year is None, rule.year or 0, rule.rule[:1], *map(int, re.findall(r"\d+", rule.rule))
