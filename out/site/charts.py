"""The charts of the overview as SVG, rendered by Altair while the site is written.

Margins are fixed and not computed from font widths, so that the same figures give the same bytes on every machine.
"""

from __future__ import annotations

import re
from itertools import cycle
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from thaita.models.verdicts import Language
from thaita.normalize.frameworks import every_indicator, every_instrument
from thaita.out.site.figures import Band, Figures, Group
from thaita.out.site.tally import TO_IMPROVE, Tally
from thaita.out.site.texts import indicator_name, text

if TYPE_CHECKING:
    import altair

    Chart = altair.LayerChart | altair.FacetChart

Rows = list[dict[str, Any]]

FONT = "Sarabun, TH Sarabun New, Noto Sans Thai, Loma, sans-serif"
_PALETTE = ("#3b3f45", "#1b5e9b", "#a34a00", "#2b7048", "#7a3f8f", "#006d77", "#8a2d4e", "#5c5200")
_SHAPES = (("circle", "●"), ("square", "■"), ("triangle-up", "▲"), ("diamond", "◆"), ("triangle-down", "▼"))
_SERIES = ("overall", *every_instrument())
COLORS = dict(zip(_SERIES, cycle(_PALETTE), strict=False))
SHAPES = {name: shape for name, (shape, _) in zip(_SERIES, cycle(_SHAPES), strict=False)}
SIGNS = {name: sign for name, (_, sign) in zip(_SERIES, cycle(_SHAPES), strict=False)}
"""The color and shape of the overall score and of each instrument, and the shape as a character."""
KINDS = {"weakness": "#a3223a", "improvement": "#c98500"}
_INK, _QUIET = "#1a1d20", "#5a6168"
_WIDTH = 380
_ROW = 44
"""Height in pixels of a row with its label above its bar."""

_MAX_YEARS = 15
"""Maximum number of years on an axis that also shows years without results."""

_SVG = re.compile(r"<svg\b[^>]*\bviewBox=\"([^\"]+)\"[^>]*>")
_ARIA = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')


def spreads(figures: Figures, language: Language) -> Markup:
    """Return a chart of the mean, middle half and range of each indicator."""
    import altair as alt

    if not figures.indicators:
        return Markup()
    rows: Rows = [
        {
            "no": number,
            "label": f"{number}. {indicator_name(number, language)}",
            "instrument": every_indicator()[number].instrument,
            "shown": f"{one.mean:.2f}",
            **{name: round(getattr(one, name), 4) for name in ("low", "first", "mean", "third", "high")},
        }
        for number, one in figures.indicators.items()
    ]
    floor = int(min(one.low for one in figures.indicators.values()) // 10) * 10
    x = alt.X("low:Q", scale=alt.Scale(domain=[floor, 100], nice=False, zero=False), axis=_axis())
    base = alt.Chart(_data(rows)).encode(y=_rows(), color=_color("instrument", COLORS))
    chart = alt.layer(
        base.mark_rule(strokeWidth=2, opacity=0.55, yOffset=4).encode(x=x, x2="high:Q"),
        base.mark_bar(size=13, opacity=0.35, yOffset=4).encode(x=alt.X("first:Q"), x2="third:Q"),
        base.mark_point(size=90, filled=True, opacity=1, stroke="white", yOffset=4).encode(x=alt.X("mean:Q")),
        *_labels(base, "shown"),
    )
    return _svg(chart, _WIDTH, _ROW * len(rows), text("indicators", language), bottom=24)


def distribution(found: list[Band], series: str, language: Language) -> Markup:
    """Return a histogram of the scores of one series."""
    import altair as alt

    rows: Rows = [
        {"band": f"<{one.high}" if one.open else str(one.low), "n": one.counts[series], "i": i}
        for i, one in enumerate(found)
    ]
    if not any(row["n"] for row in rows):
        return Markup()
    most = max(row["n"] for row in rows)
    base = alt.Chart(_data(rows)).encode(
        x=alt.X("band:O", sort=None, axis=_axis(grid=False, domain=True), scale=alt.Scale(paddingInner=0.12)),
        y=alt.Y("n:Q", axis=None, scale=alt.Scale(domain=[0, most * 1.15], nice=False)),
    )
    chart = alt.layer(
        base.mark_bar(color=COLORS[series]),
        base.transform_filter("datum.n > 0")
        .mark_text(dy=-7, color=_INK, fontSize=12)
        .encode(text=alt.Text("n:Q", format=",")),
    )
    said = f"{text('distribution', language)}: {text(series, language)}"
    return _svg(chart, 300, 130, said, bottom=24)


def years(groups: list[Group], language: Language) -> Markup:
    """Return a line chart of the yearly means: the overall score and the instruments, each with its own shape."""
    import altair as alt

    rows: Rows = [
        {"year": one.name, "series": name, "mean": round(one.means[name], 4)}
        for one in groups
        if one.name
        for name in _SERIES
        if name in one.means
    ]
    if not rows:
        return Markup()
    floor = int(min(row["mean"] for row in rows) // 10) * 10
    base = alt.Chart(_data(rows)).encode(
        x=alt.X(
            "year:O",
            axis=_axis(grid=False, domain=True),
            scale=alt.Scale(domain=_every_year([row["year"] for row in rows]), padding=0.4),
        ),
        y=alt.Y("mean:Q", axis=_axis(), scale=alt.Scale(domain=[floor, 100], nice=False, zero=False)),
        color=_color("series", COLORS),
    )
    shape = alt.Shape(
        "series:N", legend=None, scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values()))
    )
    chart = alt.layer(
        base.mark_line(strokeWidth=2),
        base.mark_point(size=80, filled=True, opacity=1).encode(shape=shape),
    )
    return _svg(chart, _WIDTH, 240, text("by_year", language), left=34, bottom=26, top=12)


