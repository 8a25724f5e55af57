"""Files that only an office program reads (.doc, .odt, .rtf, .xls), converted by LibreOffice where it is installed.

LibreOffice runs in a new profile that runs no macro and follows no link, on Linux without a network if the system permits,
and is stopped at a time limit. Where it is not installed, the error says how to install it.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
import zlib
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Literal

from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.problem_codes import ProblemCode

Kind = Literal["doc", "odt", "rtf", "xls"]

MEDIA_TYPES: dict[Kind, str] = {
    "doc": "application/msword",
    "odt": "application/vnd.oasis.opendocument.text",
    "rtf": "application/rtf",
    "xls": "application/vnd.ms-excel",
}
_NAMES: dict[Kind, str] = {
    "doc": "a Word file in the old format (.doc)",
    "odt": "an OpenDocument text (.odt)",
    "rtf": "Rich Text Format (RTF)",
    "xls": "an Excel workbook in the old format (.xls)",
}
_ODT = MEDIA_TYPES["odt"].encode()
_TYPE_BYTES = 200
_OLE = b"\xd0\xcf\x11\xe0"
_STREAMS: dict[str, Kind] = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls"}
"""Names of the main streams of old Office files ([MS-CFB] 2.6.1)."""
_SECONDS = 90
_MAX_RESULT = 512 * 2**20
_PROGRAMS = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_INSTALL = {
    "linux": "`apt install libreoffice-writer libreoffice-calc`",
    "darwin": "`brew install --cask libreoffice`",
    "win32": "`winget install TheDocumentFoundation.LibreOffice`",
}
_SETTINGS = {
    ("Common/Security/Scripting", "MacroSecurityLevel"): "3",
    ("Common/Security/Scripting", "DisableMacrosExecution"): "true",
    ("Common/Security/Scripting", "DisableActiveContent"): "true",
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks"): "true",
    ("Writer/Content/Update", "Link"): "2",
    ("Calc/Content/Update", "Link"): "2",
}
"""Settings of the profile: no macros, no objects with programs, no links to other files."""


def office_kind(data: bytes) -> Kind | None:
    """Return the kind of a file that only an office program reads, None for any other file."""
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return None
        return next((kind for name, kind in _STREAMS.items() if _stream(name) in data), None)
    return "odt" if data.startswith(b"PK") and _zip_type(data).startswith(_ODT) else None


def _zip_type(data: bytes) -> bytes:
    """Return the media type that a ZIP file of OpenDocument states first, empty for other files."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return archive.read("mimetype") if archive.getinfo("mimetype").file_size < _TYPE_BYTES else b""
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, RuntimeError, ValueError):
        return b""


def _stream(name: str) -> bytes:
    return (name + "\0").encode("utf-16-le")


def converted(data: bytes, kind: Kind) -> bytes:
    """Return the file as DOCX, a workbook as XLSX.

    Raises UnreadableFileError: `unsupported_format` without LibreOffice, `damaged` if it makes no document of the file,
    `too_complex` at the time limit, `too_large`.
    """
    program = _program(kind)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_profile(), encoding="utf-8")
        source = folder / f"report.{kind}"
        source.write_bytes(data)
        target = "xlsx:Calc MS Excel 2007 XML" if kind == "xls" else "docx:MS Word 2007 XML"
        command = [
            *_without_network(),
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--convert-to", target),
            *("--outdir", str(folder / "out"), str(source)),
        ]
        _run(command, folder, kind)
        made = folder / "out" / f"report.{target[:4]}"
        if not made.exists() or not made.stat().st_size:
            part = "Calc" if kind == "xls" else "Writer"
            message = f"LibreOffice made nothing of {_NAMES[kind]}: it is damaged, has a password, or {part} is missing."
            raise UnreadableFileError(ProblemCode.DAMAGED, message)
        if made.stat().st_size > _MAX_RESULT:
            message = "The converted file is larger than a report can be: split it."
            raise UnreadableFileError(ProblemCode.TOO_LARGE, message)
        return made.read_bytes()


def office_program() -> str | None:
    """Return the path of LibreOffice, None if it is not installed."""
    return next((path for one in _PROGRAMS if (path := shutil.which(one))), None)


def _program(kind: Kind) -> str:
    found = office_program()
    if found is None:
        how = _INSTALL.get(sys.platform, "libreoffice.org")
        message = f"This is {_NAMES[kind]}: install LibreOffice ({how}) and read it again, or save it as .docx or .xlsx."
        raise UnreadableFileError(ProblemCode.UNSUPPORTED_FORMAT, message)
    return found


def _run(command: list[str], folder: Path, kind: Kind) -> None:
    """Run LibreOffice without the settings and the proxies of the user; stop it and its children at the time limit."""
    kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    process = subprocess.Popen(  # noqa: S603 - the program that the system finds
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**kept, "HOME": str(folder), "TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp"},
        start_new_session=True,
    )
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired as error:
        message = f"LibreOffice needed more than {_SECONDS} s for {_NAMES[kind]}: save it as .docx or .xlsx."
        raise UnreadableFileError(ProblemCode.TOO_COMPLEX, message) from error
    finally:
        if process.poll() is None:
            _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@cache
def _without_network() -> tuple[str, ...]:
    """Return the words that start a program without a network, none where the system does not permit it."""
    program = shutil.which("unshare") if sys.platform == "linux" else None
    if program is None:
        return ()
    command = (program, "--map-root-user", "--net", "--")
    done = subprocess.run(  # noqa: S603 - a program of the system
        [*command, "true"], stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    return command if done.returncode == 0 else ()


def _profile() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for (path, name), value in _SETTINGS.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
