"""Centers side by side: money back of money put in, when it is back, and how far each is from break-even."""

import plotly.graph_objects as go
import polars as pl

from dashboards import formatting
from dashboards.charts import style
from dashboards.translations import Words

NEVER = "#D55E00"
NEVER_LINE = 44
"""Letters of a line beside a cross: what a phone has room for."""
ROW_PIXELS = 46


def _names(rows: list[dict], say: Words) -> list[str]:
    return [style.plain(row[say.column("center_name")]) for row in rows]


def money_back(centers: pl.DataFrame, say: Words) -> go.Figure:
    """Capex of each center and, inside it, what came back so far; a net outflow lies left of zero."""
    divisor, unit = formatting.money_axis(say.language)
    rows = centers.to_dicts()
    figure = go.Figure()
    for name, column, color, width in (
        (say("portfolio.capex"), "capex_cny_fen", style.PLANNED, 0.7),
        (say("portfolio.recovered"), "recovered_cny_fen", style.SOLD, 0.4),
    ):
        figure.add_trace(
            go.Bar(
                name=name,
                x=[row[column] / divisor for row in rows],
                y=_names(rows, say),
                orientation="h",
                width=width,
                marker={"color": color},
                hovertext=[f"{name}<br>{formatting.money(row[column], say.language)}" for row in rows],
                hoverinfo="text",
            )
        )
    style.framed(figure, 120 + ROW_PIXELS * len(rows), barmode="overlay")
    figure.update_xaxes(title=unit, tickformat=",")
    figure.update_yaxes(autorange="reversed")
    return figure


def payback_ranges(centers: pl.DataFrame, say: Words) -> go.Figure:
    """Months to payback of each center: run-rate as a diamond, P10 to P90 of random futures as a bar.

    A bar that runs to the edge is not back in a tenth of the futures; where most never are, the row says so.
    """
    rows = centers.to_dicts()
    names = _names(rows, say)
    figure = go.Figure()
    drawn = [(name, row) for name, row in zip(names, rows, strict=True) if row["payback_months_p10"] is not None]
    figure.add_trace(
        go.Bar(
            name=say("payback.band"),
            y=[name for name, _ in drawn],
            base=[row["payback_months_p10"] for _, row in drawn],
            x=[(row["payback_months_p90"] or row["horizon_months"]) - row["payback_months_p10"] for _, row in drawn],
            orientation="h",
            width=0.4,
            marker={"color": "rgba(230, 159, 0, 0.45)"},
            hovertext=[_range(row, say) for _, row in drawn],
            hoverinfo="text",
        )
    )
    given = [(name, row) for name, row in zip(names, rows, strict=True) if row["payback_months"] is not None]
    figure.add_trace(
        go.Scatter(
            name=say("portfolio.run_rate"),
            x=[row["payback_months"] for _, row in given],
            y=[name for name, _ in given],
            mode="markers+text",
            marker={"color": style.RACKED, "size": 14, "symbol": "diamond"},
            text=[formatting.months(row["payback_months"], say.language) for _, row in given],
            textposition="top center",
            hoverinfo="text",
        )
    )
    figure.add_trace(
        go.Scatter(
            name=say("portfolio.never"),
            x=[2] * (len(rows) - len(given)),
            y=[name for name, row in zip(names, rows, strict=True) if row["payback_months"] is None],
            mode="markers+text",
            marker={"color": NEVER, "size": 12, "symbol": "x"},
            text=[_never(row, say) for row in rows if row["payback_months"] is None],
            textposition="middle right",
            hoverinfo="text",
        )
    )
    style.framed(figure, 140 + ROW_PIXELS * len(rows))
    figure.update_xaxes(title=say("portfolio.months_axis"), rangemode="tozero", dtick=24)
    figure.update_yaxes(autorange="reversed", categoryorder="array", categoryarray=names)
    figure.update_layout(legend={"entrywidth": 0})
    return figure


def _range(row: dict, say: Words) -> str:
    last = row["payback_months_p90"]
    return say(
        "portfolio.range",
        first=formatting.months(row["payback_months_p10"], say.language),
        last=say("portfolio.beyond") if last is None else formatting.months(last, say.language),
        never=formatting.percent(row["never_share_of_draws"]),
    )


def _never(row: dict, say: Words) -> str:
    reason = say.code("reason", row["payback_reason"])
    if row["never_share_of_draws"] is not None:
        reason = say("portfolio.never_share", reason=reason, never=formatting.percent(row["never_share_of_draws"]))
    return style.wrapped(reason, NEVER_LINE)


def _needed(row: dict, say: Words) -> str:
    """The share that break-even takes and whether it can be had, or why there is none; in short lines."""
    if row["break_even_share"] is None:
        return style.wrapped(say.code("reason", row["break_even_reason"]), 20)
    share = formatting.percent(row["break_even_share"])
    return say("portfolio.needs" if row["break_even_reason"] is None else "portfolio.needs_too_much", share=share)


def break_even(centers: pl.DataFrame, say: Words) -> go.Figure:
    """Share of planned card-time sold today against the share that accounting break-even takes, center by center."""
    rows = [row for row in centers.to_dicts() if row["sold_share_of_plan"] is not None]
    names = _names(rows, say)
    figure = go.Figure(
        go.Bar(
            name=say("portfolio.sold"),
            x=[row["sold_share_of_plan"] for row in rows],
            y=names,
            orientation="h",
            width=0.5,
            marker={"color": [style.SOLD if row["is_above"] else style.PLANNED for row in rows]},
            hoverinfo="skip",
            text=[formatting.percent(row["sold_share_of_plan"]) for row in rows],
            textposition="auto",
            insidetextanchor="start",
            textfont={"size": 12},
        )
    )
    reachable = [row for row in rows if row["break_even_share"] is not None]
    figure.add_trace(
        go.Scatter(
            name=say("portfolio.threshold"),
            x=[row["break_even_share"] for row in reachable],
            y=_names(reachable, say),
            mode="markers",
            marker={"color": NEVER, "size": 22, "symbol": "line-ns", "line": {"width": 4, "color": NEVER}},
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    style.framed(figure, 120 + ROW_PIXELS * len(rows))
    # What it takes stands in a column of its own: beside the marks it would meet bars and the line of 100 %.
    for name, row in zip(names, rows, strict=True):
        figure.add_annotation(
            xref="paper", x=1.01, y=name, xanchor="left", align="left", showarrow=False, text=_needed(row, say)
        )
    figure.update_layout(margin={"r": 180})
    figure.add_vline(x=1, line={"color": style.LINE, "width": 1.5, "dash": "dash"})
    figure.update_xaxes(title=say("portfolio.share_axis"), tickformat=".0%", rangemode="tozero")
    figure.update_yaxes(autorange="reversed", categoryorder="array", categoryarray=names)
    figure.update_layout(legend={"entrywidth": 0})
    return figure
