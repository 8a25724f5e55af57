"""Which report of a dataset a gold file belongs to."""

import pytest

from thaita.check.evaluation.gold import Gold
from thaita.out.evaluation.dataset import GoldFile, reports_of

SOURCES = ("a/x.docx", "a/x.pdf", "b/x.txt", "archive.zip/y.pdf", "z.v2.pdf")


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        ("x", None, ["a/x.docx", "a/x.pdf", "b/x.txt"]),  # by its stem: every report is compared
        ("b/x", None, ["b/x.txt"]),  # the same folder comes first
        ("c/x", None, ["a/x.docx", "a/x.pdf", "b/x.txt"]),
        ("other", "x.pdf", ["a/x.pdf"]),
        ("x", "b/x.txt", ["b/x.txt"]),
        ("x", "c/x.txt", []),
        ("y", None, ["archive.zip/y.pdf"]),
        ("z.v2", None, ["z.v2.pdf"]),
        ("xx", None, []),
    ],
)
def test_reports_of_a_gold_file(name, source, expected):
    (found,) = reports_of([GoldFile(name, Gold(source=source))], [{"source": one} for one in SOURCES])
    assert [row["source"] for row in found] == expected
