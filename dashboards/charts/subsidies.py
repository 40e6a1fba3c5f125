"""Subsidies: promised against delivered, earned against paid, and what an hour cost against the market."""

import plotly.graph_objects as go
import polars as pl

from dashboards import formatting
from dashboards.charts import style
from dashboards.charts.intervals import gap
from dashboards.translations import Words

BROAD, NARROW = 0.62, 0.28
GFLOPS_PER_PFLOPS = 1_000_000
HOURS_ORDER = ("delivered", "lit", "organic", "local")


def delivery_bullets(deliveries: pl.DataFrame, say: Words) -> go.Figure:
    """Per model: the promise as a broad bar, delivery as a narrow one (unproven: hatched), a line measured."""
    rows = deliveries.to_dicts()
    names = [style.plain(row["display_name"]) for row in rows]
    promised, lower, upper, attested = (
        [_pflops(row[column]) for row in rows]
        for column in (
            "promised_gflops",
            "delivered_gflops_lower",
            "delivered_gflops_upper",
            "attested_measured_gflops",
        )
    )
    hover = [
        f"{name}<br>{say('audit.promised')}: {_text(goal)} P<br>{say('audit.delivered')}: {_text(low)}–{_text(high)} P"
        f"<br>{say('audit.attested')}: {_text(measured)} P"
        for name, goal, low, high, measured in zip(names, promised, lower, upper, attested, strict=True)
    ]
    figure = go.Figure()
    shared = {"orientation": "h", "y": names, "hovertext": hover, "hoverinfo": "text"}
    figure.add_bar(name=say("audit.promised"), x=promised, width=BROAD, marker={"color": "#C9D1D8"}, **shared)
    figure.add_bar(name=say("audit.delivered_proven"), x=lower, width=NARROW, marker={"color": style.RACKED}, **shared)
    figure.add_bar(
        name=say("audit.delivered_unproven"),
        x=[gap(low, high) for low, high in zip(lower, upper, strict=True)],
        base=lower,
        width=NARROW,
        marker=style.unknown_bar(),
        **shared,
    )
    figure.add_scatter(
        name=say("audit.attested"),
        x=attested,
        y=names,
        mode="markers",
        marker={"symbol": "line-ns", "size": 24, "line": {"width": 3, "color": style.LIT}},
        hovertext=hover,
        hoverinfo="text",
    )
    style.framed(figure, 140 + 56 * len(rows), barmode="overlay")
    figure.update_xaxes(title=say("audit.delivery_axis"), rangemode="tozero")
    figure.update_yaxes(autorange="reversed")
    return figure


def earned_against_paid(settlements: pl.DataFrame, say: Words) -> go.Figure:
    """Per subsidy: earned as a bar with its undecided part hatched, what is not due yet in outline, paid as a line."""
    divisor, unit = formatting.money_axis(say.language)
    rows = settlements.to_dicts()
    names = [style.plain(say(f"subsidy_kind.{row['subsidy_kind']}") + f" · {row['programme_id']}") for row in rows]
    lower = [row["earned_cny_fen_lower"] / divisor for row in rows]
    unproven = [(row["earned_cny_fen_upper"] - row["earned_cny_fen_lower"]) / divisor for row in rows]
    still_open = [row["open_cny_fen"] / divisor for row in rows]
    hover = [
        f"{name}<br>{say('audit.paid_net')}: {formatting.money(row['net_paid_cny_fen'], say.language)}<br>"
        f"{say('audit.earned')}: {formatting.money(row['earned_cny_fen_lower'], say.language)} – "
        f"{formatting.money(row['earned_cny_fen_upper'], say.language)}"
        for name, row in zip(names, rows, strict=True)
    ]
    figure = go.Figure()
    shared = {"orientation": "h", "y": names, "width": 0.42, "hovertext": hover, "hoverinfo": "text"}
    figure.add_bar(name=say("audit.earned_proven"), x=lower, marker={"color": style.SOLD}, **shared)
    figure.add_bar(name=say("audit.earned_unproven"), x=unproven, marker=style.unknown_bar(), **shared)
    figure.add_bar(
        name=say("audit.open"),
        x=still_open,
        marker={"color": "rgba(0,0,0,0)", "line": {"width": 1.5, "color": style.RELATED}},
        **shared,
    )
    figure.add_scatter(
        name=say("audit.paid_net"),
        x=[row["net_paid_cny_fen"] / divisor for row in rows],
        y=names,
        mode="markers",
        marker={"symbol": "line-ns", "size": 34, "line": {"width": 3, "color": "#D55E00"}},
        hovertext=hover,
        hoverinfo="text",
    )
    style.framed(figure, 140 + 62 * len(rows), barmode="stack")
    figure.update_xaxes(title=unit, tickformat=",", rangemode="tozero")
    figure.update_yaxes(autorange="reversed")
    return figure


