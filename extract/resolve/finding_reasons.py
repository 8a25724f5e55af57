"""Reasons for and against a finding: how it was found, what its text says, and what stands around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from statistics import median

from thaita.extract.find.finding_candidate import FindingCandidate
from thaita.extract.resolve.confidence import band, judge
from thaita.extract.structure.item_subject import without_subject_behind
from thaita.models.finding_kinds import FindingKind
from thaita.normalize.heading_model import TEXT, likely_labels
from thaita.normalize.indicators import find_indicators
from thaita.normalize.match_key import fold
from thaita.normalize.numerals import find_numbers, strip_marker
from thaita.normalize.passage_model import OTHER, likely_passages

TEXT_PART = "findings.text"
LABEL_PART = "findings.labels"
LEAST = 0.2
"""Confidence below which a text is no finding, unless its words are those of one: it stands in `unread`."""
_PROBABILITIES = (0.02, 0.1, 0.3, 0.6, 0.9)
_LENGTHS = (8, 15, 30, 60, 150, 300)
_SHORT = 80
"""Most letters of a text that can be a heading."""
_OPENING = 16
"""Characters before an indicator's name with which a text opens."""
_SIMILAR = 0.4
"""Share of the median length of its siblings below which a text is short among them."""
_OTHER_TEXT = 0.6
"""Probability from which the words of a text are those of other text than findings."""
Words = Callable[[str], Sequence[tuple[str, float]]]


SPEAKS = frozenset({"says:kind", "says:other_kind"})
"""Reasons that the words of a text are those of a finding."""


_STATES_RESULT = frozenset({"states_overall", "label:likely"})
"""Reasons of a sentence from which the overall score is read, below a heading that may not announce findings."""


def is_refused(text_reasons: Collection[str]) -> bool:
    """Return whether a text is hardly a finding: it is unlikely, and its words are not those of one.

    Neither is a sentence that states the result, unless a known heading says so.
    """
    reasons = set(text_reasons)
    if reasons >= _STATES_RESULT:
        return True
    return judge(TEXT_PART, reasons).confidence < LEAST and not SPEAKS & reasons


@dataclass(frozen=True, slots=True)
class _Said:
    """What the words of a text say: the probability (0-1) of each label."""

    of: dict[str, float]

    def best(self, kind: FindingKind) -> str:
        """Return the most likely label: `kind` for the kind itself, `other_kind` for another one."""
        label = max(self.of, key=lambda name: self.of[name], default=OTHER)
        return "kind" if label == kind else "other_kind" if FindingKind.known(label) else label

    def kind(self, kind: FindingKind) -> float:
        """Return the share of a kind among the kinds of findings."""
        kinds = sum(self.of.get(one, 0.0) for one in FindingKind)
        return self.of.get(kind, 0.0) / kinds if kinds else 0.0


