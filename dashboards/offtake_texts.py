"""Offtake rows as ready texts for cards and the table of periods. No streamlit, no numbers of its own."""

from dashboards import formatting
from dashboards.translations import Words

_BOUNDS = ("lower", "upper")


def cards(commitment: dict, last_closed: dict | None, say: Words) -> list[tuple[str, str, list[str]]]:
    """Label, value and notes: state, cumulative and rolling compliance, what is owed, what is left after set-off."""
    cumulative = _compliance(last_closed, "cumulative")
    rolling = _compliance(last_closed, "rolling")
    return [
        (
            say("offtake.state"),
            formatting.as_markdown_text(say.code("state", commitment["state"])),
            [*_bounds(commitment, say), say("offtake.state_as_of", version=commitment["rule_version"])],
        ),
        (say("offtake.cumulative"), cumulative, [say("offtake.ratio")]),
        (
            say("offtake.rolling"),
            rolling,
            [say("offtake.rolling_ratio" if rolling != formatting.NOTHING else "offtake.rolling_withheld")],
        ),
        (
            say("offtake.outstanding"),
            formatting.money(commitment["outstanding_cny_fen"], say.language),
            [
                say("offtake.no_true_up"),
                say("offtake.certain", amount=formatting.money(commitment["certain_true_up_cny_fen"], say.language)),
            ],
        ),
        (
            say("offtake.net_claim"),
            formatting.money(commitment["net_claim_cny_fen"], say.language),
            [
                say("offtake.tail", amount=formatting.money(commitment["tail_withheld_cny_fen"], say.language)),
                *([say("offtake.tail_is_more")] if (commitment["net_claim_cny_fen"] or 0) < 0 else []),
            ],
        ),
    ]


def _bounds(row: dict, say: Words) -> list[str]:
    """Both verdicts where they differ."""
    if row["state"] != "undetermined":
        return []
    lower, upper = (formatting.as_markdown_text(say.code("state", row[f"state_at_{bound}"])) for bound in _BOUNDS)
    return [say("offtake.between", lower=lower, upper=upper)]


def _compliance(period: dict | None, kind: str) -> str:
    if period is None:
        return formatting.NOTHING
    lower, upper = period[f"{kind}_compliance_rate"], period[f"{kind}_compliance_rate_upper"]
    if lower is not None and upper is None:
        return f"≥ {formatting.percent(lower)}"
    return formatting.interval(lower, upper)


