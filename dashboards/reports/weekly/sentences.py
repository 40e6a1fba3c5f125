"""The eight questions of the week answered in a sentence each, out of rows of the marts."""

from collections import Counter

from dashboards import formatting
from dashboards.reports.weekly import pictures
from dashboards.reports.weekly.facts import WeekFacts
from dashboards.translations import Words

NOTICE_DAYS = 56
"""Leases that end within eight weeks are announced."""


def answers(facts: WeekFacts, say: Words) -> list[str]:
    """The eight sentences."""
    makers = (answer_1, answer_2, answer_3, answer_4, answer_5, answer_6, answer_7, answer_8)
    return [make(facts, say) for make in makers]


def answer_1(facts: WeekFacts, say: Words) -> str:
    """Where the capacity went."""
    row = facts.ladder
    before = row["lit_card_seconds_lower_before"]
    return say(
        "weekly.answer.1",
        planned=formatting.card_hours(row["planned_card_seconds"]),
        able=formatting.card_hours_interval(row["racked_card_seconds_lower"], row["racked_card_seconds_upper"]),
        sold=formatting.card_hours(row["sold_card_seconds"]),
        lit=formatting.card_hours_interval(row["lit_card_seconds_lower"], row["lit_card_seconds_upper"]),
        rate=formatting.interval(row["lit_rate_of_racked_lower"], row["lit_rate_of_racked_upper"]),
        unknown=formatting.card_hours(row["unknown_card_seconds"]),
        before=formatting.card_hours_interval(before, row["lit_card_seconds_upper_before"]),
    )


def answer_2(facts: WeekFacts, say: Words) -> str:
    """What changed, and who caused it."""
    tenant, cause = (rows[0] if rows else None for rows in (facts.by_tenant, facts.by_cause))
    if cause is None or not cause["compared_day_count"]:
        return say("weekly.answer.2_none")
    return say(
        "weekly.answer.2",
        days=cause["compared_day_count"],
        change=formatting.pflops_hours(cause["scope_lit_gflops_seconds_change"]),
        tenant=pictures.subject_name(tenant, "tenant", say) if tenant else formatting.NOTHING,
        tenant_change=formatting.pflops_hours(tenant["lit_gflops_seconds_change"]) if tenant else formatting.NOTHING,
        cause=pictures.subject_name(cause, "cause", say),
        cause_change=formatting.pflops_hours(cause["lit_gflops_seconds_change"]),
    )


def answer_3(facts: WeekFacts, say: Words) -> str:
    """Sold and idle, unsold and busy."""
    cells = {(row["is_sold"], row["lit_status"]): row for row in facts.sold_lit}
    if not facts.mismatches:
        return say("weekly.answer.3_none")
    worst = facts.mismatches[0]
    return say(
        "weekly.answer.3",
        idle=formatting.percent(_share(cells, True, "idle")),
        busy=formatting.percent(_share(cells, False, "lit")),
        server=worst["server_id"],
        tenant=tenant_name(worst, say),
        share=formatting.percent(worst["idle_share_of_sold"]),
    )


def _share(cells: dict, is_sold: bool, lit_status: str) -> float:
    """Share of able time in one cell; classes fill the able time, so a cell without a row is empty."""
    return cells[is_sold, lit_status]["share_of_able"] if (is_sold, lit_status) in cells else 0.0


def tenant_name(row: dict, say: Words) -> str:
    """The tenant of a server, or that there is none."""
    none = row["tenant_party_id"] == "none"
    return say("weekly.subject.tenant.none") if none else row[say.column("tenant_name")]


def answer_4(facts: WeekFacts, say: Words) -> str:
    """Which machines need hands."""
    if not facts.out_of_service:
        return say("weekly.answer.4_none")
    counts = Counter(row["condition"] for row in facts.out_of_service)
    parts = [f"{count} {say.code('condition', name)}" for name, count in sorted(counts.items())]
    oldest = facts.out_of_service[0]
    return say(
        "weekly.answer.4",
        count=len(facts.out_of_service),
        parts=("、" if say.language == "zh" else ", ").join(parts),
        age=oldest["age_days"],
        server=oldest["server_id"],
    )


