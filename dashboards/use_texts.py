"""Rows of whose use it was, of the padding test and of bought revenue as ready texts. No numbers of its own."""

from dashboards import formatting
from dashboards.translations import Words

_RULES = (
    ("padding.effect", "has_effect", "drop_of_lit_rate"),
    ("padding.significance", "is_significant", "p_value"),
    ("padding.timing", "is_in_time", "break_on"),
    ("padding.attribution", "is_attributable", "attributable_share_of_drop"),
)
_EXPLANATIONS = (
    "is_fault_explained",
    "is_maintenance_explained",
    "is_contract_end_explained",
    "is_peer_alike",
    "is_elsewhere_alike",
)


def classes(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per class of use of a month."""
    return [
        {
            say("use.class"): formatting.as_markdown_text(say.code("use_class", row["use_class"])),
            say("use.card_hours"): _judged(row, _hours(row, say), say),
            say("use.pflops_hours"): _judged(row, formatting.pflops_hours_amount(row["gflops_seconds"]), say),
            say("use.share"): _judged(row, formatting.percent(row["share_of_lit"]), say),
        }
        for row in rows
    ]


def soft_hours(rows: list[dict]) -> str:
    """Card-hours of the month by tenants softly linked to a vendor or the operator."""
    return formatting.card_hours(
        next((row["soft_related_card_seconds"] for row in rows if row["use_class"] == "external_unrelated"), None)
    )


def judged_hours(rows: list[dict]) -> str:
    """Lit card-hours of the month whose load was sampled closely enough to be judged."""
    return formatting.card_hours(next((row["judged_lit_card_seconds"] for row in rows), None))


def _hours(row: dict, say: Words) -> str:
    """Card-hours of a class; where suspected load was taken out, how much more it may be; suspected: at most."""
    hours = formatting.card_hours(row["card_seconds"])
    if row["basis"] == "findings_upper_bound":
        return say("use.at_most", hours=hours)
    if row["suspect_taken_out_card_seconds"]:
        return say("use.up_to", hours=hours, more=formatting.card_hours(row["suspect_taken_out_card_seconds"]))
    return hours


def _judged(row: dict, text: str, say: Words) -> str:
    return say("use.not_judged") if row["basis"] == "not_judged_yet" else text


def rules(row: dict, say: Words) -> list[dict[str, str]]:
    """One row of texts per rule of the padding test, in the certain and in the possible case."""
    found = [
        {
            say("padding.rule"): say("padding.before_after"),
            **_both(
                lambda case: (
                    f"{formatting.percent(row[f'lit_rate_before_{case}'])} → "
                    f"{formatting.percent(row[f'lit_rate_after_{case}'])}"
                ),
                say,
            ),
        }
    ]
    for key, rule, value in _RULES:
        found.append(
            {
                say("padding.rule"): say(key),
                **_both(
                    lambda case, rule=rule, value=value: _mark(row[f"{rule}_{case}"], _value(row, value, case), say),
                    say,
                ),
            }
        )
    causes = [say(f"padding.{name}") for name in _EXPLANATIONS if row[name]]
    explanation = " · ".join(causes) if causes else say("padding.explanation_none")
    found.append(
        {
            say("padding.rule"): say("padding.explained"),
            **_both(lambda case: _mark(row[f"is_not_explained_{case}"], explanation, say), say),
        }
    )
    found.append(
        {
            say("padding.rule"): f"**{say('padding.case_verdict')}**",
            **_both(lambda case: f"**{say.code('padding_verdict', row[f'verdict_{case}'])}**", say),
        }
    )
    return found


def _both(text, say: Words) -> dict[str, str]:
    return {say("padding.certain"): text("least"), say("padding.possible"): text("most")}


def _value(row: dict, name: str, case: str) -> str:
    value = row[f"{name}_{case}"]
    if name == "break_on":
        return formatting.day(value)
    if name == "p_value":
        return formatting.small_share(value)
    if name == "drop_of_lit_rate":
        return f"{formatting.points(value)} / {formatting.percent(row[f'relative_drop_{case}'])}"
    return formatting.percent(value)


def _mark(holds: bool | None, value: str, say: Words) -> str:
    if holds is None:
        return formatting.NOTHING
    return say("padding.yes" if holds else "padding.no", value=value)


def vendors(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per vendor: its part of the drop at both bounds, and the verdict."""
    return [
        {
            say("padding.vendor_column"): vendor_name(row, say),
            say("padding.part"): formatting.interval(
                *sorted_bounds(row["attributable_share_of_drop_least"], row["attributable_share_of_drop_most"])
            ),
            say("padding.verdict"): say.code("padding_verdict", row["verdict"]),
        }
        for row in rows
    ]


def sorted_bounds(one: float | None, other: float | None) -> tuple[float | None, float | None]:
    """Two bounds in order; a share may be larger in the case with the smaller drop."""
    return (one, other) if one is None or other is None or one <= other else (other, one)


def vendor_name(row: dict, say: Words) -> str:
    """Name of the vendor of a row, or words for all of them."""
    if row["vendor_party_id"] == "ALL":
        return say("padding.all_vendors")
    return formatting.as_markdown_text(row[say.column("vendor_name")] or row["vendor_party_id"])


def pairs(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per vendor and consumer."""
    return [
        {
            say("bought.vendor"): formatting.as_markdown_text(row[say.column("vendor_name")]),
            say("bought.consumer"): formatting.as_markdown_text(row[say.column("consumer_name")]),
            say("bought.relation"): say.code("relation", row["relation"]),
            say("bought.paid"): formatting.whole_yuan(row["paid_cny_fen"], say.language),
            say("bought.received"): formatting.whole_yuan(row["received_cny_fen"], say.language),
            say("bought.bought"): formatting.whole_yuan(row["purchased_cny_fen"], say.language),
            say("bought.ratio"): formatting.pue(row["paid_per_purchased_ratio"]),
            say("bought.rests_on"): say.code("visibility", row["visibility"]),
        }
        for row in rows
    ]


def trips(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per circle of payments."""
    return [
        {
            say("trip.parties"): formatting.as_markdown_text(row[say.column("parties")]),
            say("trip.from_to"): f"{formatting.day(row['first_paid_on'])} – {formatting.day(row['last_paid_on'])}",
            say("trip.amounts"): f"{formatting.whole_yuan(row['smallest_amount_cny_fen'], say.language)} – "
            f"{formatting.whole_yuan(row['largest_amount_cny_fen'], say.language)}",
            say("bought.rests_on"): say.code("visibility", row["visibility"]),
        }
        for row in rows
    ]
