"""Forms that state measures: what is planned, by whom, until when, and what was done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from document import Block, Cell, Table
from draft import Draft, header
from forms import form
from periods import FISCAL_MONTHS, MONTHS, day


@dataclass
class Measure:
    """A measure as the report will state it; only what a form writes goes to the gold."""

    no: int
    title: str
    steps: list[str]
    owners: list[str]
    guideline: str
    monitoring: str
    result: str
    outcome: str
    period: str
    first: int | None
    last: int | None
    stated: dict[str, Any] = field(default_factory=dict)


def _owners(draft: Draft, several: bool) -> list[str]:
    family = {"public": "central"}.get(draft.agency.family, draft.agency.family)
    if draft.agency.agency_type == "สำนักงานเขต":
        family = "city district"
    found = [draft.bank.draw("owners", family=family)["owner"]]
    if several and draft.random.random() < 0.25:
        found.append(draft.bank.draw("owners", family=family)["owner"])
    return found


def draw_measures(draft: Draft, least: int = 2, most: int = 6) -> list[Measure]:
    """Return measures for some indicators, and state the year they are planned for."""
    year = draft.plan_year or draft.results.year + 1
    draft.state_plan_year(year)
    found = []
    for no in sorted(draft.random.sample(range(1, 11), draft.random.randint(least, most))):
        row = draft.bank.draw("measures", indicator_no=str(no))
        period = draft.bank.draw("periods")
        steps = [step.strip() for step in row["steps"].split("|")]
        if draft.random.random() < 0.3:
            steps = steps[:1]
        words = {"fy": str(year), "py": str(year - 1), "fy2": str(year)[2:], "py2": str(year - 1)[2:]}
        text = draft.fill(period["text"], table=True, **words)
        first, last = (int(period[end]) if period[end] else None for end in ("start", "end"))
        owners = _owners(draft, several=True)
        texts = (row["guideline"], row["monitoring"], row["result"], row["outcome"])
        found.append(Measure(no, row["title"], steps, owners, *texts, text, first, last))
    return found


def state_measure(draft: Draft, measure: Measure, *parts: str, **values: str) -> None:
    """Record a measure with those of its parts that the form writes."""
    year = draft.plan_year or draft.results.year + 1
    entry: dict[str, Any] = {"title": measure.title, "steps": [], "owners": [], "indicator_no": None}
    entry |= {"topic_no": None, "item_code": None, "period_start": None, "period_end": None}
    entry |= dict.fromkeys(("monitoring", "status", "result", "outcome", "guideline"))
    for part in parts:
        match part:
            case "indicator_no":
                entry[part] = measure.no
            case "period":
                entry["period_start"] = day(year, measure.first, last=False) if measure.first else None
                entry["period_end"] = day(year, measure.last, last=True) if measure.last else None
            case _:
                entry[part] = getattr(measure, part)
    draft.gold["measures"].append(entry | values)


def written_steps(draft: Draft, measure: Measure) -> str:
    """Return the steps of a measure as a cell has them."""
    if len(measure.steps) == 1:
        return measure.steps[0]
    marks = draft.random.choice(("1.", "1)", "-"))
    return "\n".join(
        f"{draft.marker(marks, at, table=True)} {step}" for at, step in enumerate(measure.steps, 1)
    )


def written_owners(measure: Measure) -> str:
    """Return the units in charge as a cell has them."""
    return "\n".join(measure.owners)


PARTS: dict[str, tuple[str | None, Callable[[Draft, Measure], str]]] = {
    "measure_title": ("title", lambda _, measure: measure.title),
    "steps": ("steps", written_steps),
    "owner": ("owners", lambda _, measure: written_owners(measure)),
    "period": ("period", lambda _, measure: measure.period),
    "guideline": ("guideline", lambda _, measure: measure.guideline),
    "monitoring": ("monitoring", lambda _, measure: measure.monitoring),
    "indicator": ("indicator_no", lambda draft, measure: draft.name(measure.no)),
    "budget": (
        None,
        lambda draft, _: draft.figures(
            draft.random.choice(("-", "ไม่ใช้งบประมาณ", "20,000", "150,000")), table=True
        ),
    ),
    "output_indicator": (
        None,
        lambda draft, _: draft.figures(
            draft.random.choice(("จำนวน 1 ครั้ง", "ร้อยละ 80 ของบุคลากร", "มีคู่มือ 1 เล่ม")), table=True
        ),
    ),
    "remark": (None, lambda *_: ""),
    "result": ("result", lambda _, measure: measure.result),
    "outcome": ("outcome", lambda _, measure: measure.outcome),
}
"""What fills a column of a role, and the part of the gold that it states."""


def columns(draft: Draft, roles: list[str], measures: list[Measure], *, number: bool) -> list[list[Cell]]:
    """Return the rows of a measures table with these columns, and record the measures."""
    heads = [draft.head(role) for role in roles]
    rows = [header(*([draft.head("number")] if number else []), *heads)]
    stated = [part for role in roles if (part := PARTS[role][0])]
    for at, measure in enumerate(measures, 1):
        first = [Cell(draft.figures(str(at), table=True), align="center")] if number else []
        rows.append([*first, *(Cell(PARTS[role][1](draft, measure)) for role in roles)])
        state_measure(draft, measure, *stated)
    return rows


def widths(roles: list[str], *, number: bool) -> tuple[float, ...]:
    """Return the shares of the columns of these roles."""
    wide = {
        "steps": 3.2,
        "guideline": 2.6,
        "measure_title": 2.4,
        "monitoring": 2.0,
        "result": 2.6,
        "outcome": 2.0,
    }
    return (*((0.5,) if number else ()), *(wide.get(role, 1.3) for role in roles))


@form("measures", "table plain")
def table_plain(draft: Draft) -> list[Block]:
    """A row a measure: title, steps, owner, period, with further columns."""
    roles = ["measure_title", "steps", *draft.random.sample(("owner", "period"), 2)]
    for extra in ("monitoring", "budget", "output_indicator", "remark"):
        if draft.random.random() < 0.25:
            roles.insert(draft.random.randint(2, len(roles)), extra)
    number = draft.random.random() < 0.6
    return [
        Table(columns(draft, roles, draw_measures(draft), number=number), widths=widths(roles, number=number))
    ]


@form("measures", "table with indicator")
def table_with_indicator(draft: Draft) -> list[Block]:
    """A row an indicator with the measure for it."""
    roles = ["indicator", "measure_title", *draft.random.sample(("steps", "guideline"), 1), "period", "owner"]
    if draft.random.random() < 0.4:
        roles.append("monitoring")
    number = draft.random.random() < 0.3
    return [
        Table(columns(draft, roles, draw_measures(draft), number=number), widths=widths(roles, number=number))
    ]


@form("measures", "table any order")
def table_any_order(draft: Draft) -> list[Block]:
    """The columns of a measure in any order, the title not always first."""
    roles = ["measure_title", "steps", "owner", "period"]
    draft.random.shuffle(roles)
    return [
        Table(columns(draft, roles, draw_measures(draft), number=True), widths=widths(roles, number=True))
    ]


@form("measures", "table merged title")
def table_merged_title(draft: Draft) -> list[Block]:
    """The title, owner and period are merged over rows of one step each."""
    rows = [header(*(draft.head(role) for role in ("measure_title", "steps", "period", "owner")))]
    for measure in draw_measures(draft, 2, 4):
        span = len(measure.steps)
        for at, step in enumerate(measure.steps):
            text = Cell(step if span == 1 else f"{draft.marker('1.', at + 1, table=True)} {step}")
            if at:
                rows.append([text])
            else:
                around = [
                    Cell(value, rows=span)
                    for value in (measure.title, measure.period, written_owners(measure))
                ]
                rows.append([around[0], text, *around[1:]])
        state_measure(draft, measure, "title", "steps", "period", "owners")
    return [Table(rows, widths=(2.2, 3.2, 1.4, 1.4))]


@form("measures", "table start and end")
def table_start_end(draft: Draft) -> list[Block]:
    """A head of two lines: the period over its start and its end."""
    year = draft.plan_year or draft.results.year + 1
    heads = [
        Cell(draft.head(role), rows=2, bold=True, align="center")
        for role in ("number", "measure_title", "steps")
    ]
    top = [*heads, Cell(draft.head("period"), columns=2, bold=True, align="center")]
    top.append(Cell(draft.head("owner"), rows=2, bold=True, align="center"))
    rows = [top, header(draft.head("period_start"), draft.head("period_end"))]
    for at, measure in enumerate(draw_measures(draft, 2, 5), 1):
        start, end = sorted(draft.random.sample(range(12), 2))
        measure.first, measure.last = FISCAL_MONTHS[start], FISCAL_MONTHS[end]
        ends = []
        for month in (measure.first, measure.last):
            calendar = (year - (month >= 10)) % 100
            ends.append(draft.figures(f"{MONTHS[month - 1]} {calendar}", table=True))
        rows.append(
            [
                Cell(draft.figures(str(at), table=True), align="center"),
                Cell(measure.title),
                Cell(written_steps(draft, measure)),
                *(Cell(text, align="center") for text in ends),
                Cell(written_owners(measure)),
            ]
        )
        state_measure(draft, measure, "title", "steps", "period", "owners")
    return [Table(rows, header_rows=2, widths=(0.5, 2.2, 3.0, 0.9, 0.9, 1.4))]


@form("measures", "table quarters")
def table_quarters(draft: Draft) -> list[Block]:
    """Four columns of quarters with ticks."""
    year = draft.plan_year or draft.results.year + 1
    span = Cell(
        draft.figures(f"{draft.head('period')} (ไตรมาส) ปีงบประมาณ พ.ศ. {year}", table=True),
        columns=4,
        bold=True,
        align="center",
    )
    rows = [
        [
            *(
                Cell(draft.head(role), rows=2, bold=True, align="center")
                for role in ("measure_title", "steps")
            ),
            span,
        ]
    ]
    rows[0].append(Cell(draft.head("owner"), rows=2, bold=True, align="center"))
    rows.append(header(*(draft.figures(str(quarter), table=True) for quarter in (1, 2, 3, 4))))
    tick = draft.random.choice(("✓", "/", "●", "√"))
    for measure in draw_measures(draft, 2, 5):
        start, end = sorted((draft.random.randint(0, 3), draft.random.randint(0, 3)))
        measure.first, measure.last = FISCAL_MONTHS[3 * start], FISCAL_MONTHS[3 * end + 2]
        ticks = [Cell(tick if start <= at <= end else "", align="center") for at in range(4)]
        rows.append(
            [Cell(measure.title), Cell(written_steps(draft, measure)), *ticks, Cell(written_owners(measure))]
        )
        state_measure(draft, measure, "title", "steps", "period", "owners")
    return [Table(rows, header_rows=2, widths=(2.2, 3.0, 0.4, 0.4, 0.4, 0.4, 1.4))]


@form("measures", "table months")
def table_months(draft: Draft) -> list[Block]:
    """Twelve columns of months with ticks."""
    year = draft.plan_year or draft.results.year + 1
    heads = (f"พ.ศ. {year - 1}", f"พ.ศ. {year}")
    spans = [
        Cell(draft.figures(text, table=True), columns=width, bold=True, align="center")
        for text, width in zip(heads, (3, 9), strict=True)
    ]
    rows = [[Cell(draft.head("measure_title"), rows=2, bold=True, align="center"), *spans]]
    rows[0].append(Cell(draft.head("owner"), rows=2, bold=True, align="center"))
    rows.append(header(*(MONTHS[month - 1] for month in FISCAL_MONTHS)))
    tick = draft.random.choice(("✓", "/", "x", "●"))
    for measure in draw_measures(draft, 2, 5):
        start, end = sorted(draft.random.sample(range(12), 2))
        measure.first, measure.last = FISCAL_MONTHS[start], FISCAL_MONTHS[end]
        ticks = [Cell(tick if start <= at <= end else "", align="center") for at in range(12)]
        rows.append([Cell(measure.title), *ticks, Cell(written_owners(measure))])
        state_measure(draft, measure, "title", "period", "owners")
    return [Table(rows, header_rows=2, widths=(3.0, *([0.5] * 12), 1.6))]


@form("measures", "table without lines")
def table_without_lines(draft: Draft) -> list[Block]:
    """A measures table without lines, or with lines between rows only."""
    roles = ["measure_title", "steps", "owner", "period"]
    rows = columns(draft, roles, draw_measures(draft), number=True)
    return [Table(rows, widths=widths(roles, number=True), borders=draft.random.choice(("rows", "outer")))]
