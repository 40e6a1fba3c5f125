"""The eight questions of an investor, of one center, each in a sentence."""

from dashboards import (
    break_even_texts,
    formatting,
    lease_texts,
    payback_texts,
    queries,
    stress_texts,
)
from dashboards.questions.asking import Asked


def money_back(asked: Asked) -> str:
    """Is the money coming back, and when?"""
    say = asked.say
    found = {
        row["flow_basis"]: row
        for row in asked.rows(queries.money.payback, asked.center_id)
        if (row["view"], row["subsidy"]) == ("project", "without")
    }
    if not found:
        return say("asked.no_capex")
    now = found["run_rate_t12m"]
    sentence = say(
        "asked.money_back",
        recovered=formatting.percent(now["recovered_share"]),
        capex=formatting.money(now["capex_cny_fen"], say.language),
        elapsed=formatting.months(now["elapsed_months"], say.language),
        payback=payback_texts.months_or_reason(now["payback_months"], now["payback_reason"], say),
        contracted=payback_texts.months_or_reason(
            found["contracted"]["payback_months"], found["contracted"]["payback_reason"], say
        ),
    )
    drawn = asked.rows(queries.money.payback_band, asked.center_id, "project", "without")
    if not drawn:
        return sentence
    band = drawn[0]
    futures = {
        "draws": formatting.count(band["draw_count"]),
        "never": formatting.percent(band["never_share_of_draws"]),
    }
    if band["payback_months_p10"] is None:
        return sentence + say("asked.money_back_never", **futures)
    early = formatting.months(band["payback_months_p10"], say.language)
    return sentence + say("asked.money_back_band", early=early, **futures)


def above_break_even(asked: Asked) -> str:
    """Are we above break-even?"""
    rows = [row for row in asked.rows(queries.money.break_even, asked.center_id) if row["center_id"] == asked.center_id]
    return break_even_texts.answer(rows, asked.say) if rows else asked.say("asked.no_capex")


def real_use(asked: Asked) -> str:
    """Is the use real?"""
    say = asked.say
    classes = asked.rows(queries.use.organic_month, asked.center_id, asked.month_start_on)
    shares = [
        f"{say.code('use_class', row['use_class'])} {formatting.percent(row['share_of_lit'])}"
        for row in classes
        if row["share_of_lit"]
    ]
    if not shares:
        return say("asked.nothing_lit", month=formatting.month(asked.month_start_on))
    not_judged = [row for row in classes if row["basis"] == "not_judged_yet"]
    sentence = say("asked.real_use", month=formatting.month(asked.month_start_on), shares=asked.listed(shares))
    return sentence + (say("asked.real_use_not_judged") if not_judged else "")


def revenue_quality(asked: Asked) -> str:
    """How good is the revenue?"""
    say = asked.say
    months = asked.rows(queries.questions.revenue_quality, asked.center_id, asked.month_end_on)
    if not months:
        return say("asked.no_revenue")
    row = months[0]
    return say(
        "asked.revenue_quality",
        month=formatting.month(row["month_start_on"]),
        billed=formatting.money(row["billed_net_cny_fen"], say.language),
        collected=formatting.percent(row["collected_rate_of_billed"]),
        quality=formatting.percent(row["quality_adjusted_rate_of_billed"]),
        note=say(f"economics.{row['quality_basis']}"),
    )


def concentration(asked: Asked) -> str:
    """How concentrated, how cancellable?"""
    books = asked.rows(queries.leases.lease_book, asked.center_id)
    if not books:
        return asked.say("asked.no_leases")
    return lease_texts.answer(books[0], asked.rows(queries.leases.tenants, asked.center_id), asked.say)


def vendors_word(asked: Asked, vendor: str | None = None) -> str:
    """Are the vendors keeping their word, or is one of them?"""
    say = asked.say
    commitments = asked.rows(queries.promises.commitments, asked.center_id, vendor)
    if not commitments:
        return say("asked.no_commitment")
    sentences = []
    for row in commitments:
        closed = [
            period
            for period in asked.rows(queries.promises.commitment_periods, row["commitment_id"])
            if period["is_closed"]
        ]
        kept = (
            say("asked.vendor_kept", rate=formatting.percent(closed[-1]["cumulative_compliance_rate"]))
            if closed
            else say("asked.vendor_no_period")
        )
        sentences.append(
            say(
                "asked.vendors_word",
                vendor=formatting.as_markdown_text(row[say.column("vendor_name")]),
                state=say.code("state", row["state"]),
                kept=kept,
                outstanding=formatting.money(row["outstanding_cny_fen"], say.language),
            )
        )
    return " ".join(sentences)


def moves_payback(asked: Asked) -> str:
    """What moves payback most?"""
    say = asked.say
    scenarios = asked.rows(queries.stress.named_scenarios, asked.center_id)
    if not scenarios:
        return say("asked.no_capex")
    return f"{largest_driver(asked)} {stress_texts.answer(scenarios, say)}"


def largest_driver(asked: Asked) -> str:
    """The one driver that moves payback most, in a sentence."""
    say = asked.say
    most = asked.rows(queries.questions.largest_driver, asked.center_id)
    if not most:
        return say("asked.driver_none")
    row = most[0]
    changed = {"driver": say(f"stress.driver_{row['driver']}"), "step": formatting.change(row["change_ratio"])}
    if row["base_payback_months"] is None:
        value = formatting.money(row["net_value_difference_cny_fen"], say.language)
        return say("asked.driver_of_value", value=value, **changed)
    return say(
        "asked.driver",
        base=formatting.months(row["base_payback_months"], say.language),
        payback=payback_texts.months_or_reason(row["payback_months"], row["payback_reason"], say),
        **changed,
    )


def iron(asked: Asked, model_id: str | None = None) -> str:
    """What is the iron worth, or that of one model?"""
    say = asked.say
    models = asked.rows(queries.worth.iron, asked.center_id, model_id)
    if not models:
        return say("asked.no_iron")
    return " ".join(
        say(
            "asked.iron",
            model=formatting.as_markdown_text(row["model_name"]),
            cards=formatting.count(row["card_count"]),
            book=formatting.money(row["book_value_cny_fen"], say.language),
            market=formatting.money(row["market_value_cny_fen"], say.language),
            lease=formatting.money(row["lease_value_cny_fen"], say.language),
            better=say(f"worth.better_{row['better_use']}")
            if row["value_reason"] is None
            else formatting.as_markdown_text(say.code("reason", row["value_reason"])),
        )
        for row in models
    )


ANSWERS = (
    ("money_back", money_back, "payback"),
    ("above_break_even", above_break_even, "break_even"),
    ("real_use", real_use, "organic_use"),
    ("revenue_quality", revenue_quality, "economics"),
    ("concentration", concentration, "leases"),
    ("vendors_word", vendors_word, "offtake"),
    ("moves_payback", moves_payback, "stress"),
    ("iron", iron, "worth"),
)
"""Name of the question, what answers it, and the page with its charts."""
