"""Bad input: what is done to good files, and what must hold of whatever reads the result."""
