"""What definitions in common use answer for one center and month, and how one of them comes to differ from ours."""

import plotly.graph_objects as go
import polars as pl

from dashboards import formatting
from dashboards.charts import style
from dashboards.charts.intervals import gap
from dashboards.translations import Words

UP, DOWN = "#D55E00", "#0072B2"
WHOLE = 1.0
MARGIN = 1.12
LONGEST_AXIS = 1.25
"""An answer far above 100 % is cut at this end of the axis; its value stands beside it."""


def answers(readings: pl.DataFrame, say: Words) -> go.Figure:
    """Bars of the frame of `queries.utilization.readings`, and our interval as a band behind all of them."""
    rows = readings.to_dicts()
    names = [style.plain(row[say.column("name")]) for row in rows]
    lower, upper = [row["answer_lower"] for row in rows], [row["answer_upper"] for row in rows]
    texts = [formatting.interval(low, high) for low, high in zip(lower, upper, strict=True)]
    hover = [
        f"{name}<br>{text}<br>{style.plain(row[say.column('how')])}"
        for name, text, row in zip(names, texts, rows, strict=True)
    ]
    figure = go.Figure()
    figure.add_trace(
        go.Bar(
            name=say("compare.answer"),
            y=names,
            x=lower,
            orientation="h",
            marker={"color": style.INSTALLED},
            width=0.6,
            hovertext=hover,
            hoverinfo="text",
        )
    )
    figure.add_trace(
        go.Bar(
            name=say("compare.between"),
            y=names,
            x=[gap(low, high) for low, high in zip(lower, upper, strict=True)],
            base=lower,
            orientation="h",
            marker=style.unknown_bar(),
            width=0.6,
            hovertext=hover,
            hoverinfo="text",
            showlegend=lower != upper,
        )
    )
    furthest = max([WHOLE, *upper])
    end = min(furthest, WHOLE) if furthest <= WHOLE else LONGEST_AXIS
    for name, high, text in zip(names, upper, texts, strict=True):
        is_cut = high > end
        figure.add_annotation(
            y=name,
            x=end * MARGIN if is_cut else high,
            text=f" <b>{text}</b> ",
            xanchor="right" if is_cut else "left",
            showarrow=False,
            font={"size": 12, "color": "#0B2A4A" if is_cut else None},
        )
    style.framed(figure, 120 + 34 * len(rows), barmode="overlay")
    ours = rows[0]
    figure.add_vrect(
        x0=ours["our_lower"],
        x1=ours["our_upper"],
        fillcolor=style.LIT,
        opacity=0.4,
        layer="below",
        line={"width": 1, "color": style.LIT},
        name=say("compare.ours", interval=formatting.interval(ours["our_lower"], ours["our_upper"])),
        showlegend=True,
    )
    figure.update_xaxes(range=[0, end * MARGIN], tickformat=".0%")
    figure.update_yaxes(autorange="reversed")
    figure.update_layout(margin={"r": 60})
    return figure


def waterfall(reading: dict, causes: pl.DataFrame, say: Words) -> go.Figure:
    """From our lower bound to one answer, cause by cause; `causes` is `queries.utilization.reading_gap`."""
    rows = causes.to_dicts()
    labels = [say("compare.our_lower"), *(style.plain(row[say.column("cause")]) for row in rows)]
    labels.append(style.plain(reading[say.column("name")]))
    texts = [formatting.percent(reading["our_lower"])]
    texts += [formatting.points(row["contribution"]) for row in rows]
    texts.append(formatting.percent(reading["answer_lower"]))
    figure = go.Figure(
        go.Waterfall(
            orientation="h",
            measure=["absolute", *["relative"] * len(rows), "total"],
            y=labels,
            x=[reading["our_lower"], *(row["contribution"] for row in rows), 0],
            text=texts,
            textposition="outside",
            cliponaxis=False,
            increasing={"marker": {"color": UP}},
            decreasing={"marker": {"color": DOWN}},
            totals={"marker": {"color": style.PLANNED}},
            connector={"line": {"color": style.LINE, "width": 1}},
            hovertext=[f"{label}<br>{text}" for label, text in zip(labels, texts, strict=True)],
            hoverinfo="text",
        )
    )
    style.framed(figure, 110 + 44 * len(labels))
    figure.update_xaxes(tickformat=".0%", title=say("compare.axis"))
    figure.update_yaxes(autorange="reversed")
    figure.update_layout(margin={"t": 16, "r": 70}, showlegend=False)
    return figure
