"""Forms that state the indicators' scores in tables."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby

from document import Block, Cell, Paragraph, Table
from draft import Draft, header
from facts import INSTRUMENT_NAMES, INSTRUMENTS, WEIGHTS, rounded
from forms import form
from score_cells import ScoreTable, draw_roles, quality, total_row


def _finish(draft: Draft, table: ScoreTable, rows: list[list[Cell]], **look: object) -> list[Block]:
    if draft.forms.get("overall") == "table total" and "score" in table.roles:
        total = total_row(draft, table)
        rows.insert(1, total) if draft.random.random() < 0.2 else rows.append(total)
    return [Table(rows, widths=table.widths, **look)]  # type: ignore[arg-type]


@form("scores", "table plain")
def plain(draft: Draft) -> list[Block]:
    """One row an indicator, in the usual order."""
    table = ScoreTable(draft, draw_roles(draft))
    return _finish(draft, table, [table.head(), *(table.row(no, no) for no in draft.results.scores)])


@form("scores", "table ranked")
def ranked(draft: Draft) -> list[Block]:
    """Rows from the highest score to the lowest; the number is the rank."""
    table = ScoreTable(
        draft, ["rank", "indicator", "score", *draft.random.sample(("instrument", "level"), 1)]
    )
    order = sorted(draft.results.scores, key=lambda no: -draft.results.scores[no])
    return _finish(draft, table, [table.head(), *(table.row(no, at) for at, no in enumerate(order, 1))])


@form("scores", "table instrument merged")
def instrument_merged(draft: Draft) -> list[Block]:
    """The instrument stands in one cell over its indicators."""
    table = ScoreTable(draft, draw_roles(draft, 0, 2))
    rows = [[*header(draft.head("instrument")), *table.head()]]
    short = draft.random.random() < 0.5
    for instrument, group in groupby(draft.results.scores, INSTRUMENTS.__getitem__):
        numbers = list(group)
        label = instrument if short else f"{INSTRUMENT_NAMES[instrument][0]} ({instrument})"
        for at, no in enumerate(numbers):
            first = [Cell(label, rows=len(numbers), align="center")] if not at else []
            rows.append([*first, *table.row(no, no)])
    widths = (2.0, *(3.5 if role == "indicator" else 1.3 for role in table.roles))
    if draft.forms.get("overall") == "table total":
        total = total_row(draft, table)
        total[0].columns += 1
        rows.append(total)
    return [Table(rows, widths=widths)]


@form("scores", "table sectioned")
def sectioned(draft: Draft) -> list[Block]:
    """A row with the instrument's name opens its indicators; its mean stands there or in a row below."""
    table = ScoreTable(draft, draw_roles(draft, 0, 1))
    below = draft.random.random() < 0.5
    rows = [table.head()]
    for instrument, group in groupby(draft.results.scores, INSTRUMENTS.__getitem__):
        mean = {"score": draft.score(rounded(draft.results.mean(instrument)), table=True)}
        name = f"{draft.random.choice(INSTRUMENT_NAMES[instrument])} ({instrument})"
        rows.append(table.line(name, {} if below else mean, "EDEDED"))
        rows += [table.row(no, at) for at, no in enumerate(group, 1)]
        if below:
            rows.append(table.line(f"คะแนนเฉลี่ย {instrument}", mean))
    return _finish(draft, table, rows)


@form("scores", "table an instrument")
def one_table_each(draft: Draft) -> list[Block]:
    """One table an instrument, each below its name."""
    blocks: list[Block] = []
    table = ScoreTable(draft, draw_roles(draft, 0, 1))
    head = table.head()
    for instrument, group in groupby(draft.results.scores, INSTRUMENTS.__getitem__):
        rows = [head, *(table.row(no, at) for at, no in enumerate(group, 1))]
        blocks.append(Paragraph(f"{INSTRUMENT_NAMES[instrument][0]} ({instrument})", bold=True))
        blocks.append(Table(rows, widths=table.widths))
    return blocks


@form("scores", "table transposed")
def transposed(draft: Draft) -> list[Block]:
    """Indicators are columns, with turned heads; one row of scores."""
    turned = draft.random.random() < 0.5
    names = [Cell(draft.name(no), align="center", turned=turned) for no in draft.results.scores]
    scores = [Cell(draft.score(value, table=True), align="center") for value in draft.results.scores.values()]
    label = draft.random.choice(("คะแนน", "คะแนนที่ได้", "ผลคะแนน", "ร้อยละ"))
    for no, cell in zip(draft.results.scores, scores, strict=True):
        draft.state_score(no, f"{draft.name(no)} {cell.text}")
    return [Table([[Cell("ตัวชี้วัด", bold=True), *names], [Cell(label, bold=True), *scores]])]


