"""Text files, Markdown and web pages."""
