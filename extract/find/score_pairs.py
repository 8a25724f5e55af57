"""Pairs of indicator names and figures in a text, chosen for the whole text at once.

A name may stand before or after its figure ("การใช้อำนาจ ได้ 95.16", "95.16 คือคะแนนของการใช้อำนาจ"). Each name takes
one neighbouring figure and each figure one name, so that the links of the text are strongest together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from thaita.extract.find.score_candidates import looks_like_score
from thaita.normalize.figure_cues import pattern
from thaita.normalize.figures import Figure, read_figures
from thaita.normalize.indicators import Found
from thaita.normalize.match_key import fold
from thaita.normalize.numerals import to_arabic

MARGIN = 0.7
"""Lead of the chosen links over the next best below which the pairing is uncertain."""
_MAX_GAP = 110
_MAX_LONG_GAP = 220
"""Maximum letters between a name and its figure; the longer one if words such as อยู่ที่ร้อยละ touch the figure."""
_FULL = 100
_LEAST_BARE = 30
"""Minimum score directly before a name; a smaller figure is the number of a section: "3.10 การใช้อำนาจ"."""
_LABEL = rf"(?:{pattern('between', 'name_label').pattern}|ที่[0-9]{{1,2}}|[0-9]{{1,2}}[.)]|[“\"'‘(:–—-])*"
_JOINER = pattern("between", "joiner").pattern
_UNIT = r"(?:คะแนน|%|points?)?[)”\"]?(?:คะแนน)?"
_CONNECTED = re.compile(rf"[”\"'’)]*{_LABEL}(?:,|{_JOINER})+{_LABEL}")
_BETWEEN_FIGURES = re.compile(rf"(?:,|{_JOINER}|คะแนน|ร้อยละ|%)*")
_LAYOUT = re.compile(rf"{_UNIT}[|\]]*{_LABEL}")
_INTRODUCED = re.compile(rf"(?:{pattern('between', 'introduces').pattern})\s*$")
_NAMED, _WORDS, _BARE, _BARE_BACK, _ACROSS = 3.2, 3.0, 1.6, 1.5, 0.5
"""Strength of a link with words that name the owner, with scoring words, and without words to the figure or back to
the name; loss across lines. Without words, the order that pairs more names of the text wins."""
_AT_START = re.compile(r"[\s•\-–—*0-9.)(]*(?:ร้อยละ|คะแนน)?\s*$")
_TOTAL = re.compile(
    rf"(?:{pattern('before', 'overall').pattern}|(?P<instrument>iit|eit|oit))[)]?"
    rf"(?:{pattern('between', 'filler', 'total_filler').pattern}|[:=(-])*$"
)
_NEW_VALUE = re.compile(rf"(?:{pattern('between', 'new_value').pattern})$")
_SHARED = pattern("between", "shared")
_ONLY_FILLER = re.compile(
    rf"(?:{pattern('between', 'filler', 'pair_filler').pattern}|[\s:=\-–.…()|*“”\"'>→])*"
)


@dataclass(frozen=True, slots=True)
class Pair:
    """An indicator name with its figure; `sure` tells whether no other pairing is about as likely."""

    name: Found
    figure: Figure
    sure: bool = True


def figures_beside(chars: str, names: Sequence[Found], own: str | None = None) -> tuple[Figure, ...]:
    """Return the figures of a text; the words of the names say nothing about them: การปฏิบัติหน้าที่ 95.

    `own` is the name of the report's agency.
    """
    masked = list(chars)
    for name in names:
        masked[name.start : name.end] = "ๆ" * (name.end - name.start)
    return read_figures("".join(masked), own)


def pair_scores(chars: str, names: Sequence[Found], year: int | None) -> list[Pair]:
    """Return the indicators of a text with their scores of the assessed year (B.E.), in order of the names."""
    return pair_tokens(chars, names, likely_scores(chars, figures_beside(chars, names), year))


def likely_scores(chars: str, figures: Sequence[Figure], year: int | None) -> list[Figure]:
    """Return the figures that are written like a score and may be one of the assessed year (B.E.)."""
    return [
        figure
        for figure in figures
        if figure.is_own(year)
        and 0 <= figure.number.value <= _FULL
        and _looks_like_score(chars, figure)
        and not _is_total(chars, figure)
    ]


def pair_tokens(
    chars: str, names: Sequence[Found], figures: Sequence[Figure], edges: Sequence[int] = ()
) -> list[Pair]:
    """Return the pairs of names and figures of a text; a pair across a line that starts at an edge is less likely."""
    if not names or not figures:
        return []
    both: list[Found | Figure] = [*names, *figures]
    tokens = sorted(both, key=lambda token: token.start)
    listed, rest = _in_order(chars, tokens)
    return sorted([*listed, *_matched(chars, rest, edges)], key=lambda pair: pair.name.start)


def _is_total(chars: str, figure: Figure) -> bool:
    """Return whether the words that touch a figure make it the overall score or an instrument's."""
    found = _TOTAL.search(fold(chars[max(0, figure.start - 40) : figure.start]))
    return found is not None and (
        found["instrument"] is None
        or not re.search(r"[(]\s*[IEO]IT", chars[figure.start - 20 : figure.start])
    )


