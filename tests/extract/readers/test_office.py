"""Files of old formats: LibreOffice converts them where it is installed, and runs and fetches nothing in them."""

import threading
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO

import pytest

from thaita.extract.documents import read_document
from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.readers.office import office_kind, office_program
from thaita.models.document import Paragraph

NAMES = " ".join(
    f'xmlns:{short}="{name}"'
    for short, name in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "script": "urn:oasis:names:tc:opendocument:xmlns:script:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
    }.items()
)
OLE = bytes.fromhex("D0CF11E0A1B11AE1")
RTF = rb"{\rtf1\ansi ITA 2568\par 90.09}"
installed = pytest.mark.skipif(office_program() is None, reason="needs LibreOffice")


@pytest.fixture(autouse=True)
def as_long_as_it_takes(monkeypatch):
    """A busy machine may need longer than the limit for a reader."""
    monkeypatch.setattr("thaita.extract.readers.office._SECONDS", 3600)


def odt(body: str) -> bytes:
    kind = "application/vnd.oasis.opendocument.text"
    entry = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="{}"/>'
    manifest = entry.format("/", kind) + entry.format("content.xml", "text/xml")
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{manifest}</manifest:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content {NAMES} office:version="1.2"><office:body><office:text>{body}</office:text></office:body></office:document-content>',
        )
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (RTF, "rtf"),
        (odt(""), "odt"),
        (OLE + "WordDocument\0".encode("utf-16-le"), "doc"),
        (OLE + "Workbook\0".encode("utf-16-le"), "xls"),
        (OLE + "Workbook\0EncryptedPackage\0".encode("utf-16-le"), None),
        (OLE + bytes(600), None),
        (b"PK\3\4", None),
    ],
)
def test_the_bytes_show_what_only_an_office_program_reads(data, kind):
    assert office_kind(data) == kind


def test_without_libreoffice_the_problem_says_how_to_install_it(monkeypatch):
    monkeypatch.setattr("thaita.extract.readers.office._PROGRAMS", ("no-such-program",))
    with pytest.raises(UnreadableFileError, match="install LibreOffice") as caught:
        read_document(RTF)
    assert caught.value.code == "unsupported_format"


@installed
def test_an_old_file_is_converted_and_the_problem_says_so():
    document = read_document(RTF)
    lines = [block.text.chars for block in document.blocks if isinstance(block, Paragraph)]
    assert lines == ["ITA 2568", "90.09"]
    assert (document.media_type, document.problems[-1].code) == ("application/rtf", "converted")


@installed
def test_nothing_that_a_file_links_is_fetched(tmp_path):
    fetched = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self):
            fetched.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - names of the library

    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    with HTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        site = f"http://127.0.0.1:{server.server_port}"
        sections = "".join(
            f'<text:section text:name="{link}"><text:section-source xlink:href="{link}"/><text:p>old</text:p></text:section>'
            for link in (secret.as_uri(), f"{site}/a.odt")
        )
        image = f'<draw:image xlink:href="{site}/a.png" xlink:actuate="onLoad"/>'
        frame = f'<draw:frame svg:width="5cm" svg:height="5cm">{image}</draw:frame>'
        document = read_document(odt(f"<text:p>ITA {frame}</text:p>{sections}"))
        server.shutdown()
    assert document.text.split() == ["ITA", "old", "old"]
    assert fetched == []
