"""The review pages as HTML: the list of reports, and one report with its fields. All values are escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from urllib.parse import urlencode

from jinja2 import Environment

from thaita.corpus.review.decision import Decision
from thaita.models.problem_codes import ProblemCode
from thaita.models.rows import Row
from thaita.models.tables import LABELS, VALUES
from thaita.models.verdicts import Language
from thaita.normalize.frameworks import every_indicator
from thaita.normalize.truncate import shortened
from thaita.normalize.vocabulary import values_of
from thaita.out.review.desk import Desk
from thaita.out.review.index import Entry
from thaita.out.review.texts import SCRIPT_TEXTS, say
from thaita.out.review.view import Doubt, FieldView, ReportView, RowView
from thaita.out.site.texts import flag_meaning, indicator_name
from thaita.out.templates import templates_of
from thaita.out.terminal import visible

PAGE_SIZE = 50
"""Reports on a page of the list."""

_LONG = 300
"""Maximum number of characters that a field shows until it is selected."""


@dataclass(frozen=True, slots=True)
class ListQuery:
    """A query for the list: search words, a doubt, whether only undecided reports are shown, and a page number."""

    words: str = ""
    doubt: str = ""
    undecided: bool = False
    page: int = 1

    def link(self, **changed: object) -> str:
        """Return the URL of the list with some parameters changed."""
        asked = {"q": self.words, "doubt": self.doubt, "undecided": "1" if self.undecided else ""}
        return "/?" + urlencode({name: value for name, value in (asked | changed).items() if value})


def list_page(desk: Desk, asked: ListQuery, language: Language) -> str:
    """Return the list of reports as HTML, those with most undecided doubts first."""
    index, file = desk.index(), desk.file()
    open_of = desk.open_doubts(index)
    fitting = [entry for entry in index.entries if _fits(entry, asked, open_of)]
    fitting.sort(key=lambda entry: -len(open_of[entry.report_id]))
    pages = max(1, -(-len(fitting) // PAGE_SIZE))
    page = min(max(asked.page, 1), pages)
    codes = Counter(flag for entry in index.entries for *_, flag in entry.doubts)
    shown = fitting[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return _render(
        "list.html",
        language,
        asked=asked,
        entries=[(entry, Counter(flag for *_, flag in open_of[entry.report_id])) for entry in shown],
        found=len(fitting),
        page=page,
        pages=pages,
        codes=codes.most_common(),
        desk=desk,
        file=file,
        total=len(index.entries),
        open=sum(map(len, open_of.values())),
        decided=len({(one.report_id, one.table, one.row_id, one.column) for one in file.decisions}),
        without=index.without,
    )


def _fits(entry: Entry, asked: ListQuery, open_of: Mapping[str, list[Doubt]]) -> bool:
    if asked.undecided and not open_of[entry.report_id]:
        return False
    doubts = open_of[entry.report_id] if asked.undecided else entry.doubts
    if asked.doubt and all(flag != asked.doubt for *_, flag in doubts):
        return False
    said = f"{entry.agency} {entry.province} {entry.source} {entry.report_id} {entry.fiscal_year}".lower()
    return all(word in said for word in asked.words.lower().split())


def report_page(desk: Desk, view: ReportView, language: Language) -> str:
    """Return the page of one report as HTML, with the fields that `fields_part` returns."""
    return _render("report.html", language, desk=desk, **_of(view, language))


def fields_part(view: ReportView, language: Language) -> str:
    """Return the fields of one report as an HTML fragment."""
    return _render("fields.html", language, **_of(view, language))


def _of(view: ReportView, language: Language) -> dict[str, object]:
    parts: dict[str, list[RowView]] = {}
    for table in ("measure_steps", "measure_owners"):
        for row in view.rows[table]:
            parts.setdefault(
                row.row_id.rpartition("/")[0] if table == "measure_steps" else _measure(row), []
            ).append(row)
    paged = str(view.report["media_type"] or "").startswith(("application/pdf", "image/"))
    return {"view": view, "parts": parts, "paged": paged, "heading": partial(_heading, language=language)}


def _measure(owner: RowView) -> str:
    return owner.row_id.split("/")[0]


def _heading(row: RowView, language: Language) -> str:
    """Return the heading of a row, or an empty string if its table has none."""
    cells = {one.column.name: one.value or "" for one in row.fields}
    if row.table == "scores":
        number = cells["indicator_no"]
        return f"{number}. {indicator_name(int(number), language)}" if number else row.row_id
    if row.table in ("findings", "measures"):
        return shortened(visible(cells["text" if row.table == "findings" else "title"]), 80) or row.row_id
    return ""


def _shown(one: FieldView, language: Language) -> str:
    """Return a field's value as the page shows it: with names for codes, and shortened."""
    text = one.value or ""
    if values_of(one.column):
        return " · ".join(value_shown(part, language) for part in text.split("|") if part)
    if one.column.name == "indicator_no" and text:
        numbers = [part for part in text.split("|") if part.isdigit() and int(part) in every_indicator()]
        return " · ".join(f"{number} {indicator_name(int(number), language)}" for number in numbers)
    return shortened(visible(text), _LONG)