def _looks_like_score(chars: str, figure: Figure) -> bool:
    before = chars[max(0, figure.start - 24) : figure.start]
    return looks_like_score(figure.number, before, chars[figure.end : figure.end + 24].lstrip())


# --- names in a row, then their figures in the same order ------------------------------------------------


def _runs(tokens: Sequence[Found | Figure]) -> list[list[Found | Figure]]:
    runs: list[list[Found | Figure]] = []
    for token in tokens:
        if runs and isinstance(runs[-1][0], Figure) == isinstance(token, Figure):
            runs[-1].append(token)
        else:
            runs.append([token])
    return runs


def _in_order(chars: str, tokens: Sequence[Found | Figure]) -> tuple[list[Pair], list[Found | Figure]]:
    """Return the pairs of lists such as "A และ B ได้ 90.10 และ 88.20 ตามลำดับ", and the tokens outside of them."""
    pairs: list[Pair] = []
    rest: list[Found | Figure] = []
    runs = _runs(tokens)
    i = 0
    while i < len(runs):
        names = [token for token in runs[i] if isinstance(token, Found)]
        figures = [token for token in runs[i + 1] if isinstance(token, Figure)] if i + 1 < len(runs) else []
        if len(names) < 2 or not figures:
            rest += runs[i]
            i += 1
            continue
        found = _list_pairs(chars, names, figures)
        pairs += found
        rest += [] if found or _one_list(chars, names) else [*names, *figures]
        i += 2
    return pairs, rest


def _list_pairs(chars: str, names: Sequence[Found], figures: Sequence[Figure]) -> list[Pair]:
    said = pattern("between", "in_order").search(chars, figures[-1].end, figures[-1].end + 40) is not None
    joined = _one_list(chars, names)
    if len(figures) == len(names) and (said or (joined and _joined(chars, figures, _BETWEEN_FIGURES))):
        return [Pair(name, figure) for name, figure in zip(names, figures, strict=True)]
    shared = figures[0].number.value == _FULL or _SHARED.search(chars[names[-1].end : figures[0].end + 30])
    if len(figures) == 1 and joined and shared:
        return [Pair(name, figures[0]) for name in names]
    return []


def _one_list(chars: str, names: Sequence[Found]) -> bool:
    return _joined(chars, names, _CONNECTED)


def _joined(chars: str, tokens: Sequence[Found] | Sequence[Figure], words: re.Pattern[str]) -> bool:
    spans = [(token.start, token.end) for token in tokens]
    gaps = [chars[a[1] : b[0]] for a, b in pairwise(spans)]
    return all(words.fullmatch(fold(gap)) and "\n" not in gap for gap in gaps)


# --- names and figures that alternate --------------------------------------------------------------------


