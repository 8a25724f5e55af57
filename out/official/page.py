"""A comparison as a printable page: one self-contained HTML file."""

from __future__ import annotations

from functools import partial
from itertools import groupby

from thaita.check.messages import measure_name, text
from thaita.check.official.compare import Comparison
from thaita.check.official.statement import Statement
from thaita.models.verdicts import Language
from thaita.normalize.truncate import shortened
from thaita.out.official.wording import agency_text, outcome_counts, place_text, remark, scope
from thaita.out.templates import templates_of
from thaita.out.terminal import visible

_SHOWN = 3_000
"""Maximum number of rows of each part, so that a browser can show the page."""
_QUOTED = 90
"""Maximum number of characters of a quote."""


def comparison_page(found: Comparison, language: Language) -> str:
    """Return the page as HTML: what was compared, the counts, then each part of what does not agree."""
    parts = [
        (status, list(rows))
        for status, rows in groupby(found.rows, key=lambda row: row.status)
        if status != "agree"
    ]
    template = templates_of("thaita.out.official").get_template("comparison.html")
    return template.render(
        parts=[(status, rows[:_SHOWN], max(0, len(rows) - _SHOWN)) for status, rows in parts],
        counts=outcome_counts(found),
        scope=scope(found, language),
        language=language,
        t=lambda name, **values: text(name, language, **values),
        agency=lambda one: visible(agency_text(one)),
        measure=partial(measure_name, language=language),
        place=lambda one: visible(place_text(one, language)),
        remark=lambda row: visible(remark(row, language)),
        quote=_quote,
    )


def _quote(one: Statement) -> str:
    return visible(shortened(" ".join(one.provenance.quote.split()), _QUOTED))
