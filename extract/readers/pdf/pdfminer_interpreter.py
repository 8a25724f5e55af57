"""A pdfminer interpreter that adds what pdfminer leaves out: marked-content properties, clips and ends of forms."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from math import isfinite
from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter, PDFStackT
from pdfminer.pdftypes import LITERALS_FLATE_DECODE, PDFObjRef, PDFStream, resolve1, stream_value
from pdfminer.psparser import PSLiteral, literal_name
from pdfminer.utils import Matrix, Rect, apply_matrix_pt

from thaita.extract.readers.pdf.pdfminer_device import MAX_CONTENT, MarkedDevice

_OPAQUE = frozenset({"Normal", "Compatible"})

DEFLATE_RATIO = 1032
"""Maximum expansion of a Flate stream: unpacked bytes per packed byte."""


class Layers:
    """The layers of a document and which of them are off (ISO 32000-1, 8.11)."""

    def __init__(self, catalog: dict[str, Any]) -> None:
        self._off: set[int] = set()
        properties = resolve1(catalog.get("OCProperties"))
        default = resolve1(properties.get("D")) if isinstance(properties, dict) else None
        if not isinstance(properties, dict) or not isinstance(default, dict):
            return
        base = resolve1(default.get("BaseState"))
        if isinstance(base, PSLiteral) and literal_name(base) == "OFF":
            self._off = _numbers(properties.get("OCGs")) - _numbers(default.get("ON"))
        self._off |= _numbers(default.get("OFF"))

    def is_off(self, named: object) -> bool:
        """Return whether a layer is off, or a group of layers by its policy."""
        if not self._off or named is None:
            return False
        if isinstance(named, PDFObjRef) and named.objid in self._off:
            return True
        group = resolve1(named)
        members = group.get("OCGs") if isinstance(group, dict) else None
        if members is None:
            return False
        numbers = _numbers(members if isinstance(resolve1(members), list) else [members])
        off = numbers & self._off
        policy = resolve1(group.get("P"))
        match literal_name(policy) if isinstance(policy, PSLiteral) else "AnyOn":
            case "AllOn":
                return bool(off)
            case "AnyOff":
                return bool(numbers) and not off
            case "AllOff":
                return off != numbers
        return bool(numbers) and off == numbers


def _numbers(references: object) -> set[int]:
    listed = resolve1(references)
    return {one.objid for one in listed if isinstance(one, PDFObjRef)} if isinstance(listed, list) else set()


class MarkedInterpreter(PDFPageInterpreter):
    """Passes the properties of marked content, and the positions of forms, to a `MarkedDevice`."""

    device: MarkedDevice
    layers = Layers({})

    def do_BDC(self, tag: PDFStackT, props: PDFStackT) -> None:  # noqa: N802
        """Begin a marked-content sequence; a name refers to an entry of /Properties."""
        named: Any = props
        if isinstance(props, PSLiteral):
            table = resolve1((self.resources or {}).get("Properties"))
            named = table.get(literal_name(props)) if isinstance(table, dict) else None
        literal = tag if isinstance(tag, PSLiteral) else PSLiteral("")
        off = literal_name(literal) == "OC" and self.layers.is_off(named)
        self.device.begin_tag(literal, resolve1(named), off=off)

    def do_BMC(self, tag: PDFStackT) -> None:  # noqa: N802
        """Begin a marked-content sequence without properties, because its EMC operator will follow."""
        self.do_BDC(tag, {})

    def do_F(self) -> None:  # noqa: N802
        """Fill a path: the obsolete name of `f`, which pdfminer ignores."""
        self.do_f()

    def do_Do(self, xobjid_arg: PDFStackT) -> None:  # noqa: N802
        """Draw a form or image; the graphics state and the open spans are restored after it."""
        open_spans = self.device.open_spans
        drawn = self.xobjmap.get(literal_name(xobjid_arg)) if isinstance(xobjid_arg, PSLiteral) else None
        off = isinstance(drawn, PDFStream) and self.layers.is_off(drawn.get("OC"))
        self.device.off += off
        super().do_Do(xobjid_arg)
        self.device.off -= off
        self.device.close_spans(open_spans)
        self.device.set_ctm(self.ctm)

    def execute(self, streams: Sequence[object]) -> None:
        """Execute content streams after checking their unpacked size."""
        for item in streams:
            self.device.read_content(_unpacked_size(stream_value(item)))
        super().execute(streams)

    def init_state(self, ctm: Matrix) -> None:
        """Start a page or form with no saved graphics state and no pending clip."""
        super().init_state(ctm)
        self._saved: list[tuple[Rect | None, float, bool]] = []
        self._clip_asked = False

    def do_q(self) -> None:
        """Save the graphics state with its clip and opacity."""
        super().do_q()
        self._saved.append((self.device.clip, self.device.alpha, self.device.blended))

    def do_Q(self) -> None:  # noqa: N802
        """Restore the graphics state with its clip and opacity."""
        super().do_Q()
        if self._saved:
            self.device.clip, self.device.alpha, self.device.blended = self._saved.pop()

    def do_gs(self, name: PDFStackT) -> None:
        """Set the opacity and the blend mode of later fills."""
        table = resolve1((self.resources or {}).get("ExtGState"))
        state = resolve1(table.get(literal_name(name))) if isinstance(table, dict) else None
        for key, value in state.items() if isinstance(state, dict) else ():
            said = resolve1(value)
            if key == "ca" and isinstance(said, int | float):
                self.device.alpha = float(said)
            elif key == "BM":
                modes = said if isinstance(said, list) else [said]
                self.device.blended = all(literal_name(mode) not in _OPAQUE for mode in modes)
            elif key == "SMask":
                self.device.blended = isinstance(said, dict)

    def do_W(self) -> None:  # noqa: N802
        """Mark the path to become a clip after it is painted or dropped."""
        self._clip_asked = True

    do_W_a = do_W  # noqa: N815
    """The even-odd variant."""

    def do_n(self) -> None:
        """Drop the path, or make it the clip."""
        self._clip()
        super().do_n()

    def do_S(self) -> None:  # noqa: N802
        """Stroke the path."""
        self._clip()
        super().do_S()

    def do_f(self) -> None:
        """Fill the path."""
        self._clip()
        super().do_f()

    def do_f_a(self) -> None:
        """Fill the path by the even-odd rule."""
        self._clip()
        super().do_f_a()

    def do_B(self) -> None:  # noqa: N802
        """Fill and stroke the path."""
        self._clip()
        super().do_B()

    def do_B_a(self) -> None:  # noqa: N802
        """Fill and stroke the path by the even-odd rule."""
        self._clip()
        super().do_B_a()

    def _clip(self) -> None:
        """Clip to the bounding box of the path."""
        if not self._clip_asked:
            return
        self._clip_asked = False
        flat = [float(value) for step in self.curpath for value in step[1:]]
        points = [apply_matrix_pt(self.ctm, point) for point in zip(flat[::2], flat[1::2], strict=False)]
        if points and all(isfinite(value) for point in points for value in point):
            across, up = zip(*points, strict=True)
            self.device.clip_to((min(across), min(up), max(across), max(up)))


def _unpacked_size(stream: PDFStream) -> int:
    """Return the unpacked size of a content stream in bytes, at most `MAX_CONTENT` + 1."""
    packed = stream.get_rawdata() or b""
    filters = stream.get_filters() if packed else []
    if filters and filters[0][0] in LITERALS_FLATE_DECODE and len(packed) * DEFLATE_RATIO > MAX_CONTENT:
        try:
            start = zlib.decompressobj().decompress(packed, MAX_CONTENT + 1)
        except zlib.error:
            start = b""
        if len(start) > MAX_CONTENT:
            return len(start)
    return len(stream.get_data())
