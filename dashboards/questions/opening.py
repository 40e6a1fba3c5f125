"""The sentence a page opens with, where its question is none of the eight: the answer before the first chart."""

from collections import Counter

from dashboards import energy_texts, formatting, payback_texts, queries
from dashboards.questions.asking import Asked

ALL = "ALL"
LARGEST_CLASSES = 3


def overview(asked: Asked) -> str:
    """How much of what was promised is racked and lit, over all centers or a province; where most and least is lit."""
    say = asked.say
    month = formatting.month(asked.month_start_on)
    if asked.province is None:
        sentence = say("opening.overview", month=month, **_rates(_figures(asked, ALL)))
    else:
        subject = ("province", str(asked.province), asked.month_start_on)
        figures = {row["metric_id"]: row for row in asked.rows(queries.across.of_subject, *subject)}
        sentence = say("opening.overview_of_province", month=month, **_rates(figures))
    lit = [
        row
        for row in asked.rows(queries.utilization.center_months, asked.month_start_on, asked.province)
        if row["lit_rate_of_racked_lower"] is not None
    ]
    if len(lit) < 2:
        return sentence
    by_rate = sorted(lit, key=lambda row: (row["lit_rate_of_racked_lower"], row["center_id"]))
    return sentence + say(
        "opening.overview_ends", most=_center_with_rate(by_rate[-1], asked), least=_center_with_rate(by_rate[0], asked)
    )


def racked_and_lit(asked: Asked) -> str:
    """What became of the planned card time of one center."""
    figures = _figures(asked, asked.center_id)
    return asked.say(
        "opening.racked_and_lit",
        month=formatting.month(asked.month_start_on),
        coverage=formatting.percent(figures["lit_of_racked"]["coverage"] if "lit_of_racked" in figures else None),
        **_rates(figures),
    )


def planned_time(asked: Asked) -> str:
    """Where most of the planned card time of one center went."""
    say = asked.say
    classes = asked.rows(queries.utilization.partition_month, asked.center_id, asked.month_start_on)
    largest = sorted(classes, key=lambda row: -row["planned_card_seconds"])[:LARGEST_CLASSES]
    if not largest or not largest[0]["plan_card_seconds"]:
        return say("opening.nothing_planned", month=formatting.month(asked.month_start_on))
    shares = [
        say(
            "opening.class_share",
            name=formatting.as_markdown_text(row[say.column("name")]),
            share=formatting.percent(row["share_of_plan"]),
        )
        for row in largest
        if row["planned_card_seconds"]
    ]
    return say(
        "opening.planned_time",
        month=formatting.month(asked.month_start_on),
        hours=formatting.card_hours(largest[0]["plan_card_seconds"]),
        shares=("；" if say.language == "zh" else "; ").join(shares),
    )


def sold_lit_paid(asked: Asked) -> str:
    """Whether what one center sold was used and paid for."""
    figures = _figures(asked, asked.center_id)
    names = ("sold_of_racked", "idle_of_sold", "paid_of_sold", "sold_lit_paid_of_racked")
    return asked.say(
        "opening.sold_lit_paid",
        month=formatting.month(asked.month_start_on),
        **{name: _rate(figures, name) for name in names},
    )


def energy(asked: Asked) -> str:
    """What one center drew in the month, by which meter, and how much of it its machines."""
    say = asked.say
    months = asked.rows(queries.usage.energy_months, asked.center_id)
    row = next((row for row in months if row["month_start_on"] == asked.month_start_on), None)
    if row is None or row["machine_energy_wh"] is None:
        return say("opening.nothing_metered", month=formatting.month(asked.month_start_on))
    words = {
        "month": formatting.month(asked.month_start_on),
        "machines": formatting.kwh(row["machine_energy_wh"]),
        "machine_meter": say.code("energy", f"scope_{row['machine_meter_scope']}"),
    }
    if row["facility_energy_wh"] is None:
        return say("opening.energy_of_machines", **words)
    return say(
        "opening.energy",
        **words,
        facility=formatting.kwh(row["facility_energy_wh"]),
        facility_meter=say.code("energy", f"scope_{row['facility_meter_scope']}"),
        pue=energy_texts.pue(row),
    )


