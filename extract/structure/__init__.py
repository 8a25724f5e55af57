"""Document structure: paragraphs and tables in reading order, roles of columns and rows, and their context."""
