"""The archive run: which files are reports, in which order, and that no file can stop the others."""

import os
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from support.serial import SerialPool

from thaita.corpus.discover import ArchiveError, ArchiveFile, find_files
from thaita.corpus.run.outcomes import ArchiveRun, Outcome, read_file
from thaita.corpus.run.result_lookup import ResultLookup
from thaita.corpus.run.result_store import Store
from thaita.corpus.run.task import Job
from thaita.extract.options import DEFAULT, PdfOptions
from thaita.extract.readers.errors import UnreadableFileError
from thaita.models.identity import report_id
from thaita.models.records import Problem, Reading, Report
from thaita.models.tables import BY_NAME
from thaita.out.export import outcome_rows, write_dataset
from thaita.out.tables.packed_rows import pack


def extract(data: bytes, source: str, options: PdfOptions = DEFAULT) -> Reading:  # noqa: ARG001
    """Replace the extractor: return a report of the bytes, or raise the error that the bytes request."""
    if data == b"unreadable":
        raise UnreadableFileError("damaged", "The file is damaged: download it again.")
    if data == b"error":
        raise RecursionError("secret of the program")
    problems = (
        (Problem(severity="error", code="not_ita", message_en="ไม่ใช่รายงาน"),) if data == b"other" else ()
    )
    digest = sha256(data).hexdigest()
    report = Report(report_id=report_id(digest), source=source, sha256=digest, media_type="text/plain")
    return Reading(report=report, problems=problems)


def tree(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode("utf-8", "surrogateescape"))
    return root


def read_all(found: list[ArchiveFile]) -> list[Outcome]:
    with closing(Store(ResultLookup(None, "", "off"), "run")) as store:
        return list(ArchiveRun(found, Job(DEFAULT, pack, extract=extract), SerialPool(), store).outcomes())


def problems(archive: Path) -> dict[str, tuple[str, str]]:
    return {
        str(row["source"]): (str(row["severity"]), str(row["code"]))
        for outcome in read_all(find_files(archive))
        for table, row in outcome_rows(outcome)
        if table == "problems"
    }


def read_sources(archive: Path) -> list[str]:
    return [outcome.source for outcome in read_all(find_files(archive)) if outcome.was_read]


# -- which files --------------------------------------------------------------------------------


def test_files_are_in_the_code_point_order_of_their_paths(tmp_path):
    names = ["B.txt", "a b/z.txt", "a-b.txt", "a.txt", "a/b.txt", "a/ก.txt", "ก.docx", "๑.txt"]
    tree(tmp_path, *reversed(names))
    assert read_sources(tmp_path) == sorted(names)


@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a.text", "a.md", "a.docx", "รายงาน 2568.v2.Docx"])
def test_supported_formats_are_read(tmp_path, name):
    assert read_sources(tree(tmp_path, name)) == [name]
    assert problems(tmp_path) == {}


@pytest.mark.parametrize(
    "name",
    [
        "._report.docx",  # created by macOS on other file systems
        "__MACOSX/report.txt",
        "~$report.docx",  # Word has the report open
        ".~lock.report.docx#",
        ".DS_Store",
        ".thaita-0123.new/reports.csv",  # a dataset that is being written
        "Thumbs.db",
        "sub/desktop.ini",
        "samples/__pycache__/a.txt",
    ],
)
def test_some_files_are_skipped_without_a_problem(tmp_path, name):
    assert find_files(tree(tmp_path, name)) == []


@pytest.mark.parametrize(
    ("name", "severity", "code"),
    [
        ("a.ppt", "warning", "unsupported_format"),
        ("report", "warning", "unsupported_format"),  # no extension
        ("รายงาน.2568", "warning", "unsupported_format"),  # an unknown extension
        ("a.txt.bak", "warning", "unsupported_format"),
        ("txt", "warning", "unsupported_format"),  # a name without an extension
        ("a.gold.json", "info", "other_file"),
        ("a.py", "info", "other_file"),
        ("scores.json", "info", "other_file"),
        ("sub/README.md", "info", "other_file"),  # a note about a folder, although Markdown is read
    ],
)
def test_files_that_are_not_read_are_reported(tmp_path, name, severity, code):
    tree(tmp_path, name, "b.txt")
    assert problems(tmp_path) == {name: (severity, code)}
    assert read_sources(tmp_path) == ["b.txt"]
    assert not any(outcome.failed for outcome in read_all(find_files(tmp_path)))


def test_a_hidden_folder_is_one_row(tmp_path):
    tree(tmp_path, ".hidden.txt", ".old/2567/a.txt", ".old/b.txt", "sub/.git/report.txt", "c.txt")
    assert problems(tmp_path) == dict.fromkeys([".hidden.txt", ".old", "sub/.git"], ("info", "hidden"))
    assert read_sources(tmp_path) == ["c.txt"]


def test_a_file_given_by_the_user_is_read_whatever_its_name(tmp_path):
    """The user chose it, so the readers look at its bytes; a warning would easily be missed."""
    assert read_sources(tree(tmp_path, "report.2568") / "report.2568") == ["report.2568"]


def test_datasets_are_not_read_as_archives(tmp_path):
    tree(tmp_path, "a.txt")
    write_dataset(tmp_path / "dataset", read_all(find_files(tmp_path)))
    (tmp_path / "dataset" / "extra.txt").write_text("in a dataset, no report")
    assert [found.source for found in find_files(tmp_path)] == ["a.txt"]
    with pytest.raises(ArchiveError, match="is a dataset"):
        find_files(tmp_path / "dataset")


def test_an_archive_that_does_not_exist(tmp_path):
    with pytest.raises(FileNotFoundError):
        find_files(tmp_path / "none")


