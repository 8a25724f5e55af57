"""Inline markup in text files: HTML tags and entities, Markdown emphasis, word-processor residue.

OCR tools and exports leave markup inside cells and paragraphs. Its meaning (a line break, a ticked box) is
kept, and the rest is left out of the lines. Nothing moves: each character of a line keeps its offset in the
file.
"""

from __future__ import annotations

import html
import re

from thaita.models.source_text import SourceText

TICKED, UNTICKED = "☑", "☐"

_BREAKING = "p|br|div|li|ul|ol|tr|table|thead|tbody|h[1-6]|hr|blockquote|section|article|figure|caption"
_INLINE = (
    "span|a|b|i|u|s|em|strong|sup|sub|font|center|small|big|mark|input|label|img|td|th|code|pre|html|body"
    "|head|meta|link|colgroup|col|tfoot|dl|dt|dd|style|script|figcaption|header|footer|page_number|watermark"
)
KNOWN_TAGS = re.compile(rf"{_BREAKING}|{_INLINE}", re.IGNORECASE)
"""Names of tags that `lines_of` treats as markup."""
_TAG = rf"</?(?P<tag>{_BREAKING}|{_INLINE})\b(?P<attributes>[^<>]*)/?>"
_TOKEN = re.compile(
    rf"(?P<comment><!--(?:(?!<!--|-->).)*-->)|{_TAG}|(?P<entity>&(?:[a-z]{{2,8}}|#\d{{1,7}}|#x[0-9a-f]{{1,6}});)"
    r"|(?P<residue>\[(?:bookmark|image|picture|footnote|field)\s*:[^\[\]\n]*\]"
    r"|!\[[^\[\]\n]*\]\((?:[^()\n]|\([^()\n]*\))*\)"
    r"|\[\^[^\]\n]{1,8}\]:?|\{\s*(?:PAGE|NUMPAGES|TOC|HYPERLINK|REF|SEQ)\b[^{}\n]*\})"
    r"|(?P<box>\[[xX✓✔ ]\](?=\s))"
    r"|(?P<emphasis>\*\*|(?<!_)_{2,}+(?=[^\s_])|(?<=[^\s_])_{2,}+)|(?P<escape>\\(?=[\\`*_{}\[\]()#+\-.!|<>]))"
    r"|(?P<line>\r\n?|[\n\f\v\u2028\u2029])",
    re.IGNORECASE | re.DOTALL,
)
_MARKER = re.compile(r"\s*(?:[-–•●▪*]|[(]?[0-9๐-๙]{1,3}[.)])")
_BREAK = re.compile(_BREAKING, re.IGNORECASE)
_CHECKBOX = re.compile(r"type\s*=\s*[\"']?checkbox", re.IGNORECASE)
_CHECKED = re.compile(r"\bchecked\b(?!\s*=\s*[\"']?(?:false|0))", re.IGNORECASE)


def lines_of(text: str, start: int, end: int) -> tuple[SourceText, ...]:
    """Return the displayed lines of `text[start:end]`, without markup and without empty lines.

    >>> [line.chars for line in lines_of("<p>ก &amp; ข</p><input type='checkbox' checked> ค", 0, 50)]
    ['ก & ข', '☑ ค']
    """
    lines: list[list[SourceText]] = [[]]
    done = start
    for token in _TOKEN.finditer(text, start, end):
        if token["entity"] and html.unescape(token[0]) == token[0]:
            continue  # a name that is not an HTML element is text
        lines[-1].append(SourceText.at(text[done : token.start()], done))
        done = token.end()
        shown = _displayed(token)
        if shown.startswith("\n"):
            lines.append([])
            shown = shown[1:]
        if shown:
            lines[-1].append(SourceText(shown, (token.start(),) * len(shown)))
    lines[-1].append(SourceText.at(text[done:end], done))
    joined = (_join(parts).strip() for parts in lines)
    return tuple(line for line in joined if line)


def _join(parts: list[SourceText]) -> SourceText:
    parts = [part for part in parts if part]
    return parts[0] if len(parts) == 1 else SourceText.join(parts)


def _displayed(token: re.Match[str]) -> str:
    if token["tag"]:
        if token["tag"].lower() == "input" and _CHECKBOX.search(token["attributes"]):
            return TICKED if _CHECKED.search(token["attributes"]) else UNTICKED
        if token["tag"].lower() == "li" and not token[0].startswith("</"):
            return "\n" if _MARKER.match(token.string, token.end()) else "\n• "
        return "\n" if _BREAK.fullmatch(token["tag"]) else ""
    if token["entity"]:
        return html.unescape(token["entity"])
    if token["box"]:
        return UNTICKED if token["box"] == "[ ]" else TICKED
    return "\n" if token["line"] else ""
