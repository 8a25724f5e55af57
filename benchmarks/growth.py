"""Growth of processor time with the size of a document and of an archive, for each stage.

usage: python benchmarks/growth.py [--most N] [--only WORDS …] [--seconds S] [--files N]

Makes documents of 10, 100, … N (10,000) rows, lines, paragraphs, findings, pages and tables, and prints the seconds
of processor time of each stage: read, clean, structure, find, resolve, rest, write, and the slope of the last decade
of each stage that takes more than a tenth of a second: log time by log size, 1 for linear work. A kind ends at the size that took
more than S seconds (60). `--only` keeps the kinds whose names contain one of the words. Then archives of 10, 100, …
files (1,000) are read by `thaita extract` in a process of its own, with its workers.
"""

from __future__ import annotations

import argparse
import inspect
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from grown import as_text, kinds, texts

from thaita.extract import pipeline
from thaita.extract.readers.errors import UnreadableFileError
from thaita.extract.resolve.results import ListBuilder
from thaita.out.tables.packed_rows import pack

STAGES = ("read", "clean", "structure", "find", "resolve", "rest", "write")
LEAST = 0.1
"""Seconds below which a stage has no slope: fixed costs and the clock would make one."""


class Clock:
    """Adds up the processor time of the functions that the pipeline calls, by stage."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._depth = 0

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that does the same and adds its time to a stage; inner calls are part of outer ones."""

        def call(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
            started, outer = time.process_time(), self._depth == 0
            self._depth += 1
            try:
                result = function(*arguments, **named)
                return list(result) if isinstance(result, Iterator) else result
            finally:
                self._depth -= 1
                if outer:
                    self.spent[stage] += time.process_time() - started

        return call

    def watch(self) -> None:
        """Wrap the stages of the pipeline."""
        for name, value in vars(pipeline).copy().items():
            if inspect.isfunction(value) and (stage := _stage(name, value.__module__)):
                setattr(pipeline, name, self.timed(stage, value))
        ListBuilder.build = self.timed("resolve", ListBuilder.build)  # type: ignore[method-assign]


def _stage(name: str, module: str) -> str | None:
    if name in ("read_document", "repair_document"):
        return "read" if name == "read_document" else "clean"
    parts = module.split(".")
    return parts[2] if parts[:2] == ["thaita", "extract"] and parts[2] in STAGES else None


def measure(clock: Clock, data: bytes) -> dict[str, float]:
    """Return the seconds of processor time that each stage takes for a document."""
    clock.spent.clear()
    started = time.process_time()
    try:
        reading, _ = pipeline.read_with_document(data, "report")
        total = time.process_time() - started
        pack(reading)
        clock.spent["write"] = time.process_time() - started - total
    except UnreadableFileError as error:
        print(f"  not read: {error}", file=sys.stderr)
        total = time.process_time() - started
    clock.spent["rest"] = total - sum(clock.spent[stage] for stage in STAGES[:5])
    return {stage: clock.spent[stage] for stage in STAGES}


def slope(smaller: float, larger: float, ratio: float = 10) -> float | None:
    """Return the exponent with which time grows, or None if it is too short to tell."""
    if larger < LEAST or smaller <= 0:
        return None
    return math.log(larger / smaller) / math.log(ratio)


def row(name: str, values: Iterable[str]) -> str:
    """Return a line of the table."""
    return f"{name:22}" + "".join(f"{value:>10}" for value in values)


def documents(most: int, only: list[str], seconds: float) -> None:
    """Print the growth of each stage for each kind of document."""
    clock = Clock()
    clock.watch()
    for make in kinds(1).values():  # modules, word lists and expressions are loaded before any time counts
        measure(clock, make())
    print(row("", (*STAGES, "all")))
    for name in kinds(1):
        if only and not any(word in name for word in only):
            continue
        before: dict[str, float] | None = None
        size = 10
        while size <= most:
            now = measure(clock, kinds(size)[name]())
            now["all"] = sum(now.values())
            print(row(f"{name} {size}", (f"{value:.3f}" for value in now.values())), flush=True)
            last, before = before, now
            if now["all"] > seconds:
                break
            size *= 10
        if last and before:
            slopes = (slope(last[stage], before[stage]) for stage in before)
            print(row("  slope", ("-" if one is None else f"{one:.2f}" for one in slopes)), flush=True)


def archives(most: int) -> None:
    """Print the growth of `thaita extract` with the number of files, as user and system time of all its processes."""
    last = None
    size = 10
    while size <= most:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            (folder / "reports").mkdir()
            for i in range(size):
                text = as_text(f"{texts(3)['list lines']()}\n{i}")
                (folder / "reports" / f"{i}.txt").write_bytes(text)
            command = [
                sys.executable,
                "-m",
                "thaita",
                "extract",
                str(folder / "reports"),
                "-o",
                str(folder / "out"),
            ]
            environment = {"THAITA_CACHE": str(folder / "cache"), "PATH": "/usr/bin:/bin"}
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, check=True, capture_output=True, env=environment)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        grown = slope(last, spent) if last else None
        print(
            f"archive of {size} files: {spent:.2f} s" + (f", slope {grown:.2f}" if grown else ""), flush=True
        )
        last, size = spent, 10 * size


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--most", type=int, default=10_000)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--files", type=int, default=1000)
    arguments = parser.parse_args()
    documents(arguments.most, arguments.only, arguments.seconds)
    archives(arguments.files)


if __name__ == "__main__":
    main()
