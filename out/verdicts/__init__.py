"""Results of a check, for a terminal, a browser and programs."""
