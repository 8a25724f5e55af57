"""Create the Word files of the sample reports and of some layout variants from their text files.

usage: python benchmarks/make_sample_docx.py [--check]

The text file is the only source of the words. This script writes them as a word processor would: one table
where the text shows it cut by a page, merged cells, tick boxes as ☐ and ☑. The files are the same on every
run (fixed times inside the archive). With `--check` nothing is written, and the exit status is 1 if a file on
disk differs from its text.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from lxml import etree, html

ROOT = Path(__file__).resolve().parent.parent
FIXED_TIME = (2024, 1, 1, 0, 0, 0)
MERGED_DOWN = ("ประเด็นที่ต้องแก้ไข", "ผู้รับผิดชอบ", "การกำกับติดตาม", "แบบ", "เครื่องมือประเมิน")
"""Headings of the columns whose empty cells are merged with the cell above."""
SECTION_ROW = ("แบบวัด", "แบบตรวจ")
TOTAL_ROW = "คะแนนรวม"
RESIDUE = re.compile(r"\[(?:bookmark|image):[^\]]*\]")
BOXES = ((re.compile(r"<input[^>]*\bchecked\b[^>]*>"), "☑"), (re.compile(r"<input[^>]*>"), "☐"))
LINE_TAGS = re.compile(r"</?(?:p|li|ul|br)\b[^>]*>")
ANY_TAG = re.compile(r"</?[a-z][^>]*>")
NUMBERED_ITEM = re.compile(r"\s+(?=[๑-๙1-9][.)]\s?[^\W\d_])")
DASHED_ITEM = re.compile(r"\s+(?=- )")
HTML_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
Merge = tuple[int, int, int, int]


@dataclass
class Grid:
    """A table to write: its cell texts row by row, and its merged ranges (first and last row, column)."""

    rows: list[list[str]]
    merges: list[Merge] = field(default_factory=list)
    header_rows: int = 1


Block = str | Grid


def tab_blocks(text: str) -> Iterator[Block]:
    """Yield the paragraphs and tables of a text whose cells are separated by tabs."""
    rows: list[list[str]] = []
    for line in [*text.split("\n"), ""]:
        if "\t" in line and (rows or not line.startswith("\t")):
            rows.append(line.split("\t"))
            continue
        if rows:
            yield Grid(rows)
            rows = []
        yield line


def markdown_blocks(text: str) -> Iterator[Block]:
    """Yield the paragraphs and tables of a text with pipe tables."""
    rows: list[list[str]] = []
    for line in [*text.split("\n"), ""]:
        if line.startswith("|"):
            if re.search(r"[^|\s:-]", line):
                rows.append([cell.strip() for cell in line.strip().strip("|").split("|")])
            continue
        if rows:
            width = max(len(row) for row in rows)
            yield Grid([row + [""] * (width - len(row)) for row in rows])
            rows = []
        yield line


def cell_line_blocks(text: str) -> Iterator[Block]:
    """Yield the paragraphs and tables of a text with one cell per line, after a tab.

    A table starts with two or more such lines and an empty line; its rows are as wide as that header.
    """
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        width = _head_width(lines, at)
        if not width:
            yield lines[at]
            at += 1
            continue
        cells: list[str] = []
        while at < len(lines) and not (len(cells) % width == 0 and cells and _closes(lines[at])):
            if lines[at].lstrip(" ").startswith("\t"):
                cells.append(lines[at].strip())
            elif lines[at].strip():
                cells[-1] += "\n" + lines[at].strip()
            at += 1
        yield Grid([cells[i : i + width] for i in range(0, len(cells), width)])


def html_blocks(text: str) -> Iterator[Block]:
    """Yield the paragraphs and tables of a text with HTML tables."""
    done = 0
    for match in HTML_TABLE.finditer(text):
        yield from text[done : match.start()].split("\n")
        yield _html_grid(match.group())
        done = match.end()
    yield from text[done:].split("\n")


READERS: dict[str, Callable[[str], Iterator[Block]]] = {
    "corpus/samples/01_pakkhwae": tab_blocks,
    "corpus/samples/02_banklang": markdown_blocks,
    "corpus/samples/03_nayongnuea": cell_line_blocks,
    "corpus/samples/04_chamuang": tab_blocks,
    "corpus/samples/05_nongbuakhok": tab_blocks,
    "tests/variants/v01_score_columns": markdown_blocks,
    "tests/variants/v03_key_value": tab_blocks,
    "tests/variants/v07_html_table": html_blocks,
    "tests/variants/v24_merged_finding": html_blocks,
}
"""The files to write, and the cell markup of each text."""


def build(stem: str) -> bytes:
    """Return the Word file for the text file at `stem` (a path below the root, without suffix)."""
    blocks = READERS[stem]((ROOT / f"{stem}.txt").read_text(encoding="utf-8"))
    document = Document()
    document.core_properties.author = document.core_properties.comments = ""
    document.styles["Normal"].font.name = "TH Sarabun New"
    for block in joined(blocks):
        if isinstance(block, Grid):
            _draw(document.add_table(len(block.rows), len(block.rows[0]), "Table Grid"), block)
            document.add_paragraph()  # Word merges adjacent tables
        elif lines := _lines(block):
            document.add_paragraph(re.sub(r"\t+", "\t", " ".join(lines)))
    buffer = io.BytesIO()
    document.save(buffer)
    return _with_fixed_times(buffer.getvalue())


def joined(blocks: Iterator[Block]) -> list[Block]:
    """Return the blocks with tables cut by a page rejoined, and with cells merged."""
    whole: list[Block] = []
    for block in blocks:
        last = next((b for b in reversed(whole) if isinstance(b, Grid) or b.strip()), None)
        if isinstance(block, Grid) and isinstance(last, Grid) and _continues(last, block):
            _append(last, block)
        else:
            whole.append(block)
    for block in whole:
        if isinstance(block, Grid) and not block.merges:
            _mark_merges(block)
    return whole


def _continues(last: Grid, block: Grid) -> bool:
    if last.merges or block.merges:
        return False
    headless = len(block.rows) > 1 and set("".join(block.rows[1])) == {"-"}
    return headless or (len(last.rows[0]) > 2 and _words(block.rows[0]) == _words(last.rows[0]))


def _append(last: Grid, block: Grid) -> None:
    headless = _words(block.rows[0]) != _words(last.rows[0])
    rows = block.rows[:1] if headless else block.rows[1:]
    if headless or not rows[0][0]:
        last.rows[-1] = ["\n".join(filter(None, cut)) for cut in zip(last.rows[-1], rows[0], strict=True)]
        rows = rows[1:]
    last.rows += rows


def _mark_merges(grid: Grid) -> None:
    rows, width = grid.rows, len(grid.rows[0])
    if len(rows) > 1 and not rows[1][0] and "" in rows[0]:
        grid.header_rows = 2
        filled = [c for c in range(width) if rows[0][c]]
        for start, end in pairwise([*filled, width]):
            grid.merges.append((0, start, 0 if rows[1][start] else 1, end - 1))
    for r, row in enumerate(rows):
        if row[0].startswith(SECTION_ROW) and not any(row[1:]):
            grid.merges.append((r, 0, r, width - 1))
    for c in range(width):
        if rows[0][c].startswith(MERGED_DOWN):
            grid.merges += _runs_down(grid, c)


def _runs_down(grid: Grid, column: int) -> Iterator[Merge]:
    start = None
    for r in range(grid.header_rows, len(grid.rows) + 1):
        row = grid.rows[r] if r < len(grid.rows) else None
        ends = row is None or bool(row[column]) or row[0].startswith((*SECTION_ROW, TOTAL_ROW))
        if ends and start is not None and r - start > 1:
            yield (start, column, r - 1, column)
        if ends:
            start = r if row is not None and row[column] else None


def _draw(table: Table, grid: Grid) -> None:
    for r0, c0, r1, c1 in grid.merges:
        table.cell(r0, c0).merge(table.cell(r1, c1))
    for r, row in enumerate(grid.rows):
        for c, text in enumerate(row):
            if text:
                _fill(table.cell(r, c), _lines(text))
    for r in range(grid.header_rows):
        etree.SubElement(table.rows[r]._tr.get_or_add_trPr(), qn("w:tblHeader"))


def _fill(cell: _Cell, lines: list[str]) -> None:
    cell.paragraphs[0].text = lines[0]
    for line in lines[1:]:
        cell.add_paragraph(line)


def _lines(text: str) -> list[str]:
    for pattern, box in BOXES:
        text = pattern.sub(box, text)
    text = unescape(ANY_TAG.sub("", LINE_TAGS.sub("\n", RESIDUE.sub("", text)))).replace("**", "")
    item = DASHED_ITEM if text.startswith("- ") else NUMBERED_ITEM
    lines = (part for line in text.split("\n") for part in item.split(line))
    return [line.strip() for line in lines if line.strip()]


def _words(row: list[str]) -> str:
    return re.sub(r"\s", "", "".join(row))


def _head_width(lines: list[str], at: int) -> int:
    end = at
    while end < len(lines) and re.match(r" ?\t[^\t]", lines[end]):
        end += 1
    return end - at if end - at > 1 and end < len(lines) and not lines[end].strip() else 0


def _closes(line: str) -> bool:
    return bool(re.match(r"\s*(?:\d\.|\d\.\d|ลงชื่อ)", line) or re.match(r" \t", line))


def _html_grid(source: str) -> Grid:
    taken: dict[tuple[int, int], str] = {}
    merges: list[Merge] = []
    table = html.fragment_fromstring(source)
    for r, row in enumerate(table.iter("tr")):
        column = 0
        for cell in row.iter("td", "th"):
            while (r, column) in taken:
                column += 1
            down, across = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            inner = html.tostring(cell, encoding="unicode", with_tail=False)
            for rr in range(r, r + down):
                taken.update({(rr, cc): "" for cc in range(column, column + across)})
            taken[r, column] = inner
            if down > 1 or across > 1:
                merges.append((r, column, r + down - 1, column + across - 1))
    height, width = (max(key[i] for key in taken) + 1 for i in (0, 1))
    rows = [[taken.get((r, c), "") for c in range(width)] for r in range(height)]
    return Grid(rows, merges, header_rows=len(table.findall("thead/tr")) or 1)


def _with_fixed_times(data: bytes) -> bytes:
    """Return the archive with the same time for every member."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, FIXED_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return buffer.getvalue()


def document_part(data: bytes) -> bytes:
    """Return the part of a Word file that holds its text and tables."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml")


def main(arguments: list[str]) -> int:
    """Write the Word files, or compare them with their texts; return the exit status."""
    stale = []
    for stem in READERS:
        path, data = ROOT / f"{stem}.docx", build(stem)
        if "--check" not in arguments:
            path.write_bytes(data)
        elif not path.exists() or document_part(path.read_bytes()) != document_part(data):
            stale.append(stem)
    for stem in stale:
        print(f"{stem}.docx differs from its text: run this script without --check")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
