"""File to document (`readers`), and document to records: one module a kind of record."""
