"""A vendor's promise against what it took, and the state of the promise over time."""

from datetime import date

import plotly.graph_objects as go
import polars as pl

from dashboards import formatting
from dashboards.charts import style
from dashboards.translations import Words

TAKES = (
    ("offtake.unrelated", "unrelated_counted_quantity_milli", {"color": style.SOLD}),
    ("offtake.related_counted", "related_counted_quantity_milli", {"color": style.RELATED}),
    (
        "offtake.related_not_counted",
        "related_not_counted_quantity_milli",
        {
            "color": "rgba(0,0,0,0)",
            "line": {"color": style.RELATED, "width": 1},
            "pattern": {"shape": "x", "fgcolor": style.RELATED, "size": 8, "solidity": 0.15},
        },
    ),
    (
        "offtake.refused_sublet",
        "refused_sublet_quantity_milli",
        {
            "color": "rgba(0,0,0,0)",
            "line": {"color": style.SOLD, "width": 1},
            "pattern": {"shape": "x", "fgcolor": style.SOLD, "size": 8, "solidity": 0.15},
        },
    ),
)
COUNTED, NOT_COUNTED = TAKES[:2], TAKES[2:]
UNPROVEN = ("offtake.unproven", "eligible_unproven_quantity_milli", None)


def commitment_steps(periods: pl.DataFrame, unit: str, say: Words) -> go.Figure:
    """Stacked take per period under the commitment's step line; `periods`: `queries.promises.commitment_periods`."""
    rows = periods.to_dicts()
    figure = go.Figure()
    # What counts stands lowest, what may count above it, so that the step line is met by the first two or three.
    for key, column, marker in (*COUNTED, UNPROVEN, *NOT_COUNTED):
        if key in ("offtake.refused_sublet", "offtake.unproven") and not any(row[column] for row in rows):
            continue
        figure.add_trace(
            go.Bar(
                name=say(key),
                x=[_middle(row) for row in rows],
                width=[_milliseconds(row) * 0.82 for row in rows],
                y=[_units(row[column]) for row in rows],
                marker=marker or style.unknown_bar(),
                hovertext=[
                    f"{_period(row, say)}<br>{say(key)}: {formatting.quantity(row[column])} {unit}" for row in rows
                ],
                hoverinfo="text",
            )
        )
    steps_x, steps_y = [], []
    for row in rows:
        steps_x += [row["period_start_on"], row["period_end_on"]]
        steps_y += [_units(row["relieved_quantity_milli"])] * 2
    figure.add_trace(
        go.Scatter(
            name=say("offtake.committed"),
            x=steps_x,
            y=steps_y,
            mode="lines",
            line={"color": "#D55E00", "width": 2.5},
            hoverinfo="skip",
        )
    )
    short = [row for row in rows if row["shortfall_quantity_milli"]]
    figure.add_trace(
        go.Scatter(
            name=say("offtake.shortfall"),
            x=[_middle(row) for row in short],
            y=[_top(row) for row in short],
            mode="text",
            text=[f"−{formatting.quantity(row['shortfall_quantity_milli'])}" for row in short],
            textposition="top center",
            textfont={"color": "#B03A00", "size": 12},
            hoverinfo="skip",
            showlegend=False,
            cliponaxis=False,
        )
    )
    style.framed(figure, 400, barmode="stack")
    figure.update_yaxes(title=unit, tickformat=",", rangemode="tozero")
    figure.update_xaxes(tickformat="%Y-%m", type="date")
    return figure


def state_strip(runs: pl.DataFrame, say: Words) -> go.Figure:
    """One bar from the first to the as-of day, one color per state; `runs`: `queries.promises.commitment_states`."""
    figure = go.Figure()
    shown: set[str] = set()
    for row in runs.to_dicts():
        state = row["state"]
        days = (row["day_after_last_on"] - row["first_day_on"]).days
        name = style.plain(say.code("state", state))
        bounds = ""
        if state == "undetermined":
            lower, upper = (style.plain(say.code("state", row[f"state_at_{bound}"])) for bound in ("lower", "upper"))
            bounds = "<br>" + say("offtake.between", lower=lower, upper=upper)
        figure.add_trace(
            go.Bar(
                name=name,
                y=[""],
                x=[days * 86_400_000],
                base=[row["first_day_on"].isoformat()],
                orientation="h",
                marker={
                    "color": style.STATE_COLORS.get(state, style.UNKNOWN),
                    "line": {"width": 0},
                    "pattern": style.hatch() if state == "undetermined" else {},
                },
                legendgroup=state,
                showlegend=state not in shown,
                hovertext=[f"{name}<br>{row['first_day_on']} – {row['day_after_last_on']}{bounds}"],
                hoverinfo="text",
            )
        )
        shown.add(state)
    style.framed(figure, 150, barmode="overlay")
    figure.update_xaxes(type="date", tickformat="%Y-%m")
    figure.update_yaxes(visible=False)
    return figure


def _units(quantity_milli: int | None) -> float | None:
    return None if quantity_milli is None else quantity_milli / formatting.MILLI


def _top(row: dict) -> float:
    """Where nothing is drawn any more: above the step, or above a bar that is higher for what does not count."""
    drawn = sum(row[column] or 0 for _, column, _ in (*COUNTED, UNPROVEN, *NOT_COUNTED))
    return _units(max(row["relieved_quantity_milli"], drawn))


def _milliseconds(row: dict) -> int:
    return (row["period_end_on"] - row["period_start_on"]).days * 86_400_000


def _middle(row: dict) -> date:
    return row["period_start_on"] + (row["period_end_on"] - row["period_start_on"]) / 2


def _period(row: dict, say: Words) -> str:
    return (
        f"{say('offtake.period')} {row['period_no']}: {formatting.day(row['period_start_on'])} – "
        f"{formatting.day(row['period_end_on'])}"
    )
