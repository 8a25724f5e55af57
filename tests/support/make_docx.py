"""Word files for tests, built from raw XML so that any feature of the format can be written."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def t(text: str) -> str:
    """Return a text element."""
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def r(content: str, look: str = "") -> str:
    """Return a run; plain text becomes a text element, XML is used as is."""
    return f"<w:r><w:rPr>{look}</w:rPr>{content if content.startswith('<') else t(content)}</w:r>"


def p(content: str = "", properties: str = "") -> str:
    """Return a paragraph of runs, or of one run of plain text."""
    if content and not content.startswith("<"):
        content = r(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def tc(content: str = "", span: int = 1, down: str = "") -> str:
    """Return a cell; `down` is "restart" or "continue" for a cell merged over rows."""
    merge = f'<w:vMerge w:val="{down}"/>' if down else ""
    inner = content if content.startswith(("<w:p>", "<w:tbl>")) else p(content)
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{merge}</w:tcPr>{inner}</w:tc>'


def tr(*cells: str, properties: str = "") -> str:
    """Return a row."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str, grid: tuple[int, ...] = ()) -> str:
    """Return a table; `grid` holds the widths of its grid columns in twentieths of a point."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def listed(list_id: int, level: int = 0) -> str:
    """Return the paragraph property that adds a paragraph to a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def level(index: int, style: str, text: str, extra: str = "") -> str:
    """Return a level of a list."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f"<w:lvlText w:val={quoteattr(text)}/>{extra}</w:lvl>"
    )


def lists(forms: dict[int, str], items: dict[int, int | tuple[int, str]]) -> str:
    """Return a numbering part: levels by definition, and the definition (with overrides) of each list."""
    xml = "".join(
        f'<w:abstractNum w:abstractNumId="{i}">{levels}</w:abstractNum>' for i, levels in forms.items()
    )
    for number, item in items.items():
        form, overrides = item if isinstance(item, tuple) else (item, "")
        xml += f'<w:num w:numId="{number}"><w:abstractNumId w:val="{form}"/>{overrides}</w:num>'
    return root("numbering", xml)


def restart(index: int, start: int) -> str:
    """Return the override that restarts a level of a list."""
    return f'<w:lvlOverride w:ilvl="{index}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def root(tag: str, content: str) -> str:
    """Return a part with the root `w:tag`."""
    return f"<w:{tag} {NAMESPACES}>{content}</w:{tag}>"


def document(*body: str) -> str:
    """Return a main part with this body."""
    return root("document", f"<w:body>{''.join(body)}</w:body>")


def pack(files: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP of the files."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def relationships(links: dict[str, tuple[str, str]]) -> str:
    """Return a relationships part: id -> (kind, target)."""
    items = "".join(
        f'<Relationship Id="{i}" Type="{KIND}{kind}" Target="{target}"/>'
        for i, (kind, target) in links.items()
    )
    return f'<Relationships xmlns="{RELATIONSHIPS}">{items}</Relationships>'


def docx(*body: str, main: str | None = None, **parts: str) -> bytes:
    """Return a Word file with this body; further parts are named by kind, or kind_id.

    `docx(p("x"), header_rId7=...)` adds word/header_rId7.xml, related as `header` with the id rId7.
    """
    links = {}
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relationships({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": document(*body) if main is None else main,
    }
    for number, (name, xml) in enumerate(parts.items()):
        kind, _, link_id = name.partition("_")
        links[link_id or f"rIdAuto{number}"] = (kind, f"{name}.xml")
        files[f"word/{name}.xml"] = xml
    files["word/_rels/document.xml.rels"] = relationships(links)
    return pack(files)
