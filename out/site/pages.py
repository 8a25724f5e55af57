"""The pages of the site as HTML, rendered from templates; all report content is escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache, partial
from statistics import fmean
from typing import Any

from markupsafe import Markup

from thaita.check.messages import measure_name
from thaita.models.measure_tables import AFTER_PERIOD, BEFORE_PERIOD, MEASURE_TEXTS
from thaita.models.verdicts import Language
from thaita.normalize.frameworks import every_instrument, every_topic
from thaita.normalize.items import wordings
from thaita.out.site import charts as site_charts
from thaita.out.site.agency import AgencyView
from thaita.out.site.figures import Figures, bands, indicator_means, overall_of, scores_of
from thaita.out.site.survey import Result, Stated, Subject, Survey, province_key, provinces
from thaita.out.site.tally import FLAGGED, TO_IMPROVE, Tally
from thaita.out.site.texts import flag_meaning, indicator_name, text, value_shown
from thaita.out.site.timeline import period_shown
from thaita.out.templates import templates_of
from thaita.out.terminal import visible

LISTED = 200
"""Maximum number of agencies that the overview lists; with more, it lists provinces and links to a separate page."""

_CAPITAL = "กรุงเทพมหานคร"

_SCRIPT = """
for (const box of document.querySelectorAll("[data-filter]")) {
  const list = document.getElementById(box.dataset.filter), input = box.querySelector("input"), said = box.querySelector("output");
  const items = [...list.querySelectorAll("[data-item]")].map((item) => [item, item.textContent.toLowerCase()]);
  const groups = [...list.querySelectorAll("details")];
  box.hidden = false;
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let found = 0;
    for (const [item, own] of items) { item.hidden = !words.every((word) => own.includes(word)); found += !item.hidden; }
    for (const group of groups) { group.hidden = !group.querySelector("[data-item]:not([hidden])"); group.open = words.length > 0 && !group.hidden; }
    said.textContent = words.length ? said.dataset.word + " " + found + " / " + items.length : "";
  });
}
for (const box of document.querySelectorAll("[data-rank]")) {
  const table = document.getElementById(box.dataset.rank), [province, kind] = box.querySelectorAll("select");
  const input = box.querySelector("input"), said = box.querySelector("output"), head = table.querySelector("th[data-here]");
  const rows = [...table.tBodies[0].rows].map((row) => [row, row.textContent.toLowerCase(), row.querySelector("[data-here]"), row.cells[0].textContent]);
  const show = () => {
    const words = input.value.toLowerCase().split(/\\s+/).filter(Boolean), chosen = province.value !== "" || kind.value !== "";
    let found = 0, among = 0, rank = 0, last = "";
    head.hidden = !chosen;
    for (const [row, own, here, all] of rows) {
      const inside = (province.value === "" || row.dataset.p === province.value) && (kind.value === "" || row.dataset.k === kind.value);
      if (inside) { among += 1; if (all !== last) { rank = among; last = all; } here.textContent = rank; }
      here.hidden = !chosen;
      row.hidden = !inside || !words.every((word) => own.includes(word));
      found += !row.hidden;
    }
    said.textContent = chosen || words.length ? said.dataset.word + " " + found + " / " + rows.length : "";
  };
  box.hidden = false;
  for (const field of [province, kind]) field.addEventListener("change", show);
  input.addEventListener("input", show);
  show();
}
"""


def _policy() -> str:
    """Return the content security policy: a page uses only its inline style and its one script."""
    digest = base64.b64encode(hashlib.sha256(_SCRIPT.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


class Pages:
    """Renders the pages of a site in one language; each method returns the HTML of a page."""

    def __init__(self, survey: Survey, figures: Figures, language: Language) -> None:
        self.survey, self.figures, self.language = survey, figures, language
        self.environment = templates_of("thaita.out.site", _shown)
        self.ranked_years = sorted(
            {
                year
                for one in survey.agencies
                for year, result in one.results.items()
                if year is not None and overall_of(result) is not None
            }
        )
        self.environment.globals.update(self._words())

    def index(self, tally: Tally, reports: int, unread: int) -> str:
        """Return the overview; `unread` is the number of files that are not reports."""
        agencies, language = self.survey.agencies, self.language
        years = [year for year in self.figures.means if year is not None]
        found = bands(self.figures.series)
        charts = {
            "spreads": site_charts.spreads(self.figures, language),
            "distribution": {
                name: site_charts.distribution(found, name, language) for name in self.figures.series
            },
            "years": site_charts.years(self.figures.years, language),
            "concerns": site_charts.concerns(tally, language),
        }
        return self.render(
            "index.html",
            "",
            filtered=True,
            reports=reports,
            unread=unread,
            agencies=agencies,
            nameless=self.survey.nameless,
            listed=len(agencies) <= LISTED,
            years_span="–".join(dict.fromkeys((str(min(years)), str(max(years))))) if years else "–",
            rows=tally.rows,
            marked=sum(tally.marked.values()),
            flaggable=sum(tally.rows.values()),
            tally=tally,
            to_improve=TO_IMPROVE,
            figures=self.figures,
            bands=found,
            means={name: fmean(values) for name, values in self.figures.series.items() if values},
            instruments=[
                (code, one.indicators)
                for code, one in every_instrument().items()
                if code in self.figures.series
            ],
            charts=charts,
        )

    def agency(self, view: AgencyView) -> str:
        """Return the page of an agency, or of a report that names no agency."""
        subject = view.subject
        heading = subject.name or text("not_stated", self.language)
        if not subject.is_agency:
            heading = text("report_of", self.language, source=heading)
        return self.render(
            "agency.html",
            "../",
            filtered=False,
            view=view,
            heading=heading,
            province=province_key(subject),
            sections=_sections(view),
            scored=[result for result in view.results if result.scores],
            compared=any(cell and cell.mean for _, rows in view.grid for _, cells in rows for cell in cells),
            texts_before=[name for name in BEFORE_PERIOD if name in MEASURE_TEXTS and name != "title"],
            texts_after=[name for name in AFTER_PERIOD if name in MEASURE_TEXTS],
            show_years=len({part.report.fiscal_year for part in view.parts}) > 1,
        )

    def province(self, name: str | None, members: list[Subject]) -> str:
        """Return the page that lists the agencies of a province."""
        return self._list("../", _province(self.language, name), members=members, table=True)

    def all_agencies(self) -> str:
        """Return the page that lists all agencies, collapsed by province."""
        agencies = self.survey.agencies
        return self._list("", text("all_agencies", self.language), groups=list(provinces(agencies)))

    def nameless(self) -> str:
        """Return the page that lists the reports that name no agency."""
        heading, note = (text(name, self.language) for name in ("no_agency", "no_agency_note"))
        return self._list("", heading, note=note, members=self.survey.nameless)

    def _list(self, root: str, heading: str, **values: object) -> str:
        blank: dict[str, object] = {"note": "", "groups": None, "table": False, "members": []}
        return self.render("list.html", root, filtered=True, heading=heading, **{**blank, **values})

    def render(self, template: str, root: str, **values: object) -> str:
        """Return a page from a template; `root` leads from the page to the site's folder."""
        return self.environment.get_template(template).render(root=root, **values)

    def _words(self) -> Mapping[str, Any]:
        """Return the values and functions that every template can use."""
        language = self.language
        other: Language = "en" if language == "th" else "th"
        return {
            "language": language,
            "other": other,
            "policy": Markup(_policy()),  # noqa: S704 - ours
            "script": Markup(_SCRIPT),  # noqa: S704 - ours
            "series": tuple(self.figures.series),
            "markers": [(name, color, site_charts.SIGNS[name]) for name, color in site_charts.COLORS.items()],
            "flagged": FLAGGED,
            "t": lambda name, **values: text(name, language, **values),
            "o": lambda name: text(name, other),
            "meaning": lambda flag: flag_meaning(flag, language),
            "value": lambda code: value_shown(code, language),
            "indicator": lambda number: indicator_name(number, language),
            "topic": lambda number: every_topic().get(number, ""),
            "wording": lambda year, code: _wordings(year).get(code),
            "period": lambda measure: period_shown(measure, language),
            "points": _points,
            "count": lambda number: f"{number:,}",
            "others": lambda stated: _others(stated),
            "scores_of": scores_of,
            "scores_of_indicators": indicator_means,
            "ranked_years": self.ranked_years,
            "measure": partial(measure_name, language=language),
            "latest": _latest,
            "about": partial(_about, language),
            "place_of": _place_of,
            "district_of": _district_of,
            "province_of": partial(_province, language),
        }