def answer_5(facts: WeekFacts, say: Words) -> str:
    """Whether the numbers can be trusted."""
    known = [row for row in facts.place_coverage if row["known_rate_of_able"] is not None]
    worst = known[0] if known else None
    return say(
        "weekly.answer.5",
        coverage=formatting.percent(facts.ladder["coverage_of_racked"]),
        place=pictures.place_name(worst["place_id"], facts, say) if worst else formatting.NOTHING,
        known=formatting.percent(worst["known_rate_of_able"] if worst else None),
        word=say("weekly.answer.5_solid"),
    )


def answer_6(facts: WeekFacts, say: Words) -> str:
    """What ends, and what is free."""
    ending = [row for row in facts.leases if row["remaining_days"] <= NOTICE_DAYS]
    if not facts.leases:
        words = say("weekly.ending_nothing")
    else:
        first = (ending or facts.leases)[0]
        words = say(
            "weekly.ending_some" if ending else "weekly.ending_none",
            count=len(ending),
            lease=first["lease_id"],
            day=formatting.day(first["ends_on"]),
        )
    if not facts.sellable:
        return say("weekly.answer.6_sold_out", ending=words)
    most = facts.sellable[0]
    model = most["display_name"]
    if facts.scope_id == "ALL":
        model = f"{model} ({pictures.place_name(most['center_id'], facts, say)})"
    return say(
        "weekly.answer.6",
        ending=words,
        model=model,
        cards=formatting.whole(most["unsold_cards"]),
        pflops=formatting.one_decimal(most["unsold_pflops"]),
    )


def answer_7(facts: WeekFacts, say: Words) -> str:
    """What power cost."""
    by_meter = {row["meter_scope"]: row for row in facts.energy}
    meter = next((name for name in ("site", "bill", "pdu", "server", "device") if name in by_meter), None)
    if meter is None:
        return say("weekly.answer.7_none")
    bill = say("weekly.answer.7_no_bill")
    priced = [row for row in facts.bills if row["bill_cny_per_lit_card_hour_upper"] is not None]
    if facts.bills and facts.scope_id != "ALL":
        bill = _bill(facts.bills[0], facts, say, "weekly.answer.7_bill")
    elif priced:
        dearest = max(priced, key=lambda row: row["bill_cny_per_lit_card_hour_upper"])
        bill = _bill(dearest, facts, say, "weekly.answer.7_bill_of")
    return say(
        "weekly.answer.7",
        meter=say(f"weekly.meter.{meter}"),
        kwh=formatting.kwh(by_meter[meter]["energy_wh"]),
        known=formatting.percent(by_meter[meter]["known_rate_of_expected"]),
        bill=bill,
    )


def _bill(row: dict, facts: WeekFacts, say: Words, key: str) -> str:
    hour = formatting.yuan_interval(row["bill_cny_per_lit_card_hour_lower"], row["bill_cny_per_lit_card_hour_upper"])
    return say(
        key,
        month=formatting.month(row["month_start_on"]),
        center=pictures.place_name(row["center_id"], facts, say),
        amount=formatting.whole_yuan(row["bill_with_tax_fen"], say.language),
        hour=hour,
        pue=formatting.pue(row["pue"]),
    )


def answer_8(facts: WeekFacts, say: Words) -> str:
    """What to do by Friday."""
    valued = [row for row in facts.actions if row["value_at_stake_cny_fen"] is not None]
    if not facts.actions:
        return say("weekly.answer.8_none")
    if not valued:
        return say("weekly.answer.8_plain", count=len(facts.actions))
    first = valued[0]
    return say(
        "weekly.answer.8",
        count=len(facts.actions),
        valued=len(valued),
        subject=action_subject(first, facts, say),
        kind=say.code("action", first["action_kind"]),
        amount=formatting.whole_yuan(first["value_at_stake_cny_fen"], say.language),
        age=first["age_days"],
    )


def action_subject(row: dict, facts: WeekFacts, say: Words) -> str:
    """What an action is about; a center by its name."""
    if row["subject_id"] in facts.center_names:
        return pictures.place_name(row["subject_id"], facts, say)
    return row[say.column("subject")]
