"""The eight questions of an auditor, of one subsidy of a center, each in a sentence."""

from dashboards import formatting, queries
from dashboards.questions.asking import Asked


def delivered(asked: Asked, programme: dict) -> str:
    """Was what was promised delivered?"""
    say = asked.say
    capacity = asked.rows(queries.subsidies.capacity, programme["programme_id"])[0]
    models = [
        say(
            "asked.delivered_model",
            model=formatting.as_markdown_text(row["display_name"]),
            delivered=formatting.count_interval(row["delivered_card_count_lower"], row["delivered_card_count_upper"]),
            promised=formatting.count(row["planned_card_count"]),
        )
        for row in asked.rows(queries.subsidies.deliveries, programme["programme_id"])
    ]
    if not models:
        return say("asked.nothing_promised")
    rate = formatting.interval(
        capacity["delivered_rate_of_promised_lower"], capacity["delivered_rate_of_promised_upper"]
    )
    return say("asked.delivered", rate=rate, models=asked.listed(models), day=formatting.day(capacity["last_day"]))


def milestones(asked: Asked, programme: dict) -> str:
    """Are milestones met, at the lower bound?"""
    say = asked.say
    due = [row for row in asked.rows(queries.subsidies.milestones, programme["programme_id"]) if row["is_due"]]
    if not due:
        return say("asked.no_milestone_due")
    verdicts = ("met", "partly_met", "not_met", "undetermined")
    counts = {verdict: sum(row["verdict"] == verdict for row in due) for verdict in verdicts}
    parts = [
        f"{say(f'audit_verdict.{verdict}')} {formatting.count(count)}" for verdict, count in counts.items() if count
    ]
    return say("asked.milestones", count=formatting.count(len(due)), parts=asked.listed(parts))


def users(asked: Asked, programme: dict) -> str:
    """Who used it?"""
    say = asked.say
    shares = asked.rows(queries.subsidies.local_use, programme["programme_id"])
    own = shares[0] if shares else None
    if own is None or own["local_rate_lower"] is None:
        return say("asked.local_unknown")
    named = asked.rows(queries.subsidies.users, programme["programme_id"])
    sentence = say(
        "asked.local",
        rate=formatting.interval(own["local_rate_lower"], own["local_rate_upper"]),
        basis=say(f"local_basis.{own['basis']}"),
    )
    if not named:
        return sentence
    first = named[0]
    return sentence + say(
        "asked.local_first",
        users=formatting.count(len(named)),
        name=formatting.as_markdown_text(first[say.column("user_name")]),
        area=formatting.NOTHING if first["area_code"] is None else first["area_code"],
        hours=formatting.card_hours_interval(first["card_seconds_lower"], first["card_seconds_upper"]),
    )


def cost(asked: Asked, programme: dict) -> str:
    """What did a PFLOPS-hour of real use cost?"""
    say = asked.say
    kinds = {
        row["hours_kind"]: row
        for row in asked.rows(queries.subsidies.costs, asked.center_id)
        if row["programme_id"] == programme["programme_id"]
    }
    row = kinds.get("organic") or kinds.get("lit")
    if row is None or row["net_paid_cny_fen"] == 0:
        return say("asked.nothing_paid")
    if row["cny_per_p_hour_lower"] is None:
        return say("asked.cost_unknown", reason=say.code("withheld", row["withheld_reason"]))
    return say(
        "asked.cost",
        kind=say(f"hours_kind.{row['hours_kind']}"),
        price=formatting.yuan_from(row["cny_per_p_hour_lower"], row["cny_per_p_hour_upper"]),
        market=formatting.yuan_interval(row["market_cny_per_p_hour_low"], row["market_cny_per_p_hour_high"]),
        paid=formatting.money(row["net_paid_cny_fen"], say.language),
    )


def survived(asked: Asked, programme: dict) -> str:
    """Did use survive the acceptance window?"""
    del programme
    say = asked.say
    rows = [
        row
        for row in asked.rows(queries.use.padding, asked.center_id)
        if (row["vendor_party_id"], row["basis"]) == ("ALL", "technical")
    ]
    if not rows:
        return say("asked.no_acceptance")
    row = rows[0]
    verdict = say.code("padding_verdict", row["verdict"])
    if row["withheld_reason"] is not None:
        reason = say.code("padding_reason", row["withheld_reason"])
        return say("asked.survived_unknown", day=formatting.day(row["window_end_on"]), verdict=verdict, reason=reason)
    return say(
        "asked.survived",
        day=formatting.day(row["window_end_on"]),
        before=formatting.interval(row["lit_rate_before_least"], row["lit_rate_before_most"]),
        after=formatting.interval(row["lit_rate_after_most"], row["lit_rate_after_least"]),
        verdict=verdict,
    )


def owed_back(asked: Asked, programme: dict) -> str:
    """Is anything owed back?"""
    say = asked.say
    return say(
        "asked.owed_back",
        verdict=say(f"audit_verdict.{programme['verdict']}"),
        earned=formatting.money_interval(
            programme["earned_cny_fen_lower"], programme["earned_cny_fen_upper"], say.language
        ),
        paid=formatting.money(programme["net_paid_cny_fen"], say.language),
        back=formatting.money_interval(
            programme["clawback_cny_fen_if_upper"], programme["clawback_cny_fen_if_lower"], say.language
        ),
    )


def undetermined(asked: Asked, programme: dict) -> str:
    """Which figures were restated or are undetermined?"""
    del programme
    row = asked.rows(queries.questions.undecided, asked.center_id, asked.month_start_on)[0]
    counts = ("due_milestones", "undetermined_milestones", "claims", "undetermined_claims")
    return asked.say(
        "asked.undetermined",
        month=formatting.month(asked.month_start_on),
        coverage=formatting.percent(row["coverage"]),
        **{name: formatting.count(row[name]) for name in counts},
    )


def verify(asked: Asked, programme: dict) -> str:
    """Can I verify one number myself?"""
    del programme
    say = asked.say
    size = asked.rows(queries.questions.trail_size, asked.center_id)[0]
    sentence = say("asked.verify", figures=formatting.count(size["figures"]), files=formatting.count(size["files"]))
    for row in asked.rows(queries.subsidies.inspection, asked.center_id):
        sentence += say(
            "asked.inspect",
            cards=formatting.count(row["card_count"]),
            sample=formatting.count(row["sample_size"]),
            missing=formatting.percent(row["missing_ratio"]),
            confidence=formatting.percent(row["confidence_ratio"]),
        )
    return sentence


ANSWERS = (
    ("delivered", delivered, "subsidy_audit"),
    ("milestones", milestones, "subsidy_audit"),
    ("users", users, "subsidy_audit"),
    ("cost", cost, "subsidy_audit"),
    ("survived", survived, "organic_use"),
    ("owed_back", owed_back, "subsidy_audit"),
    ("undetermined", undetermined, "data_quality"),
    ("verify", verify, "trail"),
)
"""Name of the question, what answers it, and the page with its exhibits."""
