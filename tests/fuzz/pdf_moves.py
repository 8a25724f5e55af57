"""Mutations of a PDF: its objects, their numbers and references, its streams and xref tables, its bytes."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from random import Random

from fuzz import byte_moves

Objects = list[tuple[bytes, bytes]]
"""Number and body of each object."""

_OBJECT = re.compile(rb"(?<!\d)(\d{1,7}) 0 obj\b(.*?)\bendobj", re.DOTALL)
_STREAM = re.compile(rb"\bstream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_NUMBER = re.compile(rb"(?<![\w.+-])[+-]?(?:\d+\.?\d*|\.\d+)(?![\w.])")
_REFERENCE = re.compile(rb"\b(\d{1,7}) 0 R\b")
_NAME = re.compile(rb"/[A-Za-z]\w*")
_ROOT = re.compile(rb"/Root (\d+ 0 R)")
_VALUES = (
    b"0", b"-1", b"1", b"2", b"1e9", b"99999999999999999999", b"-99999999999", b"2147483648", b"0.0000000001", b"nan", b"inf", b"null", b"true",
    b"(x)", b"<FEFFD800>", b"/X", b"[]", b"<<>>", b"[1 0 0 1", b"--5", b"1.2.3", b"65536", b"3e38", b"340282346638528859811704183484516925440",
)  # fmt: skip
_FILTERS = (
    b"/FlateDecode", b"/LZWDecode", b"/ASCIIHexDecode", b"/ASCII85Decode", b"/RunLengthDecode", b"/DCTDecode", b"/JPXDecode", b"/JBIG2Decode",
    b"/CCITTFaxDecode", b"/Crypt", b"[/FlateDecode/FlateDecode]", b"[/ASCII85Decode/LZWDecode/FlateDecode]", b"/Nothing", b"[]",
)  # fmt: skip
_NAMES = (b"/Type", b"/Page", b"/Pages", b"/Kids", b"/Count", b"/Parent", b"/Contents", b"/Resources", b"/Font", b"/XObject", b"/Form", b"/Image",
          b"/Matrix", b"/BBox", b"/MediaBox", b"/CropBox", b"/Rotate", b"/ToUnicode", b"/Widths", b"/W", b"/DW", b"/Encoding", b"/Identity-H",
          b"/DescendantFonts", b"/CIDToGIDMap", b"/FirstChar", b"/Differences", b"/ActualText", b"/Type3", b"/CharProcs", b"/FontMatrix", b"/Length")  # fmt: skip
_OPERATORS = (
    b"q", b"Q", b"q " * 300, b"Q " * 300, b"BT", b"ET", b"W n", b"1 0 0 1 0 0 cm", b"0 0 0 0 0 0 cm", b"1e30 0 0 1e30 0 0 cm", b"nan 0 0 1 0 0 cm",
    b"99999999999999 0 0 99999999999999 9999999999 9 cm", b"0 0 0 0 0 0 Tm", b"1e20 1e20 1e20 1e20 1e20 1e20 Tm", b"-1 Tz", b"0 Tz", b"1e9 Tc", b"1e9 Tw",
    b"/F 0 Tf", b"/F -10 Tf", b"/F 1e9 Tf", b"/F1 1e-9 Tf", b"/None 10 Tf", b"3 Tr", b"99 Tr", b"1e9 Ts", b"(abc) Tj", b"[(a) -1e9 (b) nan (c)] TJ", b"<FFFF> Tj",
    b"/Span<</ActualText<FEFFD800>>>BDC", b"/Span<</ActualText()>>BDC", b"/Span BDC", b"EMC", b"EMC " * 50, b"/X Do", b"0 0 1e9 1e9 re f", b"0 0 m 600 0 l S",
    b"0 0 -5 -5 re S", b"1e308 1e308 m 1 1 l S", b"0 0 0 0 re f", b"BI /W 1 /H 1 /BPC 8 /CS /G ID x EI", b"BI /W 99999 /H 99999 ID", b"sh", b"gs", b"]", b"[", b">>", b"<<",
    b"0 w 10 10 500 300 re S 10 100 m 510 100 l S", b"100 700 200 0.3 re f", b"1 g", b"0 0 0 0 k", b"/P<</MCID 0>>BDC", b"T*", b"1e9 TL T*", b"(a) '", b'1 1 (a) "',
)  # fmt: skip


def parse(data: bytes) -> tuple[Objects, bytes]:
    """Return the objects of a PDF as they stand in its bytes, and the reference to its catalog."""
    root = _ROOT.search(data)
    return [(match[1], match[2]) for match in _OBJECT.finditer(data)], root[1] if root else b"1 0 R"


def write(objects: Objects, root: bytes) -> bytes:
    """Return a PDF of objects, with a table of offsets that is right."""
    out, offsets = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), {}
    for number, body in objects:
        offsets[int(number)] = len(out)
        out += number + b" 0 obj" + body + b"endobj\n"
    start, size = len(out), max(offsets, default=0) + 1
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number in sorted(offsets):
        out += b"%d 1\n%010d 00000 n \n" % (number, offsets[number])
    out += b"trailer\n<</Size %d/Root %s>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, start)
    return bytes(out)


def _head(body: bytes) -> tuple[bytes, bytes]:
    """Return what stands before an object's stream, and the rest."""
    found = _STREAM.search(body)
    return (body[: found.start()], body[found.start() :]) if found else (body, b"")


