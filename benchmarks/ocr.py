"""OCR speed and error rate on scans: Tesseract on whole pages compared with thaita on the same pages.

usage: python benchmarks/ocr.py [--dpi 300 200 150] [--samples N]

Renders the sample PDFs at each resolution with the noise, blur and slight rotation of a scan, and recognizes
them. The reference is the text that thaita extracts from the PDFs. White space is ignored, and a sara am in
two pieces counts as one. The text order in tables differs between programs, so there are two figures: by
position (edit distance of the whole text) and without order (missing and surplus letters).
"""

from __future__ import annotations

import argparse
import io
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
from PIL import Image
from rapidfuzz.distance import Levenshtein

from thaita.extract.documents import read_document
from thaita.extract.options import PdfOptions
from thaita.extract.readers.ocr.tesseract import MODELS, tessdata

SAMPLES = Path(__file__).resolve().parents[1] / "corpus" / "samples" / "word"


def scanned(path: Path, dpi: int, seed: int) -> list[np.ndarray]:
    """Return the pages of a PDF as a scanner would deliver them, in grayscale."""
    chance = np.random.default_rng(seed)
    pages = []
    for page in pdfium.PdfDocument(str(path)):
        image = np.array(page.render(scale=dpi / 72, grayscale=True).to_pil()).astype(np.float32)
        height, width = image.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), chance.uniform(-0.7, 0.7), 1)
        image = cv2.warpAffine(image, turn, (width, height), borderValue=255)
        image = cv2.GaussianBlur(image, (0, 0), 0.5 * dpi / 200)
        image = np.clip(image * 0.94 + 8 + chance.normal(0, 7, image.shape), 0, 255).astype(np.uint8)
        _, jpeg = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 75])
        pages.append(cv2.imdecode(jpeg, cv2.IMREAD_GRAYSCALE))
    return pages


def by_thaita(pages: list[np.ndarray], dpi: int) -> str:
    """Return the text that thaita recognizes on the pages."""
    images = [Image.fromarray(page) for page in pages]
    out = io.BytesIO()
    images[0].save(out, "TIFF", save_all=True, append_images=images[1:], dpi=(dpi, dpi))
    return read_document(out.getvalue(), "scan.tif", PdfOptions()).text


def by_tesseract(models: str) -> Callable[[list[np.ndarray], int], str]:
    """Return a function that reads whole pages with Tesseract and these models."""
    import tesserocr

    def read(pages: list[np.ndarray], dpi: int) -> str:
        with tesserocr.PyTessBaseAPI(path=f"{tessdata()}/", lang=models, psm=3) as api:
            api.SetVariable("preserve_interword_spaces", "1")
            texts = []
            for page in pages:
                api.SetImage(Image.fromarray(page))
                api.SetSourceResolution(dpi)
                texts.append(api.GetUTF8Text())
        return "\n".join(texts)

    return read


def squeezed(text: str) -> str:
    """Return text in the form used for the comparison."""
    return "".join(text.replace("\u0e4d\u0e32", "\u0e33").split())


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dpi", type=int, nargs="+", default=[300, 200, 150])
    parser.add_argument("--samples", type=int, default=5)
    options = parser.parse_args()
    readers = {"thaita": by_thaita, **{f"tesseract {m}": by_tesseract(m) for m in ("tha", MODELS, "Thai")}}
    paths = sorted(SAMPLES.glob("*.pdf"))[: options.samples]
    print("dpi  reader             s/page  wrong %  without order %")
    for dpi in options.dpi:
        scans = [
            (squeezed(read_document(p.read_bytes()).text), scanned(p, dpi, i)) for i, p in enumerate(paths)
        ]
        for name, read in readers.items():
            with tempfile.TemporaryDirectory() as cache:
                print(f"{dpi:3}  {name:18} {figures(scans, read, dpi, cache)}", flush=True)


def figures(scans: list, read: Callable[[list[np.ndarray], int], str], dpi: int, cache: str) -> str:
    """Return seconds per page and the two error rates of one reader; older caches are not used."""
    import os

    os.environ["THAITA_CACHE"] = cache
    wrong = mixed = letters = pages = 0
    started = time.perf_counter()
    texts = []
    for _, images in scans:
        try:
            texts.append(squeezed(read(images, dpi)))
        except Exception as error:  # a model that is not installed
            return f"not installed ({error})"
        pages += len(images)
    seconds = time.perf_counter() - started
    for (right, _), text in zip(scans, texts, strict=True):
        letters += len(right)
        wrong += Levenshtein.distance(right, text)
        one, other = Counter(right), Counter(text)
        mixed += max((one - other).total(), (other - one).total())
    return f"{seconds / pages:6.2f}  {100 * wrong / letters:7.2f}  {100 * mixed / letters:7.2f}"


if __name__ == "__main__":
    main()
