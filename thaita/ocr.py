"""The interface for an OCR recognizer of your own; see docs/scans.md for an example."""

from __future__ import annotations

from thaita.extract.readers.ocr.recognizer import OcrWord, Recognizer
from thaita.models.document import Box

__all__ = ["Box", "OcrWord", "Recognizer"]
