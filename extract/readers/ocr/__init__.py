"""Pictures of pages: glyphs and ruling lines by optical character recognition."""
