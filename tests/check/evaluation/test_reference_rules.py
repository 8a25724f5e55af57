"""The figures are those of the reference script, on the real reports and on damaged copies of their rows.

The script and the reports lie beside the checkout, where there are any.
"""

import importlib.util
import json
import random
from functools import cache

import pytest
from support.paths import SHARED

from thaita.check.evaluation.compare import compare
from thaita.check.evaluation.figures import document_parts, silent_rows
from thaita.check.evaluation.gold import gold_of
from thaita.extract.pipeline import read_bytes
from thaita.models.rows import rows, written

SCRIPT = SHARED / "eval" / "evaluate.py"
SEEDS = sorted((SHARED / "seeds").glob("*.txt")) if SCRIPT.exists() else []
TABLES = ("reports", "scores", "findings", "measures", "measure_steps", "measure_owners")
KEPT = {"report_id", "measure_id", "score_id", "finding_id", "source", "step_no", "indicator_no"}


@cache
def script():
    spec = importlib.util.spec_from_file_location("reference", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def texts_of(path):
    """Return the rows of a report as the script reads them from CSV; notes are no flags."""
    tables = {name: [] for name in TABLES}
    for name, row in rows(read_bytes(path.read_bytes(), path.name)):
        if name in tables:
            tables[name].append(
                {column: written(value) or "" for column, value in row.items()} | {"flags": ""}
            )
    return tables


def damaged(tables, rng):
    """Return the rows with some removed, and some values changed, emptied or flagged."""
    found = {}
    for name, table in tables.items():
        found[name] = []
        for row in table:
            if name != "reports" and rng.random() < 0.08:
                continue
            other = dict(row)
            for column, value in row.items():
                if column not in KEPT and rng.random() < 0.04:
                    other[column] = rng.choice(["", value[:-2], "5", "EIT", "2567", "done", "x" + value])
            other["flags"] = rng.choice(["", "", "", "ocr"])
            found[name].append(other)
    return found


def of_the_script(gold, tables):
    """Return the script's figures by name."""
    found = script().evaluate_report(gold, tables["reports"][0], tables, False)
    scores, findings, measures = found["scores"], found["findings"], found["measures"]
    return {
        "report": [found["report"]["right"], found["report"]["of"]],
        "scores": [scores["right"], scores["of"]],
        "scores missing": scores["missing"],
        "scores extra": scores["extra"],
        "findings": [findings["found"], findings["of"]],
        "strict": findings["strict"],
        "labels": findings["labels"],
        "findings extra": findings["extra"],
        "measures": [measures["found"], measures["of"]],
        "measures extra": measures["extra"],
        "silent": {"scores": scores["silent"], "reports": found["silent"]["report"], "measures": found["silent"]["measures"]},
        **{f"measures.{name}": pytest.approx(pair) for name, pair in measures["fields"].items()},
    }  # fmt: skip


def of_the_command(gold, tables):
    """Return the command's figures by the same names."""
    empty = {
        name: [{c: v or None for c, v in row.items()} for row in table] for name, table in tables.items()
    }
    judged = compare("a", gold, empty)
    parts, silent = document_parts(judged), silent_rows(judged)
    kinds = [
        (one.table, one.outcome.partition("_")[0])
        for one in judged.outcomes
        if one.field in ("score", "found")
    ]
    return {
        **{name: list(parts[name]) for name in ("report", "scores", "findings", "measures")},
        **{name: list(part) for name, part in parts.items() if name.startswith("measures.")},
        "scores missing": kinds.count(("scores", "missing")),
        **{f"{table} extra": kinds.count((table, "extra")) for table in ("scores", "findings", "measures")},
        "strict": parts.get("findings.strict", (0, 0))[0],
        "labels": parts["labels"][0],
        "silent": {table: silent[table] for table in ("scores", "reports", "measures")},
    }


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_figures_are_those_of_the_reference(path):
    text = (SHARED / "gold" / f"{path.stem}.gold.json").read_text("utf-8")
    texts = [one["text"] for one in json.loads(text)["findings"]]
    for seed in range(4):
        tables = damaged(texts_of(path), random.Random(seed)) if seed else texts_of(path)
        expected, found = of_the_script(json.loads(text), tables), of_the_command(gold_of(text), tables)
        found.pop("measures.precision")
        if len(set(texts)) < len(texts):  # the script pairs equal texts by chance
            expected["labels"] = found["labels"]
        assert found == expected, seed
