"""Spreadsheets: workbooks (XLSX, ODS) and tables of text (CSV, TSV)."""
