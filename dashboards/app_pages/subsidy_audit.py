"""Government's first question: was what was subsidized delivered, used, and earned."""

import streamlit as st

from dashboards import access, cached, controls, formatting, page_parts, queries, question_parts
from dashboards import subsidy_audit_texts as texts
from dashboards.charts import subsidies as charts
from dashboards.controls import Choice
from dashboards.questions import government

rows_of = queries.subsidies


def draw_money(choice: Choice, settlements) -> None:
    """Earned against paid of all subsidies of the center."""
    say = choice.say
    figure = charts.earned_against_paid(settlements, say)
    page_parts.chart(figure, say("audit.settlement"), say("audit.settlement_caption"), "settlement")


def draw_delivery(choice: Choice, programme_id: str) -> None:
    """Promised against delivered by model, and what a PFLOPS cost."""
    say = choice.say
    deliveries = cached.read(choice.source, rows_of.deliveries, programme_id)
    if deliveries.height:
        caption = say("audit.delivery_caption", day=formatting.day(deliveries["local_day"][0]))
        page_parts.chart(charts.delivery_bullets(deliveries, say), say("audit.delivery"), caption, "delivery")
    capacity = cached.read(choice.source, rows_of.capacity, programme_id).row(0, named=True)
    page_parts.amount_cards(texts.price_cards(capacity, say), 3)
    for row in cached.read(choice.source, rows_of.inspection, choice.center_id).to_dicts():
        st.caption(
            say(
                "audit.inspection",
                cards=formatting.count(row["card_count"]),
                sample=formatting.count(row["sample_size"]),
                missing=formatting.percent(row["missing_ratio"]),
                confidence=formatting.percent(row["confidence_ratio"]),
            )
        )


def draw_milestones(choice: Choice, programme_id: str) -> None:
    """The conditions at both bounds, and the hours that would decide between them."""
    say = choice.say
    rows = cached.read(choice.source, rows_of.milestones, programme_id).to_dicts()
    if not rows:
        return
    st.subheader(say("audit.milestones"), anchor=False)
    page_parts.table(texts.milestones(rows, say))
    st.caption(say("audit.two_readings"))
    sentences = texts.deciding(rows, say)
    cards = cached.read(choice.source, rows_of.undecided_cards, programme_id).to_dicts()
    if sentences and cards:
        with st.expander(say("audit.deciding")):
            for sentence in sentences:
                st.markdown(sentence)
            page_parts.table(texts.undecided_cards(cards, say))
            st.caption(say("audit.deciding_caption"))


def draw_use(choice: Choice, programme_id: str) -> None:
    """Who used it, and what an hour of use cost."""
    say = choice.say
    shares = cached.read(choice.source, rows_of.local_use, programme_id)
    if shares.drop_nulls("local_rate_lower").height:
        figure = charts.local_shares(shares, say)
        page_parts.chart(figure, say("audit.local"), say("audit.local_caption"), "local")
    else:
        st.subheader(say("audit.local"), anchor=False)
        st.info(say("audit.local_none"))
    users = cached.read(choice.source, rows_of.users, programme_id).to_dicts()
    if users:
        page_parts.table(texts.users(users, say))
        st.caption(say("audit.users_caption"))
    costs = cached.read(choice.source, rows_of.costs, choice.center_id)
    own = costs.filter(costs["programme_id"] == programme_id)
    if own["net_paid_cny_fen"].max() > 0:
        page_parts.chart(charts.cost_dots(own, say), say("audit.cost"), say("audit.cost_caption"), "cost")
    else:
        st.subheader(say("audit.cost"), anchor=False)
        st.info(say("audit.cost_none"))


def draw_claims(choice: Choice, programme_id: str) -> None:
    """Each claim rule by rule, with its evidence, and what was claimed twice."""
    say = choice.say
    st.subheader(say("audit.claims"), anchor=False)
    rows = cached.read(choice.source, rows_of.claims, programme_id).to_dicts()
    if rows:
        page_parts.table(texts.claims(rows, say))
        claim_id = controls.pick(say("audit.choose_claim"), [row["claim_id"] for row in rows], str, "claim")
        page_parts.table(texts.claim_rules(cached.read(choice.source, rows_of.claim_rules, claim_id).to_dicts(), say))
        with st.expander(say("audit.evidence")):
            access.note("evidence", f"claim {claim_id}", choice.source.version)
            found = cached.read(choice.source, rows_of.claim_evidence, claim_id).to_dicts()
            page_parts.table(texts.evidence(found, say))
    else:
        st.info(say("audit.claims_none"))
    st.subheader(say("audit.doubles"), anchor=False)
    doubles = cached.read(choice.source, rows_of.doubles, choice.center_id).to_dicts()
    if doubles:
        page_parts.table(texts.doubles(doubles, say))
        st.caption(say("audit.doubles_caption"))
    else:
        st.info(say("audit.doubles_none"))


choice = page_parts.open_page("subsidy_audit")
say = choice.say
name = page_parts.center_heading(choice, with_month=False)
settlements = cached.read(choice.source, rows_of.settlements, choice.center_id)
if settlements.is_empty():
    st.info(say("audit.none", center=formatting.as_markdown_text(name)))
    st.stop()
by_id = {row["programme_id"]: row for row in settlements.to_dicts()}
programme_id = controls.pick(
    say("audit.programme"),
    list(by_id),
    lambda key: say(f"subsidy_kind.{by_id[key]['subsidy_kind']}") + f" · {key}",
    "programme",
)
programme = by_id[programme_id]
scheme = programme[say.column("scheme_name")]
rules = say("audit.rules_from", scheme=formatting.as_markdown_text(scheme)) if scheme else say("audit.no_rules")
terms = say(
    "audit.terms",
    granted=formatting.money(programme["granted_cny_fen"], say.language),
    variant=say(f"earning_variant.{programme['earning_variant']}"),
    basis=say(f"local_basis.{programme['local_use_basis']}"),
)
st.caption(f"{rules} · {terms}")
if programme["terms_note"] in ("weights_do_not_add_up", "weight_missing"):
    st.warning(say(f"audit.{programme['terms_note']}"))
fine = cached.read(choice.source, rows_of.fines).row(0, named=True)
page_parts.amount_cards(texts.settlement_cards(programme, fine, say), 2)
asked = question_parts.asked_of(choice)
for answer in (government.delivered, government.milestones, government.users, government.cost, government.owed_back):
    st.markdown(f"- {answer(asked, programme)}")
draw_money(choice, settlements)
draw_delivery(choice, programme_id)
draw_milestones(choice, programme_id)
draw_use(choice, programme_id)
draw_claims(choice, programme_id)
