"""Shares as intervals: a solid bar up to the lower bound, hatched from there to the upper bound."""

import plotly.graph_objects as go
import polars as pl

from dashboards import formatting
from dashboards.charts import style
from dashboards.translations import Words

BAR = 0.3


def lit_by_center(center_months: pl.DataFrame, say: Words) -> go.Figure:
    """Lit of racked per center in one month; `center_months` is the frame of the query of that name.

    Names stand above the bars, so that a long one takes no room from them.
    """
    rows = center_months.to_dicts()
    ids = [row["center_id"] for row in rows]
    lower = [row["lit_rate_of_racked_lower"] for row in rows]
    upper = [row["lit_rate_of_racked_upper"] for row in rows]
    texts = [formatting.interval(low, high) for low, high in zip(lower, upper, strict=True)]
    names = [row[say.column("center_name")] for row in rows]
    hover = [f"{style.plain(name)}<br>{text}" for name, text in zip(names, texts, strict=True)]
    figure = go.Figure()
    figure.add_trace(
        go.Bar(
            name=say("ladder.proven"),
            y=ids,
            x=lower,
            orientation="h",
            width=BAR,
            marker={"color": style.LIT, "line": {"width": 0}},
            hovertext=hover,
            hoverinfo="text",
        )
    )
    figure.add_trace(
        go.Bar(
            name=say("word.unknown"),
            y=ids,
            x=[gap(low, high) for low, high in zip(lower, upper, strict=True)],
            base=lower,
            orientation="h",
            width=BAR,
            marker=style.unknown_bar(),
            hovertext=hover,
            hoverinfo="text",
        )
    )
    for center_id, name, text in zip(ids, names, texts, strict=True):
        for label, x, anchor in ((style.plain(style.shortened(name)), 0, "left"), (f"<b>{text}</b>", 1, "right")):
            figure.add_annotation(
                y=center_id, x=x, text=label, xanchor=anchor, yshift=19, showarrow=False, font={"size": 12}
            )
    style.framed(figure, 130 + 58 * len(rows), barmode="overlay")
    figure.update_xaxes(
        range=[0, 1],
        tickvals=[0, 0.2, 0.4, 0.6, 0.8, 1],
        tickformat=".0%",
        ticklabeloverflow="allow",
        title=say("lit.rate_axis"),
    )
    figure.update_yaxes(visible=False, range=[len(rows) - 0.6, -0.75])
    return figure


def gap(lower: float | int | None, upper: float | int | None) -> float | int | None:
    """Length of the unknown part to draw between two bounds."""
    return None if lower is None or upper is None else upper - lower
