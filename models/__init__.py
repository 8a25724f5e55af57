"""The types that every stage shares: the document, the records, the dataset's tables."""
