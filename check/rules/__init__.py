"""The rules: one CSV file a year, one for every year, and what their messages say."""
