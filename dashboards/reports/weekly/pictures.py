"""Vector charts of the weekly report, as SVG text. Unknown is hatched grey in all of them, never white.

Vega has no patterns, so bars of the unknown are drawn in a color of their own that is replaced by a pattern afterwards.
The same rows give the same bytes.
"""

import re

import altair as alt
import vl_convert

from dashboards import formatting
from dashboards.reports.weekly.facts import WeekFacts
from dashboards.translations import Words

FONT = "Noto Sans CJK SC"
HATCHED = "#8d969f"
HATCH = (
    '<defs><pattern id="unknown" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="5" height="5" fill="#eef0f2"/><rect width="2" height="5" fill="#8d969e"/></pattern></defs>'
)
BLUE, GREEN, ORANGE, RED, SLATE, SKY = "#0072B2", "#009E73", "#E69F00", "#B5460F", "#7C8B99", "#6F9FC0"
INK, PALE = "#1B2733", "#D5DBE1"
LIT_COLORS = {"lit": ORANGE, "idle": SKY, "unknown": HATCHED}
FIRMNESS_COLORS = {
    "firm_prepaid": BLUE,
    "firm": SKY,
    "cancellable_penalty": GREEN,
    "cancellable": ORANGE,
    "framework": SLATE,
}
TARIFFS = ("sharp", "peak", "flat", "valley", "deep_valley")
TARIFF_COLORS = (RED, ORANGE, PALE, SKY, BLUE)
WIDE, HALF = 700, 330
GFLOPS_SECONDS_PER_PFLOPS_HOUR = 3600 * 1_000_000


def svg_of(chart: alt.Chart | alt.LayerChart | alt.HConcatChart) -> str:
    """The chart as SVG, with the hatch in place."""
    framed = chart.configure(font=FONT, background="transparent").configure_view(stroke=None)
    framed = framed.configure_axis(
        labelColor=INK, titleColor=INK, gridColor="#E8ECEF", domainColor=PALE, tickColor=PALE, labelFontSize=10,
        titleFontSize=10, titleFontWeight="normal", labelLimit=220,
    ).configure_legend(
        orient="top", title=None, labelFontSize=10, labelColor=INK, symbolType="square", labelLimit=200, offset=4
    )  # fmt: skip
    text = vl_convert.vegalite_to_svg(framed.to_dict())
    text = re.sub(r'(fill|stroke)="#8d969f"', r'\1="url(#unknown)"', text, flags=re.IGNORECASE)
    return text.replace(">", f">{HATCH}", 1)


def ladder(facts: WeekFacts, say: Words) -> str:
    """Steps from planned to productive in card-hours; a tick stands where the step ended a week before."""
    row, steps = facts.ladder, []
    for name, lower, upper, before in (
        ("planned", "planned_card_seconds", "planned_card_seconds", "planned_card_seconds_before"),
        ("installed", "installed_card_seconds", "installed_card_seconds", "installed_card_seconds_before"),
        ("able", "racked_card_seconds_lower", "racked_card_seconds_upper", "racked_card_seconds_upper_before"),
        ("sold", "sold_card_seconds", "sold_card_seconds", "sold_card_seconds_before"),
        ("lit", "lit_card_seconds_lower", "lit_card_seconds_upper", "lit_card_seconds_lower_before"),
        ("productive", "productive_card_seconds", "productive_card_seconds", "productive_card_seconds_before"),
    ):
        steps.append(
            {
                "step": say(f"weekly.step.{name}"),
                "from": 0,
                "to": formatting.in_hours(row[lower]),
                "upper": formatting.in_hours(row[upper]),
                "before": formatting.in_hours(row[before]),
                "label": formatting.card_hours_interval(row[lower], row[upper]),
            }
        )
    order = [step["step"] for step in steps]
    base = alt.Chart(alt.Data(values=steps)).encode(
        y=alt.Y("step:N", sort=order, title=None), x=alt.X("to:Q", title=say("weekly.card_hours"))
    )
    bars = base.mark_bar(color=BLUE, height={"band": 0.62}).encode(x2=alt.X2(datum=0))
    unknown = base.mark_bar(color=HATCHED, height={"band": 0.62}).encode(x="to:Q", x2="upper:Q")
    ghost = base.mark_tick(color=INK, thickness=2, size=20).encode(x="before:Q")
    labels = base.mark_text(align="left", dx=5, fontSize=10, color=INK).encode(x="upper:Q", text="label:N")
    return svg_of((bars + unknown + ghost + labels).properties(width=WIDE - 130, height=150))


