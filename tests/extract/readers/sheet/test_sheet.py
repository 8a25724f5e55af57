"""Spreadsheets are read as they are displayed."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from thaita.extract.documents import read_document
from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.document import Paragraph


def shown(document):
    found = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.append(block.text.chars)
        else:
            found.append([[cell.text.chars if cell else None for cell in row] for row in block.grid()])
    return found


def packed(fill):
    book = openpyxl.Workbook()
    fill(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def two_lists(book):
    sheet = book.active
    sheet.title = "ผล ITA"
    sheet["B2"] = "ผลการประเมิน ITA ปี 2567"
    sheet.append([])
    for row in (["ที่", "หน่วยงาน", "คะแนน"], [1, "อบต.ก", 94.98333], [2, "อบต.ข", 100]):
        sheet.append([None, *row])
    sheet.append([])
    sheet.append([None, 3, "อบต.ค", 87.5])  # below an empty row, but with the same columns of numbers
    for row in sheet.iter_rows(min_row=5, max_row=9, min_col=4, max_col=4):
        row[0].number_format = "0.00"
    sheet["G4"], sheet["G5"] = "จังหวัด", "ตาก"
    sheet["H4"], sheet["H5"] = "เฉลี่ย", 0.915
    sheet["H5"].number_format = "0.0%"
    sheet["B12"] = "ที่มา: ITAS"
    book.create_sheet("ซ่อน").append(["x"])
    book["ซ่อน"].sheet_state = "hidden"
    sheet.row_dimensions[6].hidden = True


def test_a_workbook_is_read_as_displayed():
    document = read_document(packed(two_lists))
    assert shown(document) == [
        "ผล ITA",
        "ผลการประเมิน ITA ปี 2567",
        [["ที่", "หน่วยงาน", "คะแนน"], ["1", "อบต.ก", "94.98"], ["3", "อบต.ค", "87.50"]],
        [["จังหวัด", "เฉลี่ย"], ["ตาก", "91.5%"]],
        "ที่มา: ITAS",
    ]
    (problem,) = document.problems
    assert problem.code == "hidden_text"
    assert "1 rows of «ผล ITA», the sheet «ซ่อน»" in problem.message


def test_merged_cells_dates_and_formulas():
    def fill(book):
        sheet = book.active
        sheet.append(["ปี", date(2024, 10, 1), "=1+1"])
        sheet.append([None, "ข", "ค"])
        sheet["B1"].number_format = "[$-107041E]d mmmm yyyy"
        sheet.merge_cells("A1:A2")

    document = read_document(packed(fill))
    assert shown(document) == [[["ปี", "1/10/2567", None], ["ปี", "ข", "ค"]]]
    assert [problem.code for problem in document.problems] == ["formula"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp874", "utf-8"])
@pytest.mark.parametrize("separator", [",", ";"])
def test_separator_and_encoding_are_detected(encoding, separator):
    rows = (
        ["ผลการประเมิน ITA"],
        ["ที่", "หน่วยงาน", "คะแนน"],
        ["1", '"อบต.ก, ข"', "90.5"],
        ["2", "อบต.ค", "80"],
        ["3", "อบต.ง", "70"],
    )
    text = "\r\n".join(separator.join(row) for row in rows)
    assert shown(read_document(text.encode(encoding))) == [
        "ผลการประเมิน ITA",
        [["ที่", "หน่วยงาน", "คะแนน"], ["1", "อบต.ก, ข", "90.5"], ["2", "อบต.ค", "80"], ["3", "อบต.ง", "70"]],
    ]


def test_prose_with_commas_is_text():
    text = "ตาม ITA, ปี 2568, หน่วยงาน\nได้ 95, 96, 97 คะแนน และ ก, ข\nโดย ก, ข, ค ร่วมกัน\nและ ง, จ, ฉ\n"
    assert read_document(text.encode()).media_type == "text/plain"


def test_rows_that_name_groups_may_be_as_many_as_rows_with_figures():
    rows = (
        "ที่,หน่วยงาน,คะแนน",
        "อำเภอภูเรือ,,",
        "1,ก,90.00",
        "อำเภอนาด้วง,,",
        "1,ข,91.00",
        "อำเภอท่าลี่,,",
        "1,ค,92.00",
    )
    assert read_document("\n".join(rows).encode()).media_type == "text/csv"


def odf(content):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return file.getvalue()


ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="Sheet1">
<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>ITA</text:p></table:table-cell><table:covered-table-cell/>
<table:table-cell><text:p>รวม</text:p></table:table-cell></table:table-row>
<table:table-row table:visibility="collapse"><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="1.005"><text:p>1.01</text:p></table:table-cell>
<table:table-cell><text:p>ก</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_an_opendocument_sheet():
    document = read_document(odf(ODS))
    assert shown(document) == [[["ITA", "ITA", "รวม"], ["1.01", "1.01", "ก"]]]
    assert [problem.code for problem in document.problems] == ["hidden_text"]


def test_bombs_are_refused():
    with pytest.raises(UnreadableFileError) as declared:
        read_document(odf('<!DOCTYPE x [<!ENTITY a "b">]>' + ODS))
    assert declared.value.code == "damaged"

    def fill(book):
        book.active["A1"] = "x"
        book.active["B2"] = "y"

    data = packed(fill)
    swollen = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(swollen, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if "sheet1" in name:
                part = part.replace(
                    b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
                )
            target.writestr(name, part)
    with pytest.raises(UnreadableFileError) as merged:
        read_document(swollen.getvalue())
    assert merged.value.code == "too_large"
    with pytest.raises(UnreadableFileError):
        read_document(data[: len(data) // 2])


def wide_book(book):
    for number in range(1, 5):
        book.active.append([number, "อบต.ก", 90.5, *[None] * 400, "ไกล"])


REPEATED = (
    '<table:table-row table:number-rows-repeated="2003"><table:table-cell><text:p>ก</text:p></table:table-cell>'
    '<table:table-cell table:number-columns-repeated="400"/><table:table-cell><text:p>ไกล</text:p></table:table-cell>'
    "</table:table-row>"
)


@pytest.mark.parametrize(
    ("data", "count"),
    [
        ("\n".join(f"{n},อบต.ก,90.5{',' * 400},ไกล" for n in range(1, 5)).encode(), 4),
        (packed(wide_book), 4),
        (
            odf(ODS[: ODS.index("<table:table-row>")] + REPEATED + ODS[ODS.index("</table:table>") :]),
            2000 + 3 * 2,
        ),
    ],
)
def test_cells_beyond_the_limits_are_counted(data, count):
    (problem,) = read_document(data).problems
    assert (problem.code, problem.message.split(" ")[0]) == ("limit_reached", f"{count:,}")


def test_a_quotation_mark_that_is_never_closed_leaves_text():
    rows = "".join(f"{n},อบต.ก,90.50\n" for n in range(20_000))
    document = read_document(rows.replace("500,", '500,"', 1).encode())
    assert "19999,อบต.ก,90.50" in document.text
