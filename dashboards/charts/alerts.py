"""Alerts over time."""

import plotly.graph_objects as go

from dashboards.charts import style
from dashboards.translations import Words

COLORS = {"open": style.LIT, "seen": style.RACKED, "resolved": style.PLANNED}


def history(rows: list[dict], say: Words) -> go.Figure:
    """A line per kind and center, with a bar per alert until it was resolved or last seen; rows: `alert_texts.bars`."""
    figure = go.Figure()
    for state, color in COLORS.items():
        own = [row for row in rows if row["state"] == state]
        if not own:
            continue
        figure.add_bar(
            name=say(f"alerts.state_{state}"),
            orientation="h",
            y=[row["label"] for row in own],
            base=[row["opened_at"] for row in own],
            x=[row["milliseconds"] for row in own],
            marker={"color": color, "line": {"width": 1, "color": "rgba(255,255,255,0.6)"}},
            text=[row["hover"] for row in own],
            textposition="none",
            hovertemplate="%{text}<extra></extra>",
        )
    figure.update_xaxes(type="date", tickformat="%m-%d %H:%M<br>%Y", nticks=7)
    figure.update_yaxes(autorange="reversed")
    lines = len({row["label"] for row in rows})
    return style.framed(figure, max(180, 38 * lines + 90), barmode="overlay", showlegend=True)
