"""Alerts over time."""

import plotly.graph_objects as go

from dashboards.charts import style
from dashboards.translations import Words

COLORS = {"open": style.LIT, "seen": style.RACKED, "resolved": style.PLANNED}


def history(rows: list[dict], say: Words) -> go.Figure:
    """One bar per alert from its opening until it was resolved or last seen; rows as `alert_texts.bars` gives them."""
    figure = go.Figure()
    for state, color in COLORS.items():
        own = [row for row in rows if row["state"] == state]
        if not own:
            continue
        figure.add_bar(
            name=say(f"alerts.state_{state}"),
            orientation="h",
            y=[style.plain(style.shortened(row["label"], 48)) for row in own],
            base=[row["opened_at"] for row in own],
            x=[row["milliseconds"] for row in own],
            marker={"color": color},
            text=[row["hover"] for row in own],
            textposition="none",
            hovertemplate="%{text}<extra></extra>",
        )
    figure.update_xaxes(type="date")
    figure.update_yaxes(autorange="reversed")
    return style.framed(figure, max(160, 26 * len(rows) + 80), barmode="overlay")
