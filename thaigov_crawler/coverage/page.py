"""The page of what a store covers: one HTML file that needs nothing else, drawn with plotly."""

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
    """The page as UTF-8. The same coverage gives the same bytes: it is dated by the last run, not by the day it was
    made. Raises ValueError where nothing was visited."""
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
    """The figures for the page's script, as JSON in which plotly has escaped what would end a script element."""
    parts = ",".join(f'"{name}":{figure.plot.to_json()}' for name, figure in figures.items())
    return Markup("{" + parts + "}")


def _moment(moment: str) -> str:
    """An ISO datetime as the minute in Bangkok."""
    return datetime.fromisoformat(moment).astimezone(BANGKOK).strftime("%Y-%m-%d %H:%M")
