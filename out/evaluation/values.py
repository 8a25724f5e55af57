"""An evaluation as plain values for JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from thaita.check.evaluation.figures import document_parts, silent_rows
from thaita.check.evaluation.intervals import Share
from thaita.check.evaluation.outcomes import Judged, Outcome
from thaita.out.evaluation.summary import Summary

Plain = dict[str, Any]


def as_json(summary: Summary, *, worst: int, single: bool = True) -> Iterator[str]:
    """Yield the text of a JSON file: the totals, and if `single` each document with its outcomes."""
    totals = json.dumps(_totals(summary, worst), ensure_ascii=False, indent=1)
    if not single:
        yield totals + "\n"
        return
    yield totals.removesuffix("\n}") + ',\n "reports": ['
    for i, one in enumerate(summary.documents):
        yield (",\n  " if i else "\n  ") + json.dumps(_document(one), ensure_ascii=False)
    yield "\n ]\n}\n"


def _totals(summary: Summary, worst: int) -> Plain:
    fields: dict[str, Plain] = {}
    for (table, field), counts in summary.outcomes.items():
        fields.setdefault(table, {})[field] = dict(counts)
    return {
        "documents": len(summary.documents),
        "not_in_dataset": len(summary.absent),
        "figures": {name: plain_share(share) for name, share in summary.figures.items()},
        "outcomes": fields,
        "counts": summary.counted,
        "silent": dict(summary.silent),
        "calibration": {
            table: [
                {"band": band.name, "stated": round(band.stated, 4), **plain_share(band.share)}
                for band in bands
            ]
            for table, bands in summary.calibration.items()
        },
        "splits": {
            name: {
                one.value: {
                    "documents": one.documents,
                    "figures": {figure: plain_share(share) for figure, share in one.figures.items()},
                }
                for one in classes
            }
            for name, classes in summary.splits.items()
        },
        "worst": [
            {"figure": one.figure, "property": one.property, "value": one.value, **plain_share(one.share)}
            for one in summary.worst(worst)
        ],
    }


def plain_share(share: Share) -> Plain:
    """Return a share with its interval, rounded to 4 decimals."""
    return {
        "right": round(share.right, 4),
        "of": share.of,
        "documents": share.documents,
        "share": None if share.share is None else round(share.share, 4),
        "low": round(share.low, 4),
        "high": round(share.high, 4),
    }


def _document(one: Judged) -> Plain:
    parts = document_parts(one)
    return {
        "name": one.name,
        "source": one.source,
        "classes": {name: list(values) for name, values in one.classes.items()},
        "figures": {name: [round(right, 4), of] for name, (right, of) in parts.items() if of},
        "silent": dict(silent_rows(one)),
        "outcomes": [_outcome(outcome) for outcome in one.outcomes],
        "misplaced": [
            {
                "table": place.table,
                "entry": place.entry,
                "part": place.part,
                "want": place.want,
                "got": place.got,
            }
            for place in one.grounded
            if not place.right
        ],
    }


def _outcome(one: Outcome) -> Plain:
    place = one.place
    values: Plain = {
        "table": one.table,
        "field": one.field,
        "entry": one.entry,
        "outcome": one.outcome,
        "want": one.want,
        "got": one.got if one.got != one.want else None,
        "share": round(one.share, 4) if 0 < one.share < 1 else None,
        "row_id": one.row_id,
        "confidence": one.confidence,
        "page": place.page,
        "box": None if place.box is None or one.is_right else [round(edge, 2) for edge in place.box],
        "quote": None if one.is_right else place.quote or None,
        "near": one.near or None,
    }
    return {name: value for name, value in values.items() if value is not None}
