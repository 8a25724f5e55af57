"""Decisions that people make on extracted values: recorded, validated, applied and undone."""
