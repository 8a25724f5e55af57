"""Shared test code: documents created on the fly, comparisons, a browser."""
