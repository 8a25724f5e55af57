"""Documents that grow: one report of each kind of file with any number of one kind of element."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import openpyxl

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))
from support.make_docx import docx, p, tbl, tc, tr
from support.make_pdf import Sheet
from support.pdf_bytes import PdfBytes

PLACES = ("หนองบัว", "บ้านใหม่", "ท่าช้าง", "โคกสูง", "นาดี", "ดอนเมือง", "ศรีสุข", "ห้วยยาง", "คลองน้ำใส", "ทุ่งทอง")
HEAD = (
    "รายงานการวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใส (ITA)",
    "ประจำปีงบประมาณ พ.ศ. 2567",
    "เทศบาลตำบลหนองบัว อำเภอเมือง จังหวัดเพชรบุรี",
    "ผลคะแนนภาพรวม 91.25 คะแนน ระดับผ่านดี",
)
FINDINGS = "ประเด็นที่ต้องปรับปรุง"
MEASURES = ("มาตรการ", "วิธีการ", "ผู้รับผิดชอบ", "ระยะเวลา")
RESULTS = ("ลำดับ", "หน่วยงาน", "คะแนน ITA", "ระดับผลการประเมิน")
ROWS_A_PAGE = 20
LATIN = str.maketrans({chr(code): chr(97 + code % 26) for code in range(0x0E01, 0x0E5C)})

Rows = Sequence[Sequence[str]]


def sentence(i: int) -> str:
    """Return a sentence that differs from those before it."""
    return f"หน่วยงานควรเปิดเผยข้อมูลการใช้จ่ายงบประมาณให้ประชาชนในชุมชน{PLACES[i % 10]}ทราบ ครั้งที่ {i + 1} อย่างทั่วถึง"


def measure_rows(n: int) -> Rows:
    """Return the rows of a plan of measures."""
    return [
        MEASURES,
        *(
            (f"{i + 1}. จัดทำแผน{PLACES[i % 10]}", sentence(i), "สำนักปลัด", "ต.ค. 2567 - ก.ย. 2568")
            for i in range(n)
        ),
    ]


def result_rows(n: int) -> Rows:
    """Return the rows of a list of agencies' results."""
    return [
        RESULTS,
        *(
            (str(i + 1), f"เทศบาลตำบล{PLACES[i % 10]} {i}", f"{60 + i % 3900 / 100:.2f}", "ผ่าน")
            for i in range(n)
        ),
    ]


def texts(n: int) -> dict[str, Callable[[], str]]:
    """Return the lines of a report with n elements, by the kind of element."""
    return {
        "paragraphs": lambda: "\n\n".join(sentence(i) for i in range(n)),
        "wrapped lines": lambda: "\n".join(sentence(i)[:70] for i in range(n)),
        "list lines": lambda: "\n".join(f"{i % 99 + 1}. {sentence(i)}" for i in range(n)),
        "dashes": lambda: "\n".join(f"- {sentence(i)}" for i in range(n)),
        "headings": lambda: "\n\n".join(
            f"# {i + 1}. หัวข้อ{PLACES[i % 10]}\n\n{sentence(i)}" for i in range(n)
        ),
        "findings": lambda: f"{FINDINGS}\n" + "\n".join(f"{i + 1}) ขาดการ{sentence(i)}" for i in range(n)),
        "measures": lambda: "\n".join("\t".join(row) for row in measure_rows(n)),
        "results": lambda: "\n".join("| " + " | ".join(row) + " |" for row in result_rows(n)),
        "one line": lambda: " ".join(sentence(i) for i in range(n)),
        "tables": lambda: "\n\n".join(
            f"ตารางที่ {i}\n\n| {PLACES[i % 10]} | ข |\n|---|---|\n| {i} | {sentence(i)} |" for i in range(n)
        ),
    }


def as_text(lines: str) -> bytes:
    """Return a report as text."""
    return "\n\n".join((*HEAD, lines)).encode()


def _word_table(rows: Rows) -> str:
    return tbl(*(tr(*map(tc, row)) for row in rows), grid=(2000,) * len(rows[0]))


