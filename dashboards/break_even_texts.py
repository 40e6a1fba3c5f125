"""Break-even rows as a sentence, cards and a table of parts. No streamlit, no numbers of its own."""

from dashboards import formatting
from dashboards.translations import Words


def answer(rows: list[dict], say: Words) -> str:
    """One sentence: today's share against the threshold of the accounts, or why there is none."""
    row = _of(rows, "accounting")
    today = formatting.percent(row["sold_share_of_plan"])
    if row["break_even_share"] is None:
        reason = say.code("reason", row["break_even_reason"])
        return say("break_even.answer_none", today=today, reason=formatting.as_markdown_text(reason))
    if row["break_even_reason"] is not None:
        key = "break_even.answer_unreachable"
    else:
        key = "break_even.answer_above" if row["is_above"] else "break_even.answer_below"
    return say(
        key,
        today=today,
        threshold=formatting.percent(row["break_even_share"]),
        price=formatting.unit_price(round(row["price_cny_fen_per_card_hour"]), say.language),
        needed=formatting.unit_price(_whole(row["price_needed_cny_fen_per_card_hour"]), say.language),
    )


def cards(rows: list[dict], say: Words) -> list[tuple[str, str, list[str]]]:
    """Label, value and notes of one card per threshold."""
    return [
        (
            say(f"break_even.threshold_{row['threshold']}"),
            formatting.percent(row["break_even_share"]) if row["break_even_share"] else say("break_even.not_given"),
            [_verdict(row, say), say("break_even.basis"), _period(row, say)],
        )
        for row in rows
    ]


def parts(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per part: what the fixed cost and each threshold are made of."""
    first = rows[0]

    terms = {
        "years": f"{first['life_years']:g}",
        "rate": formatting.percent(first["discount_rate"]),
        "residual": formatting.percent(first["residual_ratio"]),
    }

    def line(key: str, text: str) -> dict[str, str]:
        return {say("break_even.part"): say(f"break_even.{key}", **terms), say("break_even.amount"): text}

    def money(fen: int | None) -> str:
        return formatting.money(fen, say.language)

    lines = [
        line("fixed_opex", money(first["fixed_opex_cny_fen"])),
        line("demand_charge", money(first["demand_charge_cny_fen"])),
        line("idle_energy", money(first["idle_energy_cny_fen"])),
    ]
    lines += [
        line(f"capital_{row['threshold']}", money(row["capital_charge_cny_fen"]))
        for row in rows
        if row["threshold"] != "cash"
    ]
    return [
        *lines,
        line("receipts", money(first["receipt_net_cny_fen"])),
        line("sold_hours", formatting.card_hours(first["sold_card_seconds"])),
        line("price", formatting.unit_price(_whole(first["price_cny_fen_per_card_hour"]), say.language)),
        line("energy", formatting.unit_price(_whole(first["energy_cny_fen_per_sold_card_hour"]), say.language)),
        line("capacity", money(first["earning_capacity_cny_fen"])),
        line("capex_paid", money(first["capex_paid_cny_fen"])),
        line("capex_contracted", money(first["capex_contracted_cny_fen"])),
        line("tariff_agreed", _per_kwh(first["agreed_cny_fen_per_kwh"], say)),
        line("tariff_hourly", _per_kwh(first["hourly_cny_fen_per_kwh"], say)),
    ]


def _per_kwh(fen: float | None, say: Words) -> str:
    return formatting.unit_price(_whole(fen), say.language)


def _verdict(row: dict, say: Words) -> str:
    if row["break_even_reason"] is not None:
        return formatting.as_markdown_text(say.code("reason", row["break_even_reason"]))
    today = formatting.percent(row["sold_share_of_plan"])
    return say("break_even.is_above" if row["is_above"] else "break_even.is_below", today=today)


def _period(row: dict, say: Words) -> str:
    first, last = formatting.month(row["first_month_on"]), formatting.month(row["last_month_on"])
    return say("break_even.period", first=first, last=last)


def _of(rows: list[dict], threshold: str) -> dict:
    return next(row for row in rows if row["threshold"] == threshold)


def _whole(fen: float | None) -> int | None:
    return None if fen is None else round(fen)
