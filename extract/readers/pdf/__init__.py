"""PDF files: glyphs and ruling lines by PDFium or pdfminer."""
