"""Whose use lit time was, lit around the end of acceptance, and revenue that a vendor had paid for."""

from datetime import timedelta

import plotly.graph_objects as go
import polars as pl

from dashboards import formatting
from dashboards.charts import style
from dashboards.charts.intervals import gap
from dashboards.translations import Words

CLASS_COLORS = {
    "external_unrelated": style.SOLD,
    "vendor_funded": "#E69F00",
    "related": style.RELATED,
    "own": style.RACKED,
    "test": "#F0E442",
    "suspect_synthetic": "#D55E00",
    "unknown": "#CC79A7",
}


def organic_area(days: pl.DataFrame, say: Words) -> go.Figure:
    """Stacked shares of able card time by class of use; `days`: `queries.use.organic_days`, classes in order."""
    figure = go.Figure()
    for (use_class,), rows in days.group_by("use_class", maintain_order=True):
        if rows["card_seconds"].null_count() == rows.height or not rows["card_seconds"].sum():
            continue
        is_unknown = use_class == "not_known_lit"
        figure.add_trace(
            go.Scatter(
                name=say.code("use_class", use_class),
                x=rows["local_day"].to_list(),
                y=rows["share_of_able"].to_list(),
                mode="lines",
                stackgroup="use",
                line={"width": 0.5 if is_unknown else 0, "color": CLASS_COLORS.get(use_class, style.UNKNOWN)},
                fillcolor=None if is_unknown else CLASS_COLORS[use_class],
                fillpattern=style.hatch() if is_unknown else None,
                hovertemplate="%{x|%Y-%m-%d}: %{y:.1%}",
            )
        )
    style.framed(figure, 400, hovermode="x unified")
    figure.update_yaxes(range=[0, 1], tickformat=".0%", title=say("use.axis"))
    figure.update_xaxes(tickformat="%Y-%m", type="date")
    return figure


def padding_series(days: pl.DataFrame, verdict: dict, say: Words) -> go.Figure:
    """Lit of able at both bounds around the end of acceptance, the window shaded, the break dashed.

    `days`: `queries.use.padding_days`; `verdict`: a row of `queries.use.padding`.
    """
    rows = days.to_dicts()
    x = [row["local_day"] for row in rows]
    lower = [row["lit_rate_lower"] for row in rows]
    figure = go.Figure()
    figure.add_trace(
        go.Bar(
            name=say("padding.vendor"),
            x=x,
            y=[row["vendor_lit_rate_lower"] for row in rows],
            marker={"color": style.RELATED, "line": {"width": 0}},
            hovertemplate="%{x|%Y-%m-%d}: %{y:.1%}",
        )
    )
    figure.add_trace(
        go.Bar(
            name=say("word.unknown"),
            x=x,
            y=[gap(row["lit_rate_lower"], row["lit_rate_upper"]) for row in rows],
            base=lower,
            marker=style.unknown_bar(),
            hoverinfo="skip",
        )
    )
    figure.add_trace(
        go.Scatter(
            name=say("padding.lit"),
            x=x,
            y=lower,
            mode="lines+markers",
            line={"color": style.LIT, "width": 2},
            marker={"size": 5, "symbol": ["circle" if row["is_valid"] else "circle-open" for row in rows]},
            hovertemplate="%{x|%Y-%m-%d}: %{y:.1%}",
        )
    )
    style.framed(figure, 380, barmode="overlay", bargap=0)
    if rows:
        first, end = rows[0]["local_day"] - timedelta(hours=12), rows[0]["window_end_on"]
        figure.add_vrect(
            x0=first,
            x1=end - timedelta(hours=12),
            fillcolor=style.RACKED,
            opacity=0.10,
            line_width=0,
            layer="below",
            annotation={"text": say("padding.window"), "font": {"color": style.LINE}},
            annotation_position="top left",
        )
        if verdict["verdict_least"] is not None and verdict["break_on_least"] is not None:
            figure.add_vline(x=verdict["break_on_least"] - timedelta(hours=12), line={"dash": "dash", "width": 2})
            figure.add_annotation(
                x=verdict["break_on_least"],
                y=1,
                yref="paper",
                xanchor="left",
                showarrow=False,
                text=f"{say('padding.break')} {formatting.day(verdict['break_on_least'])}",
            )
    figure.update_yaxes(range=[0, 1], tickformat=".0%", title=say("use.axis"))
    figure.update_xaxes(tickformat="%Y-%m-%d", type="date")
    return figure


def revenue(months: pl.DataFrame, say: Words) -> go.Figure:
    """Revenue by month: bought, of a visible payer, not visible; `months`: `queries.use.revenue_months`."""
    scale, unit = formatting.money_axis(say.language)
    rows = months.to_dicts()
    parts = (
        ("bought.purchased", [row["purchased_cny_fen"] for row in rows], {"color": "#D55E00"}),
        ("bought.clean", [row["visible_clean_cny_fen"] for row in rows], {"color": style.SOLD}),
        ("bought.not_visible", [row["not_visible_revenue_cny_fen"] for row in rows], style.unknown_bar()),
    )
    figure = go.Figure()
    for key, amounts, marker in parts:
        figure.add_trace(
            go.Bar(
                name=say(key),
                x=[row["month_start_on"] for row in rows],
                y=[None if amount is None else amount / scale for amount in amounts],
                marker=marker,
                hovertext=[f"{say(key)}: {formatting.money(amount, say.language)}" for amount in amounts],
                hoverinfo="text+x",
            )
        )
    style.framed(figure, 320, barmode="stack")
    figure.update_yaxes(title=unit, rangemode="tozero")
    figure.update_xaxes(tickformat="%Y-%m", type="date")
    return figure
