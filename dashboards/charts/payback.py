"""Money over time: cumulative net cash until capex is back, and the racked rate beside its break-even reference."""

import plotly.graph_objects as go
import polars as pl

from dashboards import formatting
from dashboards.charts import style
from dashboards.charts.intervals import gap
from dashboards.translations import Words

COLORS = {"with": style.LIT, "without": style.RACKED}
WIDTHS = {"with": 5, "without": 2}
"""The wider line lies below, so that both are seen where there was no subsidy and they run together."""

MONTHS_AFTER_BACK = 12
MOST_MONTHS_AHEAD = 96
"""How far the run-rate is drawn: a year past the month the money is back, at most eight years."""


def cumulative_cash(projected: pl.DataFrame, say: Words) -> go.Figure:
    """Cumulative net cash by month: realized solid, run-rate dashed; one color per subsidy variant.

    `projected` is the frame of `queries.money.projected_cash`, in fen; the axis is 万元 or CNY M.
    """
    divisor, unit = formatting.money_axis(say.language)
    figure = go.Figure()
    for subsidy, color in COLORS.items():
        rows = _until_back(projected.filter(pl.col("subsidy") == subsidy).to_dicts())
        first_projected = next((index for index, row in enumerate(rows) if row["is_projected"]), len(rows))
        # The dashed part starts at the last realized month, so that the curve has no gap.
        parts = (
            ("payback.realised", rows[:first_projected], "solid"),
            ("payback.projected", rows[max(first_projected - 1, 0) :] if first_projected < len(rows) else [], "dash"),
        )
        for key, part, dash in parts:
            if part:
                figure.add_trace(
                    go.Scatter(
                        name=say(key, subsidy=say(f"payback.subsidy_{subsidy}")),
                        x=[row["month_start_on"] for row in part],
                        y=[row["cumulative_net_cash_cny_fen"] / divisor for row in part],
                        mode="lines",
                        line={"color": color, "dash": dash, "width": WIDTHS[subsidy]},
                        hovertext=[
                            f"{formatting.month(row['month_start_on'])}<br>"
                            + formatting.money(row["cumulative_net_cash_cny_fen"], say.language)
                            for row in part
                        ],
                        hoverinfo="text+name",
                    )
                )
    style.framed(figure, 400)
    figure.add_hline(
        y=0,
        line={"color": style.LINE, "width": 1.5},
        annotation={"text": say("payback.zero")},
        annotation_position="top left",
    )
    figure.update_yaxes(title=unit, tickformat=",", zeroline=False)
    figure.update_xaxes(tickformat="%Y-%m")
    figure.update_layout(legend={"entrywidth": 0})
    return figure


def _until_back(rows: list[dict]) -> list[dict]:
    """The months worth drawing: all realized ones, then the run-rate as far as the constants above say."""
    realised = sum(not row["is_projected"] for row in rows)
    last = len(rows)
    while last > realised and rows[last - 1]["cumulative_net_cash_cny_fen"] >= 0:
        last -= 1
    return rows[: min(last + MONTHS_AFTER_BACK, realised + MOST_MONTHS_AHEAD)]


def racked_against_reference(months: pl.DataFrame, reference: dict | None, say: Words) -> go.Figure:
    """Racked rate by device and month as an interval; `reference` is a benchmark of the same basis, or None."""
    rows = months.to_dicts()
    x = [row["month_start_on"] for row in rows]
    lower = [row["racked_rate_of_planned_device_lower"] for row in rows]
    upper = [row["racked_rate_of_planned_device_upper"] for row in rows]
    hover = [
        f"{formatting.month(start)}<br>{formatting.interval(low, high)}"
        for start, low, high in zip(x, lower, upper, strict=True)
    ]
    figure = go.Figure()
    figure.add_trace(
        go.Bar(
            name=say("payback.racked"),
            x=x,
            y=lower,
            marker={"color": style.RACKED},
            hovertext=hover,
            hoverinfo="text",
        )
    )
    figure.add_trace(
        go.Bar(
            name=say("word.unknown"),
            x=x,
            y=[gap(low, high) for low, high in zip(lower, upper, strict=True)],
            base=lower,
            marker=style.unknown_bar(),
            hovertext=hover,
            hoverinfo="text",
        )
    )
    style.framed(figure, 340, barmode="overlay", bargap=0.25)
    if reference is not None:
        band = formatting.interval(reference["low"], reference["high"])
        figure.add_hrect(
            y0=reference["low"],
            y1=reference["high"],
            fillcolor=style.LIT,
            opacity=0.35,
            line={"width": 0},
            name=say("payback.breakeven_band", range=band),
            showlegend=True,
        )
    top = max([1.0, *(value for value in upper if value is not None)])
    figure.update_yaxes(range=[0, top], tickformat=".0%")
    figure.update_xaxes(tickformat="%Y-%m")
    return figure
