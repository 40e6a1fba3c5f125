"""Energy of one month as ready texts for cards. No streamlit, no numbers of its own."""

from dashboards import formatting
from dashboards.translations import Words

Card = tuple[str, str, list[str]]


def cards(month: dict, say: Words) -> list[Card]:
    """Label, value and notes of the four cards; `month` is a row of `queries.usage.energy_months`."""
    return [_pue(month, say), _layer("facility", month, say), _layer("machine", month, say), _bill(month, say)]


def _pue(month: dict, say: Words) -> Card:
    if month["pue"] is not None:
        known = month["machine_known_rate_of_expected"]
        notes = [say("energy.pue_whole" if known == 1 else "energy.pue_note", known=formatting.percent(known))]
        if month["is_facility_below_machines"]:
            notes.append(say("energy.pue_impossible"))
        return say("energy.pue"), pue(month), notes
    notes = [say("figure.withheld", reason=say.code("withheld", month["pue_withheld_reason"]))]
    return say("energy.pue"), pue(month), notes


def pue(month: dict) -> str:
    """The PUE of a month, or its upper bound as one, or a dash."""
    if month["pue"] is not None or month["pue_upper"] is None:
        return formatting.pue(month["pue"])
    return f"≤ {formatting.pue(month['pue_upper'])}"


def _layer(layer: str, month: dict, say: Words) -> Card:
    scope, known = month[f"{layer}_meter_scope"], month[f"{layer}_known_rate_of_expected"]
    notes = [say("empty.no_rows")]
    if scope is not None:
        notes = [say("energy.by", scope=say(f"energy.scope_{scope}"), known=formatting.percent(known))]
    return say(f"energy.layer_{layer}"), formatting.kwh(month[f"{layer}_energy_wh"]), notes


def _bill(month: dict, say: Words) -> Card:
    amounts = (("energy.with_tax", month["bill_with_tax_fen"]), ("energy.without_tax", month["bill_without_tax_fen"]))
    told = [(key, amount) for key, amount in amounts if amount is not None]
    if not told:
        return say("energy.bill"), formatting.NOTHING, [say("empty.no_rows")]
    first_key, first_amount = told[0]
    notes = [
        say(first_key),
        *(f"{say(key)}: {formatting.amount(amount, say.language)}" for key, amount in told[1:]),
    ]
    lower, upper = (month[f"bill_cny_per_lit_card_hour_{bound}"] for bound in ("lower", "upper"))
    if upper is not None:
        notes.append(say("energy.per_lit_hour", price=formatting.yuan_interval(lower, upper)))
    return say("energy.bill"), formatting.amount(first_amount, say.language), [*notes, say("energy.bill_note")]


def unit_cards(unit: dict, say: Words) -> list[Card]:
    """Power of the month and its price per lit card-hour and PFLOPS-hour; a row of `queries.costs.unit_costs`."""
    basis = [say(f"energy.basis_{unit['energy_basis']}"), say("energy.net_with_demand")]
    power = formatting.money_interval(unit["power_lower_cny_fen"], unit["power_upper_cny_fen"], say.language)
    hour, pflops = (
        formatting.yuan_interval(unit[f"{stem}_lower"], unit[f"{stem}_upper"])
        for stem in ("power_cny_per_lit_card_hour", "power_cny_per_lit_pflops_hour")
    )
    return [
        (say("energy.power"), power, basis),
        (say("energy.per_card_hour"), hour, [say("energy.per_lit_note")]),
        (say("energy.per_pflops_hour"), pflops, [say("energy.per_lit_note")]),
    ]


def cost_caption(rows: list[dict], say: Words) -> str:
    """How the energy charge came about, by whether meters or the model of the draw told the energy of all months."""
    metered = all(row["is_metered"] for row in rows)
    modelled = not any(row["is_metered"] for row in rows)
    basis = "metered" if metered else "modelled" if modelled else "mixed"
    return f"{say('energy.cost_caption')} {say(f'energy.basis_{basis}')}"
