"""Regular expressions for many words, which share their first letters so that each letter of a text is compared once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

_END = ""
"""The key that says that a word ends here."""


class _Letters(dict[str, "_Letters"]):
    """The letters that may come next, each with those after it."""


def word_tree(words: Iterable[str], gap: str = "", spelled: Callable[[str], str] = re.escape) -> str:
    """Return a regular expression for any of some words, the longest first, as alternatives without a group.

    `gap` matches what may stand between two letters; `spelled` returns the expression for a letter.

    >>> word_tree(["กอง", "กองคลัง", "งาน"])
    'กอง(?:คลัง)?|งาน'
    """
    root = _Letters()
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, _Letters())
        node[_END] = _Letters()
    return "|".join(_branches(root, gap, spelled))


def _branches(node: _Letters, gap: str, spelled: Callable[[str], str]) -> list[str]:
    letters = sorted(letter for letter in node if letter != _END)
    return [spelled(letter) + _rest(node[letter], gap, spelled) for letter in letters]


def _rest(node: _Letters, gap: str, spelled: Callable[[str], str]) -> str:
    branches = _branches(node, gap, spelled)
    if not branches:
        return ""
    rest = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{gap}{rest})?" if _END in node else f"{gap}{rest}"
