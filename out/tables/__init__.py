"""A dataset's tables as CSV, Parquet, DuckDB, Excel and JSON lines, and back."""
