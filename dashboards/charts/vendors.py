"""How vendors kept their periods, and how much of their use outlived acceptance."""

import plotly.graph_objects as go
import polars as pl

from dashboards.charts import style
from dashboards.translations import Words

_PERIODS = (
    ("vendors.filled", "filled_period_count", style.STATE_COLORS["on_track"]),
    ("vendors.in_time", "paid_in_time_period_count", style.STATE_COLORS["cured"]),
    ("vendors.late", "paid_late_period_count", style.STATE_COLORS["shortfall_open"]),
    ("vendors.undetermined", "undetermined_period_count", None),
    ("vendors.unpaid", "unpaid_period_count", style.STATE_COLORS["in_breach_uncured"]),
)
_LINES = ("#0072B2", "#009E73", "#D55E00", "#CC79A7", "#E69F00")


def periods(rows: pl.DataFrame, say: Words) -> go.Figure:
    """Closed periods per vendor by how they ended; `rows`: `queries.promises.vendor_scorecards`."""
    names = [style.plain(name) for name in rows[say.column("vendor_name")]]
    figure = go.Figure()
    for key, column, color in _PERIODS:
        figure.add_trace(
            go.Bar(
                name=say(key),
                y=names,
                x=rows[column].to_list(),
                orientation="h",
                marker={"color": color} if color else style.unknown_bar(),
                hovertemplate="%{y}: %{x}",
            )
        )
    style.framed(figure, 120 + 44 * rows.height, barmode="stack")
    figure.update_xaxes(title=say("vendors.closed"), dtick=1)
    figure.update_yaxes(autorange="reversed")
    return figure


def retained(rows: pl.DataFrame, say: Words) -> go.Figure:
    """Share of commitments that still take half of what they took, by months since acceptance, with the number at risk.

    `rows`: `queries.promises.retained_take`, all vendors together first.
    """
    figure = go.Figure()
    for number, ((vendor,), part) in enumerate(rows.group_by("vendor_party_id", maintain_order=True)):
        is_all = vendor == "ALL"
        name = say("vendors.all") if is_all else style.plain(part[say.column("vendor_name")][0])
        figure.add_trace(
            go.Scatter(
                name=name,
                x=part["months_since_acceptance"].to_list(),
                y=part["retained_rate_of_at_risk"].to_list(),
                mode="lines+markers+text" if is_all else "lines+markers",
                text=[say("vendors.at_risk", number=risk) for risk in part["commitments_at_risk"]] if is_all else None,
                textposition="top center",
                line={
                    "shape": "hv",
                    "width": 3.5 if is_all else 1.8,
                    "dash": "solid" if is_all else "dot",
                    "color": style.LINE if is_all else _LINES[(number - 1) % len(_LINES)],
                },
                customdata=part["commitments_at_risk"].to_list(),
                hovertemplate=f"{name}: %{{y:.0%}} (n=%{{customdata}})",
            )
        )
    style.framed(figure, 400)
    figure.update_yaxes(range=[-0.05, 1.15], tickformat=".0%", tickvals=[0, 0.25, 0.5, 0.75, 1])
    figure.update_yaxes(title=say("vendors.retained_axis"))
    figure.update_xaxes(title=say("vendors.months_axis"), dtick=1)
    return figure
