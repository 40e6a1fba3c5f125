"""Auditors' and operators' question: in which one class is every planned card-hour, and what is each rate of it."""

import streamlit as st

from dashboards import cached, controls, formatting, page_parts, queries, question_parts
from dashboards.charts import partition, plans
from dashboards.controls import Choice
from dashboards.questions import opening

ALL = "ALL"
FILTER_KINDS = {
    "center": ("cabinet", "cluster", "tenant", "model", "vendor"),
    "all": ("province", "center", "tenant", "model", "vendor", "all"),
}

# What a filter is called that names no cabinet, cluster or tenant.
REMAINDERS = ("not_placed", "unknown", "none", "several")

# Beginnings of the metric ids that the picker puts together.
FAMILIES = {
    "racked": ("racked_",),
    "lit": ("lit_", "coverage_"),
    "held": ("sold_", "allocated_", "installed_", "excused_", "occupied_", "unweighted_"),
}


def draw_classes(choice: Choice) -> None:
    """The closed partition: by day, and from plan to lit over the month."""
    say = choice.say
    classes = cached.read(
        choice.source, queries.utilization.partition_month, choice.center_id, choice.month_start_on
    ).to_dicts()
    if not any(row["planned_card_seconds"] for row in classes):
        page_parts.nothing_to_show(say)
        return
    page_parts.chart(partition.plan_to_lit(classes, say), say("planned.way"), say("planned.way_caption"), "plan-to-lit")
    days = cached.read(
        choice.source, queries.utilization.partition_days, choice.center_id, choice.month_start_on, choice.month_end_on
    )
    page_parts.chart(partition.class_days(days, say), say("planned.days"), say("planned.days_caption"), "class-days")
    beyond = [row for row in classes if row["beyond_plan_card_seconds"]]
    if beyond:
        st.subheader(say("planned.beyond"), anchor=False)
        page_parts.table(
            [
                {
                    say("planned.class"): formatting.as_markdown_text(row[say.column("name")]),
                    say("lit.card_hours"): formatting.card_hours(row["beyond_plan_card_seconds"]),
                }
                for row in beyond
            ]
        )


def draw_filters(choice: Choice) -> None:
    """The same partition under a filter: every filter of one kind over the month, and one of them by day."""
    say = choice.say
    left, right = st.columns([1, 3])
    with left:
        scope = controls.segments(
            say("planned.scope"),
            list(FILTER_KINDS),
            lambda key: say(f"planned.scope_{key}"),
            "filter_scope",
            "center",
        )
    kinds = FILTER_KINDS[scope]
    with right:
        kind = controls.segments(
            say("planned.filter_kind"),
            list(kinds),
            lambda key: say(f"planned.filter_{key}"),
            "filter_kind" if scope == "center" else "filter_kind_of_all",
            kinds[0],
        )
    scope_id = choice.center_id if scope == "center" else ALL
    only = choice.filters.in_address.get(kind) if kind in ("province", "model", "tenant") else None
    rows = cached.read(
        choice.source, queries.utilization.partition_filters, scope_id, kind, choice.month_start_on, only
    ).to_dicts()
    words = {name: say(f"planned.remainder_{name}") for name in REMAINDERS} | {ALL: say("word.portfolio")}
    names = {
        row["filter_id"]: words.get(row["filter_id"], row[say.column("filter_name")])
        for row in rows
        if row["plan_card_seconds"]
    }
    if not names:
        page_parts.nothing_to_show(say, only is not None)
        return
    held = [row for row in rows if row["filter_id"] in names]
    page_parts.chart(
        partition.filters(held, names, say), say("planned.filters"), say("planned.filters_caption"), "filter-classes"
    )
    key = f"filter_{kind}" if scope == "center" else f"filter_{kind}_of_all"
    chosen = controls.pick(say(f"planned.filter_{kind}"), list(names), names.__getitem__, key)
    days = cached.read(
        choice.source,
        queries.utilization.partition_filter_days,
        scope_id,
        kind,
        chosen,
        choice.month_start_on,
        choice.month_end_on,
    )
    page_parts.chart(
        partition.class_days(days, say),
        say("planned.filter_days", name=formatting.as_markdown_text(names[chosen])),
        say("planned.days_caption"),
        "filter-days",
    )


