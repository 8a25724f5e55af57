"""Sheets of OpenDocument spreadsheets (ISO/IEC 26300-1, 9): a cell holds its text as displayed.

No library is used: python-calamine (0.9) gives numbers without their display (95.2 for 95.20), and neither merged cells nor
hidden rows and columns of this format; odfpy leaves all of that to its caller.
"""

from __future__ import annotations

from lxml import etree

from thaita.extract.readers.docx.xml import Element
from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.readers.sheet.cells import MAX_CELLS, MAX_COLUMNS, Sheet
from thaita.extract.readers.sheet.container import damaged
from thaita.models.problem_codes import ProblemCode

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_NUMBERS = frozenset({"float", "percentage", "currency"})
_MAX_REPEATED = 2_000
"""Rows of one content, at most; the rest is left out."""


def ods_sheets(parts: dict[str, bytes]) -> tuple[list[Sheet], list[str]]:
    """Return the visible sheets of a checked workbook, and what is hidden. Raises UnreadableFileError (`damaged`)."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(parts["content.xml"], parser)
    except (KeyError, etree.XMLSyntaxError, ValueError) as error:
        raise damaged(str(error)) from error
    invisible = {
        style.get(_STYLE + "name")
        for style in root.iter(_STYLE + "style")
        for one in style.iter(_STYLE + "table-properties")
        if one.get(_TABLE + "display") == "false"
    }
    sheets: list[Sheet] = []
    hidden: list[str] = []
    for table in root.iter(_TABLE + "table"):
        name = table.get(_TABLE + "name") or ""
        if table.get(_TABLE + "style-name") in invisible:
            hidden.append(f"the sheet «{name}»")
            continue
        sheets.append(_Reader(name, hidden).read(table))
        if sum(len(sheet.cells) for sheet in sheets) > MAX_CELLS:
            message = f"The workbook has more than {MAX_CELLS:,} cells: split it."
            raise UnreadableFileError(ProblemCode.TOO_LARGE, message)
    return sheets, hidden


class _Reader:
    """Reads one sheet row by row; repeated rows and columns count as often as they are repeated."""

    def __init__(self, name: str, hidden: list[str]) -> None:
        self.sheet = Sheet(name)
        self.hidden = hidden
        self.row = 0

    def read(self, table: Element) -> Sheet:
        columns = self._hidden_columns(table)
        rows = out = 0
        for row in table.iter(_TABLE + "table-row"):
            repeated = int(row.get(_TABLE + "number-rows-repeated") or 1)
            filled = any(_words(cell) for cell in row)
            if row.get(_TABLE + "visibility") in ("collapse", "filter"):
                rows += repeated if filled else 0
                continue
            if filled:
                for _ in range(min(repeated, _MAX_REPEATED)):
                    out += self._read_row(row, columns)
                    self.row += 1
                self.sheet.left_out += max(0, repeated - _MAX_REPEATED) * sum(
                    bool(_words(cell)) for cell in row
                )
                continue
            self.row += repeated
        if rows:
            self.hidden.append(f"{rows} rows of «{self.sheet.name}»")
        if out:
            self.hidden.append(f"columns of «{self.sheet.name}»")
        return self.sheet

    def _read_row(self, row: Element, hidden: frozenset[int]) -> int:
        """Read the cells of a row; return how many are in hidden columns."""
        column = out = 0
        for cell in row:
            repeated = int(cell.get(_TABLE + "number-columns-repeated") or 1)
            text = _words(cell) if cell.tag == _TABLE + "table-cell" else ""
            for at in range(column, min(column + repeated, MAX_COLUMNS) if text else 0):
                if at in hidden:
                    out += 1
                    continue
                place = (self.row, at)
                self.sheet.cells[place] = text
                if cell.get(_OFFICE + "value-type") in _NUMBERS:
                    self.sheet.numbers.add(place)
                height = int(cell.get(_TABLE + "number-rows-spanned") or 1)
                width = int(cell.get(_TABLE + "number-columns-spanned") or 1)
                if height > 1 or width > 1:
                    self.sheet.merged[place] = (min(height, _MAX_REPEATED), min(width, MAX_COLUMNS))
            column += repeated
            if text:
                self.sheet.left_out += min(repeated, max(0, column - MAX_COLUMNS))
        return out

    @staticmethod
    def _hidden_columns(table: Element) -> frozenset[int]:
        found: set[int] = set()
        at = 0
        for column in table.iter(_TABLE + "table-column"):
            repeated = int(column.get(_TABLE + "number-columns-repeated") or 1)
            if column.get(_TABLE + "visibility") in ("collapse", "filter"):
                found.update(range(at, min(at + repeated, MAX_COLUMNS)))
            at += repeated
        return frozenset(found)


def _words(cell: Element) -> str:
    """Return the lines of a cell; notes are left out."""
    lines = ("".join(str(part) for part in paragraph.itertext()) for paragraph in cell.findall(_TEXT + "p"))
    return "\n".join(lines).strip()
