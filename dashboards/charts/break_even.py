"""From what use on a center earns its cost: frontiers of racked and sold, prices needed, price against sales."""

import plotly.graph_objects as go
import polars as pl

from dashboards import formatting
from dashboards.charts import style
from dashboards.translations import Words

COLORS = {
    "cash": style.SOLD,
    "accounting": style.RACKED,
    "payback_in_life": style.RELATED,
    "full_cost": style.LIT,
}
DASHES = {"cash": "dot", "accounting": "solid", "payback_in_life": "dash", "full_cost": "longdash"}


def frontier(points: pl.DataFrame, centers: pl.DataFrame, center_id: str, say: Words) -> go.Figure:
    """Four frontiers of one center with its own point; other centers' points lie grey beside it.

    `points` is the frame of `queries.money.break_even_frontier`, `centers` that of `queries.money.break_even`.
    """
    figure = go.Figure()
    for threshold, color in COLORS.items():
        rows = points.filter(pl.col("threshold") == threshold).sort("racked_share_bp").to_dicts()
        if rows:
            name = say(f"break_even.threshold_{threshold}")
            figure.add_trace(
                go.Scatter(
                    name=name,
                    x=[row["racked_share_bp"] / 10_000 for row in rows],
                    y=[row["sold_share_of_racked"] for row in rows],
                    mode="lines",
                    line={"color": color, "dash": DASHES[threshold], "width": 2.5},
                    hovertext=[
                        f"{name}<br>{_racked_sold(row['racked_share_bp'] / 10_000, row['sold_share_of_racked'], say)}"
                        for row in rows
                    ],
                    hoverinfo="text",
                )
            )
    places = centers.filter((pl.col("threshold") == "accounting") & pl.col("sold_share_of_racked").is_not_null())
    own, others = places.filter(pl.col("center_id") == center_id), places.filter(pl.col("center_id") != center_id)
    for rows, name, color, size in (
        (others.to_dicts(), say("break_even.other_centers"), style.UNKNOWN, 9),
        (own.to_dicts(), say("break_even.this_center"), "#D55E00", 15),
    ):
        figure.add_trace(
            go.Scatter(
                name=name,
                x=[row["racked_share_upper"] for row in rows],
                y=[row["sold_share_of_racked"] for row in rows],
                error_x={
                    "type": "data",
                    "symmetric": False,
                    "array": [0] * len(rows),
                    "arrayminus": [row["racked_share_upper"] - row["racked_share_lower"] for row in rows],
                    "color": color,
                },
                mode="markers",
                marker={"color": color, "size": size, "symbol": "diamond", "line": {"width": 1, "color": "white"}},
                hovertext=[
                    f"{style.plain(row[say.column('center_name')])}<br>"
                    + _racked_sold(row["racked_share_upper"], row["sold_share_of_racked"], say)
                    for row in rows
                ],
                hoverinfo="text",
            )
        )
    style.framed(figure, 430)
    figure.update_xaxes(title=say("break_even.racked_axis"), range=[0, 1.05], tickformat=".0%")
    figure.update_yaxes(title=say("break_even.sold_axis"), range=[0, 1.05], tickformat=".0%")
    figure.update_layout(legend={"entrywidth": 0})
    return figure


def _racked_sold(racked: float, sold: float, say: Words) -> str:
    return say("break_even.point", racked=formatting.percent(racked), sold=formatting.percent(sold))


def prices(rows: list[dict], say: Words) -> go.Figure:
    """The price collected today against the price that today's sales would need, per threshold, in yuan."""
    labels = [say(f"break_even.threshold_{row['threshold']}") for row in rows]
    needed = [row["price_needed_cny_fen_per_card_hour"] for row in rows]
    today = rows[0]["price_cny_fen_per_card_hour"]
    figure = go.Figure(
        go.Bar(
            name=say("break_even.price_needed"),
            x=[fen / formatting.FEN_PER_YUAN for fen in needed],
            y=labels,
            orientation="h",
            marker={"color": [COLORS[row["threshold"]] for row in rows]},
            text=[formatting.unit_price(round(fen), say.language) for fen in needed],
            textposition="inside",
            insidetextanchor="start",
            hoverinfo="skip",
        )
    )
    style.framed(figure, 260, showlegend=False)
    if today is not None:
        figure.add_vline(
            x=today / formatting.FEN_PER_YUAN,
            line={"color": style.LINE, "width": 2, "dash": "dash"},
            annotation={"text": say("break_even.price_today", price=formatting.unit_price(round(today), say.language))},
            annotation_position="top",
        )
    figure.update_xaxes(title=say("break_even.price_axis"), rangemode="tozero")
    figure.update_yaxes(autorange="reversed")
    return figure


def price_and_sales(grid: pl.DataFrame, today_share: float | None, say: Words) -> go.Figure:
    """Net cash of a year by price and sold share, zero in the middle of the scale."""
    divisor, unit = formatting.money_axis(say.language)
    wide = grid.sort("price_bp", "sold_share_bp")
    shares = sorted(set(wide["sold_share_bp"]))
    levels = wide.group_by("price_bp", maintain_order=True).agg("yearly_cash_cny_fen", "price_cny_fen_per_card_hour")
    amounts = [[fen / divisor for fen in row] for row in levels["yearly_cash_cny_fen"]]
    figure = go.Figure(
        go.Heatmap(
            x=[share / 10_000 for share in shares],
            y=[
                f"{bp / 100:.0f} % · {formatting.unit_price(round(row[0]), say.language)}"
                for bp, row in zip(levels["price_bp"], levels["price_cny_fen_per_card_hour"], strict=True)
            ],
            z=amounts,
            zmid=0,
            colorscale=[[0, "#A03C00"], [0.5, "#F2F2F2"], [1, "#0072B2"]],
            text=[[formatting.money_figure(fen, say.language) for fen in row] for row in levels["yearly_cash_cny_fen"]],
            texttemplate="%{text}",
            colorbar={"title": {"text": unit}},
            hoverinfo="skip",
            xgap=2,
            ygap=2,
        )
    )
    style.framed(figure, 440)
    if today_share is not None:
        figure.add_annotation(
            x=today_share,
            y=1,
            yref="paper",
            ay=-22,
            ax=0,
            text=say("break_even.share_today", share=formatting.percent(today_share)),
            arrowhead=2,
            arrowcolor=style.LINE,
        )
    figure.update_xaxes(title=say("break_even.share_axis"), tickformat=".0%", tickvals=[bp / 10_000 for bp in shares])
    figure.update_yaxes(title=say("break_even.price_share_axis"))
    return figure
