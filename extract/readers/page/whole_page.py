"""The complete layout of one page: glyphs and ruling lines to paragraphs and tables, in order of the steps."""

from __future__ import annotations

from thaita.extract.readers.page.content import PageContent
from thaita.extract.readers.page.layout import PageDraft, lay_out_page
from thaita.extract.readers.page.line_flags import flag_lines
from thaita.extract.readers.page.text_columns import with_columns_ordered
from thaita.extract.readers.page.unruled_tables import with_unruled_tables


def lay_out_whole_page(content: PageContent) -> PageDraft:
    """Return the paragraphs and tables of a page, including tables without ruling lines."""
    page = lay_out_page(content)
    page.items = with_unruled_tables(with_columns_ordered(page.items), content.rules, content.fills)
    flag_lines(page)
    return page
