"""The return of each center as ready texts. No streamlit, no numbers of its own."""

from dashboards import formatting
from dashboards.payback_texts import months_or_reason
from dashboards.translations import Words


def returns(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per center: money, payback, present value, rate of return, prices."""
    return [
        {
            say("word.center"): formatting.as_markdown_text(row[say.column("center_name")]),
            say("portfolio.capex"): formatting.money(row["capex_cny_fen"], say.language),
            say("payback.recovered_share"): formatting.percent(row["recovered_share"]),
            say("payback.trailing"): formatting.money(row["trailing_monthly_net_cash_cny_fen"], say.language),
            say("payback.simple"): months_or_reason(row["payback_months"], row["payback_reason"], say),
            say("portfolio.discounted"): months_or_reason(
                row["discounted_payback_months"], row["discounted_payback_reason"], say
            ),
            say("payback.npv"): formatting.money(row["npv_cny_fen"], say.language),
            say("payback.irr"): formatting.percent(row["irr_rate"])
            if row["irr_rate"] is not None
            else months_or_reason(None, row["irr_reason"], say),
            say("portfolio.price"): f"{_price(row['price_cny_fen_per_card_hour'], say)} → {_needed(row, say)}",
        }
        for row in rows
    ]


def _needed(row: dict, say: Words) -> str:
    """The price that today's sales would need, or why there is none."""
    if row["price_needed_cny_fen_per_card_hour"] is None:
        return months_or_reason(None, row["break_even_reason"], say)
    return _price(row["price_needed_cny_fen_per_card_hour"], say)


def _price(fen: float | None, say: Words) -> str:
    return formatting.NOTHING if fen is None else formatting.unit_price(round(fen), say.language)
