"""Digest of the program and its options, under which results are stored: a new version reads everything again."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

from thaita.extract.options import PdfOptions
from thaita.extract.readers.office import office_program
from thaita.version import __version__

_PARTS = ("models", "normalize", "extract", "corpus", "out")
_LIBRARIES = (
    "geothai", "lxml", "numpy", "opencv-python-headless", "openpyxl", "pdfminer.six", "pdfplumber", "pillow", "pydantic",
    "pypdfium2", "rapidfuzz", "tesserocr",
)  # fmt: skip
"""Packages that influence how a file is read."""

_DATA = (".py", ".csv", ".npz")


def reading_digest(options: PdfOptions) -> str:
    """Return a digest of the program and the options with which a file is read.

    The program is its version, its files, Python and the libraries that take part in reading: a checkout's
    files change without a new version. Files that only LibreOffice converts are read again once it is installed.
    """
    digest = hashlib.sha256(program().encode())
    office = office_program() is not None
    digest.update(repr((options.password, options.engine, options.ocr, office)).encode())
    return digest.hexdigest()


@cache
def program() -> str:
    """Return the version of the program with a digest of all of its components."""
    digest = hashlib.sha256()
    digest.update(repr(sys.version_info[:2]).encode())
    for name in _LIBRARIES:
        digest.update(f"{name} {_version(name)}".encode())
    for part in _PARTS:
        _add(digest, files(f"thaita.{part}"), part)
    return f"{__version__} {digest.hexdigest()}"


@cache
def recognizer(name: str) -> str:
    """Return the recognizer of scanned pages and its version, or `missing` if it cannot be loaded."""
    from thaita.extract.readers.ocr.recognizer import NoRecognizerError, load_recognizer

    try:
        found = load_recognizer(name)
    except NoRecognizerError:
        return "missing"
    return "off" if found is None else found.name


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _add(digest: hashlib._Hash, folder: Traversable, path: str) -> None:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            if entry.name not in ("__pycache__", "samples"):
                _add(digest, entry, f"{path}/{entry.name}")
        elif entry.name.endswith(_DATA):
            digest.update(f"{path}/{entry.name}\0".encode())
            digest.update(entry.read_bytes())
