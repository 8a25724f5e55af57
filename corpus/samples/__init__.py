"""Sample reports written for this project, with the gold of each beside it."""
