"""Results of many agencies: lists as tables or lines, read as one result for each agency or level and year."""
