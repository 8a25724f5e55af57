"""One reader a file format, all yielding the same document model."""
