"""The figures of the page, which plotly draws in the browser.

A colour is a name (`var(--stored)`) from the page's style sheet, which defines it for light and dark screens. Plotly
interprets HTML in labels, so text from the web is escaped.
"""

from __future__ import annotations

import html
from collections import defaultdict
from typing import Any, NamedTuple

import plotly.graph_objects as go

from thaigov_crawler.coverage.axis import Axis, State
from thaigov_crawler.coverage.months import Month
from thaigov_crawler.outcomes import Outcome
from thaigov_crawler.store.coverage import Attendee, Coverage, MonthOfSection
from thaigov_crawler.store.runs import PastRun

BARS = 220  # at most, along the article IDs: on a telephone a bar is one or two pixels wide
SECTIONS = 8  # sections that have a colour of their own
NO_SECTION = "ไม่ระบุหมวด (no section)"
OTHER_SECTIONS = "หมวดอื่น ๆ (others)"
SUSPECT = "เดือนที่มีข่าวน้อยผิดปกติหรือไม่มีเลย (thin or empty month)"
# Thai name, English name, and name of the colour in the style sheet.
STATES = {
    State.STORED: ("เก็บแล้ว", "stored", "--stored"),
    State.ABSENT: ("ไม่มีข่าว", "absent", "--absent"),
    State.FAILED: ("อ่านไม่สำเร็จ", "failed", "--failed"),
    State.FORGOTTEN: ("สั่งลบแล้ว", "forgotten", "--forgotten"),
    State.NEVER: ("ยังไม่เคยเปิดดู", "never visited", "--never"),
}
OUTCOMES = {
    Outcome.STORED: ("เก็บใหม่", "stored", "--stored"),
    Outcome.UNCHANGED: ("ไม่เปลี่ยนแปลง", "unchanged", "--unchanged"),
    Outcome.ABSENT: ("ไม่มีข่าว", "absent", "--absent"),
    Outcome.MOVED: ("ย้ายไปที่อื่น", "moved", "--moved"),
    Outcome.REFUSED: ("ถูกปฏิเสธ", "refused", "--refused"),
    Outcome.MALFORMED: ("อ่านหน้าเว็บไม่ออก", "malformed", "--malformed"),
    Outcome.FAILED: ("เปิดไม่สำเร็จ", "failed", "--failed"),
}


class Key(NamedTuple):
    """An entry of a figure's legend. The page draws the legend, because plotly's does not wrap well."""

    colour: str  # its name in the style sheet
    label: str


class Figure(NamedTuple):
    """A figure and its legend."""

    plot: go.Figure
    legend: list[Key]


def figures_of(covered: Coverage, axis: Axis, months: list[Month]) -> dict[str, Figure]:
    """Return the figures by name, without those that would be empty."""
    figures = {"ids": _along_ids(axis)}
    if months:
        figures["months"] = _by_month(covered.months, months)
    if covered.runs:
        figures["runs"] = _by_run(covered.runs)
    if covered.attendees:
        figures["attendees"] = _attendees(covered.attendees)
    return figures


def _along_ids(axis: Axis) -> Figure:
    blocks = axis.blocks(BARS)
    shown = {state: STATES[state] for state in axis.states}
    places = [(block.first + block.last) / 2 for block in blocks]
    bars = [
        go.Bar(
            x=places,
            y=[block.states[state] / block.length for block in blocks],
            width=[block.length for block in blocks],
            customdata=[[block.name, block.states[state]] for block in blocks],
            hovertemplate=f"%{{customdata[0]}}<br>{thai} ({english}): %{{customdata[1]:,}}, %{{y:.1%}}<extra></extra>",
            marker=_colour(colour),
        )
        for state, (thai, english, colour) in shown.items()
    ]
    layout = _layout(340, bargap=0)
    layout.update(xaxis=_axis("รหัสข่าว (article ID)", tickformat="d"), yaxis=_axis(tickformat=".0%", range=[0, 1]))
    return Figure(go.Figure(bars, layout), _legend(shown.values()))


