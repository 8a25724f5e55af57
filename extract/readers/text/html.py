"""Web pages, and web archives (MHTML) saved by Word: the displayed text as paragraphs and tables."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.errors import MessageError

from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.readers.text.encoding import decode
from thaita.extract.readers.text.html_tables import before_cells, find_html_tables, read_html_table
from thaita.extract.readers.text.markup import KNOWN_TAGS, lines_of
from thaita.extract.readers.text.reader import markup_of
from thaita.models.document import Block, Document, Mark, Paragraph, ReaderProblem
from thaita.models.flags import Flag
from thaita.models.problem_codes import ProblemCode
from thaita.models.source_text import SourceText, Span

MEDIA_TYPE = "text/html"

_LEAD = rb"(?:\xef\xbb\xbf)?(?:\s|<\?xml[^>]*>|<!--.{0,1000}?-->)*"
_PAGE = re.compile(_LEAD + rb"(?:<!doctype\s+html\b|<html\b)", re.IGNORECASE | re.DOTALL)
_CLOSING = re.compile(rb"</html\s*>", re.IGNORECASE)
_MAIL = re.compile(rb"\s*(?:mime-version|from|subject|date|content-[a-z-]+|snapshot-[a-z-]+):", re.IGNORECASE)
_MAIL_PAGE = re.compile(rb"^content-type:\s*(?:multipart/related|text/html)", re.IGNORECASE | re.MULTILINE)
_HEAD_LENGTH = 4096
"""Number of bytes within which a file identifies itself as a web page or a web archive."""

_TOKEN = re.compile(
    r"<!--|<[!?][^<>]*>|<(?P<end>/?)(?P<name>[a-z][\w:.-]*)(?P<attributes>(?:\s[^<>]*|/)?)>", re.IGNORECASE
)
_NOT_SHOWN = frozenset(("script", "style", "title", "template", "xml"))
_VOID = re.compile("area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr")
_PARTS = re.compile(
    "address|aside|body|center|dd|details|dl|dt|fieldset|footer|form|header|html|legend|main|nav|optgroup|option"
    "|pre|select|summary"
)
"""Elements that start a new line and that text files do not use in this meaning."""
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_HIDDEN = re.compile(r"\shidden\b", re.IGNORECASE)
_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'")
_HEADING = re.compile(r"<h([1-6])\b[^<>]*>(?:(?!</?h[1-6]\b).)*", re.IGNORECASE | re.DOTALL)
_EDGE = re.compile(r"</?(?:p|div|li|t[dhr]|table|body|h[1-6]|br)\b[^<>]*>", re.IGNORECASE)
_MAX_UNCLOSED = 100
"""Number of crossed-out elements without an end tag after which the search for end tags stops: each search
takes a whole page."""
_SEARCH_RANGE = 2_000
"""Number of characters around crossed-out text in which the ends of its cell or paragraph are searched."""
_SAMPLE = 60
STRUCK = Flag.STRUCK
"""The flag of crossed-out text and of the rest of its cell."""


def is_html(data: bytes) -> bool:
    """Return whether the bytes are one whole web page, not text with tags left in it by an OCR tool.

    >>> is_html(b"<!DOCTYPE html><p>ITA"), is_html(b"<html><table></table></html> and more"), is_html(b"<p>ITA")
    (True, False, False)
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data[2:].replace(b"\x00", b"")
    if not _PAGE.match(data[:_HEAD_LENGTH]):
        return False
    closing = _CLOSING.search(data)
    return closing is None or not data[closing.end() :].strip()


def is_web_archive(data: bytes) -> bool:
    """Return whether the bytes are a web archive (MHTML): a web page in mail format."""
    head = data[:_HEAD_LENGTH]
    return _MAIL.match(head) is not None and _MAIL_PAGE.search(head) is not None


def read_web_archive(data: bytes) -> Document:
    """Return the document of the first web page in a web archive; offsets refer to that page.

    Raises UnreadableFileError if there is none.
    """
    try:
        mail = email.message_from_bytes(data)
        parts = (
            part.get_payload(decode=True) for part in mail.walk() if part.get_content_type() == MEDIA_TYPE
        )
        page = next((part for part in parts if isinstance(part, bytes)), None)
    except (MessageError, RecursionError, ValueError, LookupError) as error:
        raise UnreadableFileError(
            ProblemCode.DAMAGED, "The web archive is damaged: save it as .docx in Word."
        ) from error
    if page is None:
        raise UnreadableFileError(
            ProblemCode.DAMAGED, "The web archive contains no page: save it as .docx in Word."
        )
    return read_html(page)


def read_html(data: bytes) -> Document:
    """Return the document of a web page; offsets refer to the decoded page.

    Scripts, styles and hidden elements are left out. Raises UnreadableFileError for an empty or binary file.
    """
    text, problems = decode(data)
    shown, hidden, struck = _displayed_page(text)
    asides = (Paragraph(line, "aside") for span in struck for line in lines_of(text, *span))
    blocks = (*_blocks(shown), *asides)
    told = (*problems, *_problems(shown, hidden, [text[slice(*span)] for span in struck]))
    marks = tuple(Mark(_enclosing_block(text, *span), STRUCK) for span in struck)
    return Document(text, MEDIA_TYPE, blocks, markup=markup_of(text, blocks), problems=told, marks=marks)


