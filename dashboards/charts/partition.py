"""The closed partition of planned card-time: classes stacked over days, and the way from plan to lit in one month."""

from math import ceil

import plotly.graph_objects as go
import polars as pl

from dashboards import formatting
from dashboards.charts import style
from dashboards.translations import Words

COLORS = {
    "able_lit_sold_allocated": "#E69F00",
    "able_lit_sold_unallocated": "#EDB94D",
    "able_lit_unsold_allocated": "#F2CF85",
    "able_lit_unsold_unallocated": "#F7E4BC",
    "able_idle_sold_allocated": "#0072B2",
    "able_idle_sold_unallocated": "#3F93C4",
    "able_idle_unsold_allocated": "#7FB5D6",
    "able_idle_unsold_unallocated": "#B5D4E8",
    "excused_maintenance": "#009E73",
    "maintenance": "#4DBB9D",
    "fault": "#D55E00",
    "excused_rma": "#99D8C7",
    "rma": "#E58B4D",
    "installed_not_able": "#CC79A7",
    "delivered_not_installed": "#DDA6C4",
    "retired": "#5B1A52",
    "planned_not_delivered": "#B7C0C8",
}
"""Color of every class but the unknown ones, which are hatched: orange lit, blue idle, green excused, red down."""


def class_days(days: pl.DataFrame, say: Words) -> go.Figure:
    """Card-hours of each class by local day, stacked up to the plan; `days` is the frame of `partition_days`."""
    figure = go.Figure()
    for rows in days.partition_by("class_id", maintain_order=True):
        classed = rows.to_dicts()
        name = classed[0][say.column("name")]
        figure.add_trace(
            go.Bar(
                name=name,
                x=[row["local_day"] for row in classed],
                y=[row["planned_card_seconds"] / formatting.SECONDS_PER_HOUR for row in classed],
                marker=_marker(classed[0]["class_id"]),
                hovertext=[_hover(row, name, formatting.day(row["local_day"])) for row in classed],
                hoverinfo="text",
            )
        )
    style.framed(figure, 540, barmode="stack", bargap=0.08)
    figure.update_yaxes(title=say("lit.card_hours"), tickformat=",")
    figure.update_xaxes(tickformat="%m-%d")
    return style.legend_below(figure)


def filters(rows: list[dict], names: dict[str, str], say: Words) -> go.Figure:
    """A bar per filter (`names` by its id), stacked by class up to its part of the plan; rows are of one month."""
    figure = go.Figure()
    classes = {row["class_id"]: row for row in sorted(rows, key=lambda row: row["class_order"])}
    for class_id, first in classes.items():
        held = [row for row in rows if row["class_id"] == class_id and row["planned_card_seconds"] > 0]
        if not held:
            continue
        name = first[say.column("name")]
        figure.add_trace(
            go.Bar(
                name=name,
                y=[style.plain(names[row["filter_id"]]) for row in held],
                x=[row["planned_card_seconds"] / formatting.SECONDS_PER_HOUR for row in held],
                orientation="h",
                marker=_marker(class_id),
                hovertext=[_hover(row, name, style.plain(names[row["filter_id"]])) for row in held],
                hoverinfo="text",
            )
        )
    shown = list(dict.fromkeys(row["filter_id"] for row in rows if row["plan_card_seconds"]))
    style.framed(figure, 200 + 26 * len(shown), barmode="stack", bargap=0.2)
    style.legend_below(figure)
    figure.update_xaxes(title=say("lit.card_hours"), tickformat=",")
    figure.update_yaxes(
        categoryorder="array", categoryarray=[style.plain(names[key]) for key in reversed(shown)], type="category"
    )
    return figure


def plan_to_lit(classes: list[dict], say: Words) -> go.Figure:
    """From the plan down to lit, one step a class, largest class order first; `classes` are rows of a month."""
    shown = [row for row in reversed(classes) if row["planned_card_seconds"] > 0]
    left = shown[0]["plan_card_seconds"] if shown else 0
    names, bases, lengths, markers, texts, hovers = [say("ladder.planned")], [0], [left], [], [], []
    markers.append({"color": style.PLANNED})
    texts.append(formatting.card_hours(left))
    hovers.append(say("ladder.planned"))
    for row in shown:
        seconds = row["planned_card_seconds"]
        left -= seconds
        names.append(row[say.column("name")])
        bases.append(left)
        lengths.append(seconds)
        markers.append(_marker(row["class_id"]))
        texts.append(f"{formatting.card_hours(seconds)} · {formatting.percent(row['share_of_plan'])}")
        hovers.append(_hover(row, names[-1], ""))
    figure = go.Figure()
    for name, base, length, marker, text, hover in zip(names, bases, lengths, markers, texts, hovers, strict=True):
        figure.add_trace(
            go.Bar(
                y=[name],
                base=[base / formatting.SECONDS_PER_HOUR],
                x=[length / formatting.SECONDS_PER_HOUR],
                orientation="h",
                marker=marker,
                width=0.7,
                text=[f" {text}"],
                textposition="outside",
                cliponaxis=False,
                hovertext=[hover],
                hoverinfo="text",
                showlegend=False,
            )
        )
    style.framed(figure, 90 + 34 * len(names), barmode="overlay")
    longest = lengths[0] / formatting.SECONDS_PER_HOUR
    figure.update_xaxes(title=say("lit.card_hours"), range=[0, longest * 1.3 or 1], tickformat=",")
    figure.update_yaxes(autorange="reversed")
    return figure


