"""Lit of racked day by day: proven below, unknown hatched above it, and how much was covered in a strip beneath."""

import plotly.graph_objects as go
import polars as pl
from plotly.subplots import make_subplots

from dashboards import formatting
from dashboards.charts import style
from dashboards.charts.intervals import gap
from dashboards.translations import Words

MOST_DAYS_AS_BARS = 62
"""Up to two months a day is a bar; beyond that bars would be thinner than a line."""


def daily_interval(days: pl.DataFrame, say: Words) -> go.Figure:
    """Two panels over local days; `days` is `queries.utilization.center_days`, narrowed to the range shown."""
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, row_heights=[0.8, 0.2], vertical_spacing=0.06)
    rows = days.to_dicts()
    draw = _bars if len(rows) <= MOST_DAYS_AS_BARS else _areas
    for trace in draw(rows, say):
        figure.add_trace(trace, row=1, col=1)
    figure.add_trace(
        go.Bar(
            name=say("word.coverage"),
            x=[row["local_day"] for row in rows],
            y=[row["coverage_of_racked"] for row in rows],
            marker={"color": style.RACKED, "line": {"width": 0}},
            hovertext=[_hover(row, say) for row in rows],
            hoverinfo="text",
        ),
        row=2,
        col=1,
    )
    style.framed(figure, 430, barmode="overlay", bargap=0.12 if len(rows) <= MOST_DAYS_AS_BARS else 0)
    figure.update_yaxes(range=[0, 1], tickformat=".0%", title=say("lit.rate_axis"), row=1, col=1)
    figure.update_yaxes(range=[0, 1], tickvals=[0, 1], tickformat=".0%", title=say("word.coverage"), row=2, col=1)
    figure.update_xaxes(tickformat="%m-%d" if len(rows) <= MOST_DAYS_AS_BARS else "%Y-%m", row=2, col=1)
    return figure


def _bars(rows: list[dict], say: Words) -> list[go.Bar]:
    x = [row["local_day"] for row in rows]
    lower = [row["lit_rate_of_racked_lower"] for row in rows]
    hover = [_hover(row, say) for row in rows]
    unknown = [gap(row["lit_rate_of_racked_lower"], row["lit_rate_of_racked_upper"]) for row in rows]
    return [
        go.Bar(name=say("ladder.lit"), x=x, y=lower, marker={"color": style.LIT}, hovertext=hover, hoverinfo="text"),
        go.Bar(
            name=say("word.unknown"),
            x=x,
            y=unknown,
            base=lower,
            marker=style.unknown_bar(),
            hovertext=hover,
            hoverinfo="text",
        ),
    ]


def _areas(rows: list[dict], say: Words) -> list[go.Scatter]:
    x = [row["local_day"] for row in rows]
    hover = [_hover(row, say) for row in rows]
    return [
        go.Scatter(
            name=say("ladder.lit"),
            x=x,
            y=[row["lit_rate_of_racked_lower"] for row in rows],
            mode="lines",
            line={"color": style.LIT, "width": 1.2},
            fill="tozeroy",
            fillcolor=style.LIT,
            hovertext=hover,
            hoverinfo="text",
        ),
        go.Scatter(
            name=say("word.unknown"),
            x=x,
            y=[row["lit_rate_of_racked_upper"] for row in rows],
            mode="lines",
            line={"color": style.UNKNOWN, "width": 1},
            fill="tonexty",
            fillpattern=style.hatch(),
            hoverinfo="skip",
        ),
    ]


def _hover(row: dict, say: Words) -> str:
    lines = [
        formatting.day(row["local_day"]),
        f"{say('overview.lit')}: "
        + formatting.interval(row["lit_rate_of_racked_lower"], row["lit_rate_of_racked_upper"]),
        f"{say('word.coverage')}: {formatting.percent(row['coverage_of_racked'])}",
    ]
    if row["lit_rate_of_racked_withheld_reason"] is not None:
        lines.append(style.plain(say.code("withheld", row["lit_rate_of_racked_withheld_reason"])))
    return "<br>".join(lines)
