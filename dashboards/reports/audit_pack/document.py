"""The summary of an audit pack in one language: eight questions, their answers, bars and tables, as ready texts.

Values are the marts' own; only lengths of bars are scaled here.
"""

from math import log10

from dashboards import formatting, subsidy_audit_texts
from dashboards.reports.audit_pack.facts import PackFacts
from dashboards.reports.audit_pack.proof import doubt, owed, proof
from dashboards.reports.audit_pack.shapes import Bar, Bars, Document, Section, Tile, Tiles, table
from dashboards.translations import Words

USER_COUNT = 10
COST_AXIS = (-1.0, 5.0)
"""Powers of ten of CNY per PFLOPS-hour between which the axis of cost runs."""


def compose(facts: PackFacts, version: str, key_fingerprint: str, say: Words) -> Document:
    """The summary of one pack."""
    row, build = facts.settlement, facts.build
    parties = say(
        "pack.parties",
        authority=row[say.column("authority_name")] or row["authority_party_id"],
        granted=formatting.money(row["granted_cny_fen"], say.language),
        start=row["valid_from"],
        end=row["covered_to"],
    )
    stamps = [
        say("pack.stamp_as_of", as_of=f"{build['as_of_at']:%Y-%m-%d %H:%M}", version=version),
        parties,
        say("pack.stamp_versions", code=build["code_version"], policy=build["policy_version"], seed=facts.seed),
        say("pack.stamp_key", fingerprint=key_fingerprint),
        say("pack.bounds"),
    ]
    center = facts.center[say.column("center_name")] or facts.center["center_id"]
    makers = (_delivery, _milestones, _users, _cost, _window, owed, doubt, proof)
    return Document(
        say.language,
        say("pack.title"),
        say("pack.scope", programme=facts.programme_id, center=center),
        stamps,
        [make(facts, say) for make in makers],
    )


def _delivery(facts: PackFacts, say: Words) -> Section:
    total, models = facts.rows("capacity")[0], facts.rows("delivery")
    answer = say(
        "pack.delivery_answer",
        day=total["last_day"],
        delivered=_p_range(total["delivered_gflops_lower"], total["delivered_gflops_upper"]),
        promised=_p(total["promised_gflops"]),
        rate=formatting.interval(total["delivered_rate_of_promised_lower"], total["delivered_rate_of_promised_upper"]),
    )
    longest = max([row[name] or 0 for row in models for name in ("promised_gflops", "delivered_gflops_upper")] + [1])
    bars = [
        Bar(
            row["display_name"] or row["model_id"],
            float((row["delivered_gflops_lower"] or 0) / longest),
            float((row["delivered_gflops_upper"] or 0) / longest),
            f"{_p_range(row['delivered_gflops_lower'], row['delivered_gflops_upper'])} / {_p(row['promised_gflops'])}"
            f" / {_p(row['attested_measured_gflops'])}",
            [float((row["promised_gflops"] or 0) / longest)],
        )
        for row in models
    ]
    return Section(say("pack.delivery"), [answer], Bars(bars, say("pack.delivery_caption")))


def _milestones(facts: PackFacts, say: Words) -> Section:
    found = facts.rows("milestones")
    if not found:
        return Section(say("pack.milestones"), [say("pack.milestones_none")])
    due = [row["verdict"] for row in found if row["is_due"]]
    answer = say(
        "pack.milestones_answer",
        total=len(found),
        due=len(due),
        met=due.count("met"),
        undetermined=due.count("undetermined"),
    )
    widths = [3.2, 1.5, 3, 1.6, 3, 1.7, 1.5]
    return Section(say("pack.milestones"), [answer], tables=table(subsidy_audit_texts.milestones(found, say), widths))


def _users(facts: PackFacts, say: Words) -> Section:
    users = facts.rows("users")
    own = next((row for row in facts.rows("local_use") if row["is_programme_basis"]), None)
    if own is None or (own["local_rate_lower"] is None and own["local_rate_upper"] is None):
        answer = say("pack.users_undefined", count=len(users))
    else:
        low, high = (own[f"local_rate_{bound}"] for bound in ("lower", "upper"))
        rate = formatting.interval(0.0 if low is None else low, 1.0 if high is None else high)
        answer = say("pack.users_answer", rate=rate, basis=say(f"local_basis.{own['basis']}"), count=len(users))
    widths = [3.2, 1.2, 1.1, 1.6, 1.2, 1.5, 1.7]
    return Section(
        say("pack.users"),
        [answer, *_from_nowhere(facts, say)],
        tiles=_map(facts, say),
        tables=table(subsidy_audit_texts.users(users[:USER_COUNT], say), widths),
    )