def value_shown(part: str, language: Language) -> str:
    """Return the display name of a column's enumerated value, or the value itself."""
    return VALUES[part][language] if part in VALUES else part


def _data(one: FieldView, quote: str | None, language: Language) -> dict[str, object]:
    """Return a field's data for the page's script; the quote is omitted if it equals the row's, `quote`."""
    return {
        "value": one.value,
        "extracted": one.extracted,
        "label": LABELS[one.column.name][language],
        "values": [[part, value_shown(part, language)] for part in values_of(one.column)]
        if one.column.type == "string"
        else [],
        "long": one.column.prose,
        "required": one.required,
        "known": one.decision.id if one.decision else None,
        "page": one.seen.page,
        "box": one.seen.box,
        "spans": one.seen.spans,
        "quote": None if one.seen.quote == quote else visible(one.seen.quote or ""),
        "sure": one.seen.confidence,
        "doubts": [flag_meaning(doubt, language) for doubt in one.doubts],
        "decision": _decision(one.decision, language) if one.decision else "",
    }


def _decision(one: Decision, language: Language) -> str:
    by = say("by", language, by=visible(one.by), when=moment(one))
    why = f" — {visible(one.why)}" if one.why else ""
    return f"{say(one.kind + '_done', language)} {by}{why}"


def stale_message(standing: Decision | None, language: Language) -> str:
    """Return the message for a reviewer whose decision conflicts with a newer one."""
    if standing is None:
        return say("stale_withdrawn", language)
    what = say("stale_" + standing.kind, language, value=visible(standing.value or "–"))
    return say("stale", language, by=visible(standing.by), what=what, when=moment(standing))


def moment(one: Decision) -> str:
    """Return the time of a decision in this machine's time zone."""
    return one.time.astimezone().strftime("%Y-%m-%d %H:%M")


def _problem(row: Row, language: Language) -> str:
    return visible(str(row[f"message_{language}"] or ""))


def _problem_meaning(code: str, language: Language) -> str:
    known = ProblemCode.known(code)
    return code if known is None else known.meaning(language)


@cache
def _environment() -> Environment:
    made = templates_of("thaita.out.review")
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    return made


def _render(name: str, language: Language, **values: object) -> str:
    return (
        _environment()
        .get_template(name)
        .render(
            language=language,
            t=lambda text, **filled: say(text, language, **filled),
            label=lambda column: LABELS[column][language],
            meaning=lambda flag: flag_meaning(flag, language),
            problem=lambda code: _problem_meaning(str(code), language),
            shown=lambda one: _shown(one, language),
            data=lambda one, quote: _data(one, quote, language),
            seen=visible,
            said=partial(_problem, language=language),
            texts={text: say(text, language) for text in SCRIPT_TEXTS},
            **values,
        )
    )