def _problems(shown: str, hidden: str, struck: list[str]) -> Iterator[ReaderProblem]:
    if hidden:
        message = f"{len(hidden)} characters of hidden text were left out, from: {hidden[:_SAMPLE]!r}."
        yield ReaderProblem.of(ProblemCode.HIDDEN_TEXT, message)
    if struck:
        message = (
            f"Crossed-out text in {len(struck)} places was left out, from: {' '.join(struck)[:_SAMPLE]!r}."
        )
        yield ReaderProblem.of(ProblemCode.STRUCK_TEXT, message)
    if pictures := len(re.findall(r"<img\b", shown, re.IGNORECASE)):
        message = f"{pictures} pictures of the page were not read: check whether they show scores."
        yield ReaderProblem.of(ProblemCode.IMAGE, message)


def _blocks(text: str) -> Iterator[Block]:
    headings = iter([match.span() for match in _HEADING.finditer(text)])
    heading = next(headings, None)
    done = 0
    for span in [*find_html_tables(text), (len(text), len(text))]:
        for line in (*lines_of(text, done, span[0]), *lines_of(text, *before_cells(text, span))):
            while heading is not None and heading[1] <= line.origin[0]:
                heading = next(headings, None)
            yield Paragraph(line, "heading" if _holds(heading, line) else "body")
        if span[0] < span[1]:
            yield read_html_table(text, span)
        done = span[1]


def _holds(span: Span | None, line: SourceText) -> bool:
    return span is not None and span[0] <= line.origin[0] < span[1]


def _enclosing_block(text: str, start: int, end: int) -> Span:
    """Return the cell or paragraph that contains a range."""
    before = list(_EDGE.finditer(text, max(0, start - _SEARCH_RANGE), start))
    after = _EDGE.search(text, end, end + _SEARCH_RANGE)
    return before[-1].end() if before else start, after.start() if after else end


def _displayed_page(text: str) -> tuple[str, str, list[Span]]:
    """Return the page with undisplayed text turned into tags, the hidden words, and the crossed-out ranges.

    No character moves. Line feeds become spaces, as in HTML.
    """
    parts, hidden = list[str](), list[str]()
    struck: list[Span] = []
    unclosed = done = 0
    while (token := _TOKEN.search(text, done)) is not None:
        parts.append(_flat(text[done : token.start()]))
        done = token.end()
        name = (token["name"] or "").lower()
        opens = name and not token["end"] and not _VOID.fullmatch(name)
        if token[0] == "<!--":
            end = text.find("-->", done)
            done = end + 3 if end >= 0 else len(text)
        elif name in _NOT_SHOWN and not token["end"]:
            done = _element_end(text, name, done, nests=False)
        elif opens and _hides(token["attributes"]):
            start, done = done, _element_end(text, name, done)
            hidden.append(" ".join(line.chars for line in lines_of(text, start, done)))
        elif opens and unclosed < _MAX_UNCLOSED and _strikes(token):
            end = text.rfind("<", done, _element_end(text, name, done))
            if end >= done and text[end : end + 2 + len(name)].lower() == f"</{name}":
                struck.append((done, end))
                start_tag = token[0][:-1] if KNOWN_TAGS.fullmatch(name) else "<b".ljust(len(token[0]) - 1)
                parts.append(f"{_flat(start_tag)}{' ' * (end - done)}>")
                done = end
                continue
            unclosed += 1
        stays = name and token.end() == done
        if stays and _PARTS.fullmatch(name):
            parts.append(_tag("p", done - token.start()))
        elif stays and KNOWN_TAGS.fullmatch(name):
            parts.append(_flat(token[0]))
        else:
            parts.append(_tag("b", done - token.start()))
    parts.append(_flat(text[done:]))
    return "".join(parts), " ".join(words for words in hidden if words), struck


def _tag(name: str, length: int) -> str:
    return f"<{name}{' ' * (length - 3)}>"


def _flat(text: str) -> str:
    return re.sub(r"[\r\n\f\v\u2028\u2029]", " ", text)


def _strikes(tag: re.Match[str]) -> bool:
    return tag["name"].lower() in ("s", "strike", "del") or "line-through" in tag["attributes"].lower()


def _hides(attributes: str) -> bool:
    return _HIDING.search(attributes) is not None or _HIDDEN.search(_VALUE.sub("", attributes)) is not None


def _element_end(text: str, name: str, start: int, *, nests: bool = True) -> int:
    """Return the end of the element `name` whose start tag ends at `start`; elements of that name may be nested."""
    depth = 1
    for tag in re.compile(rf"<(/?){re.escape(name)}\b[^<>]*>", re.IGNORECASE).finditer(text, start):
        depth += -1 if tag[1] else nests
        if depth == 0:
            return tag.end()
    return len(text)