def _map(facts: PackFacts, say: Words) -> Tiles:
    """Where the users are registered, by their share of possible use."""
    found = facts.rows("use_by_province")
    if not any(row["user_count"] for row in found):
        return Tiles()
    tiles = [
        Tile(
            row["tile_row"],
            row["tile_column"],
            row["province_abbr_zh"] if say.language == "zh" else row["province_name_en"],
            formatting.percent(row["share_of_use_upper"], 0) if row["user_count"] else "",
            row["share_of_use_upper"] if row["user_count"] else None,
        )
        for row in found
        if row["tile_row"] is not None
    ]
    return Tiles(tiles, say("pack.map_caption"))


def _from_nowhere(facts: PackFacts, say: Words) -> list[str]:
    """Use whose user has no valid code stands on no map, and is said in words."""
    return [
        say("pack.map_nowhere", count=row["user_count"], share=formatting.percent(row["share_of_use_upper"]))
        for row in facts.rows("use_by_province")
        if row["tile_row"] is None
    ]


def _cost(facts: PackFacts, say: Words) -> Section:
    costs = [row for row in facts.rows("cost") if row["cny_per_p_hour_lower"]]
    if not costs:
        return Section(say("pack.cost"), [say("pack.cost_none")])
    answers = [
        say("pack.cost_answer", cost=_price(row, say), market=_market(row))
        for row in costs
        if row["hours_kind"] == "organic"
    ]
    bars = [
        Bar(
            say(f"hours_kind.{row['hours_kind']}"),
            _on_cost_axis(row["cny_per_p_hour_lower"]),
            1.0 if row["cny_per_p_hour_upper"] is None else _on_cost_axis(row["cny_per_p_hour_upper"]),
            _price(row, say),
            [
                _on_cost_axis(row[f"market_cny_per_p_hour_{end}"])
                for end in ("low", "high")
                if row[f"market_cny_per_p_hour_{end}"]
            ],
            from_zero=False,
        )
        for row in costs
    ]
    return Section(say("pack.cost"), answers or [say("pack.cost_none")], Bars(bars, say("pack.cost_caption")))


def _window(facts: PackFacts, say: Words) -> Section:
    tests = facts.rows("acceptance_test")
    if not tests:
        return Section(say("pack.window"), [say("pack.window_none")])
    answers = [
        say(
            "pack.window_answer",
            basis=say.code("padding_basis", row["basis"]),
            day=row["window_end_on"],
            before=formatting.interval(row["lit_rate_before_least"], row["lit_rate_before_most"]),
            after=_after(row["lit_rate_after_least"], row["lit_rate_after_most"]),
            verdict=say.code("padding_verdict", row["verdict"]),
        )
        for row in tests
    ]
    days = [row for row in facts.rows("acceptance_days") if row["basis"] == "business"]
    bars = [
        Bar(
            f"{row['local_day']} ({row['days_from_window_end']:+d})",
            row["lit_rate_lower"],
            row["lit_rate_upper"],
            formatting.interval(row["lit_rate_lower"], row["lit_rate_upper"]),
            is_shaded=row["days_from_window_end"] < 0,
        )
        for row in days
        if row["days_from_window_end"] % 7 == 0 and row["lit_rate_lower"] is not None
    ]
    return Section(say("pack.window"), answers, Bars(bars, say("pack.window_caption")))


def _p(gflops: int | None) -> str:
    return formatting.NOTHING if gflops is None else f"{float(gflops) / 1_000_000:,.2f}"


def _p_range(low: int | None, high: int | None) -> str:
    first, last = _p(low), _p(high)
    return first if first == last else f"{first}–{last}"


def _price(row: dict, say: Words) -> str:
    if row["cny_per_p_hour_upper"] is None:
        return say("audit.at_least", low=f"{row['cny_per_p_hour_lower']:,.2f}")
    return formatting.yuan_interval(row["cny_per_p_hour_lower"], row["cny_per_p_hour_upper"])


def _market(row: dict) -> str:
    return formatting.yuan_interval(row["market_cny_per_p_hour_low"], row["market_cny_per_p_hour_high"])


def _on_cost_axis(price: float) -> float:
    low, high = COST_AXIS
    return min(max((log10(price) - low) / (high - low), 0.0), 1.0)


def _after(least: float | None, most: float | None) -> str:
    """Use after the window: what makes the drop least is the higher of the two."""
    return formatting.interval(most, least)
