"""Forms that state what was done of measures."""

from __future__ import annotations

from bank import Row
from document import Block, Cell, Paragraph, Table
from draft import Draft, header
from forms import form
from measures import columns, draw_measures, state_measure, widths


def _status(draft: Draft) -> Row:
    """Return the status of a measure whose results are stated: it is done."""
    return draft.bank.draw("statuses", status="done")


@form("progress", "table status")
def table_status(draft: Draft) -> list[Block]:
    """A progress table: measure, what was done, status, and what came of it or stood in the way."""
    roles = [
        "measure_title",
        *draft.random.sample(("steps", "owner"), 1),
        "result",
        *draft.random.sample(("outcome", "owner"), 1),
    ]
    roles = list(dict.fromkeys(roles))
    measures = draw_measures(draft, 2, 5)
    rows = columns(draft, roles, measures, number=True)
    at = draft.random.randint(2, len(rows[0]))
    rows[0].insert(at, header(draft.head("status"))[0])
    for row, entry in zip(rows[1:], draft.gold["measures"][-len(measures) :], strict=True):
        status = _status(draft)
        row.insert(at, Cell(draft.fill(status["text"], table=True), align="center"))
        entry["status"] = status["status"]
    shares = list(widths(roles, number=True))
    shares.insert(at, 1.2)
    return [Table(rows, widths=tuple(shares))]


@form("progress", "table problems and suggestions")
def table_problems(draft: Draft) -> list[Block]:
    """A progress table with columns for problems met and suggestions; both are findings."""
    measures = draw_measures(draft, 2, 5)
    roles = ["measure_title", "result", "owner"]
    rows = columns(draft, roles, measures, number=False)
    rows[0] += header(draft.head("limitation"), draft.head("suggestion"))
    for row, measure in zip(rows[1:], measures, strict=True):
        row.append(Cell(draft.state_finding("limitation", draft.bank.draw("limitations")["text"])))
        text = draft.bank.draw("findings", kind="improvement", indicator_no=str(measure.no))["text"]
        row.append(Cell(draft.state_finding("improvement", text)))
    return [Table(rows, widths=(2.2, 2.6, 1.3, 2.2, 2.2))]


@form("progress", "lines")
def progress_lines(draft: Draft) -> list[Block]:
    """A measure a heading, with lines for what was done, the status and what came of it."""
    blocks: list[Block] = []
    heads = {role: draft.head(role) for role in ("result", "status", "outcome")}
    for at, measure in enumerate(draw_measures(draft, 2, 4), 1):
        status = _status(draft)
        blocks.append(Paragraph(draft.figures(f"มาตรการที่ {at} {measure.title}"), bold=True))
        blocks.append(Paragraph(f"{heads['result']}: {measure.result}"))
        blocks.append(Paragraph(f"{heads['status']}: {draft.fill(status['text'])}"))
        blocks.append(Paragraph(f"{heads['outcome']}: {measure.outcome}"))
        state_measure(draft, measure, "title", "result", "outcome", status=status["status"])
    return blocks


@form("progress", "table tick status")
def table_tick_status(draft: Draft) -> list[Block]:
    """Three status columns, one of them ticked."""
    states = ("done", "in_progress", "not_started")
    words = draft.random.choice(
        (("แล้วเสร็จ", "อยู่ระหว่างดำเนินการ", "ยังไม่ดำเนินการ"), ("ดำเนินการแล้ว", "กำลังดำเนินการ", "ยังไม่ได้ดำเนินการ"))
    )
    top = [Cell(draft.head(role), rows=2, bold=True, align="center") for role in ("measure_title",)]
    top.append(Cell(draft.head("status"), columns=3, bold=True, align="center"))
    top.append(Cell(draft.head("result"), rows=2, bold=True, align="center"))
    rows = [top, header(*words)]
    for measure in draw_measures(draft, 2, 5):
        status = draft.random.choices(states, (6, 3, 1))[0]
        done = status == "done"
        ticks = [Cell("✓" if each == status else "", align="center") for each in states]
        rows.append([Cell(measure.title), *ticks, Cell(measure.result if done else "-")])
        state_measure(draft, measure, "title", *(["result"] if done else []), status=status)
    return [Table(rows, header_rows=2, widths=(3.0, 0.9, 0.9, 0.9, 3.2))]
