"""Prints documents: Word files by LibreOffice, web pages by Chromium, pages to scans; the same bytes each time."""

from __future__ import annotations

import base64
import io
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import numpy as np
import pypdfium2 as pdfium
from PIL import Image
from selenium import webdriver
from stamps import stamp

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from programs import program
from typeset import with_fixed_dates

SECONDS = 900
"""Time limit in seconds for one run of LibreOffice."""
PDF = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'
"""The format with comments as annotations."""
DOTS = 200
"""Resolution of scans in dots per inch."""


def print_word(files: Mapping[Path, bytes], workers: int = 2) -> None:
    """Write the PDFs of Word files: `files` gives each PDF's path its Word file."""
    names = list(files)
    shares = [names[at::workers] for at in range(workers) if names[at::workers]]
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(lambda share: _print_share({name: files[name] for name in share}), shares))


def _print_share(files: Mapping[Path, bytes]) -> None:
    soffice = program("soffice", "libreoffice")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = []
        for path, data in files.items():
            sources.append(folder / f"{path.stem}.docx")
            sources[-1].write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [soffice, profile, "--headless", "--convert-to", PDF, "--outdir", str(folder / "pdf")]
        subprocess.run([*command, *map(str, sources)], check=True, capture_output=True, timeout=SECONDS)
        for path in files:
            path.write_bytes(with_fixed_dates((folder / "pdf" / f"{path.stem}.pdf").read_bytes()))


def print_web(pages: Mapping[Path, str]) -> None:
    """Write the PDFs of web pages: `pages` gives each PDF's path its HTML."""
    if not pages:
        return
    settings = {"preferCSSPageSize": True, "printBackground": True}
    options = webdriver.ChromeOptions()
    options.binary_location = program("chromium", "chromium-browser", "google-chrome")
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(flag)
    service = webdriver.ChromeService(program("chromedriver"))
    with tempfile.TemporaryDirectory() as name, webdriver.Chrome(options, service) as browser:
        for path, html in pages.items():
            source = Path(name) / "page.html"
            source.write_text(html, encoding="utf-8")
            browser.get(source.as_uri())
            done = browser.execute_cdp_cmd("Page.printToPDF", settings)
            path.write_bytes(with_fixed_dates(base64.b64decode(done["data"])))


def scanned(pdf: bytes, random: Random, *, stamped: bool = False) -> bytes:
    """Return a PDF of pictures of the pages: slightly turned, grey, with a scanner's noise; the first may be stamped."""
    noise = np.random.default_rng(random.randrange(2**32))
    pages = []
    document = pdfium.PdfDocument(pdf)
    for page in document:
        picture = page.render(scale=DOTS / 72, grayscale=True, draw_annots=False).to_pil().convert("L")
        if stamped and not pages:
            stamp(picture, random)
        picture = picture.rotate(random.uniform(-0.6, 0.6), Image.Resampling.BICUBIC, fillcolor=255)
        grain = (
            np.asarray(picture, np.float32) * 0.94 + 8 + noise.normal(0, 5, (picture.height, picture.width))
        )
        pages.append(Image.fromarray(grain.clip(0, 255).astype(np.uint8)))
    file = io.BytesIO()
    pages[0].save(file, "PDF", save_all=True, append_images=pages[1:], resolution=DOTS, quality=60)
    return with_fixed_dates(file.getvalue())
