"""Finding records and their evidence, from the candidates that are likely enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thaita.extract.find.finding_candidate import FindingCandidate
from thaita.extract.resolve.provenance import Ledger
from thaita.models.finding_kinds import FindingKind
from thaita.models.records import Evidence, Finding
from thaita.normalize.passage_model import likely_passages

_SURELY = 0.9
"""Probability from which the words of a text speak for another kind than its heading."""


def build_findings(
    candidates: Sequence[FindingCandidate], report_id: str, ledger: Ledger
) -> tuple[tuple[Finding, ...], list[Evidence]]:
    """Return the finding records in the order of the candidates, and the evidence for their labels."""
    findings = tuple(
        Finding(
            report_id=report_id,
            finding_id=f"{report_id}-f{i:02d}",
            kind=candidate.kind,
            instrument=candidate.instrument,
            indicator_no=candidate.indicators,
            topic_no=candidate.topic,
            item_code="|".join(candidate.items) or None,
            text=candidate.text.chars,
            flags=(*candidate.flags, *ledger.doubts(candidate.text)),
            provenance=ledger.take(candidate.text),
        )
        for i, candidate in enumerate(candidates, 1)
    )
    return findings, list(_evidence(candidates, findings, ledger))


def _evidence(
    candidates: Sequence[FindingCandidate], findings: Sequence[Finding], ledger: Ledger
) -> Iterator[Evidence]:
    """Yield the evidence for the labels of each finding: its indicator's cell, or the label before it."""
    for candidate, finding in zip(candidates, findings, strict=True):
        if candidate.support:
            column = "indicator_no" if candidate.in_table else "kind"
            yield Evidence(
                report_id=finding.report_id,
                table="findings",
                row_id=finding.finding_id,
                column=column,
                value="|".join(map(str, finding.indicator_no)) if candidate.in_table else finding.kind,
                provenance=ledger.take(*candidate.support),
            )
        other = _other_kind(candidate)
        if other is not None:
            yield Evidence(
                report_id=finding.report_id,
                table="findings",
                row_id=finding.finding_id,
                column="runner_up:kind",
                value=other,
                provenance=ledger.place(candidate.text),
            )


def _other_kind(candidate: FindingCandidate) -> FindingKind | None:
    """Return the kind of finding that the words of a text speak for, if it is not that of the heading."""
    shares = {FindingKind.known(label): share for label, share in likely_passages(candidate.text.chars)}
    best = max((kind for kind in shares if kind is not None), key=lambda kind: shares[kind], default=None)
    if best is None or best == candidate.kind or shares[best] < _SURELY:
        return None
    return best
