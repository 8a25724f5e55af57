"""The codebook: the meaning of every column in Thai and English, its values, and an example."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from thaita.models.codes import Code, Language
from thaita.models.flags import Flag
from thaita.models.problem_codes import REPORT_CODES
from thaita.models.tables import TABLES
from thaita.normalize.truncate import shortened
from thaita.normalize.vocabulary import meanings_of, values_of

Examples = Mapping[tuple[str, str], str]
"""The first value of each column in a dataset, by (table, column)."""

HEADER = ("table", "column", "type", "ความหมาย", "meaning", "values", "example")

EXAMPLE = 60
"""Maximum number of characters of an example."""

_CODES: Mapping[str, Sequence[Code]] = {"flags": tuple(Flag), "code": REPORT_CODES}


def codebook_rows(examples: Examples) -> Iterator[tuple[str, ...]]:
    """Yield a row for each column of every table, with the fields of `HEADER`."""
    for table in TABLES:
        for column in table.columns:
            codes = _CODES.get(column.name)
            values = ", ".join(values_of(column) or (codes or ()))
            example = shortened(examples.get((table.name, column.name), ""), EXAMPLE)
            meaning, meaning_th = meanings_of(column)
            yield table.name, column.name, column.type, meaning_th, meaning, values, example


SURE = """## Values that are sure · ค่าที่ไม่มีข้อสงสัย

A value is sure if no open doubt names its cell · ค่าที่ไม่มีข้อสงสัยคือค่าที่ไม่มีแถวใน doubts ซึ่ง open เป็น true. Scores · คะแนน:

- pandas: `scores[~scores["score_id"].isin(doubts.loc[doubts["open"], "row_id"])]`
- DuckDB: `SELECT * FROM scores WHERE score_id NOT IN (SELECT row_id FROM doubts WHERE open)`
- R: `scores[!(scores$score_id %in% doubts$row_id[doubts$open == "true"]), ]`
- Excel: `=COUNTIFS(doubts!D:D,B2,doubts!I:I,TRUE)=0`

A total that does not add up (`sum_mismatch`) and the report's own numbering (`number_conflict`) are one doubt each, which stands for all scores of the report: leave out the reports (`report_id`) that have one · ผลรวมที่ไม่ตรงกันและการเรียงลำดับตัวชี้วัดเองเป็นข้อสงสัยเดียวของคะแนนทั้งรายงาน ให้ตัดรายงานนั้นออกทั้งฉบับ
"""
"""How to keep the scores without an open doubt; the formula counts in the sheets of the workbook."""


def codebook(examples: Examples) -> str:
    """Return the codebook of a dataset as Markdown."""
    parts = ["# Codebook · คำอธิบายข้อมูล", ""]
    rows = list(codebook_rows(examples))
    parts.append(SURE)
    for table in TABLES:
        parts += [f"## {table.name}", "", f"One row {table.row} · หนึ่งแถวคือ{table.row_th}.", ""]
        parts += ["| " + " | ".join(HEADER[1:]) + " |", "| --- |" + " --- |" * (len(HEADER) - 2)]
        parts += ["| " + " | ".join(map(_cell, row[1:])) + " |" for row in rows if row[0] == table.name]
        parts.append("")
    for title, column in (("flags · รหัสข้อสงสัย", "flags"), ("problems · รหัสปัญหา", "code")):
        parts += [f"## {title}", "", "| code | meaning | ความหมาย |", "| --- | --- | --- |"]
        parts += [
            f"| `{code}` | {_meaning(code, 'en')} | {_meaning(code, 'th')} |" for code in _CODES[column]
        ]
        parts.append("")
    return "\n".join(parts)


def _meaning(code: Code, language: Language) -> str:
    return _cell(code.meaning_in_tables(language))


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
