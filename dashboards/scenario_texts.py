"""The outcome of a scenario as a sentence and cards, and saved ones as a table. No streamlit, no numbers of its own."""

from dashboards import formatting, scenario_link
from dashboards.translations import TEXTS, Words

LIMITS = ("more_racked_than_planned", "more_sold_than_racked", "pue_below_one")


def answer(chosen: dict, today: dict, say: Words) -> str:
    """One sentence: payback with the changes and without; or why the scenario cannot be."""
    if chosen["payback_reason"] in LIMITS:
        return say("scenarios.impossible", reason=say.code("reason", chosen["payback_reason"]))
    return say("scenarios.answer", chosen=payback(chosen, say), today=payback(today, say))


def payback(row: dict, say: Words) -> str:
    """Months of payback, or the reason why there are none."""
    if row["payback_months"] is None:
        return say.code("reason", row["payback_reason"])
    return formatting.months(row["payback_months"], say.language)


def cards(chosen: dict, today: dict, view: str, say: Words) -> list[tuple[str, str, list[str]]]:
    """Label, value and notes of four cards, each with what it is today in the same view."""

    def before(value: str) -> str:
        return say("scenarios.today_value", value=value)

    def money(row: dict, name: str) -> str:
        return formatting.money(row[name], say.language)

    months = formatting.months(chosen["payback_months"], say.language)
    reason = [] if chosen["payback_reason"] is None else [say.code("reason", chosen["payback_reason"])]
    basis = say("scenarios.basis", view=say(f"payback.view_{view}"))
    return [
        (say("scenarios.payback"), months, [*reason, before(payback(today, say)), basis]),
        (
            say("scenarios.monthly"),
            money(chosen, "monthly_net_cash_cny_fen"),
            [before(money(today, "monthly_net_cash_cny_fen")), say("scenarios.monthly_note")],
        ),
        (
            say("scenarios.net_value"),
            money(chosen, "net_value_cny_fen"),
            [before(money(today, "net_value_cny_fen")), say("scenarios.net_value_note")],
        ),
        (
            say("scenarios.break_even"),
            formatting.percent(chosen["break_even_accounting_share"]),
            [
                before(formatting.percent(today["break_even_accounting_share"])),
                say("scenarios.break_even_note", share=formatting.percent(chosen["sold_share_of_plan"])),
                *([] if chosen["break_even_reason"] is None else [say.code("reason", chosen["break_even_reason"])]),
            ],
        ),
    ]


def changes(parameters: dict[str, str], say: Words) -> str:
    """What a scenario moved, in words."""
    parts = []
    for name, value in parameters.items():
        label = say(f"scenarios.{name}") if f"scenarios.{name}" in TEXTS else name
        word = f"scenarios.{name}_{value}"
        parts.append(f"{label} {say(word) if word in TEXTS else value}")
    return " · ".join(parts) or say("scenarios.nothing_moved")


def saved(rows: list, center_id: str, say: Words) -> list[dict[str, str]]:
    """One row of texts per saved scenario, its name a link that opens it."""
    return [
        {
            say("scenarios.name"): f"[{formatting.as_markdown_text(row.name)}]"
            f"({scenario_link.address(center_id, say.language, row.parameters)})",
            say("scenarios.changes"): formatting.as_markdown_text(changes(row.parameters, say)),
            say("scenarios.saved_at"): formatting.instant(row.saved_at),
        }
        for row in rows
    ]
