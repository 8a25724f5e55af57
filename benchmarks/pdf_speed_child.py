"""One engine on one file in a separate process; pdf_speed.py starts it and reads its output.

usage: python benchmarks/pdf_speed_child.py ENGINE PDF SECONDS

Only the engine is imported, so that the measured memory is the engine's.
"""

from __future__ import annotations

import json
import os
import re
import resource
import sys
import time
from pathlib import Path

from pdf_engines import TABLES

WARM_UP = Path(__file__).resolve().parent.parent / "corpus" / "samples" / "word" / "01_pakkhwae.pdf"


def measure(engine: str, path: Path, seconds: float) -> dict[str, object]:
    """Read a file and return its pages, the seconds taken, the peak memory in MiB, and the cells."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    pages, cells = 0, []
    warm_up(engine)
    start = time.perf_counter()
    for more, said in TABLES[engine](path):
        pages += more
        cells += said
        if time.perf_counter() - start > seconds:
            break
    spent = time.perf_counter() - start
    return {"pages": pages, "seconds": spent, "peak": peak_memory(), "cells": cells}


def peak_memory() -> float:
    """Return the peak memory of this process in MiB.

    On Linux, `ru_maxrss` includes the parent's memory before the start, so VmHWM is used first.
    """
    status = Path("/proc/self/status")
    if status.exists() and (found := re.search(r"VmHWM:\s*(\d+) kB", status.read_text())):
        return int(found[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def warm_up(engine: str) -> None:
    """Read a small file, so that loading modules and word lists is not measured."""
    for _ in TABLES[engine](WARM_UP):
        pass


if __name__ == "__main__":
    engine, path, seconds = sys.argv[1:]
    print(json.dumps(measure(engine, Path(path), float(seconds))))
