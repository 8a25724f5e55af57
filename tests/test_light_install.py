"""The light installation: what works without the extras, and what names the command that installs them."""

import csv
import importlib.util
import os
import pickle
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook
from PIL import Image, ImageDraw
from support.paths import ROOT, SAMPLES

import thaita
from thaita.cli.main import cli
from thaita.models import extras
from thaita.models.extras import EXTRAS, MissingPackageError, require
from thaita.out.pages.image import page_image_of

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
HIDDEN = sorted({module for extra in EXTRAS.values() for module in extra.modules} | {"pythainlp"})
HOOK = f"""
import sys
class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {HIDDEN}:
            raise ModuleNotFoundError(f"hidden: {{name}}", name=name)
sys.meta_path.insert(0, Hidden())
"""
"""Code that makes all packages of the extras missing, in a process and its worker processes."""


def picture() -> Image.Image:
    """Return a page that only OCR can read."""
    page = Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(page).rectangle((200, 200, 900, 260), fill=0)
    return page


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    """Return a folder with a report in each digital format, a list, a scanned PDF and a picture."""
    folder = tmp_path_factory.mktemp("archive")
    for name in ("01_pakkhwae.txt", "02_banklang.docx", "word/03_nayongnuea.pdf"):
        (folder / Path(name).name).write_bytes((SAMPLES / name).read_bytes())
    book = Workbook()
    rows = [["หน่วยงาน", "คะแนน ITA ปี 2568", "ระดับ"], ["อบต.จอมศรี", 96.2, "ผ่านดี"]]
    rows += [["อบต.นาอ้อ", 91.1, "ผ่านดี"], ["ทต.เชียงคาน", 84.5, "ต้องปรับปรุง"]]
    for row in rows:
        book.active.append(row)
    book.save(folder / "list.xlsx")
    picture().save(folder / "scan.pdf", resolution=150)
    picture().save(folder / "scan.png", dpi=(150, 150))
    return folder


def test_digital_reports_need_no_extra_and_scans_become_problems(archive, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    process = subprocess.run(
        [sys.executable, "-m", "thaita", "extract", archive, "-o", tmp_path / "dataset"],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert process.returncode == 1, process.stderr
    rows = {name: table(tmp_path / "dataset" / f"{name}.csv") for name in ("reports", "results", "problems")}
    assert {row["source"] for row in rows["reports"]} >= {
        "01_pakkhwae.txt",
        "02_banklang.docx",
        "03_nayongnuea.pdf",
    }
    assert {row["overall_score"] for row in rows["results"]} >= {"96.2", "91.1", "84.5"}
    scans = {row["source"]: row["message_en"] for row in rows["problems"] if row["code"] == "ocr_missing"}
    assert set(scans) == {"scan.pdf", "scan.png"}
    assert all('pip install "thaita[ocr]"' in message for message in scans.values())
    assert not [row for row in rows["problems"] if row["code"] == "internal"]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def nothing_installed(monkeypatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda _name: None)


@pytest.mark.parametrize(
    ("command", "extra"),
    [
        ("extract {archive} -o {new} --format xlsx", "excel"),
        ("extract {archive} -o {new} --format parquet", "parquet"),
        ("extract {archive} -o {new} --format parquet-by-year", "parquet"),
        ("extract {archive} -o {new} --format duckdb", "duckdb"),
        ("extract {archive} -o {new} --format jsonl", "duckdb"),
        ("extract {archive} -o {new} --cluster tcp://127.0.0.1:1", "cluster"),
        ("extract s3://bucket/reports -o {new}", "s3"),
        ("extract https://example.org/ -o {new}", "https"),
        ("report {archive} -o {new}", "site"),
        ("review {archive}", "review"),
    ],
)
@pytest.mark.usefixtures("nothing_installed")
def test_commands_name_what_to_install_before_they_start(command, extra, archive, tmp_path):
    words = command.format(archive=archive, new=tmp_path / "new").split()
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == 2
    assert f'pip install "thaita[{extra}]"' in result.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.usefixtures("nothing_installed")
@pytest.mark.parametrize("command", ["corrections {data}", "gold {data} -o {new}"])
def test_commands_on_decisions_name_what_to_install(command, archive, tmp_path):
    CliRunner().invoke(cli, ["extract", str(archive), "-o", str(tmp_path / "data")])
    words = command.format(data=tmp_path / "data", new=tmp_path / "new").split()
    result = CliRunner().invoke(cli, words)
    assert (result.exit_code, 'pip install "thaita[review]"' in result.stderr) == (2, True)


@pytest.mark.usefixtures("nothing_installed")
def test_python_and_the_page_of_a_picture_name_what_to_install(archive):
    with pytest.raises(thaita.errors.MissingPackageError, match=r"thaita\[pandas\]"):
        thaita.read_archive(SAMPLES / "01_pakkhwae.txt")
    assert 'pip install "thaita[ocr]"' in page_image_of(str(archive / "scan.png"), 1, None)


def test_the_error_speaks_thai_and_crosses_processes(monkeypatch):
    monkeypatch.setattr(extras, "find_spec", lambda name: None if name == "cv2" else name)
    require("pandas")
    with pytest.raises(MissingPackageError) as caught:
        require("ocr")
    assert str(caught.value) == (
        'Reading scanned pages: required packages are not installed (cv2): pip install "thaita[ocr]"'
    )
    assert caught.value.say("th").startswith("การอ่านหน้าที่สแกนต้องใช้แพ็กเกจที่ยังไม่ได้ติดตั้ง")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_extras_are_those_of_pyproject():
    """An extra that pyproject.toml lacks, or that lacks a module's package, would be a command that does not help."""
    offered = PROJECT["optional-dependencies"]
    assert set(EXTRAS) == set(offered) - {"all", "dev", "fuzz"}
    (whole,) = offered["all"]
    assert set(whole.partition("[")[2].rstrip("]").split(",")) == set(EXTRAS) - {"gs"}
    packages = packages_distributions()
    for name, extra in EXTRAS.items():
        for module in extra.modules:
            assert name == "gs" or any(
                requirement.startswith(package)
                for package in packages[module]
                for requirement in offered[name]
            ), module


def test_run_py_knows_what_is_installed():
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    run = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(run)
    assert {"click", "lxml"} <= run.packages([]) < run.packages(["dev"])
    assert "pandas" not in run.packages([])
    assert {"pandas", "pytest"} <= run.packages(["dev"])
    assert (
        subprocess.run(
            [sys.executable, ROOT / "run.py", "nothing"], capture_output=True, check=False
        ).returncode
        == 2
    )
