"""Candidates: values with their source text. Each module covers one way in which reports state values."""
