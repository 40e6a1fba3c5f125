"""Lit of each cabinet, a square a day: cabinets down, days across; what is unknown of a square is hatched."""

import plotly.graph_objects as go
import polars as pl

from dashboards import formatting
from dashboards.charts import style
from dashboards.translations import Words

LIT_SCALE = [[0.0, "#E4EBF1"], [0.05, "#FBEBC8"], [0.5, "#EDB94D"], [1.0, "#B86E00"]]
"""From idle, a pale blue grey, over pale to deep orange: lit."""

DOWN = "#7A5B52"
SQUARE = 0.86


def cabinet_heat(days: pl.DataFrame, say: Words) -> go.Figure:
    """`days` is the frame of `queries.evidence_breaks.cabinet_days`; a day on which no card was able is brown."""
    rows = days.to_dicts()
    places = list(dict.fromkeys(row["place_id"] for row in rows))
    lowest = {place: number - SQUARE / 2 for number, place in enumerate(places)}
    able = [row for row in rows if row["able_card_seconds"]]
    known = [row for row in able if row["known_rate_of_able"]]
    unknown = [row for row in able if row["unknown_card_seconds"]]
    down = [row for row in rows if not row["able_card_seconds"]]
    figure = go.Figure()
    figure.add_trace(
        go.Bar(
            name=say("ladder.lit"),
            x=[row["local_day"] for row in known],
            base=[lowest[row["place_id"]] + SQUARE * row["unknown_rate_of_able"] for row in known],
            y=[SQUARE * row["known_rate_of_able"] for row in known],
            marker={
                "color": [row["lit_rate_of_known"] for row in known],
                "colorscale": LIT_SCALE,
                "cmin": 0,
                "cmax": 1,
                "line": {"width": 0},
                "colorbar": {
                    "title": {"text": say("cabinets.lit_of_known"), "side": "right"},
                    "tickformat": ".0%",
                    "thickness": 10,
                    "outlinewidth": 0,
                },
            },
            hovertext=[_hover(row, say) for row in known],
            hoverinfo="text",
            showlegend=False,
        )
    )
    for name, held, marker, share in (
        (say("word.unknown"), unknown, style.unknown_bar(), lambda row: row["unknown_rate_of_able"]),
        (say("cabinets.nothing_able"), down, {"color": DOWN, "line": {"width": 0}}, lambda row: 1),
    ):
        figure.add_trace(
            go.Bar(
                name=name,
                x=[row["local_day"] for row in held],
                base=[lowest[row["place_id"]] for row in held],
                y=[SQUARE * share(row) for row in held],
                marker=marker,
                hovertext=[_hover(row, say) for row in held],
                hoverinfo="text",
            )
        )
    style.framed(figure, 130 + 26 * len(places), barmode="overlay", bargap=0.08)
    figure.update_xaxes(tickformat="%m-%d", showgrid=False)
    figure.update_yaxes(
        tickvals=list(range(len(places))),
        ticktext=[style.plain(style.shortened(place, 24)) for place in places],
        range=[len(places) - 0.4, -0.6],
        showgrid=False,
        zeroline=False,
    )
    return figure


def _hover(row: dict, say: Words) -> str:
    lines = [style.plain(row["place_id"]), formatting.day(row["local_day"])]
    if row["able_card_seconds"]:
        bounds = formatting.interval(row["lit_rate_of_able_lower"], row["lit_rate_of_able_upper"])
        lines += [
            f"{say('cabinets.lit_of_able')}: {bounds}",
            f"{say('word.coverage')}: {formatting.percent(row['known_rate_of_able'])}",
        ]
    else:
        lines.append(say("cabinets.nothing_able"))
    if row["down_card_seconds"]:
        lines.append(f"{say('cabinets.down')}: {formatting.card_hours(row['down_card_seconds'])}")
    return "<br>".join(lines)