def _each(
    pattern: re.Pattern[bytes], body: bytes, dice: Random, new: Callable[[re.Match[bytes]], bytes]
) -> bytes:
    """Replace one to three matches before the stream."""
    head, rest = _head(body)
    found = list(pattern.finditer(head))
    for match in sorted(dice.sample(found, min(len(found), dice.randint(1, 3))), key=lambda m: -m.start()):
        head = head[: match.start()] + new(match) + head[match.end() :]
    return head + rest


def numbers(objects: Objects, i: int, dice: Random) -> bytes:
    """Put other values in the place of numbers."""
    return _each(_NUMBER, objects[i][1], dice, lambda _: dice.choice(_VALUES))


def references(objects: Objects, i: int, dice: Random) -> bytes:
    """Let references lead elsewhere, to the object itself or nowhere."""
    others = [number for number, _ in objects] + [objects[i][0]] * 3 + [b"999999", b"0"]
    return _each(_REFERENCE, objects[i][1], dice, lambda _: dice.choice(others) + b" 0 R")


def names(objects: Objects, i: int, dice: Random) -> bytes:
    """Put other names in the place of names."""
    return _each(_NAME, objects[i][1], dice, lambda _: dice.choice(_NAMES))


def filters(objects: Objects, i: int, dice: Random) -> bytes:
    """Say that a stream is packed in another way."""
    return _each(re.compile(rb"/FlateDecode\b"), objects[i][1], dice, lambda _: dice.choice(_FILTERS))


def content(objects: Objects, i: int, dice: Random) -> bytes:
    """Change what a stream says once unpacked: operators put in, numbers and bytes changed."""
    body = objects[i][1]
    found = _STREAM.search(body)
    if found is None:
        return names(objects, i, dice)
    packed = b"/FlateDecode" in body[: found.start()]
    try:
        data = zlib.decompressobj().decompress(found[1], 4 * byte_moves.LARGEST) if packed else found[1]
    except zlib.error:
        return body
    for _ in range(dice.randint(1, 4)):
        data = dice.choice(
            (_operators, _operators, _stream_numbers, byte_moves.flip, byte_moves.double, byte_moves.lose)
        )(data, dice)
    data = zlib.compress(data[: 4 * byte_moves.LARGEST], 1) if packed else data
    head = re.sub(rb"/Length \d+( 0 R)?", b"/Length %d" % len(data), body[: found.start()])
    return head + b"stream\n" + data + b"\nendstream\n"


def _operators(data: bytes, dice: Random) -> bytes:
    lines = data.split(b"\n")
    for _ in range(dice.randint(1, 5)):
        lines.insert(dice.randint(0, len(lines)), dice.choice(_OPERATORS))
    return b"\n".join(lines)


def _stream_numbers(data: bytes, dice: Random) -> bytes:
    found = list(_NUMBER.finditer(data[:200_000]))
    for match in sorted(dice.sample(found, min(len(found), dice.randint(1, 6))), key=lambda m: -m.start()):
        data = data[: match.start()] + dice.choice(_VALUES) + data[match.end() :]
    return data


def bytes_of_it(objects: Objects, i: int, dice: Random) -> bytes:
    """Flip, lose or double bytes of an object."""
    return dice.choice(byte_moves.MOVES)(objects[i][1], dice)


def another(objects: Objects, _: int, dice: Random) -> bytes:
    """Put another object in its place."""
    return dice.choice(objects)[1]


MOVES = (
    numbers,
    numbers,
    references,
    references,
    names,
    filters,
    content,
    content,
    content,
    content,
    bytes_of_it,
    another,
)


def mutate(data: bytes, dice: Random, seeds: Sequence[bytes]) -> bytes:
    """Return a PDF with objects, streams, tables or bytes changed."""
    if dice.random() < 0.8:
        objects, root = parse(data)
        for _ in range(dice.randint(1, 3) if objects else 0):
            i = dice.randrange(len(objects))
            objects[i] = (objects[i][0], dice.choice(MOVES)(objects, i, dice))
        if objects and dice.random() < 0.1:
            objects.insert(dice.randint(0, len(objects)), dice.choice(objects))
        data = write(objects, root if dice.random() < 0.95 else b"2 0 R")
        if dice.random() < 0.1:
            data = re.sub(
                rb"(\d{10}) 00000 n",
                lambda m: b"%010d 00000 n" % (int(m[1]) ^ dice.choice((0, 0, 1, 64))),
                data,
            )
        if dice.random() < 0.05:
            data = data.replace(b"startxref", b"/Prev 9 startxref").replace(
                root + b">>", root + b"/Encrypt 1 0 R>>"
            )
    if dice.random() < 0.25:
        data = byte_moves.mutate(data, dice, seeds)
    return data[: byte_moves.LARGEST]
