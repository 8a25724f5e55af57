"""Candidates: values with their place in the document. One module for each way in which reports state them."""