def periods(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per period: what was due, what counts of what was taken, and what is short."""
    return [
        {
            say("offtake.period"): f"{_period_number(row, say)} {_months(row)}",
            say("offtake.column_committed"): formatting.quantity(row["relieved_quantity_milli"]),
            say("offtake.column_eligible"): _quantities(row["eligible_quantity_milli"], _eligible_upper(row)),
            say("offtake.credit"): formatting.quantity(row["credit_used_quantity_milli"]),
            say("offtake.shortfall"): _quantities(
                row["certain_shortfall_quantity_milli"], row["shortfall_quantity_milli"]
            ),
            say("offtake.column_filled"): formatting.quantity(row["filled_quantity_milli"]),
            say("offtake.column_cumulative"): _compliance(row, "cumulative"),
            say("offtake.state"): say.code("state", row["state_at_as_of"]),
        }
        for row in rows
        if row["is_started"]
    ]


def composition(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per period: what was signed, and what take is made of, counted or not."""
    return [
        {
            say("offtake.period"): _period_number(row, say),
            say("offtake.signed"): formatting.quantity(row["signed_quantity_milli"]),
            say("offtake.amended_days"): formatting.count(row["amended_day_count"]),
            say("offtake.column_unrelated"): formatting.quantity(row["unrelated_counted_quantity_milli"]),
            say("offtake.column_related"): formatting.quantity(row["related_counted_quantity_milli"]),
            say("offtake.column_not_counted"): formatting.quantity(row["not_counted_quantity_milli"]),
            say("offtake.column_unproven"): formatting.quantity(row["eligible_unproven_quantity_milli"]),
            say("offtake.column_suspect"): formatting.quantity(row["suspect_quantity_milli"]),
            say("offtake.column_other_unit"): _other_units(row, say),
        }
        for row in rows
        if row["is_started"]
    ]


def amendments(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per amendment, with what it changes."""
    return [
        {
            say("offtake.amendment"): formatting.count(row["version_no"]),
            say("offtake.holds"): f"{formatting.day(row['valid_from'])} – "
            + (formatting.day(row["valid_to"]) if row["valid_to"] else say("offtake.until_further_notice")),
            say("offtake.changes_to"): "; ".join(_changed(row, say)),
            say("offtake.document"): formatting.as_markdown_text(row["document"]),
        }
        for row in rows
    ]


def _changed(row: dict, say: Words) -> list[str]:
    """Each term that an amendment names, with its value."""
    unit = say.code("unit", row["committed_unit"])
    values = {
        "quantity": row["committed_quantity_milli"]
        and f"{formatting.quantity(row['committed_quantity_milli'])} {unit}",
        "floor_price": row["floor_price_cny_fen"] and formatting.unit_price(row["floor_price_cny_fen"], say.language),
    }
    values |= {key: row[key] and say(f"offtake.word_{row[key]}") for key in ("related_take", "self_use", "sub_lease")}
    values |= {
        key: None if row[f"{key}_bp"] is None else formatting.percent(row[f"{key}_bp"] / 10_000)
        for key in ("related_cap", "credit_cap", "availability_floor", "late_interest")
    }
    values |= {
        key: None if row[key] is None else say("offtake.days", number=row[key]) for key in ("due_days", "cure_days")
    }
    values["credit_expiry"] = row["credit_expiry_periods"] and say(
        "offtake.expiry_periods", number=row["credit_expiry_periods"]
    )
    return [
        say("offtake.changed_term", term=say(f"offtake.term_{key}"), value=value)
        for key, value in values.items()
        if value
    ]


def _months(row: dict) -> str:
    """First and last month of a period, both inclusive, as contracts write it."""
    return f"{formatting.month(row['period_start_on'])} – {formatting.month(row['last_day_on'])}"


def _eligible_upper(row: dict) -> int | None:
    return row["eligible_upper_quantity_milli"] if row["eligible_unproven_quantity_milli"] is not None else None


def _quantities(lower: int | None, upper: int | None) -> str:
    """An interval of quantities; one number where both are equal, and open above where the upper one is not known."""
    if lower is None:
        return formatting.NOTHING
    if upper is None:
        return f"≥ {formatting.quantity(lower)}"
    if formatting.quantity(lower) == formatting.quantity(upper):
        return formatting.quantity(lower)
    return f"{formatting.quantity(lower)} – {formatting.quantity(upper)}"


def _other_units(row: dict, say: Words) -> str:
    if row["other_unit_row_count"]:
        return say(f"offtake.refused_{row['refused_reason']}", number=row["other_unit_row_count"])
    if row["converted_row_count"]:
        return say("offtake.converted", number=row["converted_row_count"])
    return formatting.NOTHING


def period_money(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per closed period: its price, what it owes, with and without tax, and what came late or not."""
    _, unit = formatting.money_axis(say.language)
    return [
        {
            say("offtake.period"): _period_number(row, say),
            say("offtake.shortfall"): formatting.quantity(row["shortfall_quantity_milli"]),
            say("offtake.true_up", unit=unit): formatting.money_figure(row["true_up_due_cny_fen"], say.language),
            say("offtake.price"): formatting.unit_price(row["shortfall_price_cny_fen"], say.language),
            say("offtake.net_column", unit=unit): formatting.money_figure(row["true_up_net_cny_fen"], say.language),
            say("offtake.late_interest_column", unit=unit): formatting.money_figure(
                row["late_interest_cny_fen"], say.language
            ),
            say("offtake.paid", unit=unit): formatting.money_figure(row["paid_cny_fen"], say.language),
            say("offtake.outstanding_column", unit=unit): formatting.money_figure(
                row["outstanding_cny_fen"], say.language
            ),
        }
        for row in rows
        if row["is_closed"]
    ]


def _period_number(row: dict, say: Words) -> str:
    return str(row["period_no"]) if row["is_closed"] else say("offtake.open_period", number=row["period_no"])


def changes(rows: list[dict], say: Words) -> list[dict[str, str]]:
    """One row of texts per change of state, with what it rests on."""
    return [
        {
            say("offtake.change_day"): formatting.day(row["changed_on"]),
            say("offtake.change_from"): say.code("state", row["previous_state"]) or formatting.NOTHING,
            say("offtake.change_to"): " · ".join([say.code("state", row["state"]), *_bounds(row, say)]),
            say("offtake.change_cause"): say.code("state_cause", row["cause"]),
            say("offtake.change_rests_on"): _evidence(row, say),
        }
        for row in rows
    ]


def _evidence(row: dict, say: Words) -> str:
    if row["settlement_id"] is not None:
        return formatting.as_markdown_text(row["settlement_id"])
    if row["period_no"] is not None:
        return say("offtake.change_period", number=row["period_no"])
    return formatting.NOTHING
