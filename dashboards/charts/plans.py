"""What plans state about their PFLOPS, beside what the catalogue knows of the same cards."""

import plotly.graph_objects as go

from dashboards import formatting
from dashboards.charts import style
from dashboards.translations import Words

FLAGGED = "#D55E00"
ROW_HEIGHT = 46


def declared_and_catalogue(rows: list[dict], say: Words) -> go.Figure:
    """Two bars a plan line: dense FP16 of the catalogue, and what the plan states; red where the two differ."""
    names = [
        f"{style.plain(style.shortened(row['plan_line_id'], 28))}<br>"
        f"{style.plain(style.shortened(row['display_name'], 28))}"
        for row in rows
    ]
    figure = go.Figure()
    figure.add_trace(
        go.Bar(
            name=say("plans.catalogue"),
            y=names,
            x=[row["catalogue_pflops"] for row in rows],
            orientation="h",
            marker={"color": style.RACKED},
            hoverinfo="x+y",
        )
    )
    for is_mismatch, color in ((False, style.PLANNED), (True, FLAGGED)):
        held = [(name, row) for name, row in zip(names, rows, strict=True) if row["is_mismatch"] == is_mismatch]
        if not held:
            continue
        figure.add_trace(
            go.Bar(
                name=say("plans.declared_off" if is_mismatch else "plans.declared"),
                y=[name for name, _ in held],
                x=[row["declared_pflops"] for _, row in held],
                orientation="h",
                marker={"color": color},
                text=[f" {formatting.multiple(row['declared_ratio_of_catalogue'])}" for _, row in held],
                textposition="outside",
                cliponaxis=False,
                hovertext=[style.plain(say(f"plans.{row['candidate_basis']}")) for _, row in held],
                hoverinfo="text+x",
            )
        )
    style.framed(figure, 130 + ROW_HEIGHT * len(rows), barmode="group", bargap=0.25, bargroupgap=0.05)
    longest = max((max(row["declared_pflops"], row["catalogue_pflops"]) for row in rows), default=1)
    figure.update_xaxes(title=say("plans.axis"), range=[0, longest * 1.15 or 1], tickformat=",")
    figure.update_yaxes(autorange="reversed", type="category")
    return figure
