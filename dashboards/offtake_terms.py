"""The clauses of an offtake contract as ready texts, each with what it has come to. No numbers of its own."""

from dashboards import formatting
from dashboards.translations import Words


def terms(commitment: dict, say: Words) -> list[dict[str, str]]:
    """One row of texts per clause: what the contract says of it, and the amount it stands at as of the build."""
    cap = formatting.percent(_share(commitment["related_cap_bp"]))
    rows = [
        (key, say(f"offtake.{commitment[key]}", cap=cap), None) for key in ("related_take", "self_use", "sub_lease")
    ]
    rows += [
        ("shortfall_mode", _mode(commitment, say), None),
        ("carry", _carry(commitment, say), None),
        ("relief", _relief(commitment, say), None),
        ("clocks", say("offtake.clocks_say", due=commitment["due_days"], cure=commitment["cure_days"]), None),
        ("acceptance", _acceptance(commitment, say), None),
        ("floor_price", _price(commitment, say), None),
        ("price_tax", _tax(commitment, say), _net(commitment, say)),
        (
            "late_interest",
            _interest(commitment, say),
            formatting.amount(commitment["late_interest_cny_fen"], say.language),
        ),
        ("tail_clause", _tail(commitment, say), formatting.amount(commitment["tail_set_off_cny_fen"], say.language)),
        ("vendor_capex", _capex(commitment, say), _capex_amount(commitment, say)),
    ]
    rows += [
        (key, formatting.as_markdown_text(commitment[f"{key}_terms"]), None)
        for key in ("termination", "exclusivity", "evidence")
        if commitment[f"{key}_terms"]
    ]
    return [
        {
            say("offtake.clause"): say(f"offtake.{key}"),
            say("offtake.says"): words,
            say("offtake.stands_at"): formatting.NOTHING if amount is None else amount,
        }
        for key, words, amount in rows
    ]


def _mode(commitment: dict, say: Words) -> str:
    words = say(f"offtake.mode_{commitment['shortfall_mode']}")
    if commitment["shortfall_mode"] == "buy_back" and commitment["buy_back_price_cny_fen"] is not None:
        words += say(
            "offtake.buy_back_price",
            price=formatting.unit_price(commitment["buy_back_price_cny_fen"], say.language),
        )
    if commitment["extended_to_on"] is not None:
        words += say("offtake.extended_to", day=formatting.day(commitment["extended_to_on"]))
    return words


def _carry(commitment: dict, say: Words) -> str:
    forward = say("offtake.carry_none")
    if commitment["credit_cap_bp"] and commitment["credit_expiry_periods"]:
        forward = say(
            "offtake.carry_forward",
            cap=formatting.percent(_share(commitment["credit_cap_bp"])),
            number=commitment["credit_expiry_periods"],
        )
    return forward + say(f"offtake.carry_back_{commitment['carry_back']}")


def _relief(commitment: dict, say: Words) -> str:
    if commitment["availability_floor_bp"] is None:
        return say("offtake.relief_none")
    return say("offtake.relief_below", floor=formatting.percent(_share(commitment["availability_floor_bp"])))


def _acceptance(commitment: dict, say: Words) -> str:
    if commitment["acceptance_end_on"] is None:
        return say("offtake.acceptance_none")
    words = say(
        "offtake.acceptance_window",
        first=formatting.day(commitment["acceptance_start_on"]),
        after=formatting.day(commitment["acceptance_end_on"]),
    )
    if commitment["acceptance_terms"] is None:
        return words
    return words + say("offtake.acceptance_test", terms=formatting.as_markdown_text(commitment["acceptance_terms"]))


def _share(basis_points: int | None) -> float | None:
    return None if basis_points is None else basis_points / 10_000


def _price(commitment: dict, say: Words) -> str:
    price = formatting.unit_price(commitment["floor_price_cny_fen"], say.language)
    if not commitment["price_escalator_bp"]:
        return say("offtake.price_fixed", price=price)
    return say(
        "offtake.price_rises",
        price=price,
        rise=formatting.percent(_share(commitment["price_escalator_bp"])),
        day=formatting.day(commitment["price_escalates_from_on"]),
    )


def _tax(commitment: dict, say: Words) -> str:
    rate = formatting.percent(_share(commitment["price_vat_bp"]))
    return say(f"offtake.tax_{commitment['price_tax_basis'] or 'unknown'}", rate=rate)


def _net(commitment: dict, say: Words) -> str | None:
    if commitment["true_up_net_cny_fen"] is None:
        return None
    return say("offtake.net_true_up", amount=formatting.amount(commitment["true_up_net_cny_fen"], say.language))


def _interest(commitment: dict, say: Words) -> str:
    if not commitment["late_interest_bp"]:
        return say("offtake.interest_none")
    return say("offtake.interest_rate", rate=formatting.percent(_share(commitment["late_interest_bp"]), 2))


def _tail(commitment: dict, say: Words) -> str:
    words = say(f"offtake.set_off_{commitment['tail_set_off']}")
    if commitment["tail_release_event"] is None:
        return words
    return words + say("offtake.released_by", event=formatting.as_markdown_text(commitment["tail_release_event"]))


def _capex(commitment: dict, say: Words) -> str:
    if commitment["vendor_capex_cny_fen"] is None:
        return say("offtake.capex_none")
    words = say(f"offtake.capex_{commitment['vendor_capex_nature']}")
    if commitment["vendor_capex_terms"] is None:
        return words
    return words + say("offtake.capex_terms", terms=formatting.as_markdown_text(commitment["vendor_capex_terms"]))


def _capex_amount(commitment: dict, say: Words) -> str | None:
    amount = commitment["vendor_capex_cny_fen"]
    return None if amount is None else formatting.money(amount, say.language)
