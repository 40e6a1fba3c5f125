"""Leases over time: terms as bars, what moved the billing month by month, and whom the money comes from."""

import plotly.graph_objects as go
import polars as pl

from dashboards import formatting
from dashboards.charts import style
from dashboards.translations import Words

FIRMNESS_COLORS = {
    "firm_prepaid": "#00573F",
    "firm": style.SOLD,
    "cancellable_penalty": style.RELATED,
    "cancellable": style.LIT,
    "framework": style.PLANNED,
}
MOVEMENT_COLORS = {
    "new": style.SOLD,
    "renewed": "#00573F",
    "expanded": style.RELATED,
    "reduced": style.LIT,
    "cancelled": "#D55E00",
    "expired": style.PLANNED,
}
ROW_PIXELS = 34


def terms(backlog: pl.DataFrame, say: Words) -> go.Figure:
    """One bar per lease from its start to its signed end, colored by firmness; a line marks as-of.

    `backlog` is the frame of `queries.leases.lease_backlog`.
    """
    figure = go.Figure()
    rows = backlog.to_dicts()
    for firmness, color in FIRMNESS_COLORS.items():
        part = [row for row in rows if row["firmness"] == firmness]
        if part:
            figure.add_trace(
                go.Bar(
                    name=say.code("firmness", firmness),
                    base=[row["starts_on"].isoformat() for row in part],
                    x=[_milliseconds(row) for row in part],
                    y=[_label(row, say) for row in part],
                    orientation="h",
                    marker={"color": color},
                    hovertext=[_hover(row, say) for row in part],
                    hoverinfo="text",
                )
            )
    style.framed(figure, 120 + ROW_PIXELS * len(rows), barmode="overlay", bargap=0.35)
    as_of = rows[0]["as_of_on"]
    line = {"color": style.LINE, "width": 1.5, "dash": "dash"}
    figure.add_vline(x=as_of.isoformat(), line=line)
    # The day stands in the legend: beside the line it would cover the months of the axis on a narrow screen.
    name = say("leases.as_of", day=formatting.day(as_of))
    figure.add_trace(go.Scatter(name=name, x=[None], y=[None], mode="lines", line=line))
    figure.update_xaxes(type="date", tickformat="%Y-%m")
    figure.update_yaxes(autorange="reversed", categoryorder="array", categoryarray=[_label(row, say) for row in rows])
    figure.update_layout(legend={"entrywidth": 0})
    return figure


def _milliseconds(row: dict) -> int:
    return (row["ends_on"] - row["starts_on"]).days * 86_400_000


def _label(row: dict, say: Words) -> str:
    return style.shortened(style.plain(f"{row['lease_id']} · {row[say.column('tenant_name')]}"))


def _hover(row: dict, say: Words) -> str:
    return "<br>".join(
        (
            style.plain(row[say.column("tenant_name")]),
            f"{formatting.day(row['starts_on'])} – {formatting.day(row['ends_on'])}",
            f"{say('leases.last_month')} {formatting.money(row['last_month_billed_cny_fen'], say.language)}",
        )
    )


MOVED = {"billed": "billed_cny_fen", "sold": "sold_card_seconds"}
"""What moves from month to month, and how the columns that hold it end."""


def movements(months: pl.DataFrame, measure: str, say: Words) -> go.Figure:
    """What moved billing, or card time sold, from month to month: gains up, losses down, the whole as a line.

    `months` is `queries.leases.lease_movements`, `measure` a key of `MOVED`; the axis is 万元 or CNY M, or card-hours.
    The first month is left out, for all of it is new.
    """
    column = MOVED[measure]
    divisor, unit = formatting.money_axis(say.language, months["closing_billed_cny_fen"].max())
    if measure == "sold":
        divisor, unit = formatting.SECONDS_PER_HOUR, say("leases.card_hours")

    def worded(amount: int) -> str:
        return formatting.card_hours(amount) if measure == "sold" else formatting.money(amount, say.language)

    rows = months.to_dicts()[1:]
    x = [row["month_start_on"] for row in rows]
    figure = go.Figure()
    for movement, color in MOVEMENT_COLORS.items():
        amounts = [row[f"{movement}_{column}"] for row in rows]
        if any(amounts):
            figure.add_trace(
                go.Bar(
                    name=say(f"leases.movement_{movement}"),
                    x=x,
                    y=[amount / divisor for amount in amounts],
                    marker={"color": color},
                    hovertext=[
                        f"{formatting.month(month)}<br>{worded(amount)}"
                        for month, amount in zip(x, amounts, strict=True)
                    ],
                    hoverinfo="text+name",
                )
            )
    figure.add_trace(
        go.Scatter(
            name=say(f"leases.closing_{measure}"),
            x=x,
            y=[row[f"closing_{column}"] / divisor for row in rows],
            mode="lines+markers",
            line={"color": style.LINE, "width": 2},
            hovertext=[worded(row[f"closing_{column}"]) for row in rows],
            hoverinfo="text+name",
        )
    )
    style.framed(figure, 380, barmode="relative")
    figure.update_yaxes(title=unit, tickformat=",")
    figure.update_xaxes(tickformat="%Y-%m")
    figure.update_layout(legend={"entrywidth": 0})
    return figure


