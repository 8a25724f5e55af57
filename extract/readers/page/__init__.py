"""Page layout: placed glyphs and ruling lines to lines, tables and paragraphs. Knows no file format."""
