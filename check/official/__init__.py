"""Compares agencies' own reports with lists of official results."""
