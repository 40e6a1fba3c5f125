"""Card time against money: what was sold and lit down, what became of the bill across, both amounts in each square."""

import plotly.graph_objects as go
import polars as pl

from dashboards import formatting
from dashboards.charts import style
from dashboards.translations import Words

MATRIX_SCALE = [[0.0, "#EEF3F7"], [0.15, "#BBD5E6"], [0.4, "#6AA5CB"], [1.0, "#0B5A94"]]
DARK_FROM = 0.55
"""Share of the largest square from which its text is white."""


def reconciliation(cells: pl.DataFrame, say: Words) -> go.Figure:
    """`cells` is the frame of `queries.money.reconciliation`; squares are colored by their share of able card time.

    Money that no card time stands behind fills rows of its own below, without color. A square that cannot be stays
    empty, one that is empty this month shows a dash.
    """
    rows = cells.to_dicts()
    down = list(dict.fromkeys(row["card_status"] for row in rows))
    across = list(dict.fromkeys(row["money_status"] for row in sorted(rows, key=lambda row: row["money_order"])))
    by_place = {(row["card_status"], row["money_status"]): row for row in rows}
    shares = [[_share(by_place.get((card, money))) for money in across] for card in down]
    largest = max((share for line in shares for share in line if share), default=1.0)
    figure = go.Figure(
        go.Heatmap(
            x=[say(f"money_status.{money}") for money in across],
            y=[say(f"card_status.{card}") for card in down],
            z=shares,
            colorscale=MATRIX_SCALE,
            zmin=0,
            zmax=largest,
            xgap=3,
            ygap=3,
            hoverongaps=False,
            hovertext=[[_hover(by_place.get((card, money)), say) for money in across] for card in down],
            hoverinfo="text",
            colorbar={"title": {"text": say("cells.share"), "side": "right"}, "tickformat": ".0%", "thickness": 10},
        )
    )
    for (card, money), row in by_place.items():
        share = _share(row)
        figure.add_annotation(
            x=say(f"money_status.{money}"),
            y=say(f"card_status.{card}"),
            text=_text(row, say),
            showarrow=False,
            font={"size": 12, "color": _ink(share, largest)},
        )
    style.framed(figure, 90 + 52 * len(down))
    figure.update_xaxes(side="top", showgrid=False, zeroline=False)
    figure.update_yaxes(autorange="reversed", showgrid=False, zeroline=False)
    figure.update_layout(margin={"t": 60})
    return figure


PAYMENTS = {"paid": style.SOLD, "unpaid": style.LIT, "unbilled": style.PLANNED, "payment_unknown": style.UNKNOWN}
CARD_STATUSES = ("sold_lit", "sold_idle", "sold_unknown", "unsold_lit", "unsold_idle", "unsold_unknown")


def card_time(rows: pl.DataFrame, say: Words) -> go.Figure:
    """Card-hours of one subject by whether they were sold and lit, each bar divided by what became of the bill.

    `rows` is the frame of `queries.money.card_time_of`.
    """
    found = {f"{'sold' if row['is_sold'] else 'unsold'}_{row['lit_status']}": row for row in rows.to_dicts()}
    held = [status for status in CARD_STATUSES if status in found]
    figure = go.Figure()
    for payment, color in PAYMENTS.items():
        amounts = [found[status][f"{payment}_card_milliseconds"] for status in held]
        texts = [say("cells.hours", hours=formatting.card_hours_of_milliseconds(amount)) for amount in amounts]
        figure.add_trace(
            go.Bar(
                name=say(f"money_status.{payment}"),
                orientation="h",
                x=[formatting.in_hours(amount / formatting.MILLI) for amount in amounts],
                y=[say(f"card_status.{status}") for status in held],
                marker=style.unknown_bar() if payment == "payment_unknown" else {"color": color},
                hovertext=[f"{say(f'money_status.{payment}')}: {text}" for text in texts],
                hoverinfo="text",
            )
        )
    style.framed(figure, 130 + 44 * len(held), barmode="stack")
    figure.update_xaxes(title=say("lit.card_hours"), rangemode="tozero")
    figure.update_yaxes(autorange="reversed")
    return figure


def _has_card_time(row: dict) -> bool:
    return row["card_status"].startswith(("sold_", "unsold_"))


def _share(row: dict | None) -> float | None:
    return row["share_of_racked"] if row is not None and _has_card_time(row) else None


def _ink(share: float | None, largest: float) -> str | None:
    if share is None:
        return None
    return "#FFFFFF" if share >= DARK_FROM * largest else "#1D2A33"


def _text(row: dict, say: Words) -> str:
    hours = formatting.card_hours_of_milliseconds(row["card_milliseconds"])
    parts = []
    if row["card_milliseconds"]:
        parts.append(f"<b>{say('cells.hours', hours=hours)}</b>")
    if row["amount_cny_fen"]:
        parts.append(formatting.whole_yuan(row["amount_cny_fen"], say.language))
    return "<br>".join(parts) or formatting.NOTHING


def _hover(row: dict | None, say: Words) -> str:
    if row is None:
        return ""
    hours = formatting.card_hours_of_milliseconds(row["card_milliseconds"])
    return "<br>".join(
        (
            style.plain(row[say.column("name")]),
            f"{say('cells.hours', hours=hours)} · {formatting.percent(_share(row))}",
            formatting.whole_yuan(row["amount_cny_fen"], say.language),
        )
    )