def _by_month(counted: list[MonthOfSection], months: list[Month]) -> Figure:
    of_section: defaultdict[str | None, dict[str, int]] = defaultdict(dict)
    for each in counted:
        of_section[each.section][each.month] = each.articles
    by_size = sorted(of_section, key=lambda section: (-sum(of_section[section].values()), section or ""))
    layers = [
        (NO_SECTION if section is None else section, f"--section-{number}", [of_section[section]])
        for number, section in enumerate(by_size[:SECTIONS], 1)
    ]
    if rest := by_size[SECTIONS:]:
        layers.append((OTHER_SECTIONS, "--section-rest", [of_section[section] for section in rest]))
    names = [month.name for month in months]
    traces: list[Any] = [
        go.Bar(
            x=names,
            y=[sum(count.get(name, 0) for count in counts) for name in names],
            hovertemplate=f"%{{x|%Y-%m}}<br>{_literal(label)}: %{{y:,}}<extra></extra>",
            marker=_colour(colour),
        )
        for label, colour, counts in layers
    ]
    legend = [Key(colour, label) for label, colour, _ in layers]
    if suspect := [month for month in months if month.is_thin or month.is_empty]:
        traces.append(_suspect(suspect))
        legend.append(Key("--failed", SUSPECT))
    layout = _layout(400, bargap=0.1)
    layout.update(xaxis=_axis("เดือนที่เผยแพร่ (month of publication, ค.ศ.)", type="date", tickformat="%Y-%m"))
    layout.update(yaxis=_axis("จำนวนข่าว (articles)", tickformat=",", rangemode="nonnegative"))
    return Figure(go.Figure(traces, layout), legend)


def _suspect(months: list[Month]) -> go.Scatter:
    return go.Scatter(
        x=[month.name for month in months],
        y=[month.articles for month in months],
        mode="markers",
        # The marker is turned upside down, so that its distance from the point is upwards, over the bar.
        marker={"symbol": "triangle-up", "angle": 180, "standoff": 7, "size": 9, "color": "var(--failed)"},
        cliponaxis=False,
        hovertemplate=f"%{{x|%Y-%m}}<br>{SUSPECT}: %{{y:,}}<extra></extra>",
    )


def _by_run(runs: list[PastRun]) -> Figure:
    names = [str(run.id) for run in runs]
    visits = [sum((run.outcomes or {}).values()) for run in runs]
    bars = [
        go.Bar(
            x=names,
            y=[(run.outcomes or {}).get(outcome, 0) / (number or 1) for run, number in zip(runs, visits, strict=True)],
            customdata=[[_literal(run.source), (run.outcomes or {}).get(outcome, 0)] for run in runs],
            hovertemplate=f"%{{x}}, %{{customdata[0]}}<br>{thai} ({english}): %{{customdata[1]:,}}<extra></extra>",
            marker=_colour(colour),
        )
        for outcome, (thai, english, colour) in OUTCOMES.items()
    ]
    layout = _layout(320, bargap=0.15)
    layout.update(xaxis=_axis("รอบการเก็บข่าว (run)", type="category"), yaxis=_axis(tickformat=".0%", range=[0, 1]))
    return Figure(go.Figure(bars, layout), _legend(OUTCOMES.values()))


def _attendees(attendees: list[Attendee]) -> Figure:
    # Bars have numbers instead of names, because two people may have the same name.
    places = list(range(len(attendees)))
    bar = go.Bar(
        x=[each.articles for each in attendees],
        y=places,
        orientation="h",
        text=[f"{each.articles:,}" for each in attendees],
        textposition="outside",
        cliponaxis=False,
        customdata=[_literal(each.name) for each in attendees],
        hovertemplate="%{customdata}: %{x:,}<extra></extra>",
        marker=_colour("--people"),
    )
    layout = _layout(60 + 26 * len(attendees), bargap=0.25)
    names = [_literal(each.name) for each in attendees]
    layout.update(yaxis=_axis(tickvals=places, ticktext=names, autorange="reversed", showgrid=False))
    most = max(each.articles for each in attendees)
    layout.update(xaxis=_axis("จำนวนข่าว (articles)", tickformat=",", range=[0, most * 1.15]))  # room for the numbers
    return Figure(go.Figure(bar, layout), [])


def _legend(entries: Any) -> list[Key]:
    return [Key(colour, f"{thai} ({english})") for thai, english, colour in entries]


def _colour(name: str) -> dict[str, Any]:
    return {"color": f"var({name})", "line": {"width": 0}}


def _literal(text: str) -> str:
    """Return text from the web so that plotly shows it as it is: its tags and template variables have no effect."""
    return html.escape(text, quote=False).replace("%{", "%&#123;")


def _axis(title: str | None = None, **more: Any) -> dict[str, Any]:
    # The range is fixed, so that a finger on a figure scrolls the page.
    look = {"fixedrange": True, "automargin": True, "gridcolor": "var(--grid)", "linecolor": "var(--grid)"}
    return {**look, "zeroline": False, "title": {"text": title, "font": {"size": 12}}, **more}


def _layout(height: int, **more: Any) -> dict[str, Any]:
    return {
        "template": go.layout.Template(),  # plotly's own is long, and has other colours
        "barmode": "stack",
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 12, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": "var(--ink)", "family": "system-ui, 'Noto Sans Thai', 'Sarabun', sans-serif", "size": 12},
        "hoverlabel": {"align": "left"},
        "dragmode": False,
        "showlegend": False,
        **more,
    }
