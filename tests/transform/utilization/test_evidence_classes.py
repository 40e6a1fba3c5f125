"""Classes of evidence: counters before power, power before the operator's word, and what each may prove."""

from datetime import timedelta

import pytest

IDLE_W, FULL_W = 1_000, 9_000
LIT_W = IDLE_W + (FULL_W - IDLE_W) * 15 // 100  # the first watt that says lit


@pytest.fixture(scope="module")
def world(build_world, make, merge):
    centers = (power_only, without_idle, long_intervals, partly_counted, declared_only, profiled, two_meters, upgraded)
    return build_world(
        merge(*(center(make) for center in centers)),
        select=[
            "+fct_scope_period__rate",
            "+fct_center_month__evidence",
            "+fct_center_day__utilization",
            "+fct_center_day__series_break",
        ],
    )


def _center(make, name, readings=(), idle_w=IDLE_W, cards=2, **tables):
    """A center of one server; readings are (minutes after midnight, watts[, meter])."""
    server = {"server_id": f"{name}-s", "center_id": name, "u_height": 8, "nameplate_w": FULL_W, "idle_w": idle_w}
    return {
        "centers": [make.center(name)],
        "capacity_plans": [make.plan(cards, center_id=name)],
        "servers": [server],
        "device_events": [make.event(f"{name}-{n}", center_id=name, server_id=f"{name}-s") for n in range(cards)],
        "power_readings": [_reading(make, name, *reading) for reading in readings],
    } | tables


def _reading(make, name, minutes, watts, meter="bmc", **more):
    return {
        "center_id": name,
        "meter_id": f"{name}-{meter}",
        "read_at": make.MIDNIGHT + timedelta(minutes=minutes),
        "source_method": "ipmi",
        "meter_scope": "server",
        "server_id": f"{name}-s",
        "power_w_milli": watts * 1000,
    } | more


def power_only(make):
    """Bare metal: the server draws lit power for twelve hours, one watt less for six, then nothing is read."""
    lit = [(minutes, LIT_W) for minutes in range(0, 12 * 60, 30)]
    return _center(make, "power", [*lit, *((minutes, LIT_W - 1) for minutes in range(12 * 60, 18 * 60, 30))])


def without_idle(make):
    """The same power, but nobody measured the server at rest."""
    return _center(make, "noidle", [(minutes, FULL_W) for minutes in range(0, 24 * 60, 30)], idle_w=None)


def long_intervals(make):
    """One mean over the whole day: it says that power was drawn, not when."""
    day = _reading(make, "long", 24 * 60, FULL_W, started_at=make.MIDNIGHT)
    return _center(make, "long", power_readings=[day])


def partly_counted(make):
    """Card 0 has counters for six hours, idle; power says lit all day for both cards."""
    hours = [make.hour("mixed-0", make.MIDNIGHT + timedelta(hours=n), "mixed") | make.bins(b0_1=3600) for n in range(6)]
    readings = [(minutes, FULL_W) for minutes in range(0, 24 * 60, 30)]
    return _center(make, "mixed", readings, device_hours=hours)


def declared_only(make):
    """The operator's word for a day."""
    day = make.day("word-0", make.SEPTEMBER[0], lit=make.DAY, center_id="word", evidence_class="D")
    return _center(make, "word", device_days=[day])


def profiled(make):
    """Card 0 has profiling counters all day; card 1 gets them at noon, after a driver's upgrade."""
    hours = [
        make.hour(f"prof-{card}", make.MIDNIGHT + timedelta(hours=n), "prof")
        | make.bins(b80_100=3600)
        | {"evidence_class": "A" if card == 0 or n >= 12 else "B"}
        for card in range(2)
        for n in range(24)
    ]
    return _center(make, "prof", device_hours=hours)


def two_meters(make):
    """Two meters of one server disagree at every instant but agree in the second half of the day."""
    readings = [(m, LIT_W, meter) for m in range(12 * 60, 24 * 60, 30) for meter in ("a", "b")]
    split = [(m, watts, meter) for m in range(0, 12 * 60, 30) for meter, watts in (("a", FULL_W), ("b", IDLE_W))]
    return _center(make, "duel", [*split, *readings])


