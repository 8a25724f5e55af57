"""Measure the size and time of every extra, each in a fresh environment: the table of docs/installing.md.

    python benchmarks/install_sizes.py              # every extra
    python benchmarks/install_sizes.py ocr site     # some
    python benchmarks/install_sizes.py --uv         # every extra, by uv

Sizes are those of site-packages without pip, as `du -sm` counts them, with compiled modules. Times are seconds of
pip, or with `--uv` of uv, which is much faster and must be in the environment of this script. Then the main job runs with what the bare package brings.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main(names: list[str]) -> None:
    """Print a row for each extra, and the time of the main job with none."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    by_uv = "--uv" in names
    extras = [name for name in names if name != "--uv"] or [
        name for name in project["optional-dependencies"] if name != "fuzz"
    ]
    print("| install | MB | MB more | seconds |\n| --- | ---: | ---: | ---: |", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        (wheel,) = build(Path(folder))
        bare, seconds = installed(str(wheel), Path(folder) / "bare", by_uv=by_uv)
        print(f"| `.` | {bare} | – | {seconds:.0f} |", flush=True)
        for extra in extras:
            size, seconds = installed(f"{wheel}[{extra}]", Path(folder) / extra, by_uv=by_uv)
            print(f"| `.[{extra}]` | {size} | {size - bare} | {seconds:.0f} |", flush=True)
        started = time.perf_counter()
        command = [
            Path(folder) / "bare" / "bin" / "thaita",
            "extract",
            ROOT / "corpus" / "samples",
            "--fresh",
        ]
        subprocess.run([*command, "-o", Path(folder) / "dataset"], check=True)
        print(f"main job with the bare package: {time.perf_counter() - started:.0f} s")


def build(folder: Path) -> list[Path]:
    """Build the wheel of this checkout."""
    pip = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, ROOT]
    subprocess.run(pip, check=True, stderr=subprocess.DEVNULL)
    return list(folder.glob("*.whl"))


def installed(what: str, folder: Path, *, by_uv: bool) -> tuple[int, float]:
    """Install something into a fresh environment; return its megabytes and the seconds that it took."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    (packages,) = folder.glob("lib/*/site-packages")
    empty, started = megabytes(packages), time.perf_counter()
    python = folder / "bin" / "python"
    command = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", what]
    if by_uv:
        uv = [sys.executable, "-m", "uv", "pip", "install", "-q", "--compile-bytecode", "--link-mode", "copy"]
        command = [*uv, "--python", python, what]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return megabytes(packages) - empty, time.perf_counter() - started


def megabytes(folder: Path) -> int:
    """Return the size of a folder on disk, as `du -sm` prints it."""
    said = subprocess.run(["du", "-sm", folder], check=True, capture_output=True, text=True).stdout
    return int(said.split()[0])


if __name__ == "__main__":
    main(sys.argv[1:])
