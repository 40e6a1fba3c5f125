"""Leases over time: terms as bars, what moved the billing month by month, and whom the money comes from."""

import plotly.graph_objects as go
import polars as pl

from dashboards import formatting
from dashboards.charts import style
from dashboards.translations import Words

FIRMNESS_COLORS = {
    "firm_prepaid": "#00573F",
    "firm": style.SOLD,
    "cancellable_penalty": style.RELATED,
    "cancellable": style.LIT,
    "framework": style.PLANNED,
}
MOVEMENT_COLORS = {
    "new": style.SOLD,
    "renewed": "#00573F",
    "expanded": style.RELATED,
    "reduced": style.LIT,
    "cancelled": "#D55E00",
    "expired": style.PLANNED,
}
ROW_PIXELS = 34


def terms(backlog: pl.DataFrame, say: Words) -> go.Figure:
    """One bar per lease from its start to its signed end, colored by firmness; a line marks as-of.

    `backlog` is the frame of `queries.leases.lease_backlog`.
    """
    figure = go.Figure()
    rows = backlog.to_dicts()
    for firmness, color in FIRMNESS_COLORS.items():
        part = [row for row in rows if row["firmness"] == firmness]
        if part:
            figure.add_trace(
                go.Bar(
                    name=say.code("firmness", firmness),
                    base=[row["starts_on"].isoformat() for row in part],
                    x=[_milliseconds(row) for row in part],
                    y=[_label(row, say) for row in part],
                    orientation="h",
                    marker={"color": color},
                    hovertext=[_hover(row, say) for row in part],
                    hoverinfo="text",
                )
            )
    style.framed(figure, 120 + ROW_PIXELS * len(rows), barmode="overlay", bargap=0.35)
    as_of = rows[0]["as_of_on"].isoformat()
    figure.add_vline(x=as_of, line={"color": style.LINE, "width": 1.5, "dash": "dash"})
    figure.add_annotation(
        x=as_of, y=0, yref="paper", yanchor="top", yshift=-22, text=say("leases.as_of"), showarrow=False
    )
    figure.update_xaxes(type="date", tickformat="%Y-%m")
    figure.update_yaxes(autorange="reversed", categoryorder="array", categoryarray=[_label(row, say) for row in rows])
    figure.update_layout(legend={"entrywidth": 0}, margin={"b": 48})
    return figure


def _milliseconds(row: dict) -> int:
    return (row["ends_on"] - row["starts_on"]).days * 86_400_000


def _label(row: dict, say: Words) -> str:
    return style.shortened(style.plain(f"{row['lease_id']} · {row[say.column('tenant_name')]}"))


def _hover(row: dict, say: Words) -> str:
    return "<br>".join(
        (
            style.plain(row[say.column("tenant_name")]),
            f"{formatting.day(row['starts_on'])} – {formatting.day(row['ends_on'])}",
            f"{say('leases.last_month')} {formatting.money(row['last_month_billed_cny_fen'], say.language)}",
        )
    )


def movements(months: pl.DataFrame, say: Words) -> go.Figure:
    """What moved the billing from month to month, gains up and losses down, and the billing itself as a line.

    `months` is `queries.leases.lease_movements`, in fen; the axis is 万元 or CNY M. The first month is left out,
    for all of it is new.
    """
    divisor, unit = formatting.money_axis(say.language)
    rows = months.to_dicts()[1:]
    x = [row["month_start_on"] for row in rows]
    figure = go.Figure()
    for movement, color in MOVEMENT_COLORS.items():
        amounts = [row[f"{movement}_billed_cny_fen"] for row in rows]
        if any(amounts):
            figure.add_trace(
                go.Bar(
                    name=say(f"leases.movement_{movement}"),
                    x=x,
                    y=[amount / divisor for amount in amounts],
                    marker={"color": color},
                    hovertext=[
                        f"{formatting.month(month)}<br>{formatting.money(amount, say.language)}"
                        for month, amount in zip(x, amounts, strict=True)
                    ],
                    hoverinfo="text+name",
                )
            )
    figure.add_trace(
        go.Scatter(
            name=say("leases.closing"),
            x=x,
            y=[row["closing_billed_cny_fen"] / divisor for row in rows],
            mode="lines+markers",
            line={"color": style.LINE, "width": 2},
            hovertext=[formatting.money(row["closing_billed_cny_fen"], say.language) for row in rows],
            hoverinfo="text+name",
        )
    )
    style.framed(figure, 380, barmode="relative")
    figure.update_yaxes(title=unit, tickformat=",")
    figure.update_xaxes(tickformat="%Y-%m")
    figure.update_layout(legend={"entrywidth": 0})
    return figure


def tenants(frame: pl.DataFrame, say: Words) -> go.Figure:
    """A tree map of tenants by their billing, colored by the weakest firmness among their leases in force."""
    rows = frame.to_dicts()
    figure = go.Figure(
        go.Treemap(
            labels=[style.plain(row[say.column("tenant_name")]) for row in rows],
            ids=[row["tenant_party_id"] for row in rows],
            parents=[""] * len(rows),
            values=[row["billed_net_cny_fen"] for row in rows],
            marker={"colors": [_firmness_color(row["weakest_firmness_weight"]) for row in rows]},
            text=[
                f"{formatting.percent(row['billed_share'])}<br>"
                + formatting.money(row["billed_net_cny_fen"], say.language)
                + f"<br>{_until(row, say)}"
                for row in rows
            ],
            textinfo="label+text",
            hoverinfo="label+text",
            root={"color": "rgba(0,0,0,0)"},
        )
    )
    style.framed(figure, 360)
    figure.update_layout(margin={"t": 8})
    return figure


def _firmness_color(weight: float | None) -> str:
    """Grey where no lease is in force any more, else darker green the firmer."""
    if weight is None:
        return "#B7C0C8"
    return style.LIT if weight <= 0.5 else style.RELATED if weight <= 0.6 else style.SOLD


def _until(row: dict, say: Words) -> str:
    if row["last_end_on"] is None:
        return say("leases.gone")
    return say("leases.until", day=formatting.day(row["last_end_on"]))
