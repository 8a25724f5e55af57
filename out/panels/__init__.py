"""The panel of agencies and years, for a terminal and as files."""
