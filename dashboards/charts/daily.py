"""Lit of racked day by day: proven below, unknown hatched above it, and how much was covered in a strip beneath."""

from datetime import timedelta

import plotly.graph_objects as go
import polars as pl
from plotly.subplots import make_subplots

from dashboards import formatting
from dashboards.charts import style
from dashboards.charts.intervals import gap
from dashboards.translations import Words

MOST_DAYS_AS_BARS = 62
"""Up to two months a day is a bar; beyond that bars would be thinner than a line."""


BREAK = "#5B1A52"
LABEL_LEVELS = 3
"""Labels of breaks that stand close to each other take turns in height."""


def daily_interval(days: pl.DataFrame, breaks: list[dict], say: Words) -> go.Figure:
    """Two panels over local days; `days` is `queries.utilization.center_days`, narrowed to the range shown.

    `breaks` are rows of `queries.evidence_breaks.series_breaks` within that range: a line where evidence changed.
    """
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
    _mark_breaks(figure, breaks, rows, say)
    return figure


def _mark_breaks(figure: go.Figure, breaks: list[dict], rows: list[dict], say: Words) -> None:
    """A dashed line before each day from which the series rests on other evidence, labelled with what changed."""
    by_day: dict = {}
    for row in breaks:
        by_day.setdefault(row["local_day"], []).append(row)
    shown = [row["local_day"] for row in rows]
    for place, (day, changes) in enumerate(by_day.items()):
        # A day's bar is centered on its midnight; the line stands at its left edge.
        edge = f"{day - timedelta(days=1)} 12:00"
        figure.add_shape(
            type="line", x0=edge, x1=edge, y0=0, y1=1, yref="paper", line={"color": BREAK, "width": 1.5, "dash": "dash"}
        )
        figure.add_annotation(
            x=edge,
            y=1 - 0.075 * (place % LABEL_LEVELS),
            yref="paper",
            text=f"<b>{style.plain(say('breaks.mark', changes=', '.join(change(row, say) for row in changes)))}</b>",
            showarrow=False,
            xanchor="right" if shown.index(day) > len(shown) / 2 else "left",
            xshift=-4 if shown.index(day) > len(shown) / 2 else 4,
            yanchor="top",
            bgcolor="rgba(255,255,255,0.85)",
            font={"size": 11, "color": BREAK},
        )


def change(row: dict, say: Words) -> str:
    """What changed, as `A → C`; with the feeds where the class stayed the same."""
    if row["class_before"] != row["class_after"]:
        return f"{row['class_before']} → {row['class_after']}"
    feeds = [say(f"breaks.feed_{row[name]}") for name in ("feed_before", "feed_after")]
    return f"{row['class_after']}: {feeds[0]} → {feeds[1]}"


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
