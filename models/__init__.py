"""Types shared by all stages: the document, the records and the tables of the dataset."""
