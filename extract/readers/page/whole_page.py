"""A page's glyphs and ruling lines to its paragraphs and tables: every step of page layout, in order."""

from __future__ import annotations

from thaita.extract.readers.page.content import PageContent
from thaita.extract.readers.page.layout import PageDraft, lay_out_page
from thaita.extract.readers.page.line_flags import flag_lines
from thaita.extract.readers.page.text_columns import with_text_columns
from thaita.extract.readers.page.unruled_tables import with_column_tables


def laid_out(content: PageContent) -> PageDraft:
    """Return a page's paragraphs and tables, those without ruling lines too."""
    page = lay_out_page(content)
    page.items = with_column_tables(with_text_columns(page.items), content.rules, content.fills)
    flag_lines(page)
    return page
