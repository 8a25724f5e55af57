"""Reads and writes a dataset's tables as CSV, Parquet, DuckDB, Excel and JSON Lines."""
