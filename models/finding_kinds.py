"""The kinds of findings, and their names on all pages."""

from __future__ import annotations

from thaita.models.codes import Code


class FindingKind(Code):
    """The kind of a finding: its code, its name in English and Thai, and the English plural."""

    STRENGTH = "strength", "strength", "จุดแข็ง", "strengths"
    WEAKNESS = "weakness", "weakness", "จุดอ่อน", "weaknesses"
    IMPROVEMENT = "improvement", "point to improve", "ข้อที่ควรพัฒนา", "points to improve"
    OBSERVATION = "observation", "observation", "ข้อสังเกต", "observations"
    LIMITATION = "limitation", "limitation", "ข้อจำกัด", "limitations"

    def __init__(self, code: str, en: str, th: str, plural: str) -> None:
        super().__init__(code, en, th)
        self.plural = plural

    @property
    def general(self) -> bool:
        """Whether the finding concerns the agency as a whole; it takes no indicator from the heading above it."""
        return self is FindingKind.LIMITATION

    @property
    def to_improve(self) -> bool:
        """Whether the finding asks the agency to change something."""
        return self in (FindingKind.WEAKNESS, FindingKind.IMPROVEMENT)