def cost_dots(costs: pl.DataFrame, say: Words) -> go.Figure:
    """Per kind of hours: yuan per PFLOPS-hour as an interval on a logarithmic axis; an arrow where it has no end."""
    figure = go.Figure()
    rows = [row for row in costs.to_dicts() if row["cny_per_p_hour_lower"]]
    rows.sort(key=lambda row: HOURS_ORDER.index(row["hours_kind"]))
    for row in rows:
        name = say(f"hours_kind.{row['hours_kind']}")
        low, high = row["cny_per_p_hour_lower"], row["cny_per_p_hour_upper"]
        text = f"{low:,.2f} – " + (f"{high:,.2f}" if high else say("audit.no_upper_end"))
        line = {"width": 4, "color": style.RACKED, "dash": "solid" if high else "dot"}
        figure.add_scatter(
            x=[low, high or low * 3],
            y=[name, name],
            mode="lines+markers",
            line=line,
            marker={"size": 12, "symbol": ["circle", "circle" if high else "triangle-right"], "color": style.RACKED},
            hovertext=f"{name}<br>{text}",
            hoverinfo="text",
            showlegend=False,
        )
    style.framed(figure, 130 + 46 * max(len(rows), 1))
    figure.update_xaxes(type="log", title=say("audit.cost_axis"), tickformat=",", dtick=1)
    figure.update_yaxes(autorange="reversed")
    if rows:
        market = rows[0]["market_cny_per_p_hour_low"]
        line = {"color": style.LINE, "width": 1.5, "dash": "dash"}
        figure.add_vline(x=market, line=line)
        # A label at a line would be placed by the exponent of a logarithmic axis, so the legend names it.
        figure.add_scatter(
            name=say("audit.market", price=f"{market:,.2f}"),
            x=[market],
            y=[say(f"hours_kind.{rows[0]['hours_kind']}")],
            mode="lines",
            line=line,
            hoverinfo="skip",
        )
    return figure


def local_shares(shares: pl.DataFrame, say: Words) -> go.Figure:
    """The local share on each basis as an interval; the grant's own basis is the dark one."""
    rows = [row for row in shares.to_dicts() if row["local_rate_lower"] is not None]
    lower = [row["local_rate_lower"] for row in rows]
    upper = [row["local_rate_upper"] for row in rows]
    names = [
        say(f"local_basis.{row['basis']}") + f"  {formatting.interval(low, high)}"
        for row, low, high in zip(rows, lower, upper, strict=True)
    ]
    shared = {"orientation": "h", "y": names, "width": 0.42, "hovertext": names, "hoverinfo": "text"}
    figure = go.Figure()
    figure.add_bar(
        name=say("audit.local_proven"),
        x=lower,
        marker={"color": [style.RACKED if row["is_programme_basis"] else style.INSTALLED for row in rows]},
        **shared,
    )
    figure.add_bar(
        name=say("audit.local_unknown"),
        x=[gap(a, b) for a, b in zip(lower, upper, strict=True)],
        base=lower,
        marker=style.unknown_bar(),
        **shared,
    )
    style.framed(figure, 120 + 44 * max(len(rows), 1), barmode="overlay")
    figure.update_xaxes(range=[0, 1], tickformat=".0%", title=say("audit.local_axis"))
    figure.update_yaxes(autorange="reversed")
    return figure


def _pflops(gflops: object) -> float | None:
    return None if gflops is None else float(gflops) / GFLOPS_PER_PFLOPS


def _text(pflops: float | None) -> str:
    return formatting.NOTHING if pflops is None else f"{pflops:,.2f}"
