"""Rows of cost and worth as a sentence, cards and tables. No streamlit, no numbers of its own."""

from dashboards import formatting
from dashboards.translations import Words


def answer(loss: dict, month: str, say: Words) -> str:
    """One or two sentences: what the plan was worth, what is lost a day, what tenants pay for."""
    if loss["price_reason"] == "no_price_known":
        return say("worth.no_price")
    sentences = [
        say(
            "worth.answer",
            month=month,
            plan=formatting.money(loss["plan_value_cny_fen"], say.language),
            lost=_lost(loss, say),
            share=formatting.interval(loss["lost_share_of_plan_value_lower"], loss["lost_share_of_plan_value_upper"]),
            paid=formatting.whole_yuan(loss["paid_by_tenant_cny_fen"], say.language),
        )
    ]
    if loss["unpriced_card_seconds"]:
        sentences.append(say("worth.part_without_price", hours=formatting.card_hours(loss["unpriced_card_seconds"])))
    return " ".join(sentences)


def cards(loss: dict, premium: dict | None, price_basis: str, say: Words) -> list[tuple[str, str, list[str]]]:
    """Label, value and notes of four cards."""
    basis = say(f"worth.basis_note_{price_basis}")
    share = formatting.interval(loss["lost_share_of_plan_value_lower"], loss["lost_share_of_plan_value_upper"])
    return [
        (say("worth.plan_value"), formatting.money(loss["plan_value_cny_fen"], say.language), [basis]),
        (
            say("worth.lost_per_day"),
            _lost(loss, say),
            [say("worth.share_of_plan", share=share), say("worth.interval_note"), basis],
        ),
        (say("worth.working"), formatting.money(loss["working_cny_fen"], say.language), [basis]),
        (say("worth.network"), *_premium(premium, say)),
    ]


def _premium(premium: dict | None, say: Words) -> tuple[str, list[str]]:
    if premium is None:
        return formatting.NOTHING, [say("worth.network_none")]
    note = say(
        "worth.network_note",
        premium=formatting.money(premium["premium_cny_fen"], say.language),
        daily=formatting.whole_yuan(premium["premium_per_day_cny_fen"], say.language),
        share=formatting.percent(premium["not_earned_rate_of_premium"]),
    )
    return formatting.whole_yuan(premium["not_earned_per_day_cny_fen"], say.language), [note]


def _lost(loss: dict, say: Words) -> str:
    return formatting.money_interval(
        loss["lost_per_day_cny_fen_lower"], loss["lost_per_day_cny_fen_upper"], say.language
    )


def iron(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per model; where values are not known the reason stands in place of the verdict."""
    return [
        {
            say("worth.model"): formatting.as_markdown_text(row["model_name"]),
            say("worth.cards"): formatting.count(row["card_count"]),
            say("worth.age"): f"{row['age_months']:.1f}",
            say("worth.value_book"): formatting.money(row["book_value_cny_fen"], say.language),
            say("worth.value_market"): formatting.money(row["market_value_cny_fen"], say.language)
            + ("" if row["market_value_basis"] == "quoted" else "\\*"),
            say("worth.value_liquidation"): formatting.money(row["liquidation_value_cny_fen"], say.language),
            say("worth.margin"): formatting.whole_yuan(row["monthly_margin_cny_fen"], say.language),
            say("worth.value_lease"): formatting.money(row["lease_value_cny_fen"], say.language),
            say("worth.better"): say(f"worth.better_{row['better_use']}")
            if row["value_reason"] is None
            else formatting.as_markdown_text(say.code("reason", row["value_reason"])),
        }
        for row in rows
    ]


def implied(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per basis of PFLOPS."""
    return [
        {
            say("worth.pflops_basis"): say(f"worth.pflops_{row['pflops_basis']}"),
            say("worth.pflops_flag"): _flag(row, say),
            say("worth.pflops_years"): formatting.NOTHING
            if row["pflops_years"] is None
            else f"{row['pflops_years']:,.1f}",
            say("worth.per_pflops_year"): formatting.NOTHING
            if row["billed_cny_fen_per_pflops_year"] is None
            else formatting.whole_yuan(round(row["billed_cny_fen_per_pflops_year"]), say.language),
        }
        for row in rows
    ]


def _flag(row: dict, say: Words) -> str:
    ratio = None if row["ratio_of_dense"] is None else f"{row['ratio_of_dense']:.2f}"
    return say(f"worth.flag_{row['pflops_flag']}", ratio=ratio)
