"""A reader moves drivers and sees payback, cash and break-even move; a link or a name keeps what was moved."""

import os

import streamlit as st

from dashboards import cached, page_parts, queries, scenario_link, scenario_texts
from dashboards.charts import stress as charts
from dashboards.controls import Choice
from dashboards.scenario_link import CHANGES, EXITS, PRICE_CUT, SUBSIDIES, VACANT, VIEWS, Slider, Values
from ingest.state.scenarios import LONGEST_NAME, SavedScenarios


@st.cache_resource(show_spinner=False)
def saved_scenarios(data_dir: str | None, state_url: str | None) -> SavedScenarios:
    """The store of saved scenarios; where it lies is only the key."""
    del data_dir, state_url
    return SavedScenarios.from_env()


def draw_slider(slider: Slider, place) -> None:
    """One slider, whose value stands in the session under the slider's name."""
    place.slider(
        choice.say(f"scenarios.{slider.name}"), slider.low, slider.high, step=slider.step, key=f"move_{slider.name}"
    )


def draw_controls(choice: Choice, start: Values) -> Values:
    """All sliders and choices, begun from the address; hands back what they stand at."""
    say = choice.say
    # A session forgets what sliders stood at as soon as another page is drawn.
    if st.session_state.get("moving") != choice.center_id or "move_price" not in st.session_state:
        for name, value in scenario_link.read_link(st.query_params, start).items():
            st.session_state[f"move_{name}"] = bool(value) if name == "vendor" else value
        st.session_state["moving"] = choice.center_id
    st.subheader(say("scenarios.drivers"), anchor=False)
    columns = st.columns(3, gap="medium")
    for number, slider in enumerate(CHANGES):
        draw_slider(slider, columns[number % 3])
    exits, terms, subsidies = st.columns(3, gap="medium")
    exits.radio(
        say("scenarios.exit"),
        list(EXITS),
        format_func=lambda key: say(f"scenarios.exit_{key}"),
        key="move_exit",
    )
    exits.toggle(say("scenarios.vendor"), key="move_vendor")
    draw_slider(VACANT, terms)
    draw_slider(PRICE_CUT, terms)
    subsidies.segmented_control(
        say("payback.view"),
        list(VIEWS),
        format_func=lambda key: say(f"payback.view_{key}"),
        key="move_view",
        required=True,
    )
    subsidies.radio(
        say("scenarios.subsidy"),
        list(SUBSIDIES),
        format_func=lambda key: say(f"scenarios.subsidy_{key}"),
        key="move_subsidy",
    )
    values = {name: st.session_state[f"move_{name}"] for name in start}
    return values | {"vendor": int(values["vendor"])}


def draw_saved(choice: Choice, changes: dict[str, str]) -> None:
    """The link of what is moved, a name to keep it under, and what was kept before."""
    say = choice.say
    st.subheader(say("scenarios.share"), anchor=False)
    address = scenario_link.address(choice.center_id, say.language, choice.filters.in_address | changes)
    st.markdown(f"{say('scenarios.share_note')} [{say('scenarios.link')}]({address})")
    store = saved_scenarios(os.environ.get("RACKLIGHT_DATA_DIR"), os.environ.get("RACKLIGHT_STATE_URL"))
    with st.form("save", clear_on_submit=True, border=False):
        name = st.text_input(say("scenarios.save_as"), max_chars=LONGEST_NAME)
        if st.form_submit_button(say("scenarios.save")):
            if name.strip():
                store.save(choice.center_id, name, changes)
                st.success(say("scenarios.saved_now", name=name))
            else:
                st.warning(say("scenarios.bad_name", longest=LONGEST_NAME))
    st.subheader(say("scenarios.saved"), anchor=False)
    kept = store.of_center(choice.center_id)
    if not kept:
        st.caption(say("scenarios.no_saved"))
        return
    page_parts.table(scenario_texts.saved(kept, choice.center_id, say))
    with st.form("forget", border=False):
        chosen = st.selectbox(say("scenarios.forget_which"), [row.name for row in kept])
        if st.form_submit_button(say("scenarios.forget")):
            store.forget(choice.center_id, chosen)
            st.rerun()


choice = page_parts.open_page("scenarios")
say = choice.say
page_parts.center_heading(choice, with_month=False)
bases = cached.read(choice.source, queries.scenarios.base, choice.center_id).to_dicts()
if not bases:
    st.info(say("scenarios.none"))
    st.stop()
start = scenario_link.neutral(bases[0])
values = draw_controls(choice, start)
changes = scenario_link.moved(values, start)
for name in start.keys() & st.query_params.keys():
    del st.query_params[name]
st.query_params.update(changes)
asked = (choice.center_id, scenario_link.parameters(values))
neutral = (choice.center_id, scenario_link.parameters(start | {"view": values["view"]}))
chosen = cached.read(choice.source, queries.scenarios.outcome, *asked).row(0, named=True)
today = cached.read(choice.source, queries.scenarios.outcome, *neutral).row(0, named=True)
st.markdown(scenario_texts.answer(chosen, today, say))
page_parts.amount_cards(scenario_texts.cards(chosen, today, str(values["view"]), say), 4)
figure = charts.chosen_balance(
    cached.read(choice.source, queries.scenarios.months, *asked),
    cached.read(choice.source, queries.scenarios.months, *neutral),
    say,
)
page_parts.chart(figure, say("scenarios.curve"), say("scenarios.curve_caption"), "balance")
draw_saved(choice, changes)
