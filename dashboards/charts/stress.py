"""What breaks payback: the balance under each scenario, and a tornado of single changes."""

import plotly.graph_objects as go
import polars as pl

from dashboards import formatting
from dashboards.charts import style
from dashboards.translations import Words

SCENARIO_LINES = {
    "as_today": (style.RACKED, "solid"),
    "top_1_leaves": (style.LIT, "dash"),
    "top_3_leave": ("#D55E00", "dot"),
    "vendor_leaves": ("#5B1A52", "dashdot"),
    "tariff_up": (style.SOLD, "longdash"),
    "subsidy_clawed_back": (style.PLANNED, "longdashdot"),
}
"""Scenarios drawn month by month; subsidies kept differ from today by a step and have a card instead."""

CHANGE_COLORS = {"down": style.RELATED, "up": style.LIT}


def balances(months: pl.DataFrame, say: Words) -> go.Figure:
    """Cumulative net cash less capex, month by month ahead, one line per scenario.

    `months` is the frame of `queries.stress.scenario_months`, in fen; the axis is 万元 or CNY M.
    """
    divisor, unit = formatting.money_axis(say.language)
    figure = go.Figure()
    for scenario, (color, dash) in SCENARIO_LINES.items():
        rows = months.filter(pl.col("scenario") == scenario).to_dicts()
        name = say(f"stress.scenario_{scenario}")
        figure.add_trace(
            go.Scatter(
                name=name,
                x=[row["month_index"] for row in rows],
                y=[row["balance_cny_fen"] / divisor for row in rows],
                mode="lines",
                line={"color": color, "dash": dash, "width": 2.5},
                hovertext=[
                    f"{name}<br>{formatting.months(row['month_index'], say.language)}<br>"
                    + formatting.money(row["balance_cny_fen"], say.language)
                    for row in rows
                ],
                hoverinfo="text",
            )
        )
    style.framed(figure, 380)
    figure.add_hline(
        y=0,
        line={"color": style.LINE, "width": 1.5},
        annotation={"text": say("payback.zero")},
        annotation_position="top left",
    )
    figure.update_yaxes(title=unit, tickformat=",", zeroline=False)
    figure.update_xaxes(title=say("stress.month_axis"))
    figure.update_layout(legend={"entrywidth": 0})
    return figure


def chosen_balance(chosen: pl.DataFrame, today: pl.DataFrame, say: Words) -> go.Figure:
    """Cumulative net cash less capex under the reader's changes, beside the same as today.

    Both are frames of `queries.scenarios.months`, in fen; the axis is 万元 or CNY M.
    """
    divisor, unit = formatting.money_axis(say.language)
    figure = go.Figure()
    for frame, name, color, dash in (
        (today, say("stress.scenario_as_today"), style.PLANNED, "dash"),
        (chosen, say("scenarios.chosen"), style.LIT, "solid"),
    ):
        rows = frame.to_dicts()
        months = [row["elapsed_months"] + row["month_ahead"] for row in rows]
        figure.add_trace(
            go.Scatter(
                name=name,
                x=months,
                y=[row["balance_cny_fen"] / divisor for row in rows],
                mode="lines",
                line={"color": color, "dash": dash, "width": 2.5},
                hovertext=[
                    f"{name}<br>{formatting.months(month, say.language)}<br>"
                    + formatting.money(row["balance_cny_fen"], say.language)
                    for month, row in zip(months, rows, strict=True)
                ],
                hoverinfo="text",
            )
        )
    style.framed(figure, 380)
    figure.add_hline(y=0, line={"color": style.LINE, "width": 1.5})
    figure.update_yaxes(title=unit, tickformat=",", zeroline=False)
    figure.update_xaxes(title=say("stress.month_axis"))
    figure.update_layout(legend={"entrywidth": 0})
    return figure


def payback_grid(grid: pl.DataFrame, say: Words) -> go.Figure:
    """Payback by change of price and of quantity sold, in years and months; empty where it is never, or cannot be.

    `grid` is the frame of `queries.stress.payback_grid`.
    """
    wide = grid.sort("price_pct", "sold_pct")
    sold = sorted(set(wide["sold_pct"]))
    rows = wide.group_by("price_pct", maintain_order=True).agg("payback_months", "payback_reason")
    cells = list(zip(rows["payback_months"], rows["payback_reason"], strict=True))
    figure = go.Figure(
        go.Heatmap(
            x=[_signed_percent(pct) for pct in sold],
            y=[_signed_percent(pct) for pct in rows["price_pct"]],
            z=[list(months) for months, _ in cells],
            colorscale=[[0, "#0072B2"], [0.5, "#F2E9C9"], [1, "#D55E00"]],
            # A dash here would show through the reason that stands in a cell without a number.
            text=[
                ["" if number is None else formatting.months(number, say.language) for number in months]
                for months, _ in cells
            ],
            texttemplate="%{text}",
            colorbar={"title": {"text": say("stress.grid_unit")}},
            hoverinfo="skip",
            xgap=2,
            ygap=2,
        )
    )
    _add_refused(figure, cells, sold, rows["price_pct"].to_list(), say)
    style.framed(figure, 460)
    figure.update_xaxes(title=say("stress.grid_sold"), type="category", showgrid=False)
    figure.update_yaxes(title=say("stress.grid_price"), type="category", showgrid=False)
    return figure


