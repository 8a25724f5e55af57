"""Write a document as a web page, for Chromium to print."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from itertools import groupby

from document import (
    Bars,
    Block,
    Cards,
    Cell,
    Document,
    Heading,
    Item,
    PageBreak,
    Paragraph,
    Table,
    column_widths,
    table_size,
)

WIDTH_CM = 16.6
"""Width of the text of an upright page."""

STYLE = """
@page {{ size: A4 {orientation}; margin: 2.2cm; {margins} }}
body {{ font-family: "{font}", sans-serif; font-size: {size}pt; line-height: 1.5; }}
h1 {{ font-size: 1.35em; }} h2 {{ font-size: 1.2em; }} h3 {{ font-size: 1.05em; }}
table {{ border-collapse: collapse; width: 100%; margin: 0.6em 0; page-break-inside: auto; }}
thead {{ display: table-header-group; }} tr {{ page-break-inside: avoid; }}
td, th {{ padding: 3px 6px; vertical-align: top; font-weight: normal; }}
table.all td, table.all th {{ border: 1px solid #333; }}
table.rows td, table.rows th {{ border-bottom: 1px solid #777; }}
table.outer {{ border: 1px solid #333; }}
.turned span {{ writing-mode: vertical-rl; transform: rotate(180deg); max-height: 14em; }}
p.indent {{ text-indent: 2.5em; }} p.tabs {{ white-space: pre-wrap; tab-size: 28; }}
.item {{ padding-left: 2.2em; text-indent: -1.2em; }}
.leader {{ display: flex; }} .leader i {{ flex: 1; border-bottom: 1px dotted #333; margin: 0 4px 5px; }}
.boxed {{ background: #1f4e79; color: white; padding: 3px 8px; }}
.bar {{ display: flex; align-items: center; margin: 2px 0; }} .bar span {{ width: 45%; }}
.bar b {{ background: #4a7; height: 12px; margin-right: 6px; }}
.cards {{ display: grid; grid-template-columns: repeat({cards}, 1fr); gap: 8px; }}
.cards div {{ border: 1px solid #888; border-radius: 8px; padding: 6px; text-align: center; }}
.columns {{ column-count: 2; column-gap: 1.2cm; }}
.mark {{ position: fixed; top: 40%; left: 15%; font-size: 70px; color: #e4e4e4; transform: rotate(-35deg); z-index: -1; }}
"""


def as_html(document: Document) -> str:
    """Return a document as a web page."""
    margins = _margin("top", document.running_head, document.page_numbers == "top")
    margins += _margin("bottom", document.footer, document.page_numbers == "bottom")
    cards = max((block.per_row for block in document.blocks if isinstance(block, Cards)), default=2)
    style = STYLE.format(
        orientation="landscape" if document.landscape else "portrait",
        margins=margins,
        font=document.font,
        size=document.size - 2,
        cards=cards,
    )
    furniture = f'<div class="mark">{escape(document.watermark)}</div>' if document.watermark else ""
    parts = []
    small = partial(table_size, document)
    for automatic, group in groupby(
        document.blocks, lambda block: isinstance(block, Item) and block.automatic
    ):
        blocks = list(group)
        parts += _numbered(blocks) if automatic else [_block(block, small) for block in blocks]
    body = "\n".join(parts)
    if document.two_columns:
        body = f'<div class="columns">{body}</div>'
    return (
        '<!doctype html><html lang="th"><head><meta charset="utf-8"><title></title>'
        f"<style>{style}</style></head><body>{furniture}{body}</body></html>"
    )


def _margin(side: str, text: str, numbered: bool) -> str:
    """Return the style of a page margin that holds a text, the page's number or both."""
    apart = "  " if text and numbered else ""
    content = " ".join(
        part for part in (f'"{text}{apart}"' if text else "", "counter(page)" if numbered else "") if part
    )
    return f"@{side}-center {{ content: {content}; font-size: 0.8em; }}" if content else ""


def _numbered(blocks: list[Block]) -> list[str]:
    """Return lists whose numbers the browser draws; a new list starts at each first marker."""
    parts: list[str] = []
    for block in blocks:
        assert isinstance(block, Item)
        if block.first or not parts:
            thai = "" if block.marker[0].isascii() else ' style="list-style-type:thai"'
            parts.append(f"<ol{thai}>")
        parts[-1] += f"<li>{escape(block.text)}</li>"
    return [f"{part}</ol>" for part in parts]


def _block(block: Block, small: Callable[[Table], int]) -> str:
    match block:
        case Heading():
            text = escape(block.text)
            style = f' style="text-align:{block.align}"'
            if block.look == "style":
                return f"<h{block.level}{style}>{text}</h{block.level}>"
            inner = {"bold": f"<b>{text}</b>", "underline": f"<u>{text}</u>"}.get(block.look, text)
            return f"<p{style}{' class=boxed' if block.look == 'boxed' else ''}>{inner}</p>"
        case Paragraph():
            return _paragraph(block)
        case Item():
            text = escape(f"{block.marker} {block.text}")
            return f'<p class="item" style="margin-left:{1.5 * block.depth}em">{text}</p>'
        case Table():
            return _table(block, small(block) - 2)
        case Bars():
            return "".join(
                f'<div class="bar"><span>{escape(label)}</span><b style="width:30%"></b>{escape(value)}</div>'
                for label, value in zip(block.labels, block.values, strict=True)
            )
        case Cards():
            boxes = "".join(f"<div>{'<br>'.join(map(escape, box))}</div>" for box in block.boxes)
            return f'<div class="cards">{boxes}</div>'
        case PageBreak():
            return '<div style="page-break-after:always"></div>'


def _paragraph(block: Paragraph) -> str:
    if block.leaders and "\t" in block.text:
        left, _, right = block.text.partition("\t")
        return f'<p class="leader">{escape(left)}<i></i>{escape(right)}</p>'
    text = escape(block.text).replace("\n", "<br>")
    text = f"<b>{text}</b>" if block.bold else text
    if block.link:
        text += f' <a href="{escape(block.link)}">{escape(block.link)}</a>'
    names = " ".join(name for name, on in (("indent", block.indent), ("tabs", "\t" in text)) if on)
    return f'<p class="{names}" style="text-align:{block.align}">{text}</p>'


def _table(table: Table, size: int) -> str:
    widths = column_widths(table, size, WIDTH_CM)
    columns = "".join(f'<col style="width:{100 * width / WIDTH_CM:.0f}%">' for width in widths)
    rows = ["".join(map(_cell, row)) for row in table.rows]
    parts = [f"<tr>{row}</tr>" for row in rows]
    head, body = "".join(parts[: table.header_rows]), "".join(parts[table.header_rows :])
    head = f"<thead>{head}</thead>" if head else ""
    return f'<table class="{table.borders}" style="font-size:{size}pt"><colgroup>{columns}</colgroup>{head}<tbody>{body}</tbody></table>'


def _cell(cell: Cell) -> str:
    spans = f"{f' colspan={cell.columns}' if cell.columns > 1 else ''}{f' rowspan={cell.rows}' if cell.rows > 1 else ''}"
    style = f"text-align:{cell.align};{f'background:#{cell.fill};' if cell.fill else ''}"
    text = "<br>".join(map(escape, cell.text.split("\n")))
    text = f"<b>{text}</b>" if cell.bold else text
    if cell.turned:
        return f'<td{spans} class="turned" style="{style}"><span>{text}</span></td>'
    return f'<td{spans} style="{style}">{text}</td>'
