"""What a report says, held against the rules of its year and against itself."""
