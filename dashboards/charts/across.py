"""One rate of one subject by month: proven below, unknown hatched above it."""

import plotly.graph_objects as go
import polars as pl

from dashboards import formatting
from dashboards.charts import style
from dashboards.charts.intervals import gap
from dashboards.translations import Words


def months(rows: pl.DataFrame, say: Words) -> go.Figure:
    """Bars of `queries.across.months` over the first days of months."""
    shown = rows.to_dicts()
    days = [row["period_start_on"] for row in shown]
    hover = [
        f"{formatting.month(row['period_start_on'])}<br>{formatting.interval(row['lower'], row['upper'])}"
        f"<br>{say('word.coverage')} {formatting.percent(row['coverage'])}"
        for row in shown
    ]
    lower = [row["lower"] for row in shown]
    shared = {"x": days, "hovertext": hover, "hoverinfo": "text"}
    figure = go.Figure()
    figure.add_trace(go.Bar(name=say("ladder.proven"), y=lower, marker={"color": style.RACKED}, **shared))
    figure.add_trace(
        go.Bar(
            name=say("word.unknown"),
            y=[gap(row["lower"], row["upper"]) for row in shown],
            base=lower,
            marker=style.unknown_bar(),
            **shared,
        )
    )
    style.framed(figure, 340, barmode="overlay", bargap=0.15)
    highest = max([1.0, *(row["upper"] for row in shown)])
    figure.update_yaxes(range=[0, highest], tickformat=".0%", rangemode="tozero")
    figure.update_xaxes(tickformat="%Y-%m")
    return figure
