"""A dataset as a static website."""