def changes(facts: WeekFacts, say: Words) -> str:
    """Two panels of diverging bars: change of lit PFLOPS-hours by tenant, and by cause."""
    panels = []
    for kind, rows in (("tenant", facts.by_tenant), ("cause", facts.by_cause)):
        values = [
            {
                "name": subject_name(row, kind, say),
                "change": float(row["lit_gflops_seconds_change"]) / GFLOPS_SECONDS_PER_PFLOPS_HOUR,
                "color": HATCHED
                if row["lit_status"] == "unknown"
                else (GREEN if row["lit_gflops_seconds_change"] >= 0 else RED),
            }
            for row in rows[:8]
            if row["lit_gflops_seconds_change"]
        ]
        base = alt.Chart(alt.Data(values=values)).encode(
            y=alt.Y("name:N", sort=[value["name"] for value in values], title=None, axis=alt.Axis(labelLimit=205)),
            x=alt.X("change:Q", title=say("weekly.pflops_hours")),
        )
        bars = base.mark_bar(height={"band": 0.6}).encode(color=alt.Color("color:N", scale=None))
        zero = alt.Chart(alt.Data(values=[{"zero": 0}])).mark_rule(color=INK).encode(x="zero:Q")
        title = alt.TitleParams(say(f"weekly.by_{kind}"), anchor="start", fontSize=11, fontWeight="normal", color=INK)
        panels.append((bars + zero).properties(width=HALF - 175, height=max(20 * len(values), 40), title=title))
    return svg_of(alt.hconcat(*panels, spacing=24))


def subject_name(row: dict, kind: str, say: Words) -> str:
    """What a row of the change is about: a tenant, a class of planned time, the plan, or cards without a lease."""
    if row["subject_id"] in ("none", "plan"):
        return say.code(f"weekly.subject.{kind}", row["subject_id"])
    return row[say.column("name")]


def sold_and_lit(facts: WeekFacts, say: Words) -> str:
    """Two bars of able time, sold and unsold, cut into lit, idle and unknown; widths are shares of all able time."""
    values = [
        {
            "row": say("weekly.sold" if row["is_sold"] else "weekly.unsold"),
            "status": say(f"weekly.status.{row['lit_status']}"),
            "order": list(LIT_COLORS).index(row["lit_status"]),
            "share": row["share_of_able"],
            "label": formatting.percent(row["share_of_able"]) if row["share_of_able"] >= 0.04 else "",
        }
        for row in facts.sold_lit
        if row["card_seconds"]
    ]
    names = [say(f"weekly.status.{status}") for status in LIT_COLORS]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("row:N", sort=[say("weekly.sold"), say("weekly.unsold")], title=None),
        x=alt.X(
            "share:Q", stack="zero", title=say("weekly.share_of_able"), axis=alt.Axis(format="%"),
            scale=alt.Scale(domainMin=0),
        ),
        order=alt.Order("order:Q"),
    )  # fmt: skip
    bars = base.mark_bar(height={"band": 0.7}).encode(
        color=alt.Color("status:N", scale=alt.Scale(domain=names, range=list(LIT_COLORS.values())))
    )
    labels = base.mark_text(fontSize=10, color=INK).encode(
        x=alt.X("share:Q", stack="zero", bandPosition=0.5), text="label:N"
    )
    halo = (
        # all rows stay, for the place of a label follows from those stacked before it
        base.transform_calculate(behind="datum.order == 2 ? datum.label : ''")
        .mark_text(fontSize=10, stroke="white", strokeWidth=4)
        .encode(x=alt.X("share:Q", stack="zero", bandPosition=0.5), text="behind:N")
    )
    return svg_of((bars + halo + labels).properties(width=WIDE - 110, height=80))


