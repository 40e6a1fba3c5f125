"""Energy by month and by day, tokens by tenant and cards held by pods, each beside how much of it is known."""

import plotly.graph_objects as go
import polars as pl
from plotly.subplots import make_subplots

from dashboards import formatting
from dashboards.charts import style
from dashboards.charts.intervals import gap
from dashboards.translations import Words

LAYERS = (("facility", style.PLANNED), ("machine", style.RACKED), ("device", style.LIT))
"""From the grid inward: the whole center, its machines, their cards. Each is inside the one before, never beside it."""

SCOPES = {
    "bill": style.PLANNED,
    "site": style.INSTALLED,
    "pdu": style.SOLD,
    "cabinet": style.RELATED,
    "server": style.RACKED,
    "device": style.LIT,
}
TARIFF_COLORS = {
    "sharp": style.STATE_COLORS["in_breach"],
    "peak": style.LIT,
    "flat": style.PLANNED,
    "valley": style.RELATED,
    "deep_valley": style.RACKED,
}
TENANT_COLORS = (style.RACKED, style.LIT, style.SOLD, style.RELATED, style.PLANNED, style.INSTALLED)


def monthly_energy(months: pl.DataFrame, say: Words) -> go.Figure:
    """Energy of the center, its machines and its cards above, PUE below; `months` is `queries.usage.energy_months`.

    A hollow mark is an upper bound: part of what the machines drew is not known.
    """
    rows = months.to_dicts()
    has_pue = any(row["pue_upper"] is not None for row in rows)
    heights = [0.68, 0.32] if has_pue else [1.0]
    figure = make_subplots(rows=len(heights), cols=1, shared_xaxes=True, row_heights=heights, vertical_spacing=0.07)
    x = [row["month_start_on"] for row in rows]
    for layer, color in LAYERS:
        values = [formatting.in_kwh(row[f"{layer}_energy_wh"]) for row in rows]
        if any(value is not None for value in values):
            hover = [_month_hover(row, layer, say) for row in rows]
            figure.add_trace(
                go.Bar(
                    name=say(f"energy.layer_{layer}"),
                    x=x,
                    y=values,
                    marker={"color": color},
                    hovertext=hover,
                    hoverinfo="text",
                ),
                row=1,
                col=1,
            )
    for key, column, symbol in (("pue", "pue", "circle"), ("pue_upper", "pue_upper", "circle-open")):
        is_other = [row["pue"] is not None and column == "pue_upper" for row in rows]
        values = [None if skip else row[column] for row, skip in zip(rows, is_other, strict=True)]
        if any(value is not None for value in values):
            hover = [f"{formatting.month(row['month_start_on'])}<br>{formatting.pue(row[column])}" for row in rows]
            figure.add_trace(
                go.Scatter(
                    name=say(f"energy.{key}"),
                    x=x,
                    y=values,
                    mode="markers",
                    marker={"symbol": symbol, "size": 10, "color": style.LINE, "line": {"width": 2}},
                    hovertext=hover,
                    hoverinfo="text+name",
                ),
                row=2,
                col=1,
            )
    style.framed(figure, 470 if has_pue else 340, barmode="group", bargap=0.25, showlegend=True)
    figure.update_yaxes(title=say("energy.kwh"), tickformat=",", rangemode="tozero", row=1, col=1)
    if has_pue:
        figure.update_yaxes(title="PUE", tickformat=".2f", row=2, col=1)
        figure.add_hline(y=1, line={"color": style.LINE, "width": 1}, row=2, col=1)
    figure.update_xaxes(tickformat="%Y-%m", dtick="M1", row=len(heights), col=1)
    return figure


def _month_hover(row: dict, layer: str, say: Words) -> str:
    lines = [
        formatting.month(row["month_start_on"]),
        f"{say(f'energy.layer_{layer}')}: {formatting.kwh(row[f'{layer}_energy_wh'])}",
    ]
    if layer != "device":
        scope = row[f"{layer}_meter_scope"]
        lines.append(say(f"energy.scope_{scope}") if scope else formatting.NOTHING)
        lines.append(f"{say('energy.known')}: {formatting.percent(row[f'{layer}_known_rate_of_expected'])}")
    return "<br>".join(lines)


def tariff_periods(months: pl.DataFrame, say: Words) -> go.Figure | None:
    """Billed energy of each month by tariff period; None where no bill tells any."""
    rows = months.to_dicts()
    figure = go.Figure()
    for period, color in TARIFF_COLORS.items():
        values = [formatting.in_kwh(row[f"bill_{period}_wh"]) for row in rows]
        if not any(values):
            continue
        hover = [
            f"{formatting.month(row['month_start_on'])}<br>{formatting.kwh(row[f'bill_{period}_wh'])}" for row in rows
        ]
        figure.add_trace(
            go.Bar(
                name=say(f"energy.tariff_{period}"),
                x=[row["month_start_on"] for row in rows],
                y=values,
                marker={"color": color},
                hovertext=hover,
                hoverinfo="text+name",
            )
        )
    if not figure.data:
        return None
    style.framed(figure, 320, barmode="stack", bargap=0.3)
    figure.update_yaxes(title=say("energy.kwh"), tickformat=",")
    figure.update_xaxes(tickformat="%Y-%m", dtick="M1")
    return figure


