"""PDF files: glyphs and ruling lines, read by PDFium or pdfminer."""