@form("scores", "table transposed two years")
def transposed_two_years(draft: Draft) -> list[Block]:
    """Indicators are columns; a row a year, the older year first or last."""
    names = header(
        "ปีงบประมาณ",
        *(
            f"{no}. {draft.name(no)}" if draft.numbering != "none" else draft.name(no)
            for no in draft.results.scores
        ),
    )
    results = [draft.last, draft.results]
    if draft.random.random() < 0.5:
        results.reverse()
    rows = [names]
    for each in results:
        year = draft.figures(f"พ.ศ. {each.year}", table=True)
        rows.append(
            [
                Cell(year),
                *(Cell(draft.score(value, table=True), align="center") for value in each.scores.values()),
            ]
        )
    for no, value in draft.results.scores.items():
        draft.state_score(no, f"{draft.name(no)} {draft.score(value, table=True)}")
    return [Table(rows)]


@form("scores", "table two years")
def two_years(draft: Draft) -> list[Block]:
    """Two score columns headed by their years, with or without the change between."""
    years = [("score", draft.results), ("last_year", draft.last)]
    if draft.random.random() < 0.6:
        years.reverse()
    change = draft.random.random() < 0.5
    heads = [draft.head("score_of_year", year=str(each.year)) for _, each in years]
    rows = [header(draft.head("indicator"), *heads, *([draft.head("difference")] if change else []))]
    for no in draft.results.scores:
        cells = [Cell(draft.score(each.scores[no], table=True), align="center") for _, each in years]
        draft.state_score(no, f"{draft.name(no)} {' '.join(cell.text for cell in cells)}")
        if change:
            difference = draft.results.scores[no] - draft.last.scores[no]
            cells.append(Cell(draft.figures(f"{difference:+.2f}", table=True), align="center"))
        rows.append([Cell(draft.figures(f"{no}. {draft.name(no)}", table=True)), *cells])
    return [Table(rows, widths=(4.0, *([1.6] * (len(rows[0]) - 1))))]


@form("scores", "table grouped heads")
def grouped_heads(draft: Draft) -> list[Block]:
    """A head of two lines: years over the figures of each year."""
    now, last = (
        draft.figures(f"ปีงบประมาณ พ.ศ. {each.year}", table=True) for each in (draft.results, draft.last)
    )
    name = Cell(draft.head("indicator"), rows=2, bold=True, align="center")
    rank = draft.head("level")
    top = [name, *(Cell(text, columns=2, bold=True, align="center") for text in (last, now))]
    score = draft.head("score")
    rows = [top, header(score, rank, score, rank)]
    for no in draft.results.scores:
        cells = []
        for each in (draft.last, draft.results):
            value = each.scores[no]
            cells += [
                Cell(draft.score(value, table=True), align="center"),
                Cell(quality(value), align="center"),
            ]
        draft.state_score(no, f"{draft.name(no)} {' '.join(cell.text for cell in cells)}")
        rows.append([Cell(draft.name(no)), *cells])
    return [Table(rows, header_rows=2, widths=(3.5, 1.2, 1.2, 1.2, 1.2))]


@form("scores", "table side by side")
def side_by_side(draft: Draft) -> list[Block]:
    """Two halves side by side: the first five indicators left, the others right."""
    heads = (draft.head("indicator"), draft.head("score"))
    rows = [header(*heads, *heads)]
    for left in range(1, 6):
        cells = []
        for no in (left, left + 5):
            text = draft.score(draft.results.scores[no], table=True)
            draft.state_score(no, f"{draft.name(no)} {text}")
            cells += [Cell(draft.figures(f"{no}. {draft.name(no)}", table=True)), Cell(text, align="center")]
        rows.append(cells)
    return [Table(rows, widths=(3.0, 1.2, 3.0, 1.2))]


@form("scores", "table instruments as columns")
def instruments_as_columns(draft: Draft) -> list[Block]:
    """One column an instrument; each cell holds an indicator's name and its score."""
    columns: dict[str, list[str]] = {"IIT": [], "EIT": [], "OIT": []}
    for no, value in draft.results.scores.items():
        text = f"{draft.name(no)}\n{draft.score(value, table=True)} คะแนน"
        columns[INSTRUMENTS[no]].append(text)
        draft.state_score(no, text)
    rows = [header(*columns)]
    rows += [
        [Cell(texts[at] if at < len(texts) else "", align="center") for texts in columns.values()]
        for at in range(5)
    ]
    return [Table(rows)]


