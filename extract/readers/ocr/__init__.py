"""Page images: glyphs and ruling lines by optical character recognition (OCR)."""
