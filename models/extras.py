"""The optional parts of the program: which packages each needs, and the error that names the command to install them.

`pip install thaita` brings what reading digital reports into CSV needs. Everything else calls `require` where it
starts, before it imports a package.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec

from thaita.models.codes import Language
from thaita.models.errors import ThaitaError


@dataclass(frozen=True, slots=True)
class Extra:
    """What an extra of the package is for, in English and Thai, and the modules that it installs."""

    en: str
    th: str
    modules: tuple[str, ...]


EXTRAS: Mapping[str, Extra] = {
    "ocr": Extra("Reading scanned pages", "การอ่านหน้าที่สแกน", ("cv2", "numpy", "tesserocr")),
    "pandas": Extra("Tables in Python and the panel", "ตารางใน Python และตารางรายปี", ("pandas",)),
    "excel": Extra("Writing Excel workbooks", "การเขียนไฟล์ Excel", ("duckdb", "xlsxwriter")),
    "parquet": Extra("Parquet files", "ไฟล์ Parquet", ("duckdb",)),
    "duckdb": Extra("DuckDB and JSON Lines files", "ไฟล์ DuckDB และ JSON Lines", ("duckdb",)),
    "site": Extra("Writing a web site", "การสร้างเว็บไซต์", ("altair", "pandas", "vl_convert")),
    "review": Extra("Reviewing and correcting", "การตรวจทานและแก้ไข", ("duckdb", "starlette", "uvicorn")),
    "cluster": Extra("Reading on a cluster", "การอ่านด้วยคลัสเตอร์", ("distributed",)),
    "s3": Extra("Archives on S3", "คลังไฟล์บน S3", ("s3fs",)),
    "gs": Extra("Archives on Google Cloud Storage", "คลังไฟล์บน Google Cloud Storage", ("gcsfs",)),
    "https": Extra("Archives on web servers", "คลังไฟล์บนเว็บ", ("aiohttp",)),
}
"""The extras of pyproject.toml that a part of the program may miss; `all` has all of them but `gs`."""

_TEXTS: Mapping[Language, str] = {
    "en": "{what}: required packages are not installed ({modules}): {command}",
    "th": "{what}ต้องใช้แพ็กเกจที่ยังไม่ได้ติดตั้ง ({modules}): {command}",
}


class MissingPackageError(ThaitaError):
    """A part of the program whose packages are not installed; commands print `say` and end with status 2."""

    def __init__(self, extra: str, missing: tuple[str, ...]) -> None:
        self.extra = extra
        self.missing = missing
        super().__init__(self.say("en"))

    def say(self, language: Language) -> str:
        """Return what is missing and the command that installs it."""
        what = EXTRAS[self.extra].th if language == "th" else EXTRAS[self.extra].en
        return _TEXTS[language].format(
            what=what, modules=", ".join(self.missing), command=install_command(self.extra)
        )

    def __reduce__(self) -> tuple[type[MissingPackageError], tuple[str, tuple[str, ...]]]:
        """Pickle both parts, so that the error can cross process boundaries."""
        return type(self), (self.extra, self.missing)


def install_command(extra: str) -> str:
    """Return the command that installs an extra; its quotes are those of all shells, also on Windows.

    >>> install_command("ocr")
    'pip install "thaita[ocr]"'
    """
    return f'pip install "thaita[{extra}]"'


def require(extra: str, *modules: str) -> None:
    """Raise MissingPackageError unless the modules of an extra are installed, or only those named; imports none."""
    missing = tuple(name for name in modules or EXTRAS[extra].modules if not _is_installed(name))
    if missing:
        raise MissingPackageError(extra, missing)


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):  # hidden by whoever started Python
        return False
