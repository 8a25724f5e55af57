"""No command runs Python code from the archive, the dataset's folder or the current folder."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from support.paths import SAMPLES

PLANTED = (
    "thaita", "pydantic", "numpy", "lxml", "click", "pandas", "duckdb", "xlsxwriter", "openpyxl", "cv2", "tesserocr",
    "pypdfium2", "PIL", "starlette", "uvicorn", "sitecustomize", "usercustomize", "pickle", "runpy", "check", "out",
)  # fmt: skip
COMMAND = (sys.executable, "-P", "-c", "from thaita.cli.main import main; main()")
"""The console script, with its own folder first in sys.path instead of the current one."""


@pytest.fixture(scope="module")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an archive full of modules that record their execution in the file RAN, and a dataset in it."""
    archive = tmp_path_factory.mktemp("trap") / "archive"
    archive.mkdir()
    for name in ("01_pakkhwae.txt", "02_banklang.docx", "word/01_pakkhwae.pdf"):
        path = SAMPLES / name
        (archive / path.name).write_bytes(path.read_bytes())
    run(
        archive,
        "extract",
        ".",
        "-o",
        "dataset",
        "--workers",
        "1",
        "--format",
        "csv,xlsx,duckdb,jsonl,parquet",
    )
    code = f"import sys\nwith open({str(archive.parent / 'RAN')!r}, 'a') as file:\n    print(__file__, sys.argv, file=file)\n"
    for folder in (archive, archive / "dataset"):
        for name in PLANTED:
            (folder / name).mkdir()
            (folder / name / "__init__.py").write_text(code)
            (folder / f"{name}.py").write_text(code)
    return archive


def run(archive: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], cwd=archive, capture_output=True, text=True, check=False)


def ran(archive: Path) -> str:
    marks = archive.parent / "RAN"
    return marks.read_text() if marks.exists() else ""


@pytest.mark.parametrize(
    "arguments",
    [
        (
            "extract",
            ".",
            "-o",
            "../new",
            "--fresh",
            "--workers",
            "1",
            "--format",
            "csv,xlsx,duckdb,jsonl,parquet",
        ),
        ("show", "02_banklang.docx"),
        ("show", "01_pakkhwae.pdf", "--draw", "../page.png"),
        ("check", "01_pakkhwae.pdf"),
        ("check", "dataset"),
        ("report", "dataset", "-o", "../site"),
        ("corrections", "dataset"),
        ("correct", "01_pakkhwae.txt", "reports", "1", "agency", "อบต.", "-d", "dataset", "--why", "-"),
        ("extract", "01_pakkhwae.txt", "-o", "../own", "--ocr", "numpy:Recognizer"),
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_no_command_runs_code_from_the_current_folder(trap, arguments):
    done = run(trap, *arguments)
    assert "Traceback" not in done.stderr
    assert ran(trap) == ""


def test_the_review_server_runs_no_code_from_the_current_folder(trap):
    with subprocess.Popen(
        [*COMMAND, "review", "dataset", "--no-browser", "--port", "0"], cwd=trap, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True,
    ) as process:  # fmt: skip
        try:
            said = process.stdout.readline()
            assert re.search(r"http://", said), said
        finally:
            process.send_signal(signal.SIGINT)
    assert ran(trap) == ""


def test_running_as_a_module_imports_only_the_package_from_the_current_folder(trap, tmp_path):
    for name in PLANTED[1:]:
        (tmp_path / f"{name}.py").write_bytes((trap / f"{name}.py").read_bytes())
    line = [
        sys.executable,
        "-m",
        "thaita",
        "extract",
        SAMPLES / "01_pakkhwae.txt",
        "-o",
        "d",
        "--format",
        "xlsx",
    ]
    environment = {**os.environ, "PYTHONPATH": ""}
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    started_by_python = [one for one in ran(trap).splitlines() if not re.search(r"(site|user)customize", one)]
    assert started_by_python == []


def test_an_empty_entry_of_pythonpath_is_not_passed_on(trap):
    code = "import os; os.environ['PYTHONPATH'] = ':'; from thaita.cli.main import main; main()"
    line = [sys.executable, "-P", "-c", code, "extract", "02_banklang.docx", "-o", "../e", "--fresh"]
    done = subprocess.run([*line, "--format", "xlsx"], cwd=trap, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert ran(trap) == ""
