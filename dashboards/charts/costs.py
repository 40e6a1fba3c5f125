"""What building and running costs: capex by category, running cost by month, cost of a lit card-hour."""

import plotly.graph_objects as go
import polars as pl

from dashboards import formatting
from dashboards.charts import style
from dashboards.translations import Words

OPEX_COLORS = {
    "energy": style.LIT,
    "demand": "#F0E442",
    "staff": style.RACKED,
    "rent": style.INSTALLED,
    "maintenance": style.SOLD,
    "bandwidth": style.RELATED,
    "insurance": style.PLANNED,
    "software": "#CC79A7",
    "other": "#3A434B",
}
PERIOD_COLORS = {
    "sharp": "#A03C00",
    "peak": "#D55E00",
    "flat": style.LIT,
    "valley": style.RELATED,
    "deep_valley": style.RACKED,
}


def capex(categories: pl.DataFrame, say: Words) -> go.Figure:
    """One bar per category, with its share of the whole; `categories` comes from `queries.costs.capex_categories`."""
    divisor, unit = formatting.money_axis(say.language)
    rows = categories.to_dicts()
    figure = go.Figure(
        go.Bar(
            x=[row["gross_cny_fen"] / divisor for row in rows],
            y=[say.code("capex_category", row["capex_category"]) for row in rows],
            orientation="h",
            marker={"color": style.RACKED},
            text=[
                f"{formatting.money(row['gross_cny_fen'], say.language)} · {formatting.percent(row['share_of_capex'])}"
                for row in rows
            ],
            textposition="outside",
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    style.framed(figure, 110 + 38 * len(rows), showlegend=False)
    figure.update_layout(margin={"r": 150})
    figure.update_xaxes(title=unit, tickformat=",", rangemode="tozero")
    figure.update_yaxes(autorange="reversed")
    return figure


def opex(months: pl.DataFrame, say: Words) -> go.Figure:
    """Running cost by month, stacked by category; what unknown time would add to energy lies hatched on top."""
    divisor, unit = formatting.money_axis(say.language, style.tallest(months, "net_upper_cny_fen"))
    figure = go.Figure()
    for category, color in OPEX_COLORS.items():
        rows = months.filter(pl.col("opex_category") == category).to_dicts()
        if rows:
            figure.add_trace(_bars(say.code("opex_category", category), rows, "net_lower_cny_fen", color, divisor, say))
    energy = months.filter(
        (pl.col("opex_category") == "energy") & (pl.col("net_upper_cny_fen") > pl.col("net_lower_cny_fen"))
    ).to_dicts()
    if energy:
        figure.add_trace(
            go.Bar(
                name=say("economics.opex_unknown"),
                x=[row["month_start_on"] for row in energy],
                y=[(row["net_upper_cny_fen"] - row["net_lower_cny_fen"]) / divisor for row in energy],
                marker=style.unknown_bar(),
                hoverinfo="skip",
            )
        )
    style.framed(figure, 380, barmode="stack", bargap=0.2)
    figure.update_yaxes(title=unit, tickformat=",")
    figure.update_xaxes(tickformat="%Y-%m")
    figure.update_layout(legend={"entrywidth": 0})
    return figure


def _bars(name: str, rows: list[dict], column: str, color: str, divisor: int, say: Words) -> go.Bar:
    return go.Bar(
        name=name,
        x=[row["month_start_on"] for row in rows],
        y=[row[column] / divisor for row in rows],
        marker={"color": color},
        hovertext=[
            f"{name}<br>{formatting.month(row['month_start_on'])}<br>{formatting.money(row[column], say.language)}"
            for row in rows
        ],
        hoverinfo="text",
    )


def unit_cost(months: pl.DataFrame, say: Words) -> go.Figure:
    """Power and all running cost of a lit card-hour, between two bounds; from the first month with known use."""
    figure = go.Figure()
    for stem, name, color in (
        ("opex_cny_per_lit_card_hour", say("economics.unit_opex"), style.RACKED),
        ("power_cny_per_lit_card_hour", say("economics.unit_power"), style.LIT),
    ):
        rows = [row for row in months.to_dicts() if row[f"{stem}_upper"] is not None]
        figure.add_trace(
            go.Scatter(
                name=name,
                x=[row["month_start_on"] for row in rows],
                y=[row[f"{stem}_lower"] for row in rows],
                error_y={
                    "type": "data",
                    "symmetric": False,
                    "array": [row[f"{stem}_upper"] - row[f"{stem}_lower"] for row in rows],
                    "arrayminus": [0] * len(rows),
                    "color": color,
                },
                mode="lines+markers",
                line={"color": color, "width": 2.5},
                hovertext=[
                    f"{name}<br>{formatting.month(row['month_start_on'])}<br>"
                    + formatting.yuan_interval(row[f"{stem}_lower"], row[f"{stem}_upper"])
                    for row in rows
                ],
                hoverinfo="text",
            )
        )
    style.framed(figure, 340)
    figure.update_yaxes(title=say("economics.unit_axis"), rangemode="tozero")
    figure.update_xaxes(tickformat="%Y-%m")
    return figure


def energy_by_period(months: pl.DataFrame, say: Words) -> go.Figure:
    """Energy charge by month and tariff period, lower bound; `months` comes from `queries.costs.energy_cost`."""
    divisor, unit = formatting.money_axis(say.language, style.tallest(months, "cost_lower_cny_fen"))
    figure = go.Figure()
    for period, color in PERIOD_COLORS.items():
        rows = months.filter(pl.col("tariff_period") == period).to_dicts()
        if rows:
            figure.add_trace(_bars(say(f"energy.tariff_{period}"), rows, "cost_lower_cny_fen", color, divisor, say))
    style.framed(figure, 340, barmode="stack", bargap=0.2)
    figure.update_yaxes(title=unit, tickformat=",")
    figure.update_xaxes(tickformat="%Y-%m")
    return figure


def explained(months: pl.DataFrame, say: Words) -> go.Figure:
    """Lit card-hours of each month as an interval, beside what its electricity is at full load and explains at most."""
    rows = months.to_dicts()
    x = [row["month_start_on"] for row in rows]
    lower = [formatting.in_hours(row["lit_card_seconds_lower"]) for row in rows]
    upper = [formatting.in_hours(row["lit_card_seconds_upper"]) for row in rows]
    figure = go.Figure()
    figure.add_trace(go.Bar(name=say("energy.explained_lit"), x=x, y=lower, marker={"color": style.LIT}))
    figure.add_trace(
        go.Bar(
            name=say("word.unknown"),
            x=x,
            y=[high - low for low, high in zip(lower, upper, strict=True)],
            base=lower,
            marker=style.unknown_bar(),
        )
    )
    for column, name, color, dash in (
        ("full_load_card_seconds", say("energy.explained_full"), style.RACKED, "dot"),
        ("lit_card_seconds_at_most", say("energy.explained_most"), "#D55E00", "dash"),
    ):
        figure.add_trace(
            go.Scatter(
                name=name,
                x=x,
                y=[formatting.in_hours(row[column]) for row in rows],
                mode="lines+markers",
                line={"color": color, "dash": dash, "width": 2.5},
            )
        )
    style.framed(figure, 360, barmode="overlay", bargap=0.3)
    figure.update_yaxes(title=say("energy.explained_axis"), tickformat=",", rangemode="tozero")
    figure.update_xaxes(tickformat="%Y-%m")
    figure.update_layout(legend={"entrywidth": 0})
    return figure
