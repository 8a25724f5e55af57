"""Readings with the results of agencies, as lists and agencies' own reports state them."""

from __future__ import annotations

from decimal import Decimal

from thaita.corpus.run.outcomes import Outcome
from thaita.models.records import Provenance, Reading, Report, Result, Score
from thaita.models.rows import rows
from thaita.normalize.agency_ids import agency_id
from thaita.normalize.frameworks import indicator
from thaita.normalize.place_names import place_names
from thaita.out.tables.dataframes import Dataset, frames

YEAR = 2567


def report(number: int, **values: object) -> Report:
    """Return a report; `number` makes its id and name."""
    plain = {"source": f"{number}.pdf", "sha256": "0" * 64, "media_type": "application/pdf"}
    return Report.model_validate({"report_id": f"r{number:016x}", **plain, **values})


def result(of: Report, number: int, agency: str, overall: str | None = None, **values: object) -> Result:
    """Return a result of a report's list, of an agency in a year; the quote shows its figures."""
    stated = {"overall_score": overall, **values}
    quote = "\t".join([agency, *(str(one) for name, one in stated.items() if name not in ("flags", "scope"))])
    plain: dict[str, object] = {"scope": "agency", "fiscal_year": YEAR, "agency_type": "อบต."}
    code = place_names("province").get(str(values.get("province")), (None,))[0]
    return Result.model_validate(
        {
            "report_id": of.report_id,
            "result_id": f"{of.report_id}-r{number:02d}",
            "agency": agency,
            "agency_id": agency_id(agency, None, code),
            "provenance": Provenance(spans=((number, number + 1),), quote=quote, page=1, confidence=0.99),
            **plain,
            **stated,
        }
    )


def score(of: Report, number: int, value: str, **values: object) -> Score:
    """Return the score of an indicator, of the report's own agency unless `agency` and `agency_id` are given."""
    one = indicator(number, YEAR)
    plain = {
        "agency": of.agency,
        "agency_id": of.agency_id,
        "fiscal_year": of.fiscal_year or YEAR,
        "scope": "own",
    }
    same = {
        "instrument": one.instrument,
        "indicator_no": number,
        "indicator": one.name,
        "score": Decimal(value),
    }
    written = {"score_as_written": value, "name_as_written": one.name, "name_match": 100.0}
    proof = Provenance(spans=((number, number + 1),), quote=value, page=2, confidence=0.99)
    ids = {"report_id": of.report_id, "score_id": f"{of.report_id}-s{number:02d}"}
    return Score.model_validate({**ids, **plain, **same, **written, "provenance": proof, **values})


def own(number: int, agency: str, overall: str | None = None, **values: object) -> Report:
    """Return an agency's own report of the year, with its overall score."""
    plain = {"agency_type": "อบต.", "fiscal_year": YEAR, "kind": ("analysis",)}
    code = place_names("province").get(str(values.get("province")), (None,))[0]
    who = {"agency": agency, "agency_id": agency_id(agency, None, code), "province_code": code}
    return report(number, **{**plain, **who, "overall_score": overall, **values})


def tables(*readings: Reading) -> Dataset:
    """Return readings as the tables of a dataset."""
    return frames(pair for one in readings for pair in rows(one))


def outcomes(*readings: Reading) -> list[Outcome]:
    """Return readings as the outcomes of a run, to be written as a dataset."""
    return [Outcome(one.report.source, tuple(rows(one)), was_read=True) for one in readings]
