"""Run the program in a fresh checkout: `python3 run.py samples`, `python3 run.py tests`.

Needs Python 3.11 or later and nothing else. Each command installs what it needs into the folder `.venv`, once:
`samples` what reading reports needs, `tests` everything. uv installs much faster than pip: pip fetches it, and does all itself where uv is not available.
"""

from __future__ import annotations

import csv
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).absolute().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / "requirements-dev.lock"
USAGE = """\
python3 run.py samples            read the sample reports into the folder `dataset`, and show the scores
python3 run.py tests [OPTION …]   run the tests; options are those of pytest, such as -k NAME
python3 run.py setup              only install what developing needs into .venv"""


def main(arguments: list[str]) -> int:
    """Run one command and return its exit status."""
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python is told so, before it meets what it cannot read
        return fail(f"Python {sys.version.split()[0]} is too old: start this with Python 3.11 or later.")
    command, options = (arguments or [""])[0], arguments[1:]
    if command not in ("samples", "tests", "setup") or (options and command != "tests"):
        return fail(USAGE)
    try:
        set_up([] if command == "samples" else ["dev"])
    except subprocess.CalledProcessError as error:
        return fail(f"The installation failed (status {error.returncode}); see above.")
    if command == "samples":
        return samples()
    return run_tests(options) if command == "tests" else 0


def samples() -> int:
    """Run the main job on the sample reports and print what it found."""
    print("$ thaita extract corpus/samples -o dataset", flush=True)
    dataset = ROOT / "dataset"
    extract = [str(PYTHON), "-m", "thaita", "extract", str(ROOT / "corpus" / "samples"), "-o", str(dataset)]
    status = subprocess.call(extract)
    if status in (0, 1):  # with 1, some files could not be read, and all others were
        with (dataset / "reports.csv").open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                cells = [
                    row[name] or "-" for name in ("fiscal_year", "overall_score", "agency", "grade", "source")
                ]
                print("{}  {:>6}  {} ({}; {})".format(*cells))
        print(f"All tables are CSV files in {dataset}; docs/dataset.md explains them.")
    return status


def run_tests(options: list[str]) -> int:
    """Run the tests on all cores."""
    print("$ pytest -q -n auto", *options, flush=True)
    return subprocess.call([str(PYTHON), "-m", "pytest", "-q", "-n", "auto", *options], cwd=ROOT)


def set_up(extras: list[str]) -> None:
    """Make `.venv` with the program, in place, and its extras, unless it is there. Raises CalledProcessError."""
    if not works():
        make_environment()
    if is_complete(extras):
        return
    uv = installer()
    print(f"Installing into {VENV}, once; this takes a minute …", flush=True)
    if extras and LOCK.exists() and not install(uv, "--require-hashes", "-r", str(LOCK)):
        print("The pinned versions are not available here: installing the newest instead.", flush=True)
    program = f"{ROOT}[{','.join(extras)}]" if extras else str(ROOT)
    if not install(uv, "-e", program):
        raise subprocess.CalledProcessError(1, "pip")


def works() -> bool:
    """Return whether `.venv` has a Python that starts."""
    try:
        return subprocess.call([str(PYTHON), "-c", ""], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def make_environment() -> None:
    """Make `.venv` by uv, which needs nothing, or by Python's own module, which is a separate package on Debian and Ubuntu."""
    uv = shutil.which("uv")
    if uv and subprocess.call([uv, "venv", "-q", "--clear", "--python", sys.executable, str(VENV)]) == 0:
        return
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        print(made.stdout + made.stderr, file=sys.stderr)
        if importlib.util.find_spec("ensurepip") is None:
            advice = "on Debian and Ubuntu: apt-get install python3-venv; elsewhere, install uv"
            fail(f"Python's modules venv and ensurepip are missing ({advice}).")
        made.check_returncode()


def is_complete(extras: list[str]) -> bool:
    """Return whether `.venv` has this checkout and every package that pyproject.toml asks for."""
    check = (
        "import importlib.metadata as m, sys, pathlib, thaita\n"
        "assert pathlib.Path(thaita.__file__).samefile(sys.argv[1])\n"
        "[m.version(name) for name in sys.argv[2:]]"
    )
    here = str(ROOT / "thaita" / "__init__.py")
    found = subprocess.run(
        [str(PYTHON), "-c", check, here, *sorted(packages(extras))],
        capture_output=True,
        check=False,
        cwd=VENV,
    )
    return found.returncode == 0


def packages(extras: list[str]) -> set[str]:
    """Return the names of the packages that the program and some of its extras need."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted, names = list(project["dependencies"]), set()
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    while wanted:
        one = wanted.pop()
        if own := re.match(r"thaita\[([\w,-]+)\]", one):
            for extra in own[1].split(","):
                wanted += project["optional-dependencies"][extra]
        elif name := re.match(r"[\w.-]+", one):
            names.add(name[0])
    return names


def installer() -> list[str] | None:
    """Return the command of uv, which pip fetches into `.venv`; None if it cannot be had."""
    if uv := shutil.which("uv"):
        return [uv]
    own = [str(PYTHON), "-m", "uv"]
    if silent([*own, "--version"]) or silent([*pip(), "install", "-q", "uv"]):
        return own
    return None


def install(uv: list[str] | None, *what: str) -> bool:
    """Install by uv, or by pip if uv is missing or fails, such as with an index that only pip knows."""
    if uv:
        arguments = [*uv, "pip", "install", "-q", "--python", str(PYTHON), *what]
        if (
            subprocess.call(
                arguments, env={**os.environ, "UV_LINK_MODE": os.environ.get("UV_LINK_MODE", "copy")}
            )
            == 0
        ):
            return True
    if not silent([*pip(), "--version"]):
        return False
    return subprocess.call([*pip(), "install", "-q", *what]) == 0


def pip() -> list[str]:
    """Return the command of pip in `.venv`."""
    return [str(PYTHON), "-m", "pip", "--disable-pip-version-check"]


def silent(command: list[str]) -> bool:
    """Run a command without its output; return whether it succeeded."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def fail(message: str) -> int:
    """Print why nothing was done; return the exit status for that."""
    print(message, file=sys.stderr)
    return 2


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a console may lack Thai letters
    sys.exit(main(sys.argv[1:]))