def _sections(view: AgencyView) -> list[tuple[str, str]]:
    """Return the sections of an agency's page that have content, as (text, id)."""
    has = {"differences": view.differences, "peers": view.peers, "listed": view.listed}
    names = ("results", "differences", "peers", "indicators", "listed", "findings", "measures", "sources")
    own = ("findings", "measures", "sources")
    return [(name, name) for name in names if has.get(name, True) and (view.parts or name not in own)]


def _shown(value: object) -> object:
    """Return a value as a template prints it, with control characters made visible."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(value)
    return value


def _points(value: object) -> str:
    """Return a score with two decimals, or a dash for no score.

    >>> _points(None), _points(87.5)
    ('–', '87.50')
    """
    return "–" if not isinstance(value, int | float) and not hasattr(value, "as_tuple") else f"{value:.2f}"


def _others(stated: Stated) -> str:
    return ", ".join(_points(value) for value in stated.others)


@cache
def _wordings(year: int | None) -> dict[str, str]:
    return {} if year is None else {one.key: one.text for one in wordings(year) if one.key}


def _latest(subject: Subject) -> Result | None:
    """Return a subject's most recent result, or None."""
    found = subject.results_by_year()
    dated = [result for result in found if result.year is not None]
    return dated[-1] if dated else found[-1] if found else None


def _about(language: Language, subject: Subject) -> str:
    """Return a line that distinguishes a subject from others with the same name."""
    years = [str(year) for year in sorted(year for year in subject.results if year is not None)]
    result = _latest(subject)
    score = scores_of(result).get("overall") if result else None
    parts = [subject.agency_type, subject.province, ", ".join(years)]
    if score is not None:
        parts.append(f"{text('overall', language)} {score:.2f}")
    return " · ".join(part for part in parts if part)


def _province(language: Language, name: str | None) -> str:
    """Return a province with the word for province, which Bangkok does not take."""
    if name == _CAPITAL:
        return name
    return f"{text('province', language)} {name or text('not_stated', language)}"


def _place_of(subject: Subject) -> str:
    """Return an agency's type and location, in Thai."""
    names = (subject.subdistrict, subject.district, subject.province)
    place = " ".join(f"{kind}{name}" for kind, name in zip(_areas(subject), names, strict=True) if name)
    return " · ".join(part for part in (subject.agency_type, place) if part)


def _district_of(subject: Subject) -> str:
    return f"{_areas(subject)[1]}{subject.district}" if subject.district else ""


def _areas(subject: Subject) -> tuple[str, str, str]:
    """Return the words for subdistrict, district and province; Bangkok uses different ones."""
    capital = subject.province == _CAPITAL
    return ("แขวง", "เขต", "") if capital else ("ตำบล", "อำเภอ", "จังหวัด")
