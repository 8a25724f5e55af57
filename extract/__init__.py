"""Extraction: files to documents (`readers`), then documents to records (`structure`, `find`, `resolve`)."""
