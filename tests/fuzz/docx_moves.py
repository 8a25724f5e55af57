"""Mutations of a Word file: the members of its ZIP archive, the elements and attributes of its parts, its bytes."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random

from lxml import etree
from support.make_docx import listed, p, r, tbl, tc, tr

from fuzz import byte_moves, text_moves

Members = list[tuple[str, bytes]]

_NUMBERS = (
    "0",
    "-1",
    "1",
    "2",
    "62",
    "63",
    "64",
    "1000",
    "999999",
    "2147483647",
    "99999999999999999999",
    "1.5",
    "x",
    "",
    "1e9",
    "๑",
    "NaN",
)
_NUMBER = re.compile(rb'="(-?\d+)"')
_TAG = re.compile(rb"<(/?)w:(\w+)")
_BREAK = re.compile(rb"(?<=>)(?=<w:(?:p|r|t|tbl|tr|tc|pPr|rPr|body|style|lvl|num|abstractNum|sdt)\b)")
_NAMES = ("word/document.xml", "word/numbering.xml", "word/styles.xml", "word/footnotes.xml", "word/header1.xml", "../../x", "/word/document.xml",
          "WORD\\document.xml", "word/document.xml\x00", "", "_rels/.rels", "xl/workbook.xml", "word/" + "x" * 300)  # fmt: skip
_DECLARED = (
    b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY % c SYSTEM "file:///dev/zero">]>'
)
_PIECES = tuple(
    piece.encode()
    for piece in (
        p("คะแนน 90.00"),
        p("ก", listed(1, 8)),
        p("ก", listed(999_999_999, 99)),
        tbl(tr(tc("ก", 999_999), tc("ข", -1)), tr(tc("ค", 0, "continue"))),
        tbl(*[tr(tc("ก"), tc("ข"))] * 60),
        "<w:tbl>" + tr(*[tc("ก")] * 80) + "</w:tbl>",
        "<w:tbl><w:tr><w:tc>" * 30 + p("ก") + "</w:tc></w:tr></w:tbl>" * 30,
        "<w:sdt><w:sdtContent>" * 40 + p("ก") + "</w:sdtContent></w:sdt>" * 40,
        "<w:sdt><w:sdtContent>" * 110 + p("ก") + "</w:sdtContent></w:sdt>" * 110,
        "<w:tr><w:tc>" + p("ก") + "</w:tc></w:tr>",
        "<w:tc/>",
        "<w:p/>",
        r('<w:fldChar w:fldCharType="begin"/>') + r("<w:instrText> PAGE </w:instrText>"),
        r('<w:fldChar w:fldCharType="separate"/>'),
        r('<w:fldChar w:fldCharType="end"/>'),
        r('<w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="x" w:char="zzzz"/><w:sym w:char="110000"/><w:sym w:char="D800"/>'),
        r(f"<w:pict><w:txbxContent>{p('ก')}</w:txbxContent></w:pict>"),
        r('<w:footnoteReference w:id="1"/><w:endnoteReference w:id="-5"/><w:commentReference w:id="x"/>'),
        '<w:altChunk r:id="rId1"/>',
        '<w:del><w:r><w:delText>ก</w:delText></w:r></w:del><w:ins><w:r><w:t>ข</w:t></w:r></w:ins><w:moveFrom/>',
        "<mc:AlternateContent><mc:Choice/><mc:Fallback>" + p("ก") + "</mc:Fallback></mc:AlternateContent>",
        '<u:x xmlns:u="urn:unknown"><u:y/>ก</u:x>',
        "<!-- ก --><?x y?>",
        "&#9;&#10;&#13;&#xFFFD;",
        "<![CDATA[<w:t>]]>",
        "&a;",
        "<w:numPr><w:ilvl/><w:numId/></w:numPr>",
        '<w:lvlText w:val="%1%2%3%4%5%6%7%8%9%0%%"/><w:numFmt w:val="x"/><w:start w:val="-9"/>',
        '<w:basedOn w:val="a"/><w:numStyleLink w:val="a"/><w:styleLink w:val="a"/><w:link w:val="a"/>',
        '<w:vMerge/><w:hMerge w:val="continue"/><w:gridSpan w:val="3"/>',
        "<m:oMath><m:r><m:t>90</m:t></m:r></m:oMath>",
        "<w:t>\u200b\ufeff" + "ก" * 3000 + "</w:t>",
    )
)  # fmt: skip


def unpack(data: bytes) -> Members | None:
    """Return the members of a ZIP archive, or None if the data is not one."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return [(info.filename, archive.read(info)) for info in archive.infolist()]
    except Exception:  # what was cut before
        return None


