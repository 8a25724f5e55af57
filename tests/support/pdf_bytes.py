"""A minimal PDF writer for tests, with control over every byte of the file."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
"""The padding of passwords (ISO 32000-1, 7.6.3.3)."""
ADVANCE = 500
"""The advance of each letter in `simple_font`, in thousandths of the font size."""

LETTERS = {ord(letter): letter for letter in "abcdefg "}
LETTERS |= {ord("K"): "ก", ord("T"): "ท", ord("I"): "ี", ord("2"): "่"}
"""The characters of the codes in a test font."""


def utf16(text: str) -> bytes:
    """Return a PDF text string in hexadecimal, as word processors write /ActualText."""
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"


def text(content: bytes, at: bytes = b"100 700") -> bytes:
    """Return operators that show text in font F, 10 points, at a point of the page."""
    return b"BT /F 10 Tf %s Td %s ET\n" % (at, content)


@dataclass
class PdfBytes:
    """A PDF being written, with objects by number; object 1 is the catalog, object 2 the page tree."""

    objects: dict[int, bytes] = field(default_factory=dict)
    streams: dict[int, bytes] = field(default_factory=dict)
    kids: list[int] = field(default_factory=list)
    catalog: bytes = b""

    def add(self, body: bytes, stream: bytes | None = None) -> int:
        """Add an object (or the dictionary of a stream) and return its number."""
        number = max(self.objects, default=2) + 1
        self.objects[number] = body
        if stream is not None:
            self.streams[number] = stream
        return number

    def simple_font(self, letters: Mapping[int, str], name: bytes = b"ABCDEF+Test") -> int:
        """Add a one-byte font whose codes map to `letters`; other codes have no character."""
        pairs = b"".join(b"<%02X> %s\n" % (code, _hex(text)) for code, text in letters.items())
        cmap = (
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
            b"1 begincodespacerange <00> <FF> endcodespacerange\n"
            b"%d beginbfchar\n%sendbfchar\nendcmap end end" % (len(letters), pairs)
        )
        to_unicode = self.add(b"", cmap)
        descriptor = self.add(
            b"<</Type/FontDescriptor/FontName/%s/Flags 4/Ascent 800/Descent -200/FontBBox[0 -200 1000 800]>>"
            % name
        )
        widths = b" ".join([b"%d" % ADVANCE] * 256)
        return self.add(
            b"<</Type/Font/Subtype/TrueType/BaseFont/%s/FirstChar 0/LastChar 255/Widths[%s]"
            b"/FontDescriptor %d 0 R/ToUnicode %d 0 R>>" % (name, widths, descriptor, to_unicode)
        )

    def form(
        self,
        content: bytes,
        resources: bytes,
        matrix: bytes = b"[1 0 0 1 0 0]",
        box: bytes = b"[0 0 600 800]",
    ) -> int:
        """Add a form XObject."""
        head = b"/Type/XObject/Subtype/Form/BBox%s/Matrix%s/Resources<<%s>>" % (box, matrix, resources)
        return self.add(head, content)

    def page(
        self, content: bytes, resources: bytes, more: bytes = b"/MediaBox[0 0 600 800]", packed: bool = True
    ) -> int:
        """Add a page with its content stream."""
        body = zlib.compress(content) if packed else content
        stream = self.add(b"/Filter/FlateDecode" if packed else b"", body)
        page = self.add(
            b"<</Type/Page/Parent 2 0 R/Contents %d 0 R/Resources<<%s>>%s>>" % (stream, resources, more)
        )
        self.kids.append(page)
        return page

    def done(self, password: bytes | None = None) -> bytes:
        """Return the file; with a password its streams are encrypted (RC4, 40 bits)."""
        kids = b" ".join(b"%d 0 R" % kid for kid in self.kids)
        objects = {
            1: b"<</Type/Catalog/Pages 2 0 R%s>>" % self.catalog,
            2: b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(self.kids), kids),
            **self.objects,
        }
        key, trailer = (b"", b"") if password is None else _security(password)
        out, offsets = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), {}
        for number, body in objects.items():
            offsets[number] = len(out)
            stream = self.streams.get(number)
            if stream is not None:
                stream = _encrypted(stream, key, number) if key else stream
                body = b"<<%s/Length %d>>\nstream\n%s\nendstream" % (body, len(stream), stream)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        start, size = len(out), max(objects) + 1
        out += b"xref\n0 %d\n0000000000 65535 f \n" % size
        for number in range(1, size):
            out += b"%010d 00000 n \n" % offsets[number]
        out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
        return bytes(out)


def one_page(content: bytes, more: bytes = b"/MediaBox[0 0 600 800]", resources: bytes = b"") -> PdfBytes:
    """Return a PDF of one page with the font F, which maps to `LETTERS`."""
    pdf = PdfBytes()
    font = pdf.simple_font(LETTERS)
    pdf.page(content, b"/Font<</F %d 0 R>>%s" % (font, resources), more)
    return pdf


def three_pages() -> PdfBytes:
    """Return a PDF with the pages a, b and c."""
    pdf = PdfBytes()
    font = pdf.simple_font(LETTERS)
    for letter in (b"a", b"b", b"c"):
        pdf.page(text(b"(%s)Tj" % letter), b"/Font<</F %d 0 R>>" % font)
    return pdf


def _hex(text: str) -> bytes:
    return b"<" + text.encode("utf-16-be").hex().encode() + b">"


def _security(password: bytes) -> tuple[bytes, bytes]:
    """Return the key and the trailer entries of the standard security handler, revision 2."""
    padded = (password + PADDING)[:32]
    owner = _rc4(hashlib.md5(padded, usedforsecurity=False).digest()[:5], padded)
    rights, identity = (-4).to_bytes(4, "little", signed=True), b"0123456789abcdef"
    key = hashlib.md5(padded + owner + rights + identity, usedforsecurity=False).digest()[:5]
    entries = (owner.hex().encode(), _rc4(key, PADDING).hex().encode(), identity.hex().encode())
    trailer = b"/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>/ID[<%s><%s>]" % (*entries, entries[2])
    return key, trailer


def _encrypted(data: bytes, key: bytes, number: int) -> bytes:
    seed = key + number.to_bytes(3, "little") + b"\0\0"
    return _rc4(hashlib.md5(seed, usedforsecurity=False).digest()[: len(key) + 5], data)


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
