"""Archives of generated reports: any number, in mixed formats, each with different bytes."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent / "corpus" / "samples"
FOLDER = 100
"""Reports per folder."""

_AGENCY = re.compile(r"(?<=ตำบล)[\u0e01-\u0e4e]{3,14}")
_SCORE = re.compile(r"\b[6-9]\d[.]\d\d\b")
_PLACES = ("หนองบัว", "บ้านใหม่", "ท่าช้าง", "โคกสูง", "นาดี", "ดอนเมือง", "ศรีสุข", "ห้วยยาง", "คลองน้ำใส", "ทุ่งทอง")


def make_archive(folder: Path, reports: int, seed: int = 1) -> int:
    """Write a number of reports below a folder, 40 % text, 30 % DOCX and 30 % PDF; return the total size in bytes.

    Text and Word files are samples with other places and scores. PDFs are samples with a different comment
    after the end, so that each one is read anew.
    """
    rng = random.Random(seed)
    makers: list[tuple[Callable[[bytes, int, random.Random], bytes], list[Path], int]] = [
        (_text, sorted(SAMPLES.glob("*.txt")), 4),
        (_docx, sorted(SAMPLES.glob("*.docx")), 3),
        (_pdf, sorted(SAMPLES.glob("*/*.pdf")), 3),
    ]
    turns = [(make, paths) for make, paths, share in makers for _ in range(share)]
    size = 0
    for i in range(reports):
        make, paths = turns[i % len(turns)]
        path = paths[(i // len(turns)) % len(paths)]
        data = make(path.read_bytes(), i, rng)
        target = folder / f"{i // FOLDER:04d}" / f"{i:06d}{path.suffix}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        size += len(data)
    return size


def _varied(text: str, number: int, rng: random.Random) -> str:
    place = _PLACES[number % len(_PLACES)] + _PLACES[number // len(_PLACES) % len(_PLACES)]
    text = _AGENCY.sub(place, text)
    return _SCORE.sub(lambda _: f"{rng.randint(6000, 9999) / 100:.2f}", text)


def _text(data: bytes, number: int, rng: random.Random) -> bytes:
    return f"{_varied(data.decode(), number, rng)}\n{number}\n".encode()


def _docx(data: bytes, number: int, rng: random.Random) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "word/document.xml":
                content = _varied(content.decode(), number, rng).encode()
            new.writestr(member, content)
        new.comment = str(number).encode()
    return out.getvalue()


def _pdf(data: bytes, number: int, _: random.Random) -> bytes:
    return data + f"\n% {number}\n".encode()
