"""A Thai font and Tesseract's models, so that tests of scans run on any machine."""

import lzma
from pathlib import Path

from support.paths import TESTS

FONT = TESTS / "support" / "fonts" / "Sarabun-Regular.ttf"
_MODELS = TESTS / "support" / "tessdata"


def unpack_models(folder: Path) -> None:
    """Write the models `tha` and `eng` of Tesseract into a folder."""
    for packed in _MODELS.glob("*.traineddata.xz"):
        (folder / packed.stem).write_bytes(lzma.decompress(packed.read_bytes()))
