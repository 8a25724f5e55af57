"""Reading all reports of an archive: worker processes, limits, result store and resuming."""
