"""The container of a Word file: a ZIP of parts with relationships, opened with size limits."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import unquote

from thaita.extract.readers.docx.xml import Element, W, parse_xml
from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.problem_codes import ProblemCode

OLE_HEAD = bytes.fromhex("D0CF11E0A1B11AE1")
"""Signature of the container of old Office files and of encrypted new ones ([MS-CFB] 2.2)."""

MAX_PART = 32 * 2**20
"""Maximum unpacked bytes of one part: about 3,000 pages of text."""
MAX_TOTAL = 96 * 2**20
"""Maximum unpacked bytes of all parts read together."""
MAX_RATIO = 400
"""Maximum compression ratio of a part; XML of tables reaches 100."""
_RATIO_FROM = 4 * 2**20
_OTHER_FORMATS = {
    "xl/": "an Excel workbook: save the sheet that holds the report as .docx or .pdf",
    "ppt/": "a PowerPoint presentation: save it as .pdf",
    "content.xml": "an OpenDocument file of another kind than text and spreadsheets: save it as .pdf",
    "Index/": "an Apple iWork file: export it as .docx",
}
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship of a part: its type (the last word of the type URI) and its target part."""

    kind: str
    target: str


@dataclass(slots=True)
class Package:
    """The parts of a Word file, unpacked and parsed on request.

    `broken` names the parts that could not be read, other than the main part. `nested` is True for a package
    inside another package.
    """

    archive: zipfile.ZipFile
    names: dict[str, str]
    broken: list[str] = field(default_factory=list)
    nested: bool = False
    _used: list[int] = field(default_factory=lambda: [0])
    _links: dict[str, dict[str, Relationship]] = field(default_factory=dict)

    @classmethod
    def open(cls, data: bytes) -> Package:
        """Return the package in `data`. Raises UnreadableFileError with advice on what to do."""
        _refuse_other_files(data)
        try:
            archive = zipfile.ZipFile(BytesIO(data))
            infos = archive.infolist()
        except _BROKEN as error:
            raise _damaged_error(str(error)) from error
        if any(info.flag_bits & 1 for info in infos):
            raise UnreadableFileError(
                ProblemCode.ENCRYPTED, "The file is locked with a password: save it without one."
            )
        return cls(archive, {_key(info.filename): info.filename for info in infos})

    def main(self) -> tuple[str, Element]:
        """Return the name and the root of the part that holds the document's text."""
        name = next((link.target for link in self.links("").values() if link.kind == "officeDocument"), "")
        if _key(name) not in self.names:
            name = "word/document.xml"
        if _key(name) not in self.names:
            raise self._no_document()
        root = parse_xml(self._read(name), name)
        if root.tag != W + "document":
            raise self._no_document()
        return name, root

    def part(self, name: str) -> Element | None:
        """Return the root of a part, or None if it is missing or broken (then it is also in `broken`)."""
        if _key(name) not in self.names:
            return None
        try:
            return parse_xml(self._read(name), name)
        except UnreadableFileError as error:
            if error.code == ProblemCode.TOO_LARGE:
                raise
            if name not in self.broken:
                self.broken.append(name)
            return None

    def raw(self, name: str) -> bytes | None:
        """Return the bytes of a part, or None if it is missing. Raises UnreadableFileError if it is damaged."""
        return self._read(name) if _key(name) in self.names else None

    def open_nested(self, data: bytes) -> Package:
        """Return a package nested in this one; both together may unpack to `MAX_TOTAL`."""
        inner = Package.open(data)
        inner.nested, inner._used = True, self._used
        return inner

    def links(self, name: str) -> dict[str, Relationship]:
        """Return the relationships of a part by their id; "" is the name of the package itself."""
        if name not in self._links:
            folder, file = posixpath.split(name)
            root = self.part(posixpath.join(folder, "_rels", file + ".rels"))
            self._links[name] = {} if root is None else _links(root, folder)
        return self._links[name]

    def linked(self, name: str, kind: str) -> list[str]:
        """Return the names of the parts to which `name` has a relationship of the type `kind`."""
        return [link.target for link in self.links(name).values() if link.kind == kind]

    def _read(self, name: str) -> bytes:
        info = self.archive.getinfo(self.names[_key(name)])
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _damaged_error(f"{name} is packed in a way that Word does not use")
        try:
            with self.archive.open(info) as file:
                data = file.read(MAX_PART + 1)
        except _BROKEN as error:
            raise _damaged_error(f"{name}: {error}") from error
        self._used[0] += len(data)
        ratio = len(data) / max(1, info.compress_size)
        if (
            len(data) > MAX_PART
            or self._used[0] > MAX_TOTAL
            or (len(data) > _RATIO_FROM and ratio > MAX_RATIO)
        ):
            raise UnreadableFileError(
                ProblemCode.TOO_LARGE,
                f"The part {name} unpacks to more than a report can hold, like a ZIP bomb. "
                "If it is a real report, split it into smaller files.",
            )
        return data

    def _no_document(self) -> UnreadableFileError:
        for start, what in _OTHER_FORMATS.items():
            if any(name.startswith(start.lower()) for name in self.names):
                return UnreadableFileError(ProblemCode.WRONG_FORMAT, f"This is {what}.")
        return UnreadableFileError(
            ProblemCode.WRONG_FORMAT,
            "This ZIP file contains no Word document: unpack it and give the files in it, "
            "or save the document as .docx again.",
        )


def _refuse_other_files(data: bytes) -> None:
    if not data.strip(b"\x00 \r\n\t"):
        raise UnreadableFileError(ProblemCode.EMPTY, "The file is empty: download or copy it again.")
    if data.startswith(OLE_HEAD):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableFileError(
                ProblemCode.ENCRYPTED,
                "The file is locked with a password: open it in Word and save it without one.",
            )
        raise UnreadableFileError(
            ProblemCode.WRONG_FORMAT,
            "This is a Word file in the old format (.doc), whatever its name says: "
            "open it in Word and save it as .docx.",
        )
    if not data.startswith(b"PK"):
        raise UnreadableFileError(
            ProblemCode.WRONG_FORMAT,
            "This is not a Word file (.docx): check its type, or save it as .docx again.",
        )


def _damaged_error(why: str) -> UnreadableFileError:
    return UnreadableFileError(
        ProblemCode.DAMAGED, f"The Word file is damaged or cut off ({why}): download or copy it again."
    )


def _key(name: str) -> str:
    """Return the form in which part names are compared: lower case, no leading slash (ECMA-376-2, 6.2)."""
    return name.replace("\\", "/").lstrip("/").lower()


def _links(root: Element, folder: str) -> dict[str, Relationship]:
    links = {}
    for item in root:
        target = unquote(item.get("Target") or "")
        if item.get("TargetMode") != "External" and target:
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = (item.get("Type") or "").rpartition("/")[2]
            links[item.get("Id") or ""] = Relationship(kind, posixpath.normpath(path))
    return links
