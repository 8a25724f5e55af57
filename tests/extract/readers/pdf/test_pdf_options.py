"""Options for PDFs: both engines give the same tables, and a password opens locked files."""

import pytest
from click.testing import CliRunner
from support.make_pdf import Sheet, pdf_of
from support.paths import PDFS, SAMPLES

import thaita
from thaita.cli.main import cli
from thaita.extract.options import ENGINES, PdfOptions
from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.rows import rows

FILES = [path for folder in ("word", "browser") for path in sorted((SAMPLES / folder).glob("*.pdf"))]
PLACE = {"page", "start", "end", "spans", "quote", "x0", "top", "x1", "bottom"}
VALUES = {"reports", "scores", "findings", "measures", "measure_steps", "measure_owners", "evidence"}


def run(*arguments):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def squeezed(value):
    return "".join(value.split()) if isinstance(value, str) else value


def values(path, engine):
    """Return the values of a report without locations, because the engines may break a cell's lines differently."""
    return [
        (name, {column: squeezed(value) for column, value in row.items() if column not in PLACE})
        for name, row in rows(thaita.read(path, engine=engine))
        if name in VALUES
    ]


def test_the_sample_list_is_not_empty():
    assert len(FILES) == 10


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=f"{path.parent.name}/{path.stem}", marks=pytest.mark.long if i % 3 else ())
        for i, path in enumerate(FILES)
    ],
)
def test_both_engines_give_the_same_tables(path):
    one, other = (values(path, engine) for engine in ENGINES)
    assert len(one) > 40
    assert one == other


def test_the_command_has_an_engine_option():
    path = PDFS / "font_names_wrong_letters.pdf"
    said = [run("show", path, "--engine", engine) for engine in ENGINES]
    assert [(result.exit_code, "garbled_text" in result.stdout) for result in said] == [(0, True), (0, False)]


def test_an_unknown_engine_is_rejected_before_reading(tmp_path):
    for read in (thaita.read, thaita.read_archive):
        with pytest.raises(ValueError, match="pdfium, pdfplumber"):
            read(tmp_path, engine="pdfminer")
    assert run("show", FILES[0], "--engine", "pdfminer").exit_code == 2
    result = run("extract", FILES[0], "-o", tmp_path / "d", "--engine", "pdfminer")
    assert (result.exit_code, list(tmp_path.iterdir())) == (2, [])


# -- passwords ----------------------------------------------------------------------------------


@pytest.fixture
def locked(tmp_path):
    path = tmp_path / "locked.pdf"
    path.write_bytes(pdf_of(Sheet().text(100, 100, "คุณธรรมและความโปร่งใส")).done(b"secret"))
    return path


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("given", [[], ["--password", "wrong"]])
def test_a_locked_file_is_a_problem_that_names_the_option(locked, tmp_path, given, engine):
    result = run("extract", locked, "-o", tmp_path / "d", "--engine", engine, *given)
    assert result.exit_code == 1
    (problem,) = thaita.load(tmp_path / "d")["problems"].to_dict("records")
    assert (problem["source"], problem["severity"], problem["code"]) == ("locked.pdf", "error", "encrypted")
    assert "--password" in problem["message_en"]
    shown = run("show", locked, "--engine", engine, *given)
    assert (shown.exit_code, shown.stdout) == (1, "")
    assert "--password" in shown.stderr


@pytest.mark.parametrize("engine", ENGINES)
def test_the_password_opens_a_locked_file(locked, tmp_path, engine):
    options = ["--password", "secret", "--engine", engine]
    assert run("extract", locked, "-o", tmp_path / "d", *options).exit_code == 0
    assert thaita.load(tmp_path / "d")["reports"]["source"].tolist() == ["locked.pdf"]
    shown = run("show", locked, *options)
    assert shown.exit_code == 0
    assert "คุณธรรมและความโปร่งใส" in run("show", locked, *options, "--table", "unread").stdout


def test_the_password_works_in_python(locked):
    with pytest.raises(UnreadableFileError) as refused:
        thaita.read(locked)
    assert refused.value.code == "encrypted"
    assert thaita.read(locked, password="secret").report.source == "locked.pdf"
    assert thaita.read_archive(locked, password="secret")["reports"]["source"].tolist() == ["locked.pdf"]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_password_is_ignored_for_unlocked_files(engine):
    given = thaita.read(FILES[0], password="secret", engine=engine)
    assert given == thaita.read(FILES[0], engine=engine)


def test_no_message_contains_the_password():
    assert "secret" not in repr(PdfOptions("secret"))
