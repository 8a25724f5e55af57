"""How many agencies a level has: the number directly after its name, or after the words for all of them."""

from __future__ import annotations

import re
from decimal import Decimal

from thaita.extract.find.results.candidate import Stated
from thaita.extract.find.results.names import district_in, ministry_in, province_in
from thaita.models.source_text import SourceText
from thaita.normalize.cue_words import any_cue
from thaita.normalize.match_key import ARABIC, fold
from thaita.normalize.result_words import ends_with_level

COUNT = re.compile(rf"([0-9๐-๙][0-9๐-๙,]*)\s*{any_cue('agencies')}")
_COUNTED = re.compile(rf"[(]?{any_cue('counted')}*")
_OUT_OF = re.compile(rf"{any_cue('out_of')}\s*$")
"""What stands before the number of all agencies of a level."""
_LONGEST = 200
"""Most characters of a level's name."""


def count_of_level(text: SourceText, start: int, stop: int) -> Stated | None:
    """Return the number of agencies of a level whose name ends at `start`; other numbers count some of them."""
    for count in COUNT.finditer(text.chars, start, stop):
        before = text.chars[start : count.start()]
        if _COUNTED.fullmatch(fold(before)) or _OUT_OF.search(before):
            value = Decimal(count[1].translate(ARABIC).replace(",", ""))
            return Stated(value, text[count.start(1) : count.end(1)])
    return None


def level_end(name: str) -> int:
    """Return where the words for a level end in the name of a row: before those that only count.

    >>> [level_end(name) for name in ("ค่าเฉลี่ยจังหวัดน่าน (100 แห่ง)", "ค่าเฉลี่ยจังหวัดน่าน ผ่านเกณฑ์ 2 แห่ง")]
    [20, 0]
    """
    count = COUNT.search(name)
    if count is None or count.start() > _LONGEST:
        return 0
    said = (end for end in range(count.start(), 0, -1) if _COUNTED.fullmatch(fold(name[end : count.start()])))
    return next((end for end in said if not name[end - 1].isspace() and _is_level(name[:end])), 0)


def _is_level(words: str) -> bool:
    """Return whether words end with the name of a level, or with those of a mean."""
    return ends_with_level(words) or any(
        found is not None and fold(words).endswith(fold(found))
        for found in (province_in(words), ministry_in(words), district_in(words))
    )
