"""Fuzzing: mutations of valid files, and the invariants that the readers must keep on the results."""
