"""Verdicts as a page that can be printed: one HTML file without anything from outside."""

from __future__ import annotations

from functools import partial
from importlib import resources

from jinja2 import Environment, StrictUndefined

from thaita.check.judge import AGREEMENT, Judged
from thaita.check.messages import how_sure, say, text
from thaita.models.verdicts import Language, Verdict, Where
from thaita.normalize.truncate import shortened
from thaita.out.terminal import visible
from thaita.out.verdicts.table import SIGNS
from thaita.out.verdicts.values import Overview

_QUOTED = 90
"""Characters of a quote that the page shows."""

_PLACES = {True: 6, False: 3}
"""Places that the page shows of a verdict with something to look at, and of another."""

_STATUSES = ("present", "partly", "absent", "holds", "broken", "not_judged")


def report_page(judged: Judged, language: Language) -> str:
    """Return the page of one report: every verdict with its rule, source and places."""
    title = text("page.title", language)
    return _render([judged], None, 0, language, title)


def overview_page(overview: Overview, unread: int, language: Language) -> str:
    """Return the page of many reports: how each rule fared, then what is to be looked at in each report."""
    return _render(overview.doubtful, overview, unread, language, text("page.title_many", language))


def _render(
    reports: list[Judged], overview: Overview | None, unread: int, language: Language, title: str
) -> str:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = resources.files("thaita.out.verdicts").joinpath("verdicts.html").read_text("utf-8")
    return environment.from_string(template).render(
        reports=reports,
        overview=overview,
        unread=unread,
        language=language,
        title=title,
        statuses=_STATUSES,
        signs=SIGNS,
        t=partial(_text, language),
        say=lambda verdict: visible(say(verdict, language)),
        sure=lambda verdict: how_sure(verdict, language),
        quote=_quote,
        places=_places,
        more=lambda verdict: len(_quoted(verdict)) - len(_places(verdict)),
        parts=_parts,
    )


def _text(language: Language, name: str, **values: object) -> str:
    return text(name, language, **values)


def _parts(judged: Judged) -> list[tuple[str, list[Verdict]]]:
    """Return the verdicts on what must be there, then those on what must agree."""
    complete = [verdict for verdict in judged.verdicts if verdict.rule.check not in AGREEMENT]
    agree = [verdict for verdict in judged.verdicts if verdict.rule.check in AGREEMENT]
    return [("page.complete", complete), ("page.agree", agree)]


def _quoted(verdict: Verdict) -> list[Where]:
    return [one for one in verdict.where if one.provenance.spans]


def _places(verdict: Verdict) -> list[Where]:
    return _quoted(verdict)[: _PLACES[verdict.severity is not None]]


def _quote(where: Where) -> str:
    return visible(shortened(where.provenance.quote, _QUOTED))
