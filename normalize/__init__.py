"""Normalization of strings to values: one module for each kind of value."""
