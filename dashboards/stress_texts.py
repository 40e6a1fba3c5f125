"""Stress rows as a sentence and cards. No streamlit, no numbers of its own."""

from dashboards import formatting
from dashboards.translations import Words

_ORDER = ("as_today", "top_1_leaves", "top_3_leave")


def answer(scenarios: list[dict], say: Words) -> str:
    """One sentence: payback as today, without the largest tenant, without the three largest."""
    today, one, three = (_payback(row, say) for row in _in_order(scenarios))
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


def _notes(row: dict, say: Words) -> list[str]:
    leaving = say("stress.nobody")
    if row["lease_count"]:
        amount = formatting.money(row["monthly_cny_fen"], say.language)
        leaving = say("stress.leaving", amount=amount, months=row["first_exit_month"])
    cash = formatting.money(row["cash_24_months_cny_fen"], say.language)
    return [leaving, say("stress.cash_24", amount=cash), say("stress.basis")]


def _payback(row: dict, say: Words) -> str:
    if row["payback_months"] is None:
        return say("stress.never")
    return formatting.months(row["payback_months"], say.language)


def _in_order(scenarios: list[dict]) -> list[dict]:
    return sorted(scenarios, key=lambda row: _ORDER.index(row["scenario"]))
