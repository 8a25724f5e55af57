"""Archives of reports: find files, recognize duplicates, read them all, and apply reviewers' decisions."""