def heat_map(facts: WeekFacts, say: Words) -> str:
    """Places by day: blue as far as the time is known, hatched where not; a dot where cards are down."""
    values = [
        {
            "place": place_name(row["place_id"], facts, say),
            "day": f"{row['local_day']:%m-%d}",
            "known": row["known_rate_of_able"],
            "down": formatting.in_hours(row["down_card_seconds"]) if row["down_card_seconds"] else None,
        }
        for row in facts.places_by_day
    ]
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("day:O", title=None, axis=alt.Axis(labelAngle=0)), y=alt.Y("place:N", title=None)
    )
    hatched = base.mark_rect(color=HATCHED, stroke="white", strokeWidth=1)
    known = base.mark_rect(color=BLUE, stroke="white", strokeWidth=1).encode(
        opacity=alt.Opacity("known:Q", scale=alt.Scale(domain=[0, 1], range=[0, 1]), legend=None)
    )
    down = (
        base.transform_filter("datum.down > 0")
        .mark_circle(color=ORANGE, stroke="white", strokeWidth=0.5)
        .encode(size=alt.Size("down:Q", scale=alt.Scale(range=[25, 110]), legend=None))
    )
    places = len({value["place"] for value in values})
    return svg_of((hatched + known + down).properties(width=WIDE - 150, height=max(15 * places, 30)))


def place_name(place_id: str, facts: WeekFacts, say: Words) -> str:
    """A cabinet by its id without the center's, a center by its name."""
    if place_id in facts.center_names:
        return facts.center_names[place_id][say.column("center_name")]
    return place_id.removeprefix(f"{facts.scope_id}-")


def coverage(facts: WeekFacts, say: Words) -> str:
    """Known share of able time by place, and known time by class of evidence."""
    places = [
        {
            "place": place_name(row["place_id"], facts, say),
            "known": row["known_rate_of_able"],
            "all": 1,
            "label": formatting.percent(row["known_rate_of_able"]),
        }
        for row in facts.place_coverage[:12]
        if row["known_rate_of_able"] is not None
    ]
    base = alt.Chart(alt.Data(values=places)).encode(
        y=alt.Y("place:N", sort=[row["place"] for row in places], title=None),
        x=alt.X(
            "known:Q", title=say("weekly.known_of_able"), axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1])
        ),
    )
    bars = base.mark_bar(color=BLUE, height={"band": 0.65}).encode(x2=alt.X2(datum=0))
    rest = base.mark_bar(color=HATCHED, height={"band": 0.65}).encode(x2="all:Q")
    labels = base.mark_text(align="left", dx=4, fontSize=10, color="white", baseline="middle").encode(
        x=alt.datum(0), text="label:N"
    )
    left = (bars + rest + labels).properties(width=HALF - 120, height=max(17 * len(places), 34))
    classes = [
        {
            "class": say(f"weekly.evidence.{letter}"),
            "hours": formatting.in_hours(facts.ladder[f"evidence_{letter}_card_seconds"]),
            "label": formatting.card_hours(facts.ladder[f"evidence_{letter}_card_seconds"]),
            "color": color,
        }
        for letter, color in zip("abcd", (BLUE, SKY, GREEN, SLATE), strict=True)
    ]
    classes.append(
        {
            "class": say("weekly.status.unknown"),
            "hours": formatting.in_hours(facts.ladder["unknown_card_seconds"]),
            "label": formatting.card_hours(facts.ladder["unknown_card_seconds"]),
            "color": HATCHED,
        }
    )
    evidence = alt.Chart(alt.Data(values=classes)).encode(
        y=alt.Y("class:N", sort=[row["class"] for row in classes], title=None),
        x=alt.X("hours:Q", title=say("weekly.card_hours"), axis=alt.Axis(tickCount=4)),
    )
    right = (
        evidence.mark_bar(height={"band": 0.65}).encode(color=alt.Color("color:N", scale=None))
        + evidence.mark_text(align="left", dx=4, fontSize=10, color=INK).encode(text="label:N")
    ).properties(width=HALF - 150, height=100)
    return svg_of(alt.hconcat(left, right, spacing=30))


