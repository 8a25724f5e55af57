"""What a document is: paragraphs and tables in reading order, columns and rows by role, and what each stands under."""
