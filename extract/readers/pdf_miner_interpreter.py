"""What pdfminer's interpreter leaves out: properties of marked content, clips, and where forms end."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from math import isfinite
from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter, PDFStackT
from pdfminer.pdftypes import LITERALS_FLATE_DECODE, PDFStream, resolve1, stream_value
from pdfminer.psparser import PSLiteral, literal_name
from pdfminer.utils import Matrix, Rect, apply_matrix_pt

from thaita.extract.readers.pdf_miner_device import MAX_CONTENT, MarkedDevice

DEFLATE_RATIO = 1032
"""How many times longer than its packed form a Flate stream can be at most."""


class MarkedInterpreter(PDFPageInterpreter):
    """Gives a `MarkedDevice` the properties of marked content, and forms their place."""

    device: MarkedDevice

    def do_BDC(self, tag: PDFStackT, props: PDFStackT) -> None:  # noqa: N802
        """Begin a marked-content sequence; a name stands for an entry of /Properties."""
        named: Any = props
        if isinstance(props, PSLiteral):
            table = resolve1((self.resources or {}).get("Properties"))
            named = resolve1(table.get(literal_name(props))) if isinstance(table, dict) else None
        self.device.begin_tag(tag if isinstance(tag, PSLiteral) else PSLiteral(""), named)

    def do_BMC(self, tag: PDFStackT) -> None:  # noqa: N802
        """Begin a marked-content sequence without properties, whatever its tag: its EMC will come."""
        self.do_BDC(tag, {})

    def do_F(self) -> None:  # noqa: N802
        """Fill a path: the old name of `f`, which pdfminer takes for nothing."""
        self.do_f()

    def do_Do(self, xobjid_arg: PDFStackT) -> None:  # noqa: N802
        """Draw a form or image; what follows it stands where it stood, with the same spans open."""
        open_spans = self.device.open_spans
        super().do_Do(xobjid_arg)
        self.device.close_spans(open_spans)
        self.device.set_ctm(self.ctm)

    def execute(self, streams: Sequence[object]) -> None:
        """Carry out content streams, once it is known that they are not endless."""
        for item in streams:
            self.device.read_content(_size(stream_value(item)))
        super().execute(streams)

    def init_state(self, ctm: Matrix) -> None:
        """Start a page or form: no graphics state saved, no clip asked for."""
        super().init_state(ctm)
        self._clips: list[Rect | None] = []
        self._clip_asked = False

    def do_q(self) -> None:
        """Save the graphics state, the clip with it."""
        super().do_q()
        self._clips.append(self.device.clip)

    def do_Q(self) -> None:  # noqa: N802
        """Restore the graphics state, the clip with it."""
        super().do_Q()
        if self._clips:
            self.device.clip = self._clips.pop()

    def do_W(self) -> None:  # noqa: N802
        """Ask that the path become a clip once it is painted or dropped."""
        self._clip_asked = True

    do_W_a = do_W  # noqa: N815
    """The other winding rule."""

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
        """Clip to the box of the path, which holds whatever the path shows."""
        if not self._clip_asked:
            return
        self._clip_asked = False
        flat = [float(value) for step in self.curpath for value in step[1:]]
        points = [apply_matrix_pt(self.ctm, point) for point in zip(flat[::2], flat[1::2], strict=False)]
        if points and all(isfinite(value) for point in points for value in point):
            across, up = zip(*points, strict=True)
            self.device.clip_to((min(across), min(up), max(across), max(up)))


def _size(stream: PDFStream) -> int:
    """Return how long a content stream is unpacked, in bytes; `MAX_CONTENT` + 1 stands for all beyond."""
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