def pack(members: Members, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP archive of the members, which may have duplicate names."""
    out = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", compression, compresslevel=1) as archive:
        warnings.simplefilter("ignore")
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, compression)
    return out.getvalue()


def move_members(members: Members, dice: Random) -> Members:
    """Swap, rename, double or drop members."""
    i, j = dice.randrange(len(members)), dice.randrange(len(members))
    step = dice.choice(("swap", "rename", "double", "drop", "order"))
    if step == "swap":
        (one, a), (other, b) = members[i], members[j]
        members[i], members[j] = (one, b), (other, a)
    elif step == "rename":
        members[i] = (dice.choice(_NAMES), members[i][1])
    elif step == "double":
        members.append((members[i][0], members[j][1]))
    elif step == "drop" and len(members) > 1:
        del members[i]
    else:
        dice.shuffle(members)
    return members


def numbers(xml: bytes, dice: Random) -> bytes:
    """Replace numbers in attributes: by huge, negative or invalid ones."""
    found = list(_NUMBER.finditer(xml))
    for match in sorted(dice.sample(found, min(len(found), dice.randint(1, 6))), key=lambda m: -m.start()):
        xml = xml[: match.start(1)] + dice.choice(_NUMBERS).encode() + xml[match.end(1) :]
    return xml


def rename_tags(xml: bytes, dice: Random) -> bytes:
    """Rename all elements of one name to the name of another."""
    names = sorted({match[2] for match in _TAG.finditer(xml)})
    if len(names) < 2:
        return xml
    old, new = dice.sample(names, 2)
    return re.sub(rb"(</?w:)" + old + rb"\b", rb"\g<1>" + new, xml)


def put_in(xml: bytes, dice: Random) -> bytes:
    """Insert pieces of WordprocessingML between elements."""
    places = [match.start() for match in _BREAK.finditer(xml)] or [len(xml) // 2]
    for at in sorted((dice.choice(places) for _ in range(dice.randint(1, 4))), reverse=True):
        xml = xml[:at] + dice.choice(_PIECES) + xml[at:]
    return xml


def move_elements(xml: bytes, dice: Random) -> bytes:
    """Drop, double, move or wrap elements, so that the part stays XML."""
    try:
        root = etree.fromstring(xml)
    except (etree.XMLSyntaxError, ValueError):
        return put_in(xml, dice)
    for _ in range(dice.randint(1, 5)):
        inner = [one for one in root.iter() if one.getparent() is not None]
        if not inner:
            break
        one, other = dice.choice(inner), dice.choice(inner)
        parent = one.getparent()
        step = dice.choice(("drop", "double", "move", "wrap"))
        if step == "drop":
            parent.remove(one)
        elif step == "double":
            for _ in range(dice.choice((1, 1, 3, 30))):
                parent.insert(parent.index(one), etree.fromstring(etree.tostring(one, with_tail=False)))
        elif step == "move" and one not in other.iterancestors() and one is not other:
            other.append(one)
        else:
            for _ in range(dice.choice((1, 1, 20, 60))):
                around = etree.Element(other.tag)
                parent.replace(one, around)
                around.append(one)
                parent = around
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def words(xml: bytes, dice: Random) -> bytes:
    """Mutate the text runs of a part."""
    texts = list(re.finditer(rb"<w:t(?: [^>]*)?>([^<]+)</w:t>", xml))
    for match in sorted(dice.sample(texts, min(len(texts), dice.randint(1, 5))), key=lambda m: -m.start()):
        new = text_moves.change(match[1].decode("utf-8", "replace"), dice)
        new = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", new)
        escaped = new.replace("&", "&amp;").replace("<", "&lt;")
        xml = xml[: match.start(1)] + escaped.encode() + xml[match.end(1) :]
    return xml


def declare(xml: bytes, dice: Random) -> bytes:
    """Insert a document type declaration, or change the encoding of the part."""
    if dice.random() < 0.5:
        at = max(0, xml.find(b"<w:"))
        return xml[:at] + _DECLARED + xml[at:]
    head = re.sub(rb"encoding=.UTF-8.", b"", xml)
    return head.decode("utf-8", "replace").encode(dice.choice(("utf-16", "utf-32", "utf-8-sig")))


XML_MOVES: tuple[Callable[[bytes, Random], bytes], ...] = (
    numbers, rename_tags, put_in, put_in, move_elements, move_elements, numbers, put_in, words, words, words, declare, byte_moves.flip, byte_moves.lose,
)  # fmt: skip
_LIKELY = re.compile(r"document|numbering|styles|notes|header|footer|comments|\.rels", re.IGNORECASE)


def change_part(members: Members, dice: Random) -> Members:
    """Change one part, the one that holds the text more often than others."""
    likely = [i for i, (name, _) in enumerate(members) if _LIKELY.search(name)] or [0]
    main = [i for i in likely if members[i][0].endswith("document.xml")] or likely
    i = dice.choice(main if dice.random() < 0.6 else likely)
    members[i] = (members[i][0], dice.choice(XML_MOVES)(members[i][1], dice)[: 4 * byte_moves.LARGEST])
    return members


def mutate(data: bytes, dice: Random, seeds: Sequence[bytes]) -> bytes:
    """Return a Word file with parts, members or bytes changed."""
    if dice.random() < 0.95 and (members := unpack(data)):
        for _ in range(dice.randint(1, 3)):
            members = move_members(members, dice) if dice.random() < 0.15 else change_part(members, dice)
        small = sum(len(content) for _, content in members) < byte_moves.LARGEST
        data = pack(members, zipfile.ZIP_STORED if small and dice.random() < 0.3 else zipfile.ZIP_DEFLATED)
    if dice.random() < 0.08:
        data = byte_moves.mutate(data, dice, seeds)
    return data[: byte_moves.LARGEST]