def concerns(tally: Tally, language: Language) -> Markup:
    """Return a bar chart of the findings that ask for improvement, by indicator."""
    import altair as alt

    counted = sorted(
        (number, one) for number, one in tally.concerns["indicator"].items() if isinstance(number, int)
    )
    if not counted:
        return Markup()
    rows: Rows = [
        {
            "no": number,
            "label": f"{number}. {indicator_name(number, language)}",
            "kind": kind,
            "order": i,
            "n": one.kinds[kind],
            "shown": f"{one.total:,}",
        }
        for number, one in counted
        for i, kind in enumerate(TO_IMPROVE)
    ]
    base = alt.Chart(_data(rows)).encode(y=_rows())
    chart = alt.layer(
        base.mark_bar(size=14, yOffset=3).encode(
            x=alt.X("n:Q", axis=_axis(format=",d", tickMinStep=1), scale=alt.Scale(nice=True)),
            color=_color("kind", KINDS),
            order=alt.Order("order:Q"),
        ),
        *_labels(base.transform_filter("datum.order == 0"), "shown"),
    )
    return _svg(chart, _WIDTH, _ROW * len(counted), text("common", language), bottom=24)


def _every_year(stated: list[str]) -> list[str]:
    """Return all years from the first to the last, or only those stated if the range is too long."""
    numbers = sorted({int(year) for year in stated})
    if numbers[-1] - numbers[0] > _MAX_YEARS:
        return [str(year) for year in numbers]
    return [str(year) for year in range(numbers[0], numbers[-1] + 1)]


def _data(rows: Rows) -> altair.InlineData:
    import altair as alt

    return alt.InlineData(values=rows)


def _rows() -> altair.Y:
    import altair as alt

    return alt.Y("no:O", axis=None, scale=alt.Scale(padding=0))


def _labels(base: altair.Chart, shown: str) -> list[altair.Chart]:
    """Return the text layers of the rows: the label above each bar, and its value at the right edge."""
    import altair as alt

    return [
        base.mark_text(align="left", dy=-15, color=_INK, fontSize=13).encode(x=alt.value(0), text="label:N"),
        base.mark_text(align="right", dy=-15, color=_INK, fontSize=13, fontWeight="bold").encode(
            x=alt.value(_WIDTH), text=f"{shown}:N"
        ),
    ]


def _color(column: str, colors: dict[str, str]) -> altair.Color:
    import altair as alt

    scale = alt.Scale(domain=list(colors), range=list(colors.values()))
    return alt.Color(f"{column}:N", legend=None, scale=scale)


def _axis(**values: Any) -> altair.Axis:  # noqa: ANN401 - whatever an axis takes
    import altair as alt

    plain = {
        "title": None,
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
        "labelAngle": 0,
        "tickCount": 5,
    }
    return alt.Axis(**{**plain, **values})


def _svg(
    chart: Chart, width: int, height: int, said: str, *, left: int = 8, bottom: int = 8, top: int = 6
) -> Markup:
    """Return a chart as SVG, with a title for screen readers."""
    import vl_convert

    spec = chart.properties(width=width, height=height).to_dict()
    spec["autosize"] = {"type": "none"}
    spec["padding"] = {"left": left, "right": 16, "top": top, "bottom": bottom}
    spec["background"] = None
    spec["config"] = {
        "font": FONT,
        "view": {"stroke": None},
        "axis": {"labelColor": _QUIET, "labelFontSize": 12, "gridColor": "#dfe3e6", "domainColor": "#9aa1a8"},
    }
    drawn = _ARIA.sub("", vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))
    name = escape(said)
    opening = f'<svg class="chart" role="img" aria-label="{name}" viewBox="\\1" style="max-width:{width + 60}px"><title>{name}</title>'
    return Markup(_SVG.sub(lambda found: opening.replace("\\1", found[1]), drawn, count=1))  # noqa: S704 - rendered by the library; the title is escaped
