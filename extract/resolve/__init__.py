"""Candidates to records: one row for each fact, with its provenance, its doubts, and what no row took."""
