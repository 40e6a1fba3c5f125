"""Free cards by cluster: the largest block, the rest that is free, and what is let."""

import plotly.graph_objects as go
import polars as pl

from dashboards.charts import style
from dashboards.translations import Words


def free_cards(clusters: pl.DataFrame, say: Words) -> go.Figure:
    """One bar per cluster and model; `clusters` is the frame of `queries.offers.clusters`."""
    rows = clusters.to_dicts()
    names = [style.plain(f"{row[say.column('center_name')]} · {row['display_name']}") for row in rows]
    block = [row["largest_server_block_count"] for row in rows]
    other = [row["free_card_count"] - row["largest_server_block_count"] for row in rows]
    let = [row["card_count"] - row["free_card_count"] for row in rows]
    hover = [
        f"{name}<br>{say('offers.free')}: {row['free_card_count']} / {row['card_count']}<br>"
        f"{say('offers.block')}: {row['largest_server_block_count']}"
        for name, row in zip(names, rows, strict=True)
    ]
    shared = {"orientation": "h", "y": names, "width": 0.55, "hovertext": hover, "hoverinfo": "text"}
    figure = go.Figure()
    figure.add_bar(name=say("offers.block"), x=block, marker={"color": style.SOLD}, **shared)
    figure.add_bar(name=say("offers.scattered"), x=other, marker={"color": "#8FD3BD"}, **shared)
    outline = {"color": "rgba(0,0,0,0)", "line": {"width": 1, "color": style.PLANNED}}
    figure.add_bar(name=say("offers.let"), x=let, marker=outline, **shared)
    style.framed(figure, 130 + 32 * len(rows), barmode="stack")
    figure.update_xaxes(title=say("offers.card_axis"), rangemode="tozero")
    figure.update_yaxes(autorange="reversed")
    return figure
