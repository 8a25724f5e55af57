"""Many reports: finding them, knowing which are the same, reading them all."""
