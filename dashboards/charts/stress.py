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
}
CHANGE_COLORS = {"down": style.RELATED, "up": style.LIT}


def balances(months: pl.DataFrame, say: Words) -> go.Figure:
    """Cumulative net cash less capex, month by month ahead, one line per scenario.

    `months` is the frame of `queries.money.stress_months`, in fen; the axis is 万元 or CNY M.
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


def tornado(changes: pl.DataFrame, say: Words) -> go.Figure | None:
    """Months that one change adds to payback, the widest driver on top; None where payback has no number to add to.

    `changes` is the frame of `queries.money.sensitivity`.
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
    style.framed(figure, 320, barmode="overlay", bargap=0.35)
    labels = [say(f"stress.driver_{driver}") for driver in drivers]
    figure.update_xaxes(title=say("stress.tornado_axis"), zeroline=True, zerolinecolor=style.LINE)
    figure.update_yaxes(categoryorder="array", categoryarray=labels)
    return figure
