"""Repair of Thai text broken by fonts, PDF engines and OCR."""
