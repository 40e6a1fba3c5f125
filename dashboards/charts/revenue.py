"""Revenue by month and mode, and the two ways down from what was billed: to what came in, and to what is sound."""

import plotly.graph_objects as go
import polars as pl

from dashboards import formatting
from dashboards.charts import style
from dashboards.translations import Words

MODE_COLORS = {
    "whole_machine": style.RACKED,
    "reserved": style.INSTALLED,
    "card_hour": style.SOLD,
    "token": style.LIT,
    "without_lease": "#A03C00",
}
BILLED, COLLECTED, SOUND, LOST = style.RACKED, style.SOLD, style.LIT, "#D55E00"


def by_mode(months: pl.DataFrame, say: Words) -> go.Figure:
    """Recognized revenue by month, stacked by mode; `months` is the frame of `queries.revenue.mode_months`."""
    divisor, unit = formatting.money_axis(say.language, style.tallest(months, "recognised_net_cny_fen"))
    figure = go.Figure()
    for mode, color in MODE_COLORS.items():
        for recognition, pattern in (("own_capacity", ""), ("sublease_gross", "/"), ("sublease_net", "x")):
            rows = months.filter((pl.col("billing_mode") == mode) & (pl.col("recognition") == recognition)).to_dicts()
            if not rows:
                continue
            name = mode_name(mode, recognition, say)
            figure.add_trace(
                go.Bar(
                    name=name,
                    x=[row["month_start_on"] for row in rows],
                    y=[row["recognised_net_cny_fen"] / divisor for row in rows],
                    marker={
                        "color": color,
                        "pattern": {"shape": pattern, "fillmode": "overlay", "fgcolor": "white", "size": 6},
                    },
                    hovertext=[
                        f"{name}<br>{formatting.month(row['month_start_on'])}<br>"
                        + formatting.money(row["recognised_net_cny_fen"], say.language)
                        for row in rows
                    ],
                    hoverinfo="text",
                )
            )
    style.framed(figure, 380, barmode="relative", bargap=0.2)
    figure.update_yaxes(title=unit, tickformat=",")
    figure.update_xaxes(tickformat="%Y-%m")
    figure.update_layout(legend={"entrywidth": 0})
    return figure


def mode_name(mode: str, recognition: str, say: Words) -> str:
    """A mode in words, with the way a sub-lease is shown."""
    name = say.code("billing_mode", mode)
    return name if recognition == "own_capacity" else f"{name} · {say.code('recognition', recognition)}"


def bridge(month: dict, say: Words) -> go.Figure:
    """From invoiced to billed, then to collected, and again from billed to quality-adjusted, each step a column."""
    largest = max(month["invoiced_net_cny_fen"], month["quality_adjusted_net_cny_fen"])
    divisor, unit = formatting.money_axis(say.language, largest)
    steps = (
        ("invoiced", 0, month["invoiced_net_cny_fen"], style.PLANNED),
        ("credits", month["billed_net_cny_fen"], month["credit_net_cny_fen"], LOST),
        ("billed", 0, month["billed_net_cny_fen"], BILLED),
        ("outstanding", month["collected_net_cny_fen"], month["outstanding_net_cny_fen"], LOST),
        ("collected", 0, month["collected_net_cny_fen"], COLLECTED),
        ("purchased", _sum(month, "quality_adjusted_net_cny_fen", "related_above_cap_net_cny_fen"),
         month["purchased_net_cny_fen"], LOST),
        ("related", month["quality_adjusted_net_cny_fen"], month["related_above_cap_net_cny_fen"], LOST),
        ("quality", 0, month["quality_adjusted_net_cny_fen"], SOUND),
    )  # fmt: skip
    labels = [say(f"economics.step_{name}") for name, *_ in steps]
    figure = go.Figure(
        go.Bar(
            x=labels,
            base=[start / divisor for _, start, _, _ in steps],
            y=[0 if height is None else height / divisor for _, _, height, _ in steps],
            marker={"color": [color for *_, color in steps]},
            text=[
                say("economics.not_visible")
                if height is None
                else formatting.money_figure(height, say.language, largest)
                for _, _, height, _ in steps
            ],
            textposition="outside",
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    style.framed(figure, 380, showlegend=False, bargap=0.3)
    figure.update_yaxes(title=unit, tickformat=",", rangemode="tozero")
    return figure


def _sum(month: dict, *names: str) -> int:
    """Where a floating column stands: on top of the columns that are named."""
    return sum(month[name] for name in names)


def implied_prices(prices: pl.DataFrame, say: Words) -> go.Figure:
    """Yuan per card-hour of each lease, net of tax."""
    rows = prices.to_dicts()
    figure = go.Figure(
        go.Bar(
            x=[row["net_cny_per_card_hour"] for row in rows],
            y=[style.plain(row["lease_id"]) for row in rows],
            orientation="h",
            marker={"color": style.RACKED},
            text=[
                say(
                    "economics.price_label",
                    price=formatting.yuan_interval(row["net_cny_per_card_hour"], row["net_cny_per_card_hour"]),
                    year=formatting.yuan_of_a_year(row["gross_cny_per_dense_pflops_year"]),
                )
                for row in rows
            ],
            textposition="auto",
            hoverinfo="skip",
        )
    )
    style.framed(figure, 110 + 36 * len(rows), showlegend=False)
    figure.update_xaxes(title=say("economics.price_axis"), rangemode="tozero")
    figure.update_yaxes(autorange="reversed", type="category")
    return figure