def upgraded(make):
    """Daily rows: of 30 cards 29 turn from B to A on the 3rd, after a day of silence; the last one on the 4th."""
    rows = [
        make.day(f"upg-{card}", day, lit=make.DAY, center_id="upg")
        | {"evidence_class": "A" if day.day >= (4 if card == 29 else 3) else "B"}
        for card in range(30)
        for day in make.SEPTEMBER[:5]
        if day.day != 2
    ]
    return _center(make, "upg", cards=30, device_days=rows)


@pytest.fixture(scope="module")
def days(world, query):
    rows = query(world, "from int_evidence__device_days where local_day = date '2026-09-01'")
    return {row["device_uid"]: row for row in rows}


@pytest.fixture(scope="module")
def rates(world, query):
    rows = query(world, "from fct_scope_period__rate where scope_kind = 'center' and period_grain = 'month'")
    return {(row["metric_id"], row["scope_id"]): row for row in rows}


def test_power_alone_gives_all_cards_of_a_server_one_verdict(days):
    for uid in ("power-0", "power-1"):
        row = days[uid]
        assert row["evidence_class"] == "C"
        assert row["class_c_lit_seconds"] == 12 * 3600
        assert row["class_c_idle_seconds"] == 6 * 3600 + 1800, "the last reading holds an hour at most"


def test_power_is_in_no_lower_bound_of_counters_and_is_shown_apart(rates):
    counters, with_power = rates["lit_of_racked", "power"], rates["lit_with_power_of_racked", "power"]
    assert counters["numerator_lower"] == 0
    assert counters["numerator_upper"] == counters["denominator"]
    assert with_power["numerator_lower"] == 2 * 12 * 3600
    assert with_power["numerator_upper"] == with_power["denominator"] - 2 * (6 * 3600 + 1800)


def test_without_a_measured_idle_power_there_is_no_verdict(days):
    assert days["noidle-0"]["evidence_class"] == "none"


def test_the_mean_of_a_long_interval_is_no_verdict(days):
    assert days["long-0"]["evidence_class"] == "none"


def test_two_meters_that_disagree_leave_the_server_unknown(days):
    assert days["duel-0"]["class_c_lit_seconds"] == 12 * 3600
    assert days["duel-0"]["class_c_idle_seconds"] == 0


def test_counters_come_before_power_and_power_only_fills_what_they_leave(days):
    mixed, other = days["mixed-0"], days["mixed-1"]
    assert mixed["evidence_class"] == "B"
    assert mixed["known_seconds"] == 6 * 3600
    assert mixed["class_c_lit_seconds"] == 18 * 3600
    assert (other["evidence_class"], other["class_c_lit_seconds"]) == ("C", 24 * 3600)


def test_the_operators_word_is_counted_as_his_word_and_nowhere_else(days, rates):
    assert days["word-0"]["evidence_class"] == "D"
    assert rates["declared_of_racked", "word"]["numerator_lower"] == 86_400
    for metric_id in ("lit_of_racked", "lit_with_power_of_racked"):
        assert rates[metric_id, "word"]["numerator_lower"] == 0
        assert rates[metric_id, "word"]["upper"] == 1


def test_the_weakest_counter_of_a_day_names_its_class(days, rates):
    assert days["prof-0"]["evidence_class"] == "A"
    assert days["prof-1"]["evidence_class"] == "B"
    assert rates["lit_profiled_of_racked", "prof"]["numerator_lower"] == 86_400
    assert rates["lit_of_racked", "prof"]["numerator_lower"] == 2 * 86_400


def test_every_able_second_of_a_month_is_under_one_class(world, query):
    rows = query(
        world,
        """select evidence.center_id, sum(evidence.able_card_seconds) as able,
            (select sum(racked_card_seconds_upper) from fct_center_day__utilization as days
                where days.center_id = evidence.center_id) as racked
        from fct_center_month__evidence as evidence group by evidence.center_id""",
    )
    assert len(rows) == 8
    assert [row for row in rows if row["able"] != row["racked"]] == []


def test_a_series_breaks_where_a_share_of_cards_turns_to_other_evidence_and_silence_is_no_break(world, query):
    """One card of thirty is below the policy's share of 5 %."""
    rows = query(world, "from fct_center_day__series_break where center_id = 'upg'")
    assert [(row["local_day"].day, row["class_before"], row["class_after"]) for row in rows] == [(3, "B", "A")]
    assert (rows[0]["last_seen_on"].day, rows[0]["changed_card_count"], rows[0]["able_card_count"]) == (1, 29, 30)
    assert (rows[0]["feed_before"], rows[0]["feed_after"]) == ("daily_rows", "daily_rows")