def _add_refused(figure: go.Figure, cells: list, sold: list[int], prices: list[int], say: Words) -> None:
    """Words in the cells that have no number: a heat map colors nothing where it has no value."""
    for price, (months, reasons) in zip(prices, cells, strict=True):
        for share, number, reason in zip(sold, months, reasons, strict=True):
            if number is None:
                figure.add_annotation(
                    x=_signed_percent(share),
                    y=_signed_percent(price),
                    text=say.code("payback_cell", reason),
                    showarrow=False,
                    font={"size": 11, "color": style.UNKNOWN},
                )


def _signed_percent(pct: int) -> str:
    return f"{pct:+d} %".replace("-", "−") if pct else "0 %"


def value_tornado(changes: pl.DataFrame, say: Words) -> go.Figure:
    """What one change adds to the value ahead, in 万元 or CNY M, the widest driver on top.

    `changes` is the frame of `queries.stress.sensitivity`; a change that cannot be has no bar.
    """
    divisor, unit = formatting.money_axis(say.language)
    known = changes.filter(pl.col("net_value_difference_cny_fen").is_not_null())
    reach = pl.col("net_value_difference_cny_fen").abs().max().alias("reach")
    drivers = known.group_by("driver").agg(reach).sort("reach", "driver")["driver"].to_list()
    figure = go.Figure()
    for change, color in CHANGE_COLORS.items():
        rows = {row["driver"]: row for row in known.filter(pl.col("change") == change).to_dicts()}
        shown = [driver for driver in drivers if driver in rows]
        figure.add_trace(
            go.Bar(
                name=say(f"stress.change_{change}"),
                x=[rows[driver]["net_value_difference_cny_fen"] / divisor for driver in shown],
                y=[say(f"stress.driver_{driver}") for driver in shown],
                orientation="h",
                marker={"color": color},
                text=[
                    formatting.money_figure(rows[driver]["net_value_difference_cny_fen"], say.language)
                    for driver in shown
                ],
                textposition="auto",
                hoverinfo="skip",
            )
        )
    style.framed(figure, 400, barmode="overlay", bargap=0.3)
    figure.update_xaxes(title=unit, zeroline=True, zerolinecolor=style.LINE)
    figure.update_yaxes(categoryorder="array", categoryarray=[say(f"stress.driver_{driver}") for driver in drivers])
    return figure


def tornado(changes: pl.DataFrame, say: Words) -> go.Figure | None:
    """Months that one change adds to payback, the widest driver on top; None where payback has no number to add to.

    `changes` is the frame of `queries.stress.sensitivity`.
    """
    known = changes.filter(pl.col("difference_months").is_not_null())
    if known.is_empty():
        return None
    reach = known.group_by("driver").agg(pl.col("difference_months").abs().max().alias("reach")).sort("reach", "driver")
    drivers = reach["driver"].to_list()
    figure = go.Figure()
    for change, color in CHANGE_COLORS.items():
        rows = {row["driver"]: row for row in known.filter(pl.col("change") == change).to_dicts()}
        shown = [driver for driver in drivers if driver in rows]
        name = say(f"stress.change_{change}")
        figure.add_trace(
            go.Bar(
                name=name,
                x=[rows[driver]["difference_months"] for driver in shown],
                y=[say(f"stress.driver_{driver}") for driver in shown],
                orientation="h",
                marker={"color": color},
                text=[formatting.months(rows[driver]["payback_months"], say.language) for driver in shown],
                textposition="auto",
                hoverinfo="skip",
            )
        )
    style.framed(figure, 400, barmode="overlay", bargap=0.3)
    labels = [say(f"stress.driver_{driver}") for driver in drivers]
    figure.update_xaxes(title=say("stress.tornado_axis"), zeroline=True, zerolinecolor=style.LINE)
    figure.update_yaxes(categoryorder="array", categoryarray=labels)
    return figure
