"""Rows of the subsidy audit as cards and tables of ready texts. No streamlit, no numbers of its own."""

from decimal import Decimal

from dashboards import formatting
from dashboards.translations import Words

MARKS = {
    "pass": "✓", "met": "✓", "nothing_owed": "✓", "fail": "✗", "not_met": "✗", "owed": "✗", "undetermined": "?",
    "partly_met": "◐", "not_due": "…",
}  # fmt: skip
NOBODY = ("unknown", "several")
THOUSANDS = {"zh": 10_000, "en": 1_000}


def verdict(code: str, say: Words) -> str:
    """A verdict with its mark, so that it also reads without color."""
    return f"{MARKS[code]} {say(f'audit_verdict.{code}')}"


def settlement_cards(row: dict, fine: dict, say: Words) -> list[tuple[str, str, list[str]]]:
    """Verdict, what is owed back with interest and fine, earned and paid."""
    low, high = row["clawback_cny_fen_if_upper"], row["clawback_cny_fen_if_lower"]
    interest = formatting.money_interval(
        row["interest_cny_fen_if_upper"], row["interest_cny_fen_if_lower"], say.language
    )
    notes = [say("audit.clawback_note", interest=interest)]
    if high:
        notes.append(
            say(
                "audit.fine_note",
                low=formatting.money(row["fine_low_cny_fen"], say.language),
                high=formatting.money(row["fine_high_cny_fen"], say.language),
                source=formatting.as_markdown_text(fine[say.column("source")]),
            )
        )
    return [
        (say("audit.verdict"), verdict(row["verdict"], say), [say(f"audit.verdict_note.{row['verdict']}")]),
        (say("audit.clawback"), formatting.money_interval(low, high, say.language), notes),
        (
            say("audit.earned"),
            formatting.money_interval(row["earned_cny_fen_lower"], row["earned_cny_fen_upper"], say.language),
            [],
        ),
        (say("audit.paid_net"), formatting.money(row["net_paid_cny_fen"], say.language), []),
    ]


def price_cards(row: dict, say: Words) -> list[tuple[str, str, list[str]]]:
    """Three prices of one grant: per PFLOPS promised, delivered and lit."""
    note = [say("audit.price_note", unit=say("audit.price_unit"))]
    promised = row["cny_per_promised_p"]
    return [
        (say("audit.price_promised"), _price_range(promised, promised, say), note),
        (
            say("audit.price_delivered"),
            _price_range(row["cny_per_delivered_p_lower"], row["cny_per_delivered_p_upper"], say),
            note,
        ),
        (say("audit.price_lit"), _price_range(row["cny_per_lit_p_lower"], row["cny_per_lit_p_upper"], say), note),
    ]


