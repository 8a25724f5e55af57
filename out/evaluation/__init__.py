"""Evaluation of a dataset against gold files, for a terminal, a browser and programs."""
