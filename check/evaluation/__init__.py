"""Comparison of a dataset with gold: what careful readers took from the same documents."""