def leases_and_sellable(facts: WeekFacts, say: Words, notice_days: int) -> str:
    """Leases until they end, with the weeks of notice shaded; and PFLOPS free to sell by model."""
    rows = facts.leases[:10]
    values = [
        {
            "lease": f"{row['lease_id']} {row[say.column('tenant_name')]}",
            "from": f"{max(row['starts_on'], row['as_of_on']):%Y-%m-%d}",
            "to": f"{row['ends_on']:%Y-%m-%d}",
            "firmness": say.code("firmness", row["firmness"]),
        }
        for row in rows
    ]
    known = [code for code in FIRMNESS_COLORS if any(row["firmness"] == code for row in rows)]
    color = alt.Color(
        "firmness:N",
        scale=alt.Scale(
            domain=[say.code("firmness", code) for code in known], range=[FIRMNESS_COLORS[code] for code in known]
        ),
        legend=alt.Legend(columns=3),
    )
    bars = (
        alt.Chart(alt.Data(values=values))
        .mark_bar(height={"band": 0.6})
        .encode(
            y=alt.Y("lease:N", sort=[value["lease"] for value in values], title=None, axis=alt.Axis(labelLimit=150)),
            x=alt.X("from:T", title=None, axis=alt.Axis(format="%Y-%m", tickCount=4)),
            x2="to:T",
            color=color,
        )
    )
    layers = bars
    if rows:
        start = rows[0]["as_of_on"]
        window = [{"a": f"{start:%Y-%m-%d}", "b": f"{start.fromordinal(start.toordinal() + notice_days):%Y-%m-%d}"}]
        layers = alt.Chart(alt.Data(values=window)).mark_rect(color="#F3E3C3").encode(x="a:T", x2="b:T") + bars
    height = max(17 * len(values), 34)
    models = [
        {
            "model": f"{row['display_name']} · {place_name(row['center_id'], facts, say)}"
            if len(facts.center_names) > 1 and facts.scope_id == "ALL"
            else row["display_name"],
            "pflops": row["unsold_pflops"],
            "label": f"{row['unsold_pflops']:,.1f} P · {row['unsold_cards']:,.0f}",
        }
        for row in facts.sellable[:8]
        if row["unsold_pflops"] is not None
    ]
    if not models:
        return svg_of(layers.properties(width=WIDE - 170, height=height))
    left = layers.properties(width=HALF - 100, height=height)
    free = alt.Chart(alt.Data(values=models)).encode(
        y=alt.Y("model:N", sort=[row["model"] for row in models], title=None, axis=alt.Axis(labelLimit=190)),
        x=alt.X("pflops:Q", title=say("weekly.free_pflops"), axis=alt.Axis(tickCount=4)),
    )
    right = (
        free.mark_bar(color=GREEN, height={"band": 0.6})
        + free.mark_text(align="left", dx=4, fontSize=10, color=INK).encode(text="label:N")
    ).properties(width=HALF - 210, height=max(17 * len(models), 34))
    return svg_of(alt.hconcat(left, right, spacing=26).resolve_scale(color="independent"))


def energy(facts: WeekFacts, say: Words) -> str | None:
    """Billed energy by tariff period: the last months of a center, or the last month of each center."""
    values = [
        {
            "row": place_name(bill["center_id"], facts, say)
            if facts.scope_id == "ALL"
            else formatting.month(bill["month_start_on"]),
            "tariff": say(f"weekly.tariff.{tariff}"),
            "order": order,
            "kwh": formatting.in_kwh(bill[f"bill_{tariff}_wh"]),
        }
        for bill in facts.bills
        for order, tariff in enumerate(TARIFFS)
        if bill[f"bill_{tariff}_wh"]
    ]
    if not values:
        return None
    shown = [name for name in TARIFFS if any(value["order"] == TARIFFS.index(name) for value in values)]
    bars = (
        alt.Chart(alt.Data(values=values))
        .mark_bar(height={"band": 0.65})
        .encode(
            y=alt.Y("row:N", title=None, sort="descending"),
            x=alt.X("kwh:Q", title="kWh", stack="zero", axis=alt.Axis(tickCount=6)),
            order=alt.Order("order:Q"),
            color=alt.Color(
                "tariff:N",
                sort=[say(f"weekly.tariff.{name}") for name in shown],
                scale=alt.Scale(
                    domain=[say(f"weekly.tariff.{name}") for name in shown],
                    range=[TARIFF_COLORS[TARIFFS.index(name)] for name in shown],
                ),
            ),
        )
    )
    return svg_of(bars.properties(width=WIDE - 150, height=max(18 * len({v["row"] for v in values}), 36)))
