"""The reviewer's pages as HTML: the list of reports, and one report with its fields. Everything is escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from urllib.parse import urlencode

from jinja2 import Environment, FunctionLoader, StrictUndefined

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
from thaita.out.review.texts import IN_PAGE, say
from thaita.out.review.view import FieldView, ReportView, RowView
from thaita.out.site.texts import flag_meaning, indicator_name
from thaita.out.terminal import visible

LISTED = 50
"""Reports on a page of the list."""

_LONG = 300
"""Characters of a text that a field shows before it is chosen."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is to show: words that a report has, a doubt that it carries, undecided ones only, a page."""

    words: str = ""
    doubt: str = ""
    undecided: bool = False
    page: int = 1

    def link(self, **changed: object) -> str:
        """Return the address of the list with something changed."""
        asked = {"q": self.words, "doubt": self.doubt, "undecided": "1" if self.undecided else ""}
        return "/?" + urlencode({name: value for name, value in (asked | changed).items() if value})


def list_page(desk: Desk, asked: Asked, language: Language) -> str:
    """Return the list of reports, those with most undecided doubts first."""
    index, file = desk.index(), desk.file()
    open_of = desk.open_doubts(index)
    fitting = [entry for entry in index.entries if _fits(entry, asked, open_of)]
    fitting.sort(key=lambda entry: -len(open_of[entry.report_id]))
    pages = max(1, -(-len(fitting) // LISTED))
    page = min(max(asked.page, 1), pages)
    codes = Counter(flag for entry in index.entries for _, _, flag in entry.doubts)
    shown = fitting[(page - 1) * LISTED : page * LISTED]
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


def _fits(entry: Entry, asked: Asked, open_of: Mapping[str, list[tuple[str, str, str]]]) -> bool:
    if asked.undecided and not open_of[entry.report_id]:
        return False
    doubts = open_of[entry.report_id] if asked.undecided else entry.doubts
    if asked.doubt and all(flag != asked.doubt for *_, flag in doubts):
        return False
    said = f"{entry.agency} {entry.province} {entry.source} {entry.report_id} {entry.fiscal_year}".lower()
    return all(word in said for word in asked.words.lower().split())


def report_page(desk: Desk, view: ReportView, language: Language) -> str:
    """Return the page of one report; its fields are those of `fields_part`."""
    return _render("report.html", language, desk=desk, **_of(view, language))


def fields_part(view: ReportView, language: Language) -> str:
    """Return the fields of one report as a part of a page."""
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
    """Return what a row is called on the page."""
    cells = {one.column.name: one.value or "" for one in row.fields}
    if row.table == "scores":
        number = cells["indicator_no"]
        return f"{number}. {indicator_name(int(number), language)}" if number else row.row_id
    if row.table in ("findings", "measures"):
        return shortened(visible(cells["text" if row.table == "findings" else "title"]), 80) or row.row_id
    return ""


def _shown(one: FieldView, language: Language) -> str:
    """Return a field's value for a reader."""
    text = one.value or ""
    if values_of(one.column):
        return " · ".join(value_shown(part, language) for part in text.split("|") if part)
    if one.column.name == "indicator_no" and text:
        numbers = [part for part in text.split("|") if part.isdigit() and int(part) in every_indicator()]
        return " · ".join(f"{number} {indicator_name(int(number), language)}" for number in numbers)
    return shortened(visible(text), _LONG)


def value_shown(part: str, language: Language) -> str:
    """Return what the page calls one of the values that a column may have."""
    return VALUES[part][language] if part in VALUES else part


def _data(one: FieldView, quote: str | None, language: Language) -> dict[str, object]:
    """Return what the page's script knows of a field; its source text unless it is that of its row, `quote`."""
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


def stale(standing: Decision | None, language: Language) -> str:
    """Return what a person is told whose decision came later than another's."""
    if standing is None:
        return say("stale_withdrawn", language)
    what = say("stale_" + standing.kind, language, value=visible(standing.value or "–"))
    return say("stale", language, by=visible(standing.by), what=what, when=moment(standing))


def moment(one: Decision) -> str:
    """Return when a decision was made, in the time of this machine."""
    return one.time.astimezone().strftime("%Y-%m-%d %H:%M")


def _problem(row: Row) -> str:
    return visible(str(row["message"] or ""))


def _problem_meaning(code: str, language: Language) -> str:
    known = ProblemCode.known(code)
    return code if known is None else known.meaning(language)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FunctionLoader(
            lambda name: resources.files("thaita.out.review").joinpath(name).read_text("utf-8")
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
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
            said=_problem,
            texts={text: say(text, language) for text in IN_PAGE},
            **values,
        )
    )