def daily_energy(days: pl.DataFrame, say: Words) -> go.Figure:
    """Energy of each day by way of measuring, and below it the share of the meters' time that is known."""
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, row_heights=[0.68, 0.32], vertical_spacing=0.07)
    for scope, color in SCOPES.items():
        rows = days.filter(pl.col("meter_scope") == scope).to_dicts()
        if not rows:
            continue
        name, x = say(f"energy.scope_{scope}"), [row["local_day"] for row in rows]
        hover = [
            f"{formatting.day(row['local_day'])}<br>{formatting.kwh(row['energy_wh'])}<br>"
            f"{say('energy.known')}: {formatting.percent(row['known_rate_of_expected'])}"
            for row in rows
        ]
        lines = {"mode": "lines+markers", "line": {"color": color, "width": 2}, "marker": {"size": 4}}
        shared = {"name": name, "x": x, "hovertext": hover, "hoverinfo": "text+name", "legendgroup": scope}
        energies = [formatting.in_kwh(row["energy_wh"]) for row in rows]
        figure.add_trace(go.Scatter(**shared, **lines, y=energies), row=1, col=1)
        known = [row["known_rate_of_expected"] for row in rows]
        figure.add_trace(go.Scatter(**shared, **lines, y=known, showlegend=False), row=2, col=1)
    style.framed(figure, 430)
    figure.update_yaxes(title=say("energy.kwh"), tickformat=",", rangemode="tozero", row=1, col=1)
    figure.update_yaxes(title=say("energy.known"), range=[0, 1.04], tickvals=[0, 1], tickformat=".0%", row=2, col=1)
    figure.update_xaxes(tickformat="%m-%d", row=2, col=1)
    return figure


def daily_tokens(days: pl.DataFrame, say: Words) -> go.Figure:
    """Tokens of each day by tenant, and hatched above them what only some of the conflicting lines say.

    `days` has one row per day and tenant with `token_count_lower` and `token_count_upper`.
    """
    figure = go.Figure()
    tenants = sorted(set(days["tenant_name"]))
    for place, tenant in enumerate(tenants):
        rows = days.filter(pl.col("tenant_name") == tenant).to_dicts()
        label = style.plain(tenant) or say("energy.no_tenant")
        figure.add_trace(
            go.Bar(
                name=style.shortened(label),
                x=[row["local_day"] for row in rows],
                y=[row["token_count_lower"] for row in rows],
                marker={"color": TENANT_COLORS[place % len(TENANT_COLORS)]},
                hovertext=[
                    f"{formatting.day(row['local_day'])}<br>{label}<br>"
                    + formatting.count_interval(row["token_count_lower"], row["token_count_upper"])
                    for row in rows
                ],
                hoverinfo="text",
            )
        )
    disputed = [(row["local_day"], gap(row["token_count_lower"], row["token_count_upper"])) for row in days.to_dicts()]
    disputed = [(day, amount) for day, amount in disputed if amount]
    if disputed:
        figure.add_trace(
            go.Bar(
                name=say("energy.disputed"),
                x=[day for day, _ in disputed],
                y=[amount for _, amount in disputed],
                marker=style.unknown_bar(),
                hoverinfo="y+name",
            )
        )
    style.framed(figure, 360, barmode="stack", bargap=0.2)
    figure.update_yaxes(title=say("energy.tokens"), tickformat=",")
    figure.update_xaxes(tickformat="%m-%d")
    return figure


def daily_pods(days: pl.DataFrame, say: Words) -> go.Figure:
    """Card-hours that pods are known to have held beside those handed over under leases, day by day."""
    rows = days.to_dicts()
    figure = go.Figure()
    for key, column, color in (
        ("energy.racked_cards", "racked_card_seconds_upper", style.PLANNED),
        ("energy.lease_cards", "lease_allocated_card_seconds", style.SOLD),
        ("energy.pod_cards", "pod_allocated_card_seconds", style.RACKED),
    ):
        figure.add_trace(
            go.Bar(
                name=say(key),
                x=[formatting.day(row["local_day"]) for row in rows],
                y=[formatting.in_hours(row[column]) for row in rows],
                marker={"color": color},
                hovertext=[
                    f"{formatting.day(row['local_day'])}<br>{formatting.card_hours(row[column])}<br>"
                    f"{say('energy.seen')}: {formatting.percent(row['seen_rate_of_day'])}"
                    for row in rows
                ],
                hoverinfo="text+name",
            )
        )
    style.framed(figure, 320, barmode="group", bargap=0.3)
    figure.update_yaxes(title=say("lit.card_hours"), tickformat=",")
    figure.update_xaxes(type="category")
    return figure