# -- whatever is wrong with a file --------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"unreadable", "damaged"),
        (b"error", "internal"),  # a bug in the program
        (b"other", "not_ita"),  # the reading itself reports that the file is not a report
    ],
)
def test_a_bad_file_is_a_problem_and_the_others_are_read(tmp_path, data, code):
    tree(tmp_path, "a.txt", "c.txt")
    (tmp_path / "b.txt").write_bytes(data)
    outcomes = read_all(find_files(tmp_path))
    assert [outcome.failed for outcome in outcomes] == [False, True, False]
    assert problems(tmp_path) == {"b.txt": ("error", code)}


def test_an_internal_error_reports_its_type_and_no_local_paths(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"error")
    ((_, row),) = read_all(find_files(tmp_path))[0].rows
    assert "RecursionError" in str(row["message_en"])
    assert "secret" not in str(row["message_en"])
    assert tuple(row) == BY_NAME["problems"].header


def test_links_pipes_and_folders_are_reported(tmp_path):
    archive = tree(tmp_path / "archive", "a.txt", "sub/b.txt", "folder.docx/word/c.txt")
    tree(tmp_path / "elsewhere", "d.txt", "e.txt")
    (archive / "link.txt").symlink_to(tmp_path / "elsewhere" / "d.txt")
    (archive / "inside.txt").symlink_to("sub/c")
    (archive / "sub" / "c").write_text("a report under a name that is not read")
    (archive / "broken.txt").symlink_to("nowhere.txt")
    (archive / "self.txt").symlink_to("self.txt")
    (archive / "sub" / "up").symlink_to("..")
    (archive / "sub" / "here").symlink_to(".")
    (archive / "above").symlink_to("..")
    (archive / "other").symlink_to("../elsewhere")
    os.mkfifo(archive / "pipe.txt")
    assert problems(archive) == {
        "above": ("error", "link_loop"),
        "broken.txt": ("error", "not_found"),
        "folder.docx": ("error", "not_a_file"),
        "other": ("warning", "linked_folder"),
        "link.txt": ("warning", "outside_link"),
        "pipe.txt": ("error", "not_a_file"),  # opening it would block forever
        "self.txt": ("error", "link_loop"),
        "sub/c": ("warning", "unsupported_format"),
        "sub/here": ("error", "link_loop"),
        "sub/up": ("error", "link_loop"),
    }
    assert read_sources(archive) == ["a.txt", "inside.txt", "sub/b.txt"]
    followed = read_all(find_files(archive, follow_links=True))
    assert [one.source for one in followed if one.was_read] == [
        "a.txt",
        "inside.txt",
        "link.txt",
        "sub/b.txt",
    ]


def test_a_file_removed_between_discovery_and_reading(tmp_path):
    found = find_files(tree(tmp_path, "a.txt", "b.txt"))
    (tmp_path / "a.txt").unlink()
    first, second = read_all(found)
    assert (first.failed, second.was_read) == (True, True)
    assert first.rows[0][1]["code"] == "not_found"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_a_problem(tmp_path):
    tree(tmp_path, "a.txt", "sub/b.txt", "c.txt")
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "sub").chmod(0)
    try:
        assert problems(tmp_path) == {"a.txt": ("error", "no_permission"), "sub": ("error", "no_permission")}
    finally:
        (tmp_path / "sub").chmod(0o700)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ('a\n"b",c.txt', 'a\n"b",c.txt'),  # characters that CSV quotes stay unchanged
        ("=cmd.txt", "=cmd.txt"),
        ("ก\udcff.txt", "ก\\xff.txt"),  # a byte that is not UTF-8: the file is read, and its name is readable
    ],
)
def test_unusual_file_names_are_handled(tmp_path, name, source):
    try:
        tree(tmp_path, name)
    except OSError:
        pytest.skip("this file system has no such names")
    (outcome,) = read_all(find_files(tmp_path))
    assert outcome.was_read
    assert dict(outcome_rows(outcome))["reports"]["source"] == source


def test_deeply_nested_folders_are_read(tmp_path):
    deep = tmp_path
    for _ in range(400):
        deep = deep / "d"
        deep.mkdir()
    (deep / "a.txt").touch()
    assert len(find_files(tmp_path)) == 1


# -- the same bytes -----------------------------------------------------------------------------


def test_the_same_bytes_are_read_once(tmp_path):
    for name in ("b.txt", "a/copy.txt", "c.docx"):
        path = tree(tmp_path, name) / name
        path.write_bytes(b"same")
    assert read_sources(tmp_path) == ["a/copy.txt"]
    outcomes = read_all(find_files(tmp_path))
    assert not any(outcome.failed for outcome in outcomes)
    row = outcomes[1].rows[0][1]
    assert (row["severity"], row["code"]) == ("info", "duplicate_file")
    assert "a/copy.txt" in str(row["message_en"])
    assert row["report_id"] == report_id(sha256(b"same").hexdigest())


def test_bad_files_with_the_same_bytes_are_each_an_error(tmp_path):
    """Only files that gave a report have been read; a second bad file is an error, not a copy."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(b"unreadable")
    assert problems(tmp_path) == {"a.txt": ("error", "damaged"), "b.txt": ("error", "damaged")}


def test_a_single_file_and_its_errors(tmp_path):
    assert read_file(tree(tmp_path, "a.txt") / "a.txt", extract).report.source == "a.txt"
    (tmp_path / "b.txt").write_bytes(b"unreadable")
    with pytest.raises(UnreadableFileError):
        read_file(tmp_path / "b.txt", extract)
    with pytest.raises(FileNotFoundError):
        read_file(tmp_path / "none.txt", extract)
