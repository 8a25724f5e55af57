"""Word files (.docx, .docm, .dotx)."""