def prices(deals: pl.DataFrame, say: Words) -> go.Figure:
    """What each lease is billed per card-hour, as a dot, over the range of quotations for its model, in yuan.

    `deals` is the frame of `queries.leases.deals`; leases without a price are left out.
    """
    rows = [row for row in deals.to_dicts() if row["billed_cny_fen_per_card_hour"] is not None]
    labels = [style.shortened(style.plain(f"{row['lease_id']} · {row['model_name'] or ''}")) for row in rows]
    quoted = [
        (label, row)
        for label, row in zip(labels, rows, strict=True)
        if row["market_low_cny_fen_per_card_hour"] is not None
    ]
    figure = go.Figure(
        go.Scatter(
            name=say("leases.market_range"),
            x=[yuan for _, row in quoted for yuan in (*_market_range(row), None)],
            y=[text for label, _ in quoted for text in (label, label, None)],
            mode="lines",
            line={"color": "rgba(124,139,153,0.55)", "width": 14},
            hoverinfo="skip",
        )
    )
    for is_below, name, color in (
        (True, say("leases.below_market"), "#D55E00"),
        (False, say("leases.not_below_market"), style.SOLD),
    ):
        part = [(label, row) for label, row in zip(labels, rows, strict=True) if _is_below(row) is is_below]
        figure.add_trace(
            go.Scatter(
                name=name,
                x=[row["billed_cny_fen_per_card_hour"] / formatting.FEN_PER_YUAN for _, row in part],
                y=[label for label, _ in part],
                mode="markers",
                marker={"color": color, "size": 13, "symbol": "diamond", "line": {"width": 1, "color": "white"}},
                hovertext=[
                    f"{label}<br>{formatting.unit_price(round(row['billed_cny_fen_per_card_hour']), say.language)}"
                    for label, row in part
                ],
                hoverinfo="text",
            )
        )
    style.framed(figure, 130 + ROW_PIXELS * len(rows))
    figure.update_xaxes(title=say("leases.price_axis"), rangemode="tozero")
    figure.update_yaxes(autorange="reversed", categoryorder="array", categoryarray=labels)
    figure.update_layout(legend={"entrywidth": 0})
    return figure


def _market_range(row: dict) -> tuple[float, float]:
    """Lowest and highest quotation in yuan; a single one is drawn a little wide, that it may be seen."""
    low = row["market_low_cny_fen_per_card_hour"] / formatting.FEN_PER_YUAN
    high = row["market_high_cny_fen_per_card_hour"] / formatting.FEN_PER_YUAN
    return (low, high) if high > low else (low - 0.03, high + 0.03)


def _is_below(row: dict) -> bool:
    return row["price_gap_rate"] is not None and row["price_gap_rate"] < 0


def returns(deals: pl.DataFrame, say: Words) -> go.Figure:
    """The yearly return of each lease, the bank rate as a line; orange below it.

    `deals` is the frame of `queries.leases.deals`; leases without a return are left out.
    """
    rows = [row for row in deals.to_dicts() if row["irr_rate"] is not None]
    figure = go.Figure(
        go.Bar(
            x=[row["irr_rate"] for row in rows],
            y=[_label(row, say) for row in rows],
            orientation="h",
            marker={"color": ["#D55E00" if row["is_below_bank_rate"] else style.SOLD for row in rows]},
            text=[formatting.percent(row["irr_rate"]) for row in rows],
            textposition="auto",
            cliponaxis=False,
            hoverinfo="skip",
            showlegend=False,
        )
    )
    style.framed(figure, 110 + ROW_PIXELS * len(rows))
    if rows:
        bank = rows[0]["bank_rate"]
        figure.add_vline(
            x=bank,
            line={"color": style.LINE, "width": 2, "dash": "dash"},
            annotation={"text": say("leases.bank_rate", rate=formatting.percent(bank))},
            annotation_position="top",
        )
    figure.update_xaxes(title=say("leases.return_axis"), tickformat=".1%", zeroline=True, zerolinecolor=style.LINE)
    figure.update_yaxes(autorange="reversed")
    return figure


def tenants(frame: pl.DataFrame, say: Words) -> go.Figure:
    """A tree map of tenants by their billing, colored by the weakest firmness among their leases in force."""
    rows = frame.to_dicts()
    figure = go.Figure(
        go.Treemap(
            labels=[style.plain(row[say.column("tenant_name")]) for row in rows],
            ids=[row["tenant_party_id"] for row in rows],
            parents=[""] * len(rows),
            values=[row["billed_net_cny_fen"] for row in rows],
            marker={"colors": [_firmness_color(row["weakest_firmness_weight"]) for row in rows]},
            text=[
                f"{formatting.percent(row['billed_share'])}<br>"
                + formatting.money(row["billed_net_cny_fen"], say.language)
                + f"<br>{_until(row, say)}"
                for row in rows
            ],
            textinfo="label+text",
            hoverinfo="label+text",
            root={"color": "rgba(0,0,0,0)"},
        )
    )
    style.framed(figure, 360)
    figure.update_layout(margin={"t": 8})
    return figure


def _firmness_color(weight: float | None) -> str:
    """Grey where no lease is in force any more, else darker green the firmer."""
    if weight is None:
        return "#B7C0C8"
    return style.LIT if weight <= 0.5 else style.RELATED if weight <= 0.6 else style.SOLD


def _until(row: dict, say: Words) -> str:
    if row["last_end_on"] is None:
        return say("leases.gone")
    return say("leases.until", day=formatting.day(row["last_end_on"]))
