"""Stress rows as a sentence and cards. No streamlit, no numbers of its own."""

from dashboards import formatting
from dashboards.translations import Words

_ORDER = (
    "as_today",
    "top_1_leaves",
    "top_3_leave",
    "vendor_leaves",
    "tariff_up",
    "subsidy_kept",
    "subsidy_clawed_back",
)

_CHANGES = ("vendor_leaves", "tariff_up", "subsidy_kept", "subsidy_clawed_back")
"""Scenarios in which, where no lease leaves, something else than "nobody leaves" is to be said."""


def answer(scenarios: list[dict], say: Words) -> str:
    """One sentence: payback as today, without the largest tenant, without the three largest."""
    today, one, three = (_payback(row, say) for row in _in_order(scenarios)[:3])
    return say("stress.answer", today=today, one=one, three=three)


def cards(scenarios: list[dict], say: Words) -> list[tuple[str, str, list[str]]]:
    """Label, value and notes of one card per scenario."""
    return [
        (say(f"stress.scenario_{row['scenario']}"), _payback(row, say), _notes(row, say))
        for row in _in_order(scenarios)
    ]


def tornado_caption(changes: list[dict], say: Words) -> str:
    """What was changed by how much."""
    step = next(row["change_ratio"] for row in changes if row["change"] == "up")
    return say("stress.tornado_caption", step=f"±{formatting.percent(step)}")


def exits(leases: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per lease in force: when its tenant can leave, and what it pays until then."""
    return [
        {
            say("leases.tenant"): formatting.as_markdown_text(
                f"{lease['lease_id']} · {lease[say.column('tenant_name')]}"
            ),
            say("leases.firmness"): say.code("firmness", lease["firmness"]),
            say("leases.last_month"): formatting.money(lease["monthly_cny_fen"], say.language),
            say("leases.ends"): formatting.day(lease["ends_on"]),
            say("stress.exit_paid"): formatting.count(lease["paid_months"]),
            say("stress.exit_penalty"): formatting.money(lease["penalty_cny_fen"], say.language),
            say("stress.exit_vendor"): say("stress.yes") if lease["is_vendor_side"] else formatting.NOTHING,
        }
        for lease in leases
    ]


def _notes(row: dict, say: Words) -> list[str]:
    leaving = say(f"stress.change_{row['scenario']}" if row["scenario"] in _CHANGES else "stress.nobody")
    if row["lease_count"]:
        amount = formatting.money(row["monthly_cny_fen"], say.language)
        leaving = say("stress.leaving", amount=amount, months=row["first_exit_month"])
    if row["repaid_cny_fen"]:
        leaving = say("stress.repaid", amount=formatting.money(row["repaid_cny_fen"], say.language))
    cash = formatting.money(row["cash_24_months_cny_fen"], say.language)
    return [leaving, say("stress.cash_24", amount=cash), say("stress.basis")]


def _payback(row: dict, say: Words) -> str:
    if row["payback_months"] is None:
        is_back = row["payback_reason"] == "already_paid_back"
        return say.code("reason", row["payback_reason"]) if is_back else say("stress.never")
    return formatting.months(row["payback_months"], say.language)


def _in_order(scenarios: list[dict]) -> list[dict]:
    return sorted(scenarios, key=lambda row: _ORDER.index(row["scenario"]))
