"""By how much each cause moved the figures of one center: one row of bars per figure, in percentage points."""

import plotly.graph_objects as go
import polars as pl

from dashboards import formatting
from dashboards.charts import style
from dashboards.translations import Words

COLORS = {
    "definition_change": "#7B5EA7",
    "late_data": "#56B4E9",
    "correction": "#D55E00",
    "reclassification": "#009E73",
}


def parts(rows: pl.DataFrame, say: Words) -> go.Figure:
    """Bars of the frame of `queries.restatements.figures`; what a cause adds lies right of zero, what it takes left."""
    labels = [style.plain(row[say.column("name")] or row["metric_id"]) for row in rows.to_dicts()]
    figure = go.Figure()
    for cause, color in COLORS.items():
        values = rows[cause].to_list()
        if not any(values):
            continue
        texts = [
            f"{label}<br>{say(f'cause.{cause}')} {formatting.points(value, 2)}"
            for label, value in zip(labels, values, strict=True)
        ]
        figure.add_trace(
            go.Bar(
                name=say(f"cause.{cause}"),
                y=labels,
                x=values,
                orientation="h",
                marker={"color": color},
                width=0.6,
                hovertext=texts,
                hoverinfo="text",
            )
        )
    style.framed(figure, 130 + 34 * len(labels), barmode="relative")
    figure.update_xaxes(tickformat="+.1%", title=say("restatements.axis"), zeroline=True)
    figure.update_yaxes(autorange="reversed", automargin=True)
    return figure