def draw_evidence(choice: Choice) -> None:
    """What kind of evidence stands behind the able time of the month."""
    say = choice.say
    classes = cached.read(
        choice.source, queries.utilization.evidence_month, choice.center_id, choice.month_start_on
    ).to_dicts()
    if classes:
        page_parts.chart(
            partition.evidence(classes, say), say("evidence.title"), say("evidence.caption"), "evidence-classes"
        )


def draw_weights(choice: Choice) -> None:
    """What one card of each model counts for: marketed, nominal, attested, credited."""
    say = choice.say
    weights = cached.read(
        choice.source, queries.utilization.center_weights, choice.center_id, choice.filters.model
    ).to_dicts()
    if not weights:
        return
    st.subheader(say("weights.title"), anchor=False)
    page_parts.table(
        [
            {
                say("lit.model"): formatting.as_markdown_text(row["display_name"]),
                say("weights.confidence"): row["confidence"],
                **{
                    say(f"weights.{tier}"): formatting.tflops(row[f"{tier}_gflops"]) or formatting.NOTHING
                    for tier in ("marketed", "nominal", "attested", "credited")
                },
                say("weights.inflation"): formatting.multiple(row["inflation_ratio"]),
                say("weights.note"): say(f"weights.{row['not_credited_reason']}") if row["not_credited_reason"] else "",
            }
            for row in weights
        ]
    )
    st.caption(say("weights.caption"))


def draw_plan_basis(choice: Choice) -> None:
    """Whether the plan states its PFLOPS in dense FP16, line by line, and what would explain it where it does not."""
    say = choice.say
    lines = cached.read(choice.source, queries.plans.plan_basis, choice.center_id, choice.filters.model).to_dicts()
    if not lines:
        return
    page_parts.chart(
        plans.declared_and_catalogue(lines, say), say("plans.title"), say("plans.caption"), "declared-and-catalogue"
    )
    page_parts.table(
        [
            {
                say("plans.line"): formatting.as_markdown_text(row["plan_line_id"]),
                say("lit.model"): formatting.as_markdown_text(row["display_name"]),
                say("plans.cards"): formatting.count(row["planned_card_count"]),
                say("plans.declared"): formatting.pflops(row["declared_pflops"]),
                say("plans.catalogue"): formatting.pflops(row["catalogue_pflops"]),
                say("plans.ratio"): formatting.multiple(row["declared_ratio_of_catalogue"]),
                say("plans.reading"): say(f"plans.{row['candidate_basis']}"),
            }
            for row in lines
        ]
    )


def draw_rates(choice: Choice) -> None:
    """All registered rates of one family and weight, on every basis."""
    say = choice.say
    left, right = st.columns(2)
    with left:
        family = controls.segments(
            say("planned.family"), list(FAMILIES), lambda key: say(f"planned.family_{key}"), "family", "lit"
        )
    with right:
        weight = controls.segments(
            say("planned.weight"), ["card", "pflops"], lambda key: say(f"planned.weight_{key}"), "weight", "card"
        )
    rates = [
        row
        for row in cached.read(
            choice.source, queries.utilization.rates, choice.center_id, choice.month_start_on
        ).to_dicts()
        if row["metric_id"].startswith(FAMILIES[family])
        and any(word in row["metric_id"] for word in ("pflops", "credited")) == (weight == "pflops")
        and row["lower"] is not None
    ]
    if not rates:
        page_parts.nothing_to_show(say)
        return
    page_parts.chart(
        partition.rate_intervals(rates, say), say("planned.rates"), say("planned.rates_caption"), "rate-intervals"
    )
    page_parts.table(
        [
            {
                say("definitions.metric"): f"{formatting.as_markdown_text(row[say.column('name')])}"
                f"  \n`{row['metric_id']}`",
                say("planned.interval"): formatting.interval(row["lower"], row["upper"]),
                say("definitions.formula"): formatting.as_markdown_text(row[say.column("formula")]),
                say("word.basis"): formatting.as_markdown_text(say.code("basis", row["basis"])),
            }
            for row in rates
        ]
    )


choice = page_parts.open_page("planned_time")
page_parts.center_heading(choice)
st.markdown(opening.planned_time(question_parts.asked_of(choice)))
draw_classes(choice)
draw_filters(choice)
draw_evidence(choice)
draw_rates(choice)
draw_weights(choice)
draw_plan_basis(choice)
