"""Verdicts as a printable page: one self-contained HTML file."""

from __future__ import annotations

from functools import partial

from thaita.check.judge import AGREEMENT, Judged
from thaita.check.messages import banner, how_sure, say, source_of, text
from thaita.models.verdicts import Language, Verdict, Where
from thaita.normalize.truncate import shortened
from thaita.out.templates import templates_of
from thaita.out.terminal import visible
from thaita.out.verdicts.table import SIGNS
from thaita.out.verdicts.values import Overview

_QUOTED = 90
"""Maximum number of characters of a quote on the page."""

_PLACES = {True: 6, False: 3}
"""Maximum number of sources shown for a verdict with a severity (True) and for others (False)."""

_STATUSES = ("present", "partly", "absent", "holds", "broken", "not_judged")


def report_page(judged: Judged, language: Language) -> str:
    """Return the page of one report as HTML: every verdict with its rule, source and places."""
    title = text("page.title", language)
    return _render([judged], None, 0, language, title)


def overview_page(overview: Overview, unread: int, language: Language) -> str:
    """Return the page of many reports as HTML: the results by rule, then each report's verdicts to review."""
    return _render(overview.doubtful, overview, unread, language, text("page.title_many", language))


def _render(
    reports: list[Judged], overview: Overview | None, unread: int, language: Language, title: str
) -> str:
    template = templates_of("thaita.out.verdicts").get_template("verdicts.html")
    return template.render(
        reports=reports,
        overview=overview,
        unread=unread,
        language=language,
        title=title,
        statuses=_STATUSES,
        signs=SIGNS,
        t=partial(_text, language),
        say=lambda verdict: visible(say(verdict, language)),
        source=lambda verdict: visible(source_of(verdict, language)),
        unseen=lambda judged: [visible(line) for line in banner(judged.unseen, language)],
        sure=lambda verdict: how_sure(verdict, language),
        quote=_quote,
        places=_places,
        more=lambda verdict: len(_quoted(verdict)) - len(_places(verdict)),
        parts=_parts,
    )


def _text(language: Language, name: str, **values: object) -> str:
    return text(name, language, **values)


def _parts(judged: Judged) -> list[tuple[str, list[Verdict]]]:
    """Return the verdicts on completeness, then those on consistency, each with the key of its heading."""
    complete = [verdict for verdict in judged.verdicts if verdict.rule.check not in AGREEMENT]
    agree = [verdict for verdict in judged.verdicts if verdict.rule.check in AGREEMENT]
    return [("page.complete", complete), ("page.agree", agree)]


def _quoted(verdict: Verdict) -> list[Where]:
    return [one for one in verdict.where if one.provenance.spans]


def _places(verdict: Verdict) -> list[Where]:
    return _quoted(verdict)[: _PLACES[verdict.severity is not None]]


def _quote(where: Where) -> str:
    return visible(shortened(where.provenance.quote, _QUOTED))