def portfolio(asked: Asked, view: str, subsidy: str) -> str:
    """How many centers earn their cost, and which has its money back first."""
    say = asked.say
    centers = asked.rows(queries.money.portfolio, view, subsidy, asked.province)
    standings = Counter(row["is_above"] for row in centers)
    sentence = say(
        "opening.portfolio",
        centers=len(centers),
        above=standings[True],
        below=standings[False],
        unknown=standings[None],
    )
    dated = [row for row in centers if row["payback_months"] is not None]
    if not dated:
        return sentence + say("opening.portfolio_none")
    first = min(dated, key=lambda row: (row["payback_months"], row["center_id"]))
    return sentence + say(
        "opening.portfolio_first",
        count=len(dated),
        center=_center_name(first, asked),
        months=payback_texts.months_or_reason(first["payback_months"], first["payback_reason"], say),
    )


def vendors(asked: Asked) -> str:
    """How many promises of vendors are kept, and who owes most."""
    say = asked.say
    commitments = asked.rows(queries.promises.commitments, None, asked.vendor_id)
    counts = Counter(row["state"] for row in commitments)
    states = [
        say("opening.state_count", state=say.code("state", state), count=count)
        for state, count in sorted(counts.items(), key=lambda found: (-found[1], found[0]))
    ]
    sentence = say("opening.vendors", count=len(commitments), states=asked.listed(states))
    owing = [row for row in commitments if row["outstanding_cny_fen"]]
    if not owing:
        return sentence + say("opening.vendors_none")
    most = max(owing, key=lambda row: (row["outstanding_cny_fen"], row["commitment_id"]))
    return sentence + say(
        "opening.vendors_most",
        vendor=formatting.as_markdown_text(most[say.column("vendor_name")]),
        commitment=formatting.as_markdown_text(most["commitment_id"]),
        amount=formatting.money(most["outstanding_cny_fen"], say.language),
    )


def findings(asked: Asked) -> str:
    """In how many centers a rule holds as a serious one, and which does in most."""
    say = asked.say
    judged = asked.rows(queries.findings.judged, asked.province)
    serious = [row for row in judged if row["serious_count"]]
    words = {"centers": len({row["center_id"] for row in judged}), "of": len({row["rule_id"] for row in judged})}
    if not serious:
        return say("opening.findings_none", **words)
    counts = Counter((row["rule_id"], row[say.column("name")]) for row in serious)
    (rule_id, name), count = min(counts.items(), key=lambda found: (-found[1], found[0]))
    return say(
        "opening.findings",
        **words,
        holding=len({row["center_id"] for row in serious}),
        rules=len(counts),
        rule=f"{rule_id} {formatting.as_markdown_text(name)}",
        count=count,
    )


def _figures(asked: Asked, center_id: str) -> dict[str, dict]:
    """Registered figures of the month, by metric."""
    rows = asked.rows(queries.core.figures, None, center_id, formatting.month(asked.month_start_on))
    return {row["metric_id"]: row for row in rows}


def _rate(figures: dict[str, dict], metric_id: str) -> str:
    figure = figures.get(metric_id)
    return formatting.interval(figure["lower"], figure["upper"]) if figure else formatting.NOTHING


def _rates(figures: dict[str, dict]) -> dict[str, str]:
    """The three rates of a plan that pages name first."""
    return {
        "racked": _rate(figures, "racked_device_avg"),
        "lit": _rate(figures, "lit_of_racked"),
        "on_plan": _rate(figures, "lit_on_plan"),
    }


def _center_name(row: dict, asked: Asked) -> str:
    return formatting.as_markdown_text(row[asked.say.column("center_name")])


def _center_with_rate(row: dict, asked: Asked) -> str:
    rate = formatting.interval(row["lit_rate_of_racked_lower"], row["lit_rate_of_racked_upper"])
    return f"{_center_name(row, asked)} **{rate}**"
