"""Forms that state the overall score and the level, and the sentences that only look like it."""

from __future__ import annotations

from decimal import Decimal

from document import Block, Cards, Cell, Paragraph, Table
from draft import Draft, header, paragraph
from facts import FIVE_LEVELS_FROM, LETTERS, rounded
from forms import form

NO_FIGURE = ("d_venue", "d_example")
NEAR_SCORES = (
    "d_target",
    "d_expect",
    "d_national",
    "d_province",
    "d_other",
    "d_other_year",
    "d_band",
    "d_scale",
)
ASIDE = ("d_count", "d_budget", "d_percent")


@form("overall", "none")
def none(draft: Draft) -> list[Block]:
    """Neither score nor level is stated."""
    del draft
    return []


@form("overall", "words only")
def words_only(draft: Draft) -> list[Block]:
    """A sentence on the overall result without a figure."""
    return [paragraph(draft.say("overall_words_none"))]


@form("overall", "sentence")
def sentence(draft: Draft) -> list[Block]:
    """A sentence with the overall score."""
    draft.state_overall()
    return [paragraph(draft.say("overall"))]


@form("overall", "sentence with level")
def sentence_with_level(draft: Draft) -> list[Block]:
    """A sentence with the overall score and the level."""
    draft.state_overall(level=True)
    return [paragraph(draft.say("overall_level"))]


@form("overall", "level only")
def level_only(draft: Draft) -> list[Block]:
    """A sentence with the level only."""
    draft.state_overall(score=False, level=True)
    return [paragraph(draft.say("level_only"))]


@form("overall", "change")
def change(draft: Draft) -> list[Block]:
    """A sentence that compares the overall score with last year's."""
    draft.state_overall()
    now, last = draft.results.overall, draft.last.overall
    directed = "change_up" if now > last else "change_down" if now < last else "change"
    return [paragraph(draft.say(draft.random.choice(("change", directed))))]


@form("overall", "key value")
def key_value(draft: Draft) -> list[Block]:
    """Two lines: the overall score, the level."""
    draft.state_overall(level=True)
    keys = draft.random.choice(
        (("คะแนนภาพรวม", "ระดับผลการประเมิน"), ("ผลคะแนน ITA", "ระดับ"), ("คะแนนที่ได้", "อยู่ในระดับ"))
    )
    values = (f"{draft.score(draft.results.overall)} คะแนน", draft.results.level)
    return [Paragraph(f"{key} : {value}") for key, value in zip(keys, values, strict=True)]


@form("overall", "card")
def card(draft: Draft) -> list[Block]:
    """A box with the score large and the level below it, as on a dashboard."""
    draft.state_overall(level=True)
    head = draft.random.choice(("คะแนนภาพรวมหน่วยงาน", "คะแนน ITA ของหน่วยงาน", "ผลการประเมินภาพรวม"))
    level = draft.random.choice(("ระดับ {level}", "ผลการประเมินระดับ {level}", "{level}"))
    return [
        Cards(
            [[head, draft.score(draft.results.overall), level.format(level=draft.results.level)]], per_row=1
        )
    ]


@form("overall", "small table")
def small_table(draft: Draft) -> list[Block]:
    """A table of instruments with their means, and the overall score and level in its last row."""
    draft.state_overall(level=True)
    rows = [header("เครื่องมือ", "คะแนน", "ระดับ")]
    for instrument in ("IIT", "EIT", "OIT"):
        mean = draft.score(rounded(draft.results.mean(instrument)), table=True)
        rows.append([Cell(instrument), Cell(mean, align="center"), Cell("")])
    figures = (draft.score(draft.results.overall, table=True), draft.results.level)
    rows.append(
        [Cell("ภาพรวมหน่วยงาน", bold=True), *(Cell(text, bold=True, align="center") for text in figures)]
    )
    return [Table(rows, widths=(2.5, 1.2, 1.2))]


@form("overall", "table total")
def table_total(draft: Draft) -> list[Block]:
    """The score table carries the overall score in a row of its own."""
    del draft
    return []


def distractors(draft: Draft, roles: tuple[str, ...], most: int) -> list[Block]:
    """Return paragraphs that state other figures than the report's own results."""
    letters = draft.results.year < FIVE_LEVELS_FROM
    roles = tuple("d_band_letters" if role == "d_band" and letters else role for role in roles)
    chosen = draft.random.sample(roles, min(len(roles), draft.random.randint(0, most)))
    return [paragraph(draft.say(role)) for role in chosen]


def band_table(draft: Draft) -> list[Block]:
    """Return the table of levels with their bounds, as reports print it in their method."""
    if draft.results.year < FIVE_LEVELS_FROM:
        bounds = [
            (name, low, high)
            for (name, low), high in zip(
                LETTERS, (100, "94.99", "84.99", "74.99", "64.99", "54.99", "49.99"), strict=True
            )
        ]
    else:
        bounds = [
            ("ผ่านดีเยี่ยม", 95, 100),
            ("ผ่านดี", 85, "94.99"),
            ("ผ่าน (มีเครื่องมือที่ต่ำกว่า 85)", 85, "94.99"),
            ("ต้องปรับปรุง", 70, "84.99"),
            ("ต้องปรับปรุงโดยด่วน", 0, "69.99"),
        ]
    rows = [header("ระดับ", "ช่วงคะแนน")]
    rows += [
        [
            Cell(draft.figures(name, table=True)),
            Cell(draft.figures(f"{low} – {high}", table=True), align="center"),
        ]
        for name, low, high in bounds
    ]
    return [Paragraph("เกณฑ์การแบ่งระดับผลการประเมิน", bold=True), Table(rows, widths=(1.5, 2.0))]


def respondents_table(draft: Draft) -> list[Block]:
    """Return a table of who answered the surveys: counts and percentages that are no scores."""
    rows = [header("กลุ่มผู้ตอบ", "จำนวนขั้นต่ำ (คน)", "ผู้ตอบจริง (คน)", "คิดเป็นร้อยละ")]
    for name in ("ผู้มีส่วนได้ส่วนเสียภายใน", "ผู้มีส่วนได้ส่วนเสียภายนอก"):
        least = draft.random.randint(20, 90)
        real = least + draft.random.randint(0, 60)
        share = rounded(Decimal(100 * real) / least)
        rows.append(
            [
                Cell(name),
                *(
                    Cell(draft.figures(str(value), table=True), align="center")
                    for value in (least, real, share)
                ),
            ]
        )
    return [Paragraph("จำนวนผู้ตอบแบบวัด", bold=True), Table(rows, widths=(2.5, 1.3, 1.3, 1.3))]
