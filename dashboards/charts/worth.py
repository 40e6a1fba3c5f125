"""Where the value of planned card time goes, and what cards are worth sold or let."""

import plotly.graph_objects as go
import polars as pl

from dashboards import formatting
from dashboards.charts import style
from dashboards.translations import Words

CAUSE_COLORS = {
    "working": style.LIT,
    "idle_tenant_pays": style.SOLD,
    "idle_billed_by_use": "#D55E00",
    "lit_unsold": "#F0E442",
    "unsold": style.RELATED,
    "maintenance": style.INSTALLED,
    "fault": "#5B1A52",
    "not_powered": style.LINE,
    "not_installed": style.PLANNED,
    "gone": "#B7C0C8",
}
"""Causes not listed are unknown and hatched."""

VALUE_COLORS = {
    "book": style.PLANNED,
    "market": style.RACKED,
    "liquidation": "#D55E00",
    "lease": style.SOLD,
}


def _marker(cause_id: str) -> dict:
    color = CAUSE_COLORS.get(cause_id)
    return style.unknown_bar() if color is None else {"color": color}


def causes(frame: pl.DataFrame, say: Words) -> go.Figure:
    """Value a day by cause, in the order of causes from the top; `frame` is `queries.worth.dark_causes`, in fen."""
    rows = frame.to_dicts()
    figure = go.Figure(
        [
            go.Bar(
                x=[row["value_per_day_cny_fen"] / formatting.FEN_PER_YUAN],
                y=[style.plain(row[say.column("cause_name")])],
                orientation="h",
                marker=_marker(row["cause_id"]),
                text=[
                    f"{formatting.whole_yuan(row['value_per_day_cny_fen'], say.language)} · "
                    + formatting.percent(row["share_of_plan_value"])
                ],
                textposition="outside",
                cliponaxis=False,
                hoverinfo="skip",
                showlegend=False,
            )
            for row in rows
        ]
    )
    style.framed(figure, 90 + 34 * len(rows), bargap=0.3)
    longest = max((row["value_per_day_cny_fen"] for row in rows), default=0) / formatting.FEN_PER_YUAN
    figure.update_xaxes(title=say("worth.per_day_axis"), range=[0, longest * 1.35 or 1])
    figure.update_yaxes(autorange="reversed")
    figure.update_layout(margin={"t": 8})
    return figure


def days(frame: pl.DataFrame, say: Words) -> go.Figure:
    """Value by day and cause, stacked; `frame` is `queries.worth.dark_days`, in fen."""
    figure = go.Figure()
    for (cause_id,), part in frame.group_by("cause_id", maintain_order=True):
        rows = part.to_dicts()
        name = style.plain(rows[0][say.column("cause_name")])
        figure.add_trace(
            go.Bar(
                name=name,
                x=[row["period_start_on"] for row in rows],
                y=[row["value_cny_fen"] / formatting.FEN_PER_YUAN for row in rows],
                marker=_marker(cause_id),
                hovertext=[
                    f"{formatting.day(row['period_start_on'])}<br>{name}<br>"
                    + formatting.whole_yuan(row["value_cny_fen"], say.language)
                    for row in rows
                ],
                hoverinfo="text",
            )
        )
    style.framed(figure, 520, barmode="stack", bargap=0.12)
    figure.update_yaxes(title=say("worth.yuan_axis"), tickformat=",")
    figure.update_xaxes(tickformat="%m-%d")
    return style.legend_below(figure)


def iron(frame: pl.DataFrame, say: Words) -> go.Figure:
    """Book, market, sale and lease value side by side per model; `frame` is `queries.worth.iron`, in fen."""
    divisor, unit = formatting.money_axis(say.language)
    rows = frame.to_dicts()
    figure = go.Figure()
    for value, color in VALUE_COLORS.items():
        amounts = [row[f"{value}_value_cny_fen"] for row in rows]
        name = say(f"worth.value_{value}")
        figure.add_trace(
            go.Bar(
                name=name,
                x=[style.plain(f"{row['model_name']} × {row['card_count']}") for row in rows],
                y=[None if amount is None else amount / divisor for amount in amounts],
                marker={"color": color},
                text=[formatting.money_figure(amount, say.language) for amount in amounts],
                textposition="outside",
                cliponaxis=False,
                hoverinfo="skip",
            )
        )
    style.framed(figure, 420, barmode="group", bargap=0.25)
    figure.update_yaxes(title=unit, tickformat=",", rangemode="tozero")
    figure.update_layout(legend={"entrywidth": 0})
    return figure
