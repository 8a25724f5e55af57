"""Response times of the review page on a large dataset: start, list, report, page image.

usage: python benchmarks/review_speed.py [--reports N] [--decisions N]

Reads the project's samples and writes a dataset of N reports (default 5,000) that repeats their texts and one
PDF with other ids and agencies, with a number of decisions (default 500). Starts the server on it and sends
HTTP requests like a browser. The first start reads the tables into the cache, the second uses it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from check_speed import SAMPLES, renamed

import thaita
from thaita.corpus.review.decision import Decision
from thaita.corpus.review.match import mark_of
from thaita.corpus.run.outcomes import Outcome
from thaita.models.rows import rows, written
from thaita.out.export import write_dataset

TIMES = 20


def outcomes(count: int) -> Iterator[Outcome]:
    """Yield the rows of `count` reports: samples in turn, each with its own id and agency but a real file."""
    paths = sorted(
        [*SAMPLES.glob("*.txt"), *(SAMPLES / "word").glob("*.pdf"), *(SAMPLES / "browser").glob("*.pdf")]
    )
    readings = [(path, thaita.read(path)) for path in paths]
    templates = [(path, reading, list(rows(reading))) for path, reading in readings]
    for i in range(count):
        path, reading, every = templates[i % len(templates)]
        made = tuple(renamed(reading, every, i))
        for table, row in made:
            if table == "reports":
                row["source"] = path.relative_to(SAMPLES).as_posix()
        yield Outcome(path.name, made, was_read=True)


def decisions(count: int) -> Iterator[str]:
    """Yield lines that accept the first score of `count` reports."""
    for i, outcome in enumerate(islice(outcomes(count), count)):
        report = next(row for table, row in outcome.rows if table == "reports")
        score = next((row for table, row in outcome.rows if table == "scores"), None)
        if score is not None:
            yield Decision(
                id=f"d{i:016x}",
                time="2026-01-01T00:00:00Z",
                by="benchmark",
                kind="accept",
                report_id=report["report_id"],
                sha256=report["sha256"],
                source=report["source"],
                table="scores",
                row_id=score["score_id"],
                column="score",
                extracted=written(score["score"]),
                value=written(score["score"]),
                row=mark_of(score),
            ).line()


class Server:
    """The server process, started and ready."""

    def __init__(self, dataset: Path) -> None:
        self.started = time.perf_counter()
        command = [
            sys.executable,
            "-m",
            "thaita",
            "review",
            dataset,
            "--archive",
            SAMPLES,
            "--no-browser",
            "--port",
            "0",
        ]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        line = self.process.stderr.readline() if self.process.stderr else ""
        self.address, start = re.search(r"(http://\S+/)(start\S+)", line).groups()
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        while True:
            try:
                page = self.get(start)[1]
                break
            except OSError:
                time.sleep(0.01)
        self.token = re.search(rb'thaita-token" content="([^"]+)', page)[1].decode()
        self.seconds = time.perf_counter() - self.started

    def get(self, path: str, **headers: str) -> tuple[float, bytes]:
        """Return the duration of a request in seconds, and the response."""
        started = time.perf_counter()
        with self.browser.open(urllib.request.Request(self.address + path, headers=headers)) as answer:
            data = answer.read()
        return time.perf_counter() - started, data

    def post(self, path: str, sent: dict) -> float:
        """Return the duration of a write in seconds."""
        headers = {
            "content-type": "application/json",
            "x-thaita-token": self.token,
            "origin": self.address.rstrip("/"),
        }
        asked = urllib.request.Request(self.address + path, json.dumps(sent).encode(), headers)
        started = time.perf_counter()
        with self.browser.open(asked) as answer:
            answer.read()
        return time.perf_counter() - started

    def peak(self) -> float:
        """Return the peak memory of the server in MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024

    def stop(self) -> None:
        """Stop the server as Ctrl-C does."""
        self.process.send_signal(2)
        self.process.wait(10)


def print_times(name: str, times: list[float]) -> None:
    """Print the median and the maximum of some durations."""
    print(f"{name:34} {statistics.median(times) * 1000:7.0f} ms, longest {max(times) * 1000:.0f} ms")


def measure(server: Server, reports: int) -> None:
    """Print the durations of each kind of request, with the first one separately."""
    first, _ = server.get("")
    print_times("list, first answer", [first])
    print_times("list", [server.get("")[0] for _ in range(TIMES)])
    print_times(
        "list, filtered", [server.get("?undecided=1&doubt=sum_mismatch&page=2")[0] for _ in range(TIMES)]
    )
    every = [f"r{i:016x}" for i in range(0, reports, max(1, reports // TIMES))]
    print_times("a report", [server.get(f"report/{one}")[0] for one in every])
    pdfs = [
        f"r{i:016x}"
        for i in range(min(15, reports))
        if b'data-paged="1"' in server.get(f"report/r{i:016x}")[1]
    ]
    print_times(
        "a page's picture, first time", [server.get(f"page/{one}/{n}")[0] for one in pdfs for n in (1, 2)]
    )
    print_times("a page's picture, kept", [server.get(f"page/{one}/1")[0] for one in pdfs])
    sent = {"table": "reports", "column": "grade", "kind": "wrong", "by": "benchmark", "why": "measured"}
    print_times("a decision kept", [server.post(f"decide/{one}", sent | {"row_id": one}) for one in every])


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=5_000)
    parser.add_argument("--decisions", type=int, default=500)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        os.environ["THAITA_CACHE"] = str(Path(name) / "cache")
        dataset = Path(name) / "dataset"
        totals = write_dataset(dataset, (replace(one) for one in outcomes(asked.reports)))
        size = sum(path.stat().st_size for path in dataset.iterdir()) / 2**20
        print(f"{totals.reports} reports, {sum(totals.rows.values())} rows, {size:.0f} MiB")
        Path(f"{dataset}.corrections.jsonl").write_text(
            "".join(line + "\n" for line in decisions(asked.decisions))
        )
        for start in ("first", "second"):
            server = Server(dataset)
            try:
                print(f"{start} start until it answers: {server.seconds:.1f} s")
                if start == "second":
                    measure(server, asked.reports)
                    print(f"peak {server.peak():.0f} MiB")
            finally:
                server.stop()


if __name__ == "__main__":
    main()
