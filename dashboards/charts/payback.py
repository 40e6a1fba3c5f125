"""Money over time: cumulative net cash until capex is back, and the racked rate beside its break-even reference."""

import plotly.graph_objects as go
import polars as pl

from dashboards import formatting
from dashboards.charts import style
from dashboards.charts.intervals import gap
from dashboards.translations import Words

REALISED = style.LINE
COLORS = {"contracted": style.SOLD, "run_rate_t12m": style.RACKED, "run_rate_t3m": style.RELATED}
DASHES = {"contracted": "dash", "run_rate_t12m": "dash", "run_rate_t3m": "dot"}
BAND = "rgba(230, 159, 0, 0.22)"

MONTHS_AFTER_BACK = 12
MOST_MONTHS_AHEAD = 96
"""How far the run-rate is drawn: a year past the month the money is back, at most eight years."""


def cumulative_cash(projected: pl.DataFrame, band: pl.DataFrame, say: Words) -> go.Figure:
    """Cumulative net cash by month: realized solid, each outlook dashed, and the band of random futures below them.

    `projected` is the frame of `queries.money.projected_cash` of one view and subsidy, `band` that of
    `queries.money.cash_band`; in fen, the axis is 万元 or CNY M.
    """
    divisor, unit = formatting.money_axis(say.language)
    figure = go.Figure()
    outlooks = {basis: projected.filter(pl.col("flow_basis") == basis).to_dicts() for basis in COLORS}
    drawn = {basis: _until_back(rows) for basis, rows in outlooks.items() if any(row["is_projected"] for row in rows)}
    last_on = max((row["month_start_on"] for rows in drawn.values() for row in rows), default=None)
    shown = [row for row in band.to_dicts() if last_on is None or row["month_start_on"] <= last_on]
    if shown:
        _draw_band(figure, shown, divisor, say)
    realised = next((rows for rows in outlooks.values() if rows), [])
    booked = [row for row in realised if not row["is_projected"]]
    figure.add_trace(_line(say("payback.realised"), booked, REALISED, "solid", divisor, say))
    for basis, rows in drawn.items():
        # The dashed part starts at the last realized month, so that the curve has no gap.
        ahead = rows[max(sum(not row["is_projected"] for row in rows) - 1, 0) :]
        figure.add_trace(_line(say(f"payback.flow_{basis}"), ahead, COLORS[basis], DASHES[basis], divisor, say))
    style.framed(figure, 440)
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


def _line(name: str, rows: list[dict], color: str, dash: str, divisor: int, say: Words) -> go.Scatter:
    return go.Scatter(
        name=name,
        x=[row["month_start_on"] for row in rows],
        y=[row["cumulative_net_cash_cny_fen"] / divisor for row in rows],
        mode="lines",
        line={"color": color, "dash": dash, "width": 3 if dash == "solid" else 2.5},
        hovertext=[
            f"{formatting.month(row['month_start_on'])}<br>"
            + formatting.money(row["cumulative_net_cash_cny_fen"], say.language)
            for row in rows
        ],
        hoverinfo="text+name",
    )


def _draw_band(figure: go.Figure, rows: list[dict], divisor: int, say: Words) -> None:
    x = [row["month_start_on"] for row in rows]
    low, middle, high = (
        [row[f"cumulative_net_cash_{name}_cny_fen"] / divisor for row in rows] for name in ("p10", "p50", "p90")
    )
    edge = {"width": 0}
    figure.add_trace(go.Scatter(x=x, y=low, mode="lines", line=edge, showlegend=False, hoverinfo="skip"))
    figure.add_trace(
        go.Scatter(
            name=say("payback.band"), x=x, y=high, mode="lines", line=edge, fill="tonexty", fillcolor=BAND,
            hoverinfo="skip",
        )
    )  # fmt: skip
    figure.add_trace(
        go.Scatter(
            name=say("payback.band_middle"),
            x=x,
            y=middle,
            mode="lines",
            line={"color": style.LIT, "width": 1.5},
            hovertext=[
                say(
                    "payback.band_hover",
                    month=formatting.month(row["month_start_on"]),
                    low=formatting.money(row["cumulative_net_cash_p10_cny_fen"], say.language),
                    middle=formatting.money(row["cumulative_net_cash_p50_cny_fen"], say.language),
                    high=formatting.money(row["cumulative_net_cash_p90_cny_fen"], say.language),
                )
                for row in rows
            ],
            hoverinfo="text",
        )
    )


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
