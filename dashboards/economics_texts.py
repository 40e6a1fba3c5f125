"""Revenue of a center as ready texts for cards and tables. No streamlit, no numbers of its own."""

from dashboards import formatting
from dashboards.charts.revenue import mode_name
from dashboards.translations import Words

Card = tuple[str, str, list[str]]


def revenue_cards(month: dict, say: Words) -> list[Card]:
    """Billed, collected and quality-adjusted of one month, a row of `queries.revenue.quality_months`."""
    if not month["is_billed"]:
        notes = [say("economics.last_billed", month=formatting.month(month["last_billed_month_on"]))]
        names = ("billed", "collected", "quality")
        return [(say(f"economics.{name}"), say("economics.not_billed_yet"), notes) for name in names]
    return [
        (
            say("economics.billed"),
            formatting.money(month["billed_net_cny_fen"], say.language),
            [say("economics.credits", amount=formatting.money(month["credit_net_cny_fen"], say.language))],
        ),
        (
            say("economics.collected"),
            formatting.money(month["collected_net_cny_fen"], say.language),
            [_of_billed(month["collected_rate_of_billed"], say), say("economics.collected_note")],
        ),
        (
            say("economics.quality"),
            formatting.money(month["quality_adjusted_net_cny_fen"], say.language),
            [_of_billed(month["quality_adjusted_rate_of_billed"], say), say(f"economics.{month['quality_basis']}")],
        ),
    ]


def _of_billed(share: float | None, say: Words) -> str:
    return say("economics.of_billed", share=formatting.percent(share))


def accounts(rows: list[dict], is_billed: bool, say: Words) -> list[dict[str, str]]:
    """One row of texts per lease, or payer without one, in a month; what was not billed yet is no zero."""

    def of_bills(fen: int | None) -> str:
        return formatting.whole_yuan(fen, say.language) if is_billed else say("economics.not_billed_yet")

    return [
        {
            say("economics.lease"): formatting.as_markdown_text(row["lease_id"])
            if row["lease_id"]
            else say("economics.without_lease"),
            say("economics.payer"): formatting.as_markdown_text(row[say.column("payer_name")]),
            say("economics.mode"): mode_name(row["billing_mode"], row["recognition"], say),
            say("economics.quantity"): _quantity(row, say),
            say("economics.contract"): formatting.whole_yuan(row["contract_net_cny_fen"], say.language)
            if row["contract_net_cny_fen"] is not None
            else say.code("contract", row["contract_withheld_reason"]),
            say("economics.billed"): of_bills(row["billed_net_cny_fen"]),
            say("economics.difference"): formatting.whole_yuan(row["not_billed_net_cny_fen"], say.language),
            say("economics.collected"): of_bills(row["collected_net_cny_fen"]),
        }
        for row in rows
    ]


def _quantity(row: dict, say: Words) -> str:
    hours = formatting.quantity(row["card_hour_milli"])
    if row["billing_mode"] == "whole_machine" and row["in_force_days"] is not None:
        return say("economics.days", days=row["in_force_days"], all=row["month_days"])
    if row["billing_mode"] == "reserved":
        return say("economics.hours_minimum", hours=hours, minimum=formatting.quantity(row["minimum_milli"]))
    if row["billing_mode"] == "token" and row["token_million_milli"] is not None:
        return say("economics.tokens", tokens=formatting.quantity(row["token_million_milli"]))
    if row["billing_mode"] == "card_hour" and row["card_hour_milli"] is not None:
        return say("economics.hours", hours=hours)
    return formatting.NOTHING


def capex_cards(row: dict, say: Words) -> list[Card]:
    """Capex, the owner's outlay and the price of a planned PFLOPS; `row` comes from `queries.costs.capex`."""
    money = {name: formatting.money(row[f"{name}_cny_fen"], say.language) for name in _CAPEX_AMOUNTS}
    notes = [say("economics.per_pflops_note")]
    if row["network_ratio_to_servers"] is not None:
        notes.append(say("economics.network_ratio", ratio=formatting.percent(row["network_ratio_to_servers"])))
    return [
        (
            say("economics.capex_total"),
            money["gross"],
            [say("economics.capex_paid", paid=money["paid"], net=money["net"])],
        ),
        (
            say("economics.owner_outlay"),
            money["owner_outlay"],
            [
                say(
                    "economics.owner_outlay_note",
                    contributed=money["contributed"],
                    loan=money["loan"],
                    grant=money["grant"],
                )
            ],
        ),
        (say("economics.per_pflops"), formatting.yuan_of_a_year(row["gross_cny_per_planned_pflops"]), notes),
    ]


_CAPEX_AMOUNTS = ("gross", "net", "paid", "owner_outlay", "contributed", "loan", "grant")
