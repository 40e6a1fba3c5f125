"""What a reader moved, as a link: names and bounds of the changes, read from an address and written into one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True)
class Slider:
    """One change: its name in the address, the parameter of the query it is, and its bounds."""

    name: str
    parameter: str
    low: int
    high: int
    step: int = 5


CHANGES = (
    Slider("price", "price_pct", -60, 60),
    Slider("racked", "racked_pct", -60, 60),
    Slider("sold", "sold_pct", -60, 60),
    Slider("collection", "collection_pct", -60, 20),
    Slider("tariff", "tariff_pct", -60, 100),
    Slider("pue", "pue_pct", -30, 60),
    Slider("capex", "capex_pct", -60, 60),
    Slider("residual", "residual_pct", -100, 300, 20),
    Slider("fixed", "fixed_cost_pct", -60, 100),
)
VACANT = Slider("vacant", "vacant_months", 0, 36, 1)
PRICE_CUT = Slider("cut", "price_cut_pct", 0, 90)
EXITS = {"none": 0, "top1": 1, "top3": 3}
SUBSIDIES = ("without", "with", "clawed_back")
VIEWS = ("project", "owner")

Values = dict[str, int | str]
"""Values by their name in the address."""


def neutral(base: Mapping[str, object]) -> Values:
    """Nothing moved: every change 0, nobody leaves, no subsidies, the project, the policy's terms of leaving."""
    return {slider.name: 0 for slider in CHANGES} | {
        "exit": "none",
        "vendor": 0,
        "vacant": base["default_vacant_months"],
        "cut": base["default_price_cut_pct"],
        "subsidy": "without",
        "view": "project",
    }


def read_link(query: Mapping[str, str], start: Values) -> Values:
    """Values of an address; what it does not name, or names out of bounds, stays as in `start`."""
    values = dict(start)
    for slider in (*CHANGES, VACANT, PRICE_CUT, Slider("vendor", "vendor_leaves", 0, 1, 1)):
        text = query.get(slider.name, "")
        if re.fullmatch(r"-?[0-9]{1,4}", text) and slider.low <= int(text) <= slider.high:
            values[slider.name] = int(text)
    for name, allowed in (("exit", EXITS), ("subsidy", SUBSIDIES), ("view", VIEWS)):
        if query.get(name) in allowed:
            values[name] = query[name]
    return values


def moved(values: Values, start: Values) -> dict[str, str]:
    """What differs from `start`, as an address names it."""
    return {name: str(value) for name, value in values.items() if value != start[name]}


def address(center_id: str, language: str, changes: Mapping[str, str]) -> str:
    """The page with these changes, relative to any page of the app."""
    return f"scenarios?{urlencode({'lang': language, 'center': center_id, **changes})}"


def parameters(values: Values) -> tuple[tuple[str, int | str], ...]:
    """The values as parameters of the queries, in a form that can be a key of a cache."""
    sliders = {slider.parameter: values[slider.name] for slider in (*CHANGES, VACANT, PRICE_CUT)}
    others = {
        "exit_ranks": EXITS[str(values["exit"])],
        "vendor_leaves": values["vendor"],
        "subsidy": values["subsidy"],
        "cash_view": values["view"],
    }
    return tuple(sorted((sliders | others).items()))