def words(n: int) -> dict[str, Callable[[], Iterator[str]]]:
    """Return the body of a Word file with n elements, by the kind of element."""
    heading = '<w:pStyle w:val="Heading1"/>'
    return {
        "paragraphs": lambda: (p(sentence(i)) for i in range(n)),
        "headings": lambda: (
            one for i in range(n) for one in (p(f"{i + 1}. {PLACES[i % 10]}", heading), p(sentence(i)))
        ),
        "findings": lambda: (
            p(one) for one in (FINDINGS, *(f"{i + 1}) ขาดการ{sentence(i)}" for i in range(n)))
        ),
        "measures": lambda: iter((_word_table(measure_rows(n)),)),
        "results": lambda: iter((_word_table(result_rows(n)),)),
        "tables": lambda: (
            one
            for i in range(n)
            for one in (p(f"ตารางที่ {i}"), _word_table([[PLACES[i % 10], "ข"], [str(i), sentence(i)]]))
        ),
        "cell lines": lambda: iter((tbl(tr(tc("".join(p(sentence(i)) for i in range(n))), tc("ข"))),)),
        "runs": lambda: iter((p("".join(f"<w:r><w:t>{PLACES[i % 10]}</w:t></w:r>" for i in range(n))),)),
    }


def as_word(body: Iterator[str]) -> bytes:
    """Return a report as a Word file."""
    return docx(*map(p, HEAD), *body)


def as_sheet(rows: Rows) -> bytes:
    """Return a report as a workbook with one sheet."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("ผล")
    for row in (*([one] for one in HEAD), *rows):
        sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_csv(rows: Rows) -> bytes:
    """Return rows as a CSV file."""
    file = io.StringIO()
    csv.writer(file).writerows([*([one] for one in HEAD), *rows])
    return file.getvalue().encode("utf-8-sig")


def as_pdf(n: int, *, tables: bool) -> bytes:
    """Return a report of n pages with a paragraph each, or a ruled table of `ROWS_A_PAGE` rows of measures each."""
    pdf, letters = PdfBytes(), dict.fromkeys("\n".join((*HEAD, *MEASURES, sentence(0))))
    sheets = [_sheet(i, tables=tables, letters=list(letters)) for i in range(n)]
    font = pdf.simple_font(
        {code: char for sheet in sheets[:1] for char, code in sheet.letters.items()} | {32: " "}
    )
    for sheet in sheets:
        pdf.page(b"\n".join(sheet.operators), b"/Font<</F %d 0 R>>" % font)
    return pdf.done()


def _sheet(i: int, *, tables: bool, letters: list[str]) -> Sheet:
    codes = {
        char: 33 + at
        for at, char in enumerate(dict.fromkeys([*letters, *"0123456789.)- ", *"".join(PLACES)]))
    }
    sheet = Sheet(letters=codes)
    if i == 0:
        sheet.lines(60, 60, HEAD)
    if not tables:
        return sheet.lines(60, 160, [sentence(i * 30 + line)[:80] for line in range(30)])
    xs, top, step = [60.0, 180.0, 380.0, 470.0, 560.0], 160.0, 24.0
    sheet.grid(xs, [top + step * row for row in range(ROWS_A_PAGE + 1)])
    for row in range(ROWS_A_PAGE):
        y = top + step * row + 15
        number = i * (ROWS_A_PAGE - 1) + row
        cells = (f"{number}. {PLACES[number % 10]}", sentence(number)[:34], MEASURES[2][:12], MEASURES[3])
        for x, chars in zip(xs, MEASURES if row == 0 else cells, strict=False):
            sheet.text(x + 4, y, chars)
    return sheet


def kinds(n: int) -> dict[str, Callable[[], bytes]]:
    """Return what makes the document of each kind with n elements."""
    found: dict[str, Callable[[], bytes]] = {}
    found |= {f"text {name}": lambda make=make: as_text(make()) for name, make in texts(n).items()}
    found |= {f"docx {name}": lambda make=make: as_word(make()) for name, make in words(n).items()}
    for name, rows in (("measures", measure_rows), ("results", result_rows)):
        found[f"xlsx {name}"] = lambda rows=rows: as_sheet(rows(n))
        found[f"csv {name}"] = lambda rows=rows: as_csv(rows(n))
    found["pdf pages"] = lambda: as_pdf(n, tables=False)
    found["pdf tables"] = lambda: as_pdf(n, tables=True)
    return found