@form("scores", "table with item means")
def with_item_means(draft: Draft) -> list[Block]:
    """Below each indicator's row the means of its questions, marked by item codes."""
    table = ScoreTable(draft, ["number", "indicator", "score"])
    rows = [table.head()]
    code = {"IIT": "i", "EIT": "e", "OIT": "o"}
    count = {"IIT": 0, "EIT": 0, "OIT": 0}
    question = draft.random.choice(("คะแนนเฉลี่ยข้อคำถาม", "ผลรายข้อ", "ข้อย่อย"))
    for no in draft.results.scores:
        rows.append(
            [Cell(cell.text, bold=True, align=cell.align, fill="EDEDED") for cell in table.row(no, no)]
        )
        instrument = INSTRUMENTS[no]
        score = draft.results.scores[no]
        apart = max(Decimal(0), min(Decimal(draft.random.randint(20, 300)) / 100, Decimal("99.99") - score))
        for step in draft.random.sample((-1, 0, 1), 3):
            count[instrument] += 1
            mean = Decimal(100) if instrument == "OIT" else score + step * apart
            name = draft.figures(f"{code[instrument]}{count[instrument]}", table=True)
            rows.append(
                [Cell(""), Cell(f"{question} {name}"), Cell(draft.score(mean, table=True), align="center")]
            )
    return _finish(draft, table, rows)


@form("scores", "table decorated scores")
def decorated(draft: Draft) -> list[Block]:
    """Scores with their unit in the cell."""
    table = ScoreTable(draft, draw_roles(draft, 0, 1))
    table.decorated = draft.random.choice((" คะแนน", "%", " / 100"))
    if table.decorated == " / 100":
        table.decorated = draft.figures(table.decorated, table=True)
    return _finish(draft, table, [table.head(), *(table.row(no, no) for no in draft.results.scores)])


@form("scores", "table without head")
def without_head(draft: Draft) -> list[Block]:
    """Names and scores in a table that has no header row."""
    table = ScoreTable(draft, draft.random.choice((["number", "indicator", "score"], ["indicator", "score"])))
    rows = [table.row(no, no) for no in draft.results.scores]
    return [Table(rows, header_rows=0, widths=(1.0, 4.0, 1.5)[3 - len(table.roles) :])]


@form("scores", "table without lines")
def without_lines(draft: Draft) -> list[Block]:
    """A table with no lines, or with lines between the rows only."""
    table = ScoreTable(draft, draw_roles(draft, 0, 2))
    rows = [table.head(), *(table.row(no, no) for no in draft.results.scores)]
    return _finish(draft, table, rows, borders=draft.random.choice(("none", "rows")))


@form("scores", "table weighted points")
def weighted_points(draft: Draft) -> list[Block]:
    """Beside each score the weight of its instrument and the weighted points of the instrument, merged."""
    head = header(
        draft.head("instrument"),
        draft.head("indicator"),
        draft.head("score"),
        "น้ำหนัก (ร้อยละ)",
        "คะแนนถ่วงน้ำหนัก",
    )
    rows = [head]
    for instrument, group in groupby(draft.results.scores, INSTRUMENTS.__getitem__):
        numbers = list(group)
        points = rounded(draft.results.mean(instrument) * WEIGHTS[instrument])
        for at, no in enumerate(numbers):
            text = draft.score(draft.results.scores[no], table=True)
            draft.state_score(no, f"{draft.name(no)} {text}")
            cells = [Cell(draft.figures(f"{no}. {draft.name(no)}", table=True)), Cell(text, align="center")]
            if not at:
                span = len(numbers)
                weight = draft.figures(str(int(WEIGHTS[instrument] * 100)), table=True)
                cells = [
                    Cell(instrument, rows=span, align="center"),
                    *cells,
                    Cell(weight, rows=span, align="center"),
                    Cell(draft.figures(f"{points}", table=True), rows=span, align="center"),
                ]
            rows.append(cells)
    return [Table(rows, widths=(1.2, 3.5, 1.2, 1.2, 1.4))]


@form("scores", "table eit parts")
def eit_parts(draft: Draft) -> list[Block]:
    """A table of ten scores followed by one of the instruments with the two parts of EIT."""
    blocks = plain(draft)
    first, second = draft.results.eit_parts
    figures = (
        ("IIT", rounded(draft.results.mean("IIT"))),
        ("EIT ส่วนที่ 1 (Part 1)", first),
        ("EIT ส่วนที่ 2 (Part 2)", second),
        ("OIT", rounded(draft.results.mean("OIT"))),
    )
    rows = [header("เครื่องมือ", draft.head("score"))]
    rows += [
        [Cell(draft.figures(name, table=True)), Cell(draft.score(value, table=True), align="center")]
        for name, value in figures
    ]
    return [*blocks, Paragraph("ผลคะแนนจำแนกตามเครื่องมือการประเมิน", bold=True), Table(rows, widths=(3.0, 1.5))]
