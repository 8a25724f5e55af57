"""The documentation is correct: its commands run, and its tables match the program."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.paths import ROOT

from thaita.check.complete import PARTS
from thaita.check.judge import AMONG, CHECKS
from thaita.check.rulebook import own_rules
from thaita.cli.main import cli
from thaita.models.tables import TABLES
from thaita.out.tables.description import tables_page
from thaita.out.verdicts.rules_page import rules_page

READMES = ("README.md", "README.th.md")
PAGES = (
    *READMES,
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "benchmarks/README.md",
    "corpus/samples/README.md",
    *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")),
    *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "variants").rglob("README.md")),
)
BIN = Path(sys.executable).parent
MARK = "<!-- made by: python -m thaita.out.tables.description -->\n"


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def marked(name: str) -> list[tuple[str, str]]:
    """Return (mark, code) for each code block of a README with a mark above it."""
    return re.findall(r"^<!-- (\w+) -->\n```\w+\n(.*?)^```$", text(name), re.MULTILINE | re.DOTALL)


def test_both_languages_show_the_same_code():
    blocks = [re.findall(r"^```\w+\n.*?^```$", text(name), re.MULTILINE | re.DOTALL) for name in READMES]
    assert blocks[0] == blocks[1]
    assert marked(READMES[0]) == marked(READMES[1])
    assert [mark for mark, _ in marked(READMES[0])] == [
        "main",
        "tests",
        *["python"] * 4,
    ]


@pytest.mark.long
def test_the_commands_of_the_readme_run(tmp_path):
    """Runs in a copy of the checkout with the programs of this environment in its `.venv`."""
    for name in ("corpus", "pyproject.toml", "run.py", "thaita"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / ".venv").symlink_to(sys.prefix)
    blocks = marked("README.md")
    (commands,) = (code for mark, code in blocks if mark == "main")
    process = subprocess.run(
        ["bash", "-euc", commands], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert process.returncode == 0, process.stderr
    assert " 0 failed" in process.stderr
    assert "Installing" not in process.stdout
    assert "องค์การบริหารส่วนตำบลปากแคว (A; 01_pakkhwae.txt)" in process.stdout
    scripts = [code for mark, code in blocks if mark == "python"]
    each = "import sys\nfor code in sys.argv[1:]:\n    exec(code, {})\n    print('=' * 40)"
    process = subprocess.run(
        [sys.executable, "-c", each, *scripts], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert process.returncode == 0, process.stderr
    *printed, _ = process.stdout.split("=" * 40 + "\n")
    assert len(printed) == len(scripts)
    assert all(printed)


def test_the_example_for_researchers_runs(tmp_path):
    blocks = marked("docs/research.md")
    assert [mark for mark, _ in blocks] == ["python", "python", "r"]
    archive = ["extract", str(ROOT / "corpus" / "samples"), "-o", str(tmp_path / "dataset")]
    assert CliRunner().invoke(cli, [*archive, "--format", "csv,duckdb"]).exit_code == 0
    for mark, code in blocks:
        command = [sys.executable, "-c"] if mark == "python" else [shutil.which("Rscript"), "-e"]
        if command[0] is None:
            continue
        process = subprocess.run([*command, code], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert process.returncode == 0, process.stderr
        assert process.stdout


def test_the_example_of_the_evaluation_runs(tmp_path):
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "bin").symlink_to(BIN)
    (_, code), (_, shown) = marked("docs/evaluation.md")
    process = subprocess.run(
        ["bash", "-euc", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert process.returncode == 0, process.stderr
    lines = [" ".join(line.split()) for line in process.stdout.splitlines()]
    assert [line for line in shown.splitlines() if " ".join(line.split()) not in lines] == []


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("command", sorted(cli.commands))
def test_every_command_is_in_the_readme(readme, command):
    assert re.search(rf"^\.venv/bin/thaita {command} ", text(readme), re.MULTILINE)


@pytest.mark.parametrize("readme", READMES)
def test_every_table_and_exit_status_is_in_the_readme(readme):
    for table in TABLES:
        assert f"`{table.name}.csv`" in text(readme)
    for status in (0, 1, 2, 130, 143):
        assert f"\n| {status} | " in text(readme)
        for command in cli.commands.values():
            assert re.search(rf"^  {status}\s", command.epilog, re.MULTILINE), (command.name, status)


@pytest.mark.parametrize("name", PAGES)
def test_links_have_existing_targets(name):
    for target in re.findall(r"\]\((?!https?://)([^)#]+)\)", text(name)):
        assert (ROOT / name).parent.joinpath(target).exists(), target


@pytest.mark.parametrize("name", PAGES)
def test_paths_in_documents_exist(name):
    """A path is a word that starts with a folder of the repository; `*` matches any name."""
    folders = "benchmarks|check|corpus|docs|extract|models|normalize|out|tests|thaita"
    for path in re.findall(rf"(?<![\w./])(?:{folders})/[\w./*]*[\w/*]", text(name)):
        assert any(ROOT.glob(path)), path


def test_the_page_of_the_tables_is_up_to_date():
    """To update the page, replace the text below its mark by the output of `python -m thaita.out.tables.description`."""
    assert text("docs/dataset.md").split(MARK)[1].strip() == tables_page().strip()


def test_the_page_of_the_rules_is_up_to_date():
    """To update the page, replace the text below its mark by the output of `python -m thaita.out.verdicts.rules_page`."""
    mark = "<!-- made by: python -m thaita.out.verdicts.rules_page -->\n"
    assert text("docs/rules.md").split(mark)[1].strip() == rules_page(own_rules()).strip()


def test_the_page_explains_every_check_and_part():
    words = {*CHECKS, *AMONG, *PARTS}
    assert {word for word in words if f"`{word}`" not in text("docs/rules.md")} == set()


def test_ci_takes_its_commands_from_the_readme():
    """If the README lacked a mark that CI uses, a check would silently be skipped."""
    asked = set(re.findall(r"\$\(readme (\w+)\)|\(readme (\w+)\)", text(".ci/run")))
    assert {mark for pair in asked for mark in pair if mark} <= {mark for mark, _ in marked("README.md")}
    assert asked
