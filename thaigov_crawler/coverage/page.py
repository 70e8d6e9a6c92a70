"""The coverage page: one HTML file, drawn with plotly, that needs no other file and no network."""

from __future__ import annotations

from datetime import datetime

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from thaigov_crawler.coverage.axis import Axis
from thaigov_crawler.coverage.figures import OUTCOMES, STATES, Figure, figures_of
from thaigov_crawler.coverage.months import months_of, stretches_of
from thaigov_crawler.store.coverage import Coverage
from thaigov_crawler.thai.calendar import BANGKOK

BLOCKS = 24
GAPS = 10


def page_of(covered: Coverage) -> bytes:
    """Return the page as UTF-8. Raise ValueError if nothing was visited.

    The same coverage gives the same bytes, because the page has the date of the last run, not of today.
    """
    axis, months = Axis(covered.known), months_of(covered.months)
    figures = figures_of(covered, axis, months)
    environment = Environment(
        loader=PackageLoader("thaigov_crawler.coverage"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["moment"] = _moment
    gaps = axis.gaps()
    page = environment.get_template("page.html").render(
        covered=covered,
        whole=axis.whole,
        blocks=axis.blocks(BLOCKS),
        gaps=gaps[:GAPS],
        gaps_in_all=len(gaps),
        months={month.name: month for month in months},
        years=list(dict.fromkeys(month.name[:4] for month in months if month.articles)),
        thin=[month for month in months if month.is_thin],
        empty=stretches_of([month for month in months if month.is_empty]),
        figures=figures,
        states={state: STATES[state] for state in axis.states},
        outcomes=OUTCOMES,
        plotly=Markup(get_plotlyjs()),
        specifications=_specifications(figures),
    )
    return page.encode()


def _specifications(figures: dict[str, Figure]) -> Markup:
    """Return the figures as JSON for the page's script. Plotly escapes what would end the script element."""
    parts = ",".join(f'"{name}":{figure.plot.to_json()}' for name, figure in figures.items())
    return Markup("{" + parts + "}")


def _moment(moment: str) -> str:
    """Return an ISO datetime as day (C.E.) and time in Bangkok, to the minute."""
    return datetime.fromisoformat(moment).astimezone(BANGKOK).strftime("%Y-%m-%d %H:%M")
