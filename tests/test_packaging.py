"""The package: the wheel contains exactly the product, and modules and functions keep the size limits."""

import ast
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from support.paths import ROOT

STAGES = ("models", "normalize", "extract", "check", "corpus", "out")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LITTER = frozenset({"__pycache__", ".DS_Store", "Thumbs.db"})
MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 40


def product_files() -> list[Path]:
    """Return every file of the product, by its path in the checkout."""
    own = [path for path in (ROOT / "thaita").iterdir() if path.is_file()]
    own += [path for path in (ROOT / "thaita" / "cli").rglob("*") if path.is_file()]
    below = [path for stage in STAGES for path in (ROOT / stage).rglob("*") if path.is_file()]
    return sorted(path.relative_to(ROOT) for path in own + below if not LITTER & set(path.parts))


def installed(path: Path) -> str:
    """Return the path in the wheel of a file in the checkout."""
    return path.as_posix() if path.parts[0] == "thaita" else f"thaita/{path.as_posix()}"


MODULES = [path for path in product_files() if path.suffix == ".py"]


def test_every_package_is_listed_in_pyproject():
    """A package that is not listed there is silently missing in the wheel."""
    folders = {PurePosixPath(installed(path)).parent.as_posix().replace("/", ".") for path in MODULES}
    assert folders == set(PROJECT["tool"]["setuptools"]["packages"])
    assert {path.parent for path in MODULES} == {
        path.parent for path in MODULES if path.name == "__init__.py"
    }


def test_every_stage_folder_has_a_link():
    mapped = PROJECT["tool"]["setuptools"]["package-dir"]
    assert mapped == {f"thaita.{stage}": stage for stage in STAGES}
    for stage in STAGES:
        assert (ROOT / "thaita" / stage).resolve() == ROOT / stage


def build(kind: str, source: Path, target: Path) -> Path:
    """Build a distribution as an installer does, without a network: setuptools is in the environment."""
    code = f"import sys; from setuptools import build_meta; build_meta.build_{kind}(sys.argv[1])"
    process = subprocess.run(
        [sys.executable, "-c", code, target],
        cwd=source,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert process.returncode == 0, process.stderr[-2000:]
    (built,) = target.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> list[str]:
    """Return the names in the wheel built from the source distribution, as published on an index."""
    work = tmp_path_factory.mktemp("build")
    copy = work / "copy"
    ignored = shutil.ignore_patterns(
        ".*", "*.egg-info", "__pycache__", "build", "dist", "dataset", "variants"
    )
    shutil.copytree(ROOT, copy, ignore=ignored, symlinks=True)
    sdist = build("sdist", copy, work / "sdist")
    with tarfile.open(sdist) as archive:
        archive.extractall(work / "unpacked", filter="data")
    (source,) = (work / "unpacked").iterdir()
    with zipfile.ZipFile(build("wheel", source, work / "wheel")) as archive:
        return archive.namelist()


def test_the_wheel_contains_exactly_the_product(wheel):
    content = sorted(name for name in wheel if ".dist-info/" not in name)
    assert content == sorted(map(installed, product_files()))


def test_the_wheel_installs_one_top_level_name(wheel):
    assert {name.split("/")[0].split("-")[0] for name in wheel} == {"thaita"}


def test_files_and_functions_are_short():
    assert [fault for path in MODULES for fault in too_long(path)] == []


def too_long(path: Path) -> list[str]:
    """Return what is too long in a module: the file itself or functions."""
    text = (ROOT / path).read_text(encoding="utf-8")
    whole = len(text.splitlines())
    functions = [
        f"{path}: {node.name}: {lines} lines"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (lines := (node.end_lineno or node.lineno) - node.lineno + 1) >= MOST_LINES_OF_A_FUNCTION
    ]
    return [f"{path}: {whole} lines"] * (whole >= MOST_LINES_OF_A_FILE) + functions