def finding_reasons(
    candidates: Sequence[FindingCandidate],
    year: int | None,
    words: Words = likely_passages,
    overall: Collection[int] = (),
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return for each finding the reasons that it is one, and those that its labels are right.

    `year` is the fiscal year (B.E.); `words` returns the labels of a passage with their probabilities; `overall` are
    the offsets in the document at which an overall score stands.
    """
    plain = [without_subject_behind(one.text.chars, year) for one in candidates]
    said = [_Said(dict(words(chars))) for chars in plain]
    lists: dict[object, list[int]] = {}
    for at, one in enumerate(candidates):
        lists.setdefault(one.under or at, []).append(at)
    of_list = {under: _List(candidates, said, siblings) for under, siblings in lists.items()}
    found = []
    for at, one in enumerate(candidates):
        common = (*one.reasons, *of_list[one.under or at].reasons(at), *_of_flags(one))
        text = (*common, *_of_words(one, plain[at], said[at]), *_of_text(one, plain[at], year))
        if any(start <= offset < end for start, end in one.text.spans() for offset in overall):
            text = (*text, "states_overall")
        labels = (*common, *_of_labels(one, said[at], year))
        found.append((text, labels))
    return found


def _of_words(one: FindingCandidate, chars: str, said: _Said) -> list[str]:
    other = said.of.get(OTHER, 0.0)
    reasons = [band("other", other, _PROBABILITIES), f"says:{said.best(one.kind)}"]
    if not one.marked:
        reasons.append(band("unmarked_other", other, (0.1, 0.6)))
    reasons.append(band("measure", said.of.get("measure", 0.0), _PROBABILITIES))
    reasons.append(band("kind", said.kind(one.kind), _PROBABILITIES))
    if len(fold(chars)) < _SHORT:
        text = dict(likely_labels(chars)).get(TEXT, 0.0)
        reasons.append(band("heading", 1 - text, _PROBABILITIES))
    return reasons


def _of_text(one: FindingCandidate, chars: str, year: int | None) -> list[str]:
    folded = fold(chars)
    reasons = [band("length", len(folded), _LENGTHS)]
    if any("." in number.as_written for number in find_numbers(chars)):
        reasons.append("figure")
    if re.fullmatch(r"[\d๐-๙.,%/ ()-]+", chars):
        reasons.append("only_figures")
    if strip_marker(chars)[0]:
        reasons.append("marker_inside")
    if "\n" in chars and not one.in_table:
        reasons.append("several_lines")
    if chars.rstrip().endswith(":"):
        reasons.append("ends_with_colon")
    named = find_indicators(chars[:120], year)
    if named:
        reasons.append("names_indicator" if named[0].start > _OPENING else "opens_with_indicator")
    return reasons


class _List:
    """The findings below the same label, compared with each other in time that grows with their number."""

    def __init__(
        self, candidates: Sequence[FindingCandidate], said: Sequence[_Said], at: Sequence[int]
    ) -> None:
        self._place = {one: place for place, one in enumerate(at)}
        self._lengths = {one: len(fold(candidates[one].text.chars)) for one in at}
        self._ordered = sorted(self._lengths.values())
        other = [said[one].of.get(OTHER, 0.0) for one in at]
        self._first_other = next((i for i, share in enumerate(other) if share > _OTHER_TEXT), len(at))
        self._among_other = median(other) > _OTHER_TEXT

    def reasons(self, at: int) -> list[str]:
        """Return what the other findings say about one of them."""
        place, others = self._place[at], len(self._place) - 1
        reasons = [band("place", place, (1, 3, 8)), band("siblings", others, (1, 3, 8))]
        if others and self._lengths[at] < _SIMILAR * self._median_without(self._lengths[at]):
            reasons.append("short_among_siblings")
        if place > self._first_other:
            reasons.append("after_other_text")
        if others and self._among_other:
            reasons.append("among_other_text")
        return reasons

    def _median_without(self, length: int) -> float:
        """Return the median of all lengths but one."""
        removed, middle = bisect_left(self._ordered, length), (len(self._ordered) - 1) // 2
        upper = self._ordered[middle + (middle >= removed)]
        if len(self._ordered) % 2 == 0:
            return upper
        return (self._ordered[middle - 1 + (middle - 1 >= removed)] + upper) / 2


def _of_flags(one: FindingCandidate) -> list[str]:
    return [f"flag:{flag}" for flag in one.flags]


def _of_labels(one: FindingCandidate, said: _Said, year: int | None) -> list[str]:
    reasons = [band("kind", said.kind(one.kind), _PROBABILITIES), f"is:{one.kind}"]
    named = {found.no for found in find_indicators(one.text.chars, year)}
    if one.indicators:
        reasons.append("indicators" if len(one.indicators) > 1 else "indicator")
        if named:
            reasons.append("same_indicator" if named & set(one.indicators) else "other_indicator")
    elif named:
        reasons.append("unlabeled_indicator")
    reasons += (
        ["topic"] * bool(one.topic) + ["item"] * bool(one.items) + ["instrument"] * bool(one.instrument)
    )
    if len(one.items) > 1:
        reasons.append("items")
    if not (one.indicators or one.topic or one.items or one.instrument):
        reasons.append("unlabeled")
    return reasons