def milestones(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per condition: target, achieved, credit, money, verdict, and what the authority declared."""
    return [
        {
            say("audit.condition"): say(f"milestone_metric.{row['metric']}")
            + f" ({formatting.as_markdown_text(row['milestone_id'].removeprefix(row['center_id'] + '-'))})",
            say("audit.target"): say(f"milestone_side.{row['comparison']}")
            + f" {_value(row['target_value'], row['target_unit'], say)}",
            say("audit.achieved"): f"{_reached(row, say)} · " + say(f"value_source.{row['value_source']}"),
            say("audit.credit"): formatting.interval(row["credit_lower"], row["credit_upper"]),
            say("audit.earned_of"): say(
                "audit.of_weight",
                earned=formatting.money_interval(
                    row["earned_cny_fen_lower"], row["earned_cny_fen_upper"], say.language
                ),
                weight=say("audit.no_weight")
                if row["undetermined_reason"] == "no_weight"
                else formatting.money(row["weight_cny_fen"], say.language),
            ),
            say("audit.verdict"): verdict(row["verdict"], say),
            say("audit.declared"): say(f"milestone_state.{row['declared_state']}")
            if row["declared_state"]
            else formatting.NOTHING,
        }
        for row in rows
    ]


def deciding(rows: list[dict], say: Words) -> list[str]:
    """For each undetermined condition that counts card-time: how much is unknown, and how much is needed."""
    return [
        say(
            "audit.deciding_months" if row["needed_card_seconds"] is None else "audit.deciding_need",
            milestone=formatting.as_markdown_text(row["milestone_id"]),
            unknown=formatting.card_hours(row["undecided_card_seconds"]),
            needed=formatting.card_hours(row["needed_card_seconds"]),
        )
        for row in rows
        if row["verdict"] == "undetermined" and row["undecided_card_seconds"]
    ]


def undecided_cards(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """Cards whose telemetry would settle it."""
    return [
        {
            say("audit.condition"): formatting.as_markdown_text(row["milestone_id"]),
            say("audit.card"): formatting.as_markdown_text(row["device_uid"]),
            say("audit.unknown_hours"): formatting.card_hours(row["unknown_card_seconds"]),
            say("audit.unknown_span"): f"{formatting.day(row['first_unknown_on'])} – "
            f"{formatting.day(row['last_unknown_on'])}",
        }
        for row in rows
    ]


def users(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per user: place, relation, whether it counts, signs of a shell, use, organic use."""
    return [
        {
            say("audit.user"): _user(row, say),
            say("audit.area"): formatting.NOTHING if row["area_code"] is None else str(row["area_code"]),
            say("audit.locality"): say(f"locality.{row['locality']}"),
            say("audit.relation"): say(f"relation.{row['relation']}"),
            say("audit.counts"): say(f"eligibility.{row['eligibility']}"),
            say("audit.shell"): say(f"shell_verdict.{row['shell_verdict']}"),
            say("audit.use"): formatting.card_hours_interval(row["card_seconds_lower"], row["card_seconds_upper"]),
            say("audit.organic"): formatting.card_hours_interval(
                row["organic_card_seconds_lower"], row["organic_card_seconds_upper"]
            ),
        }
        for row in rows
    ]


def claims(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per claim."""
    return [
        {
            say("audit.claim"): formatting.as_markdown_text(row["claim_id"]),
            say("audit.claimant"): formatting.as_markdown_text(
                row[say.column("claimant_name")] or row["claimant_party_id"]
            ),
            say("audit.claimed"): formatting.whole_yuan(row["claimed_cny_fen"], say.language),
            say("audit.admissible"): _yuan_range(row, say),
            say("audit.rule_counts"): f"{row['pass_count']} / {row['fail_count']} / {row['undetermined_count']}",
            say("audit.verdict"): verdict(row["verdict"], say),
        }
        for row in rows
    ]


def claim_rules(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per rule of a claim."""
    return [
        {
            say("audit.rule"): str(row["rule_no"]),
            say("audit.clause"): formatting.as_markdown_text(row[say.column("clause")]),
            say("audit.finding"): say(f"claim_finding.{row['finding']}"),
            say("audit.verdict"): verdict(row["verdict"], say),
            say("audit.evidence_rows"): formatting.count(row["evidence_row_count"]),
        }
        for row in rows
    ]


def evidence(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per register row."""
    return [
        {
            say("audit.rule"): str(row["rule_no"]),
            say("audit.register"): formatting.as_markdown_text(row["record_kind"]),
            say("audit.row"): formatting.as_markdown_text(row["row_key"]),
            say("audit.file"): formatting.as_markdown_text(formatting.file_line(row["file_name"], row["source_line"])),
        }
        for row in rows
    ]


def doubles(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per pair of claims that rest on one thing."""
    return [
        {
            say("audit.thing"): say(f"item_kind.{row['item_kind']}")
            + f" {formatting.as_markdown_text(row['item_ref'])}",
            say("audit.claim"): f"{formatting.as_markdown_text(row['claim_id'])} · "
            f"{formatting.as_markdown_text(row['other_claim_id'])}",
            say("audit.programme"): formatting.as_markdown_text(row["programme_id"])
            + (f" · {formatting.as_markdown_text(row['other_programme_id'])}" if row["is_across_programmes"] else ""),
            say("audit.across"): say("audit.yes") if row["is_across_programmes"] else say("audit.no"),
            say("audit.claimed"): f"{formatting.whole_yuan(row['claimed_cny_fen'], say.language)} · "
            f"{formatting.whole_yuan(row['other_claimed_cny_fen'], say.language)}",
        }
        for row in rows
    ]


def _user(row: dict, say: Words) -> str:
    if row["user_party_id"] in NOBODY:
        return say(f"audit.user.{row['user_party_id']}")
    return formatting.as_markdown_text(row[say.column("user_name")] or row["user_party_id"])


def _yuan_range(row: dict, say: Words) -> str:
    first = formatting.whole_yuan(row["admissible_cny_fen_lower"], say.language)
    last = formatting.whole_yuan(row["admissible_cny_fen_upper"], say.language)
    return first if first == last else f"{first} – {last}"


def _price_range(low: float | None, high: float | None, say: Words) -> str:
    if low is None:
        return formatting.NOTHING
    first = f"{Decimal(str(low)) / THOUSANDS[say.language]:,.1f}"
    if high is None:
        return say("audit.at_least", low=first)
    last = f"{Decimal(str(high)) / THOUSANDS[say.language]:,.1f}"
    return first if first == last else f"{first} – {last}"


def _value(value: float | None, unit: str, say: Words) -> str:
    if value is None:
        return formatting.NOTHING
    if unit == "share":
        return formatting.percent(value)
    if unit == "months":
        return say("audit.months", months=f"{value:g}")
    if unit == "ratio":
        return f"{value:,.2f}"
    return f"{value:,.4g} {say(f'milestone_unit.{unit}')}"


def _reached(row: dict, say: Words) -> str:
    return achieved(row["achieved_lower"], row["achieved_upper"], row["target_unit"], say)


def achieved(lower: float | None, upper: float | None, unit: str, say: Words) -> str:
    """What was reached of a condition, in its unit; two bounds where they differ."""
    low, high = (_value(bound, unit, say) for bound in (lower, upper))
    return low if low == high else f"{low} – {high}"
