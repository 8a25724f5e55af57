"""Page layout: turn positioned glyphs and ruling lines into lines, tables and paragraphs, for every page format."""
