"""The cells of score tables."""

from __future__ import annotations

from decimal import Decimal

from document import Cell
from draft import Draft, header
from facts import INSTRUMENTS

FILLS = ("D9E2F3", "E2EFD9", "FFF2CC", "")
EXTRAS = (
    "weight",
    "target",
    "last_year",
    "national_mean",
    "province_mean",
    "difference",
    "rank",
    "level",
    "full_score",
)


class ScoreTable:
    """Builds the cells of a score table: one column a role, in the order of `roles`."""

    def __init__(self, draft: Draft, roles: list[str]) -> None:
        self.draft = draft
        self.roles = roles
        self.decorated = ""
        self._target = draft.random.choice(("85", "90", "95", "85.00"))
        self._ranks = sorted(draft.results.scores, key=lambda no: -draft.results.scores[no])
        self._others = {no: self._near(no) for no in draft.results.scores}

    def _near(self, no: int) -> Decimal:
        """Return a figure near an indicator's score, for means of others."""
        value = self.draft.results.scores[no] + Decimal(self.draft.random.randint(-600, 600)) / 100
        return min(max(value, Decimal("31.07")), Decimal("98.83"))

    @property
    def widths(self) -> tuple[float, ...]:
        """The shares of the columns in the width of the table."""
        return tuple(4.0 if role == "indicator" else 1.0 if role == "number" else 1.6 for role in self.roles)

    def head(self) -> list[Cell]:
        """Return the header row."""
        return header(*(self.draft.head(role) for role in self.roles))

    def row(self, no: int, number: int) -> list[Cell]:
        """Return the row of an indicator, and record its score."""
        cells = [self._cell(role, no, number) for role in self.roles]
        words = " ".join(
            cell.text for role, cell in zip(self.roles, cells, strict=True) if role in ("indicator", "score")
        )
        self.draft.state_score(no, words)
        return cells

    def _cell(self, role: str, no: int, number: int) -> Cell:
        draft, score = self.draft, self.draft.results.scores[no]
        if role == "indicator":
            return Cell(draft.name(no))
        if role == "instrument":
            return Cell(INSTRUMENTS[no], align="center")
        if role == "level":
            return Cell(quality(score), align="center")
        if role == "difference":
            change = score - draft.last.scores[no]
            return Cell(draft.figures(f"{change:+.2f}", table=True), align="center")
        text = {
            "number": str(number),
            "score": draft.score(score, table=True) + self.decorated,
            "weight": str({"IIT": 6, "EIT": 10, "OIT": 20}[INSTRUMENTS[no]]),
            "full_score": "100",
            "target": self._target,
            "last_year": draft.score(draft.last.scores[no], table=True),
            "national_mean": draft.score(self._others[no], table=True),
            "province_mean": draft.score(self._near(no), table=True),
            "rank": str(self._ranks.index(no) + 1),
        }[role]
        return Cell(draft.figures(text, table=True), align="center")

    def line(self, label: str, values: dict[str, str], fill: str = "") -> list[Cell]:
        """Return a row that spans all columns before the score: a subtotal, a mean or the total."""
        before = self.roles.index("score") if "score" in self.roles else len(self.roles) - 1
        before = max(before, 1)
        cells = [Cell(label, columns=before, bold=True, fill=fill)]
        for role in self.roles[before:]:
            text = self.draft.figures(values.get(role, ""), table=True)
            cells.append(Cell(text, bold=True, align="center", fill=fill))
        return cells


def quality(score: Decimal) -> str:
    """Return words for a score that are no levels of the assessment."""
    return "ดีมาก" if score >= 95 else "ดี" if score >= 85 else "พอใช้" if score >= 75 else "ควรพัฒนา"


def draw_roles(draft: Draft, least: int = 0, most: int = 3) -> list[str]:
    """Return columns in a plausible order: number and name first, the score among its extras."""
    extras = draft.random.sample(EXTRAS, draft.random.randint(least, most))
    around = [*extras, "score"]
    draft.random.shuffle(around)
    number = ["number"] if draft.random.random() < 0.6 else []
    return [*number, "indicator", *around]


def total_row(draft: Draft, table: ScoreTable) -> list[Cell]:
    """Return the row of the overall score; with it the overall score is stated."""
    draft.state_overall()
    label = draft.random.choice(
        ("คะแนนรวม", "คะแนนภาพรวม", "คะแนน ITA ภาพรวมหน่วยงาน", "ผลคะแนนเฉลี่ยรวมถ่วงน้ำหนัก")
    )
    values = {"score": draft.score(draft.results.overall)}
    if "last_year" in table.roles:
        values["last_year"] = draft.score(draft.last.overall)
    return table.line(label, values, draft.random.choice(FILLS))
