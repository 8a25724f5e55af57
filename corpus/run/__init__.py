"""Reading every report of an archive: worker processes, limits, stored results, resuming."""
