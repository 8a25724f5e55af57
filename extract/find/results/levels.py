"""The levels that sentences name beside a mean: the nation, a province, a ministry, a type of agency."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from thaita.extract.find.results.names import Subject, ministry_in, province_in
from thaita.normalize.cue_words import any_cue
from thaita.normalize.match_key import fold
from thaita.normalize.result_words import type_at_end

FIGURE = re.compile(r"[0-9๐-๙][.][0-9๐-๙]|[0-9๐-๙]\s*คะแนน")
"""A figure that can be a score: with decimals, or with its unit."""
_LEVEL = re.compile(r"(?:ภาพรวม)?(?:ระดับ|ทั้ง|ทั่ว|ของ|ภาพรวม|เฉลี่ย)ประเทศ|จังหวัด(?=[ก-๎])|กระทรวง(?=[ก-๎])")
_MEAN = re.compile(any_cue("mean"))
_GENERIC = re.compile(rf"(?:{any_cue('of_level', 'mean')}|:)*")
"""What may stand between the word for a mean and the level whose mean it is."""
_REACH = 45


def level_mentions(chars: str, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, Subject]]:
    """Yield the levels that a paragraph names beside a mean: where the name begins and ends, and what it names.

    `taken` are the names of agencies. Words before a level that name a type make it the type's mean; other words that
    are not known to say nothing make it the mean of some part of the level, which is left out.
    """
    for hit in _LEVEL.finditer(chars):
        figure = FIGURE.search(chars, hit.end())
        if figure is None or any(start <= hit.start() < end for start, end in taken):
            continue
        said = [figure.end() for figure in FIGURE.finditer(chars, 0, hit.start())]
        before = chars[max([0, hit.start() - _REACH, *said[-1:]]) : hit.start()]
        means = list(_MEAN.finditer(before))
        between = before[means[-1].end() :] if means else ""
        if not means and not _MEAN.search(chars, hit.start(), figure.start()):
            continue  # the address of an agency
        if hit[0].endswith("ประเทศ"):
            kind = type_at_end(before)
            if kind:
                yield hit.start(), hit.end(), Subject("type", kind, kind)
            elif _GENERIC.fullmatch(fold(between)):
                yield hit.start(), hit.end(), Subject("national", "ประเทศ")
        elif _GENERIC.fullmatch(fold(between)):
            yield from _of_name(chars, hit)


def _of_name(chars: str, hit: re.Match[str]) -> Iterator[tuple[int, int, Subject]]:
    rest = chars[hit.start() : hit.end() + 60]
    if hit[0] == "กระทรวง":
        if ministry := ministry_in(rest.split(" ")[0]):
            yield hit.start(), hit.start() + len(ministry), Subject("ministry", ministry)
    elif province := province_in(chars[hit.start() : hit.end() + 30]):
        end = hit.end() + len(province)
        yield hit.start(), end, Subject("province", f"จังหวัด{province}", None, province)
