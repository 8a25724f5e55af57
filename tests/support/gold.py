"""Comparison of a reading with the gold file of its report."""

from __future__ import annotations

import json
import re
from pathlib import Path

from rapidfuzz.fuzz import ratio

from thaita.models.records import Reading
from thaita.normalize.match_key import fold as fold_text

REPORT = [
    "agency",
    "agency_type",
    "subdistrict",
    "district",
    "province",
    "fiscal_year",
    "plan_year",
    "overall_score",
    "grade",
]
FOUND, SAME = 85.0, 97.0


def load(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def fold(text) -> str:
    """Return a text without white space and list markers, with Arabic digits."""
    text = re.sub(r"[–—−]", "-", fold_text(str(text if text is not None else "")).replace("\u0eb0", "\u0e30"))
    text = re.sub(r"[•*_·-]+", "", text)
    return re.sub(r"^\(?\d{1,2}[.)]", "", text)


def alike(a, b) -> float:
    return ratio(fold(a), fold(b))


def pairs(wanted, got, wanted_text, got_text):
    """Pair wanted and found items one to one, the most similar first."""
    ranked = sorted(
        ((alike(wanted_text(w), got_text(g)), i, j) for i, w in enumerate(wanted) for j, g in enumerate(got)),
        reverse=True,
    )
    left, right, found = set(), set(), []
    for likeness, i, j in ranked:
        if likeness >= FOUND and i not in left and j not in right:
            left.add(i)
            right.add(j)
            found.append((wanted[i], got[j], likeness))
    return (
        found,
        [w for i, w in enumerate(wanted) if i not in left],
        [g for j, g in enumerate(got) if j not in right],
    )


def differences(reading: Reading, gold: dict, *, same: float = SAME) -> list[str]:
    """Return the differences, one per line; an empty list if everything is right.

    `same` is the similarity (0-100) from which two texts count as equal.
    """
    return [
        *report_differences(reading, gold),
        *score_differences(reading, gold),
        *finding_differences(reading, gold, same),
        *measure_differences(reading, gold, same),
    ]


def report_differences(reading, gold):
    for name in REPORT:
        want = gold["report"].get(name)
        got = getattr(reading.report, name)
        if want is not None and (
            got is None
            or (float(got) != float(want) if isinstance(want, int | float) else fold(got) != fold(want))
        ):
            yield f"report {name}: {got!r}, not {want!r}"
    for name in gold.get("empty", []):
        if getattr(reading.report, name) is not None:
            yield f"report {name}: {getattr(reading.report, name)!r} is not stated"


def score_differences(reading, gold):
    want = {s["indicator_no"]: float(s["score"]) for s in gold["scores"]}
    got = {s.indicator_no: float(s.score) for s in reading.scores}
    for no in want.keys() | got.keys():
        if want.get(no) != got.get(no):
            yield f"score {no}: {got.get(no)}, not {want.get(no)}"


def finding_differences(reading, gold, same):
    limits = [{"kind": "limitation", "text": text} for text in gold.get("limitations", [])]
    required = [f for f in gold["findings"] if f.get("required", True)] + limits
    optional = [f for f in gold["findings"] if not f.get("required", True)]
    found, missing, extra = pairs(required, list(reading.findings), lambda f: f["text"], lambda f: f.text)
    yield from (f"finding missing: {f['kind']} {f['text'][:60]}" for f in missing)
    _, _, extra = pairs(optional, extra, lambda f: f["text"], lambda f: f.text)
    yield from (f"finding extra: {f.kind} {f.text[:60]}" for f in extra)
    for want, got, likeness in found:
        labels = {
            "kind": [got.kind],
            "instrument": [got.instrument],
            "indicator_no": list(got.indicator_no),
            "topic_no": [got.topic_no],
            "item_code": (got.item_code or "").split("|"),
        }
        for name, values in labels.items():
            if want.get(name) is not None and want[name] not in values:
                yield f"finding {name}: {values}, not {want[name]}: {want['text'][:50]}"
        if likeness < same:
            yield f"finding text {likeness:.1f}: {want['text'][:60]}"


def measure_differences(reading, gold, same):
    def text(measure):
        return (measure.title or "") + " ".join(step.text for step in measure.steps)

    found, missing, extra = pairs(
        gold["measures"], list(reading.measures), lambda m: (m["title"] or "") + " ".join(m["steps"]), text
    )
    yield from (f"measure missing: {m['title']}" for m in missing)
    yield from (f"measure extra: {m.title}" for m in extra)
    for want, got, _ in found:
        yield from one_measure(want, got, same)


def one_measure(want, got, same):
    lists = {"steps": [s.text for s in got.steps], "owners": [o.owner for o in got.owners]}
    for name, values in lists.items():
        if len(values) != len(want[name]) or any(
            alike(a, b) < same for a, b in zip(values, want[name], strict=True)
        ):
            yield f"measure {name}: {values}, not {want[name]}"
    exact = {
        "indicator_no": list(got.indicator_no),
        "topic_no": [got.topic_no],
        "item_code": [got.item_code],
        "period_start": [str(got.period_start)],
        "period_end": [str(got.period_end)],
        "status": [got.status],
    }
    for name, values in exact.items():
        if want.get(name) is not None and want[name] not in values:
            yield f"measure {name}: {values}, not {want[name]}: {want['title']}"
    for name in ("title", "monitoring", "guideline", "result", "outcome"):
        if want.get(name) and alike(want[name], getattr(got, name)) < same:
            yield f"measure {name}: {getattr(got, name)}, not {want[name]}"
