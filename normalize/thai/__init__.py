"""Repair of Thai text that fonts, PDF engines and OCR have broken."""
