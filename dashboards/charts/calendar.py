"""Coverage of one center, a square a day: months down, days of the month across."""

import plotly.graph_objects as go
import polars as pl

from dashboards import formatting
from dashboards.charts import style
from dashboards.translations import Words

COVERAGE_SCALE = [[0.0, "#E9EFF4"], [0.5, "#7FAFD0"], [0.8, "#2E7FB5"], [1.0, "#08446E"]]


def coverage_calendar(days: pl.DataFrame, say: Words) -> go.Figure:
    """`days` is the frame of `queries.quality.data_quality_days`; a day of which nothing is known is hatched grey."""
    rows = days.to_dicts()
    known = [row for row in rows if row["coverage"]]
    nothing_known = [row for row in rows if not row["coverage"]]
    months = list(dict.fromkeys(formatting.month(row["local_day"]) for row in rows))
    figure = go.Figure()
    figure.add_trace(
        go.Bar(
            name=say("word.coverage"),
            **_squares(known, months),
            marker={
                "color": [row["coverage"] for row in known],
                "colorscale": COVERAGE_SCALE,
                "cmin": 0,
                "cmax": 1,
                "line": {"width": 0},
                "colorbar": {
                    "title": {"text": say("word.coverage"), "side": "right"},
                    "tickformat": ".0%",
                    "thickness": 10,
                    "outlinewidth": 0,
                },
            },
            hovertext=[_hover(row, say) for row in known],
            hoverinfo="text",
            showlegend=False,
        )
    )
    figure.add_trace(
        go.Bar(
            name=say("word.unknown"),
            **_squares(nothing_known, months),
            marker=style.unknown_bar(),
            hovertext=[_hover(row, say) for row in nothing_known],
            hoverinfo="text",
            showlegend=True,
        )
    )
    style.framed(figure, 120 + 24 * len(months), barmode="overlay", bargap=0)
    figure.update_layout(margin={"t": 26})
    figure.update_xaxes(
        title=say("quality.day_of_month"), tickvals=[1, 5, 10, 15, 20, 25, 30], range=[0.4, 31.6], showgrid=False
    )
    figure.update_yaxes(
        tickvals=list(range(len(months))),
        ticktext=months,
        range=[len(months) - 0.4, -0.6],
        showgrid=False,
        zeroline=False,
    )
    return figure


def _squares(rows: list[dict], months: list[str]) -> dict:
    return {
        "x": [row["local_day"].day for row in rows],
        "base": [months.index(formatting.month(row["local_day"])) - 0.44 for row in rows],
        "y": [0.88] * len(rows),
        "width": 0.9,
    }


def _hover(row: dict, say: Words) -> str:
    return f"{formatting.day(row['local_day'])}<br>{say('word.coverage')}: {formatting.percent(row['coverage'])}"
