"""The ladder of one center and month: planned, installed, racked, sold, lit, each with its unknown part."""

import plotly.graph_objects as go

from dashboards import formatting
from dashboards.charts import style
from dashboards.charts.intervals import gap
from dashboards.translations import Words

STEPS = (
    ("planned", "planned_card_seconds", "planned_card_seconds", style.PLANNED),
    ("installed", "installed_card_seconds", "installed_card_seconds", style.INSTALLED),
    ("racked", "racked_card_seconds_lower", "racked_card_seconds_upper", style.RACKED),
    ("sold", "sold_card_seconds", "sold_card_seconds", style.SOLD),
    ("lit", "lit_card_seconds_lower", "lit_card_seconds_upper", style.LIT),
)
THRESHOLDS_PCT = (1, 5, 10, 20)


def ladder(month: dict, say: Words) -> go.Figure:
    """Bars in card-hours from one row of `center_month_series`; the unknown part is hatched grey."""
    names = [say(f"ladder.{step}") for step, *_ in STEPS]
    lower = [month[low] for _, low, _, _ in STEPS]
    upper = [month[high] for _, _, high, _ in STEPS]
    texts = [formatting.card_hours_interval(low, high) for low, high in zip(lower, upper, strict=True)]
    figure = go.Figure()
    figure.add_trace(
        go.Bar(
            name=say("ladder.proven"),
            y=names,
            x=[_hours(seconds) for seconds in lower],
            orientation="h",
            marker={"color": [color for *_, color in STEPS]},
            width=0.62,
            hovertext=texts,
            hoverinfo="text+y",
            showlegend=False,
        )
    )
    figure.add_trace(
        go.Bar(
            name=say("word.unknown"),
            y=names,
            orientation="h",
            base=[_hours(seconds) for seconds in lower],
            x=[_hours(gap(low, high)) for low, high in zip(lower, upper, strict=True)],
            width=0.62,
            marker=style.unknown_bar(),
            hovertext=texts,
            hoverinfo="text+y",
        )
    )
    figure.add_trace(
        go.Scatter(
            y=names,
            x=[_hours(seconds) for seconds in upper],
            mode="text",
            text=[f" {text}" for text in texts],
            textposition="middle right",
            showlegend=False,
            hoverinfo="skip",
            cliponaxis=False,
        )
    )
    style.framed(figure, 330, barmode="overlay")
    longest = max((_hours(seconds) or 0 for seconds in upper), default=0)
    figure.update_xaxes(title=say("lit.card_hours"), range=[0, longest * 1.25 or 1], tickformat=",")
    figure.update_yaxes(autorange="reversed")
    return figure


def threshold_bars(month: dict, say: Words) -> go.Figure:
    """Proven lit card-hours at each threshold of the sensitivity, from one row of `center_month_series`."""
    seconds = [month[f"lit_card_seconds_at_{percent}_pct"] for percent in THRESHOLDS_PCT]
    names = [say("lit.threshold", percent=percent) for percent in THRESHOLDS_PCT]
    figure = go.Figure(
        go.Bar(
            y=names,
            x=[_hours(value) for value in seconds],
            orientation="h",
            marker={"color": style.LIT},
            width=0.55,
            text=[formatting.card_hours(value) for value in seconds],
            textposition="outside",
            cliponaxis=False,
            hoverinfo="text+y",
        )
    )
    style.framed(figure, 260)
    longest = max((_hours(value) or 0 for value in seconds), default=0)
    figure.update_xaxes(title=say("lit.card_hours"), range=[0, longest * 1.25 or 1], tickformat=",")
    figure.update_yaxes(autorange="reversed")
    figure.update_layout(margin={"t": 8})
    return figure


def _hours(seconds: int | None) -> float | None:
    return None if seconds is None else seconds / formatting.SECONDS_PER_HOUR