def rate_intervals(rates: list[dict], say: Words) -> go.Figure:
    """One line per rate from its lower to its upper bound; solid up to what is proven, hatched where unknown."""
    names = [style.shortened(row[say.column("name")], 44) for row in rates]
    texts = [formatting.interval(row["lower"], row["upper"]) for row in rates]
    hovers = [
        f"{style.plain(row[say.column('formula')])}<br>{style.plain(say.code('basis', row['basis']))}" for row in rates
    ]
    figure = go.Figure()
    figure.add_trace(
        go.Bar(
            name=say("ladder.proven"),
            y=names,
            x=[row["lower"] for row in rates],
            orientation="h",
            marker={"color": style.RACKED},
            width=0.62,
            hovertext=hovers,
            hoverinfo="text+y",
        )
    )
    figure.add_trace(
        go.Bar(
            name=say("word.unknown"),
            y=names,
            base=[row["lower"] for row in rates],
            x=[row["upper"] - row["lower"] for row in rates],
            orientation="h",
            marker=style.unknown_bar(),
            width=0.62,
            text=[f" {text}" for text in texts],
            textposition="outside",
            cliponaxis=False,
            hovertext=hovers,
            hoverinfo="text+y",
        )
    )
    style.framed(figure, 100 + 26 * len(names), barmode="overlay")
    highest = max((row["upper"] for row in rates), default=1)
    # Room for the texts beside the bars is no part of the scale.
    ticks = [fifth / 5 for fifth in range(ceil(max(1, highest) * 5) + 1)]
    figure.update_xaxes(range=[0, max(1, highest) * 1.2], tickformat=".0%", tickvals=ticks)
    figure.update_yaxes(autorange="reversed")
    return figure


EVIDENCE_LIT = (
    ("lit_card_seconds", "#E69F00", ""),
    ("lit_by_power_card_seconds", "#CC79A7", ""),
    ("declared_lit_card_seconds", "#8D969E", "x"),
)
"""Lit by counters, by power, by the operator's word: column, color, pattern."""


def evidence(classes: list[dict], say: Words) -> go.Figure:
    """Able card-hours of each evidence class, and within them what counters, power or the operator call lit."""
    names = [say(f"evidence.{row['evidence_class']}") for row in classes]
    figure = go.Figure(
        go.Bar(
            name=say("evidence.able"),
            y=names,
            x=[row["able_card_seconds"] / formatting.SECONDS_PER_HOUR for row in classes],
            orientation="h",
            width=0.7,
            marker={"color": "#DCE3E9"},
            text=[f" {formatting.card_hours(row['able_card_seconds'])}" for row in classes],
            textposition="outside",
            cliponaxis=False,
            hoverinfo="text+y",
        )
    )
    for column, color, pattern in EVIDENCE_LIT:
        figure.add_trace(
            go.Bar(
                name=say(f"evidence.{column}"),
                y=names,
                x=[row[column] / formatting.SECONDS_PER_HOUR for row in classes],
                base=[_lit_before(row, column) / formatting.SECONDS_PER_HOUR for row in classes],
                orientation="h",
                width=0.45,
                marker={"color": color, "pattern": {"shape": pattern}},
                hovertext=[formatting.card_hours(row[column]) for row in classes],
                hoverinfo="text+y",
            )
        )
    style.framed(figure, 130 + 42 * len(names), barmode="overlay")
    longest = max((row["able_card_seconds"] for row in classes), default=0) / formatting.SECONDS_PER_HOUR
    figure.update_xaxes(title=say("lit.card_hours"), range=[0, longest * 1.2 or 1], tickformat=",")
    figure.update_yaxes(autorange="reversed")
    return figure


def _lit_before(row: dict, column: str) -> int:
    """Where a column's bar begins: after the stronger kinds of evidence of the same row."""
    columns = [name for name, _, _ in EVIDENCE_LIT]
    return sum(row[name] for name in columns[: columns.index(column)])


def _marker(class_id: str) -> dict:
    return {"color": COLORS[class_id], "line": {"width": 0}} if class_id in COLORS else style.unknown_bar()


def _hover(row: dict, name: str, day: str) -> str:
    lines = [name, formatting.card_hours(row["planned_card_seconds"]), formatting.percent(row["share_of_plan"])]
    if row["beyond_plan_card_seconds"]:
        lines.append(f"+ {formatting.card_hours(row['beyond_plan_card_seconds'])}")
    return "<br>".join([day, *lines] if day else lines)
