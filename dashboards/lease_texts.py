"""Lease rows as a sentence, cards and a table. No streamlit, no numbers of its own."""

from dashboards import formatting
from dashboards.translations import Words


def answer(book: dict, tenants: list[dict], say: Words) -> str:
    """One sentence: the largest tenant's share, what ends within half a year, and how firm the backlog is."""
    if not tenants:
        return say("leases.answer_nothing_billed", count=book["lease_count"])
    return say(
        "leases.answer",
        tenant=formatting.as_markdown_text(tenants[0][say.column("tenant_name")]),
        share=formatting.percent(book["top_1_share"]),
        ending=formatting.money(book["monthly_billed_ending_in_180_days_cny_fen"], say.language),
        monthly=formatting.money(book["monthly_billed_cny_fen"], say.language),
        quality=formatting.percent(book["backlog_quality_rate"]),
    )


def cards(book: dict, movements: list[dict], say: Words) -> list[tuple[str, str, list[str]]]:
    """Label, value and notes of six cards."""

    def money(name: str) -> str:
        return formatting.money(book[name], say.language)

    last = movements[-1] if movements else None
    retention = formatting.percent(last["net_retention_rate"]) if last else formatting.NOTHING
    retention_notes = [say("leases.retention_note")]
    if last is not None:
        gross = formatting.percent(last["gross_retention_rate"])
        retention_notes += [say("leases.retention_gross", gross=gross, month=formatting.month(last["month_start_on"]))]
    hhi = book["tenant_hhi"]
    ending = [
        say("leases.ending", days=days, amount=money(f"monthly_billed_ending_in_{days}_days_cny_fen"))
        for days in (30, 90, 180)
    ]
    unknown = book["lease_without_backlog_count"]
    return [
        (
            say("leases.monthly"),
            money("monthly_billed_cny_fen"),
            [say("leases.net_of_tax"), say("leases.cancellable", amount=money("monthly_billed_cancellable_cny_fen"))],
        ),
        (say("leases.cliff"), money("monthly_billed_ending_in_90_days_cny_fen"), ending),
        (say("leases.retention"), retention, retention_notes),
        (
            say("leases.concentration"),
            formatting.NOTHING if hhi is None else f"{hhi:.2f}",
            [
                say("leases.hhi_note"),
                say(
                    "leases.top",
                    one=formatting.percent(book["top_1_share"]),
                    three=formatting.percent(book["top_3_share"]),
                ),
            ],
        ),
        (
            say("leases.backlog"),
            money("backlog_cny_fen"),
            [say("leases.backlog_note"), *([say("leases.backlog_unknown", count=unknown)] if unknown else [])],
        ),
        (
            say("leases.backlog_weighted"),
            money("weighted_backlog_cny_fen"),
            [say("leases.quality", quality=formatting.percent(book["backlog_quality_rate"]))],
        ),
    ]


def rows(leases: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per lease."""
    return [
        {
            say("leases.tenant"): formatting.as_markdown_text(lease[say.column("tenant_name")]),
            say("leases.kind"): say.code("lease_kind", lease["lease_kind"]),
            say("leases.firmness"): say.code("firmness", lease["firmness"]),
            say("leases.ends"): formatting.day(lease["ends_on"]),
            say("leases.price"): formatting.unit_price(
                None
                if lease["billed_price_cny_fen_per_card_hour"] is None
                else round(lease["billed_price_cny_fen_per_card_hour"]),
                say.language,
            ),
            say("leases.last_month"): formatting.money(lease["last_month_billed_cny_fen"], say.language),
            say("leases.backlog"): formatting.money(lease["backlog_cny_fen"], say.language)
            if lease["backlog_reason"] is None
            else formatting.as_markdown_text(say.code("reason", lease["backlog_reason"])),
        }
        for lease in leases
    ]


def below_bank(deals: list[dict], say: Words) -> str:
    """Which orders return less than the bank."""
    below = [deal for deal in deals if deal["is_below_bank_rate"]]
    if not below:
        return say("leases.none_below_bank")
    names = " · ".join(formatting.as_markdown_text(deal["lease_id"]) for deal in below)
    return say("leases.below_bank", count=len(below), names=names)


def model_rows(models: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per model: what its card-hours are billed at against the market."""
    return [
        {
            say("leases.by_model_model"): formatting.as_markdown_text(model["model_name"]),
            say("leases.by_model_leases"): formatting.count(model["lease_count"]),
            say("leases.by_model_hours"): formatting.card_hours(model["sold_card_seconds"]),
            say("leases.price"): _price(model["billed_cny_fen_per_card_hour"], say),
            say("leases.market_price"): _price(model["market_cny_fen_per_card_hour"], say)
            if model["market_reason"] is None
            else formatting.as_markdown_text(say.code("reason", model["market_reason"])),
            say("leases.by_model_range"): _range(model, say),
            say("leases.gap"): formatting.percent(model["price_gap_rate"]),
            say("leases.by_model_below"): formatting.count(model["below_market_lease_count"]),
        }
        for model in models
    ]


def _range(model: dict, say: Words) -> str:
    low, high = model["market_low_cny_fen_per_card_hour"], model["market_high_cny_fen_per_card_hour"]
    if low is None:
        return formatting.NOTHING
    return _price(low, say) if low == high else f"{_price(low, say)} – {_price(high, say)}"


def deal_rows(deals: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per order: price, market, rent, cost, return, and whether the bank pays more."""
    return [
        {
            say("leases.lease"): formatting.as_markdown_text(f"{deal['lease_id']} · {deal[say.column('tenant_name')]}"),
            say("leases.model"): formatting.as_markdown_text(f"{deal['model_name'] or '?'} × {deal['card_count']}"),
            say("leases.price"): _price(deal["billed_cny_fen_per_card_hour"], say),
            say("leases.market_price"): _price(deal["market_cny_fen_per_card_hour"], say)
            if deal["market_reason"] is None
            else formatting.as_markdown_text(say.code("reason", deal["market_reason"])),
            say("leases.gap"): formatting.percent(deal["price_gap_rate"]),
            say("leases.rent"): formatting.whole_yuan(deal["monthly_rent_cny_fen"], say.language),
            say("leases.cost"): formatting.whole_yuan(deal["monthly_cost_cny_fen"], say.language),
            say("leases.return"): formatting.percent(deal["irr_rate"])
            if deal["irr_reason"] is None
            else formatting.as_markdown_text(say.code("reason", deal["irr_reason"])),
            say("leases.flag"): formatting.NOTHING
            if deal["is_below_bank_rate"] is None
            else say("leases.flag_yes" if deal["is_below_bank_rate"] else "leases.flag_no"),
        }
        for deal in deals
    ]


def _price(fen: float | None, say: Words) -> str:
    return formatting.unit_price(None if fen is None else round(fen), say.language)
