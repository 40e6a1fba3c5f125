"""Payback rows as ready texts for cards and the table of all variants. No streamlit, no numbers of its own."""

from dashboards import formatting
from dashboards.translations import Words


def months_or_reason(months: float | None, reason: str | None, say: Words) -> str:
    """Months as years and months, or in words why none are given."""
    if months is not None:
        return formatting.months(months, say.language)
    return formatting.as_markdown_text(say.code("reason", reason)) if reason else formatting.NOTHING


def cards(rows: list[dict], contracted: list[dict], say: Words) -> list[tuple[str, str, list[str]]]:
    """Label, value and notes of six cards for one view and flow: three without subsidy, three with.

    `contracted` is the frame of `queries.costs.capex`, for payback counts what was paid and not what was signed.
    """
    texts = []
    for row in sorted(rows, key=lambda row: row["subsidy"], reverse=True):
        subsidy = say(f"payback.subsidy_{row['subsidy']}")
        texts.append(_base_card(row, contracted, say) if row["subsidy"] == "without" else _trailing_card(row, say))
        texts.append(
            (
                say("payback.recovered", subsidy=subsidy),
                formatting.percent(row["recovered_share"]),
                [say("payback.amount", amount=formatting.money(row["recovered_cny_fen"], say.language))],
            )
        )
        given = row["payback_months"] is not None
        texts.append(
            (
                say("payback.months", subsidy=subsidy),
                formatting.months(row["payback_months"], say.language) if given else say("payback.no_months"),
                [say("payback.counted"), _from_commissioning(row, say)]
                if given
                else [months_or_reason(None, row["payback_reason"], say)],
            )
        )
    return texts


def band_cards(row: dict, say: Words) -> list[tuple[str, str, list[str]]]:
    """Payback of a tenth, half and nine tenths of the random futures, and how many never come back."""
    texts = []
    for name in ("p10", "p50", "p90"):
        months, reason = row[f"payback_months_{name}"], row[f"payback_{name}_reason"]
        value = say("payback.no_months") if months is None else formatting.months(months, say.language)
        notes = [say("payback.counted")] if months is not None else [months_or_reason(None, reason, say)]
        texts.append((say(f"payback.band_{name}"), value, notes))
    never = formatting.percent(row["never_share_of_draws"])
    within = formatting.months(row["horizon_months"], say.language)
    texts.append((say("payback.band_never"), never, [say("payback.band_horizon", months=within)]))
    return texts


def band_basis(row: dict, say: Words) -> str:
    """How the futures were drawn, with the seed, so that anybody can draw the same."""
    return say(
        "payback.band_basis",
        draws=formatting.count(row["draw_count"]),
        seed=row["seed"],
        collected=formatting.percent(row["collected_share"]),
    )


def _base_card(row: dict, contracted: list[dict], say: Words) -> tuple[str, str, list[str]]:
    elapsed = formatting.months(row["elapsed_months"], say.language)
    notes = [say("payback.elapsed", months=elapsed), say(f"payback.capex_paid_{row['view']}")]
    if contracted:
        signed = formatting.money(contracted[0]["gross_cny_fen"], say.language)
        notes.append(say("payback.capex_contracted", amount=signed))
    return (
        say("payback.capex"),
        formatting.money(row["capex_cny_fen"], say.language),
        notes,
    )


def _from_commissioning(row: dict, say: Words) -> str:
    months = formatting.months(row["payback_months_from_commissioning"], say.language)
    return say("payback.from_commissioning", months=months)


def _trailing_card(row: dict, say: Words) -> tuple[str, str, list[str]]:
    trailing = formatting.money(row["trailing_monthly_net_cash_cny_fen"], say.language)
    return say("payback.trailing"), trailing, [say(f"payback.flow_{row['flow_basis']}")]


def variants(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per view, subsidy and flow basis."""
    return [
        {
            say("payback.view"): say(f"payback.view_{row['view']}"),
            say("payback.subsidy"): say(f"payback.subsidy_{row['subsidy']}"),
            say("payback.basis"): say(f"payback.flow_{row['flow_basis']}"),
            say("payback.recovered_share"): formatting.percent(row["recovered_share"]),
            say("payback.simple"): months_or_reason(row["payback_months"], row["payback_reason"], say),
            say("payback.commissioning"): formatting.months(row["payback_months_from_commissioning"], say.language)
            if row["payback_months"] is not None
            else formatting.NOTHING,
            say("payback.discounted", rate=formatting.percent(row["discount_rate"])): months_or_reason(
                row["discounted_payback_months"], row["discounted_payback_reason"], say
            ),
            say("payback.npv"): formatting.money(row["npv_cny_fen"], say.language),
            say("payback.irr"): formatting.percent(row["irr_rate"])
            if row["irr_rate"] is not None
            else months_or_reason(None, row["irr_reason"], say),
        }
        for row in rows
    ]