def _matched(chars: str, tokens: Sequence[Found | Figure], edges: Sequence[int]) -> Iterator[Pair]:
    """Yield the pairs of neighbours whose links are strongest together."""
    links = [_link(chars, a, b, edges) for a, b in pairwise(tokens)]
    chosen, total = best_links(links)
    for i in chosen:
        _, other = best_links([None if at == i else link for at, link in enumerate(links)])
        a, b = tokens[i], tokens[i + 1]
        name, figure = (a, b) if isinstance(a, Found) else (b, a)
        if isinstance(name, Found) and isinstance(figure, Figure):
            yield Pair(name, figure, total - other >= MARGIN)


def best_links(links: Sequence[float | None]) -> tuple[list[int], float]:
    """Return the links between neighbours in a row that are strongest together, no two of one neighbour.

    >>> best_links([1.0, 1.5, 1.0])
    ([0, 2], 2.0)
    """
    best: list[tuple[float, list[int]]] = [(0.0, []), (0.0, [])]
    for i, link in enumerate(links):
        skip, take = best[-1], (0.0, []) if link is None else (best[-2][0] + link, [*best[-2][1], i])
        best.append(take if link is not None and take[0] > skip[0] else skip)
    return best[-1][1], best[-1][0]


def _link(chars: str, a: Found | Figure, b: Found | Figure, edges: Sequence[int]) -> float | None:
    between = chars[a.end : b.start]
    link = None
    if "\n" not in between and isinstance(a, Found) and isinstance(b, Figure):
        link = _to_figure(chars, a, b)
    elif "\n" not in between and isinstance(a, Figure) and isinstance(b, Found):
        link = _to_name(chars, a, between)
        if link is not None and link < _NAMED and any(a.end <= edge <= b.start for edge in edges):
            return None  # a figure ends its line and a name begins the next: each has its own line
    crosses = any(a.end <= edge <= b.start for edge in edges)
    return link - _ACROSS if link is not None and crosses else link


def _to_figure(chars: str, name: Found, figure: Figure) -> float | None:
    """Return the strength of the link from a name to the figure after it; None without one."""
    between = chars[name.end : figure.start]
    words = fold(between)
    touched = next(
        (m for m in pattern("before", "score").finditer(words) if _only_filler(words[m.end() :])), None
    )
    unit = re.match(r"\s*(?:คะแนน|%|points?)", chars[figure.end :]) or figure.number.percent
    scored = "คะแนน" in chars[max(0, name.start - 60) : name.start]
    if _only_filler(words):
        bare = not words.strip("“”\"'")
        return (
            _WORDS
            if not bare
            else _BARE
            if "." in to_arabic(figure.number.as_written) or unit or scored
            else None
        )
    gap = len(between)
    becomes = pattern("before", "change", "last_year").search(words) and _NEW_VALUE.search(words)
    if (touched or becomes) and gap <= _MAX_LONG_GAP:
        return 2.5 - gap / 200
    sayings = unit or pattern("between", "says_score").search(between)
    introduced = name.doubt != "inside a longer word" or _INTRODUCED.search(chars[: name.start])
    if sayings and gap <= _MAX_GAP and introduced:
        return 1.5 - gap / 200
    return 2.0 if scored and gap <= 15 and _LAYOUT.fullmatch(words) else None


def _to_name(chars: str, figure: Figure, between: str) -> float | None:
    """Return the strength of the link from a figure to the name after it; None without one."""
    words = fold(between)
    unit = re.match(_UNIT, words)
    rest = words[unit.end() if unit else 0 :]
    linked = pattern("after", "score_of").match(rest)
    if linked and re.fullmatch(rf"(?:ของ)?{_LABEL}", rest[linked.end() :]):
        return _NAMED
    if _LAYOUT.fullmatch(words) and (figure.number.value >= _LEAST_BARE or words.startswith(("คะแนน", "%"))):
        return 2.0 if _AT_START.match(chars[: figure.start]) else _BARE_BACK
    return None


def _only_filler(words: str) -> bool:
    return _ONLY_FILLER.fullmatch(words) is not None
