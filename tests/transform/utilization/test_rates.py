"""Every basis of racked and lit: the long fact of rates, its scopes and its periods."""

from datetime import timedelta

import pytest

BUSINESS = {
    "paid": {"purpose": "external_paid"},
    "voucher": {"purpose": "external_voucher"},
    "own": {"purpose": "own_business"},
    "unsaid": {"purpose": None},
    "test": {"purpose": "acceptance_test"},
    "burn": {"purpose": "external_paid", "workload_class": "burn_in"},
}
SPLIT_AT = 9  # hour of the first day at which the card of `hands` passes to its tenant


@pytest.fixture(scope="module")
def world(build_world, make, merge):
    centers = (three_models, cabinets, attributed, hands_over, claimed_twice, burn_in_first)
    return build_world(merge(*(center(make) for center in centers)), select=["+fct_scope_period__rate", "+fct_figure"])


@pytest.fixture(scope="module")
def rate(world, query):
    """A function: the row of one metric, scope, grain and start."""
    rows = {
        (row["metric_id"], row["scope_id"], row["period_grain"], row["period_start_on"]): row
        for row in query(world, "from fct_scope_period__rate")
    }

    def of(metric_id, scope_id, grain="month", start=None):
        return rows[metric_id, scope_id, grain, start or rows_start(grain)]

    def rows_start(grain):
        return min(key[3] for key in rows if key[2] == grain)

    return of


def three_models(make):
    """EX-R1: three models, one short of its plan, one at it, one above it."""
    planned = {make.ASCEND_910B3: (512, 400), make.H20: (256, 256), make.RTX_4090: (128, 160)}
    cards = [(f"r1-{model}-{n}", model) for model, (_, racked) in planned.items() for n in range(racked)]
    return {
        "centers": [make.center("r1")],
        "capacity_plans": [make.plan(count, model, center_id="r1") for model, (count, _) in planned.items()],
        "device_events": [make.event(uid, center_id="r1", model_id=model) for uid, model in cards],
        "device_days": [
            make.day(uid, day, idle=make.DAY, center_id="r1") for uid, _ in cards for day in make.SEPTEMBER
        ],
    }


def cabinets(make):
    """EX-R3: 30 of 40 cabinets, 640 of 1,680 U, 448 of 480 kW, 640 of 1,024 positions."""
    servers = [
        {"server_id": f"r3-s{n}", "center_id": "r3", "cabinet_id": f"r3-c{n % 30}", "u_height": 8, "nameplate_w": 5600}
        for n in range(80)
    ]
    slots = [
        {"slot_id": f"r3-s{n}/{p}", "center_id": "r3", "server_id": f"r3-s{n}", "board_position": p}
        for n in range(128)
        for p in range(8)
    ]
    cards = [(f"r3-s{n}", p) for n in range(80) for p in range(8)]
    return {
        "centers": [make.center("r3")],
        "capacity_plans": [make.plan(1024, center_id="r3")],
        "cabinets": [
            {"cabinet_id": f"r3-c{n}", "center_id": "r3", "u_count": 42, "contracted_w": 12_000} for n in range(40)
        ],
        "servers": servers,
        "slots": slots,
        "device_events": [
            make.event(f"{server}-{place}", center_id="r3", server_id=server, slot_id=f"{server}/{place}")
            for server, place in cards
        ],
        "power_readings": [
            {
                "center_id": "r3",
                "meter_id": "pdu-39",
                "read_at": make.MIDNIGHT + timedelta(days=29, hours=12),
                "source_method": "pdu",
                "meter_scope": "cabinet",
                "cabinet_id": "r3-c39",
                "power_w_milli": 900_000,
            }
        ],
    }


def attributed(make):
    """Seven cards lit all day for the whole month, each under another purpose, the last one under none."""
    end = make.MIDNIGHT + timedelta(days=60)
    names = [*BUSINESS, "nobody"]
    return {
        "centers": [make.center("biz")],
        "capacity_plans": [make.plan(len(names), center_id="biz")],
        "device_events": [make.event(f"biz-{name}", center_id="biz") for name in names],
        "device_days": [
            make.day(f"biz-{name}", day, lit=make.DAY, center_id="biz") for name in names for day in make.SEPTEMBER
        ],
        "leases": [
            make.lease(f"biz-{name}", make.MIDNIGHT, end, "biz", tenant_party_id=f"tenant-{name}", **terms)
            for name, terms in BUSINESS.items()
        ],
        "lease_devices": [
            make.lease_device(f"biz-{name}", f"biz-{name}", make.MIDNIGHT, center_id="biz") for name in BUSINESS
        ],
    }


def hands_over(make):
    """One card lit before nine in the morning and idle after, when a tenant takes it over."""
    taken = make.MIDNIGHT + timedelta(hours=SPLIT_AT)
    hours = [
        make.hour("hands", make.MIDNIGHT + timedelta(hours=n), "hands")
        | (make.bins(b80_100=3600) if n < SPLIT_AT else make.bins(b0_1=3600))
        for n in range(24)
    ]
    return {
        "centers": [make.center("hands")],
        "capacity_plans": [make.plan(1, center_id="hands")],
        "device_events": [make.event("hands", center_id="hands")],
        "device_hours": hours,
        "leases": [make.lease("hands", taken, taken + timedelta(days=9), "hands", tenant_party_id="tenant-hands")],
        "lease_devices": [make.lease_device("hands", "hands", taken, center_id="hands")],
    }


def claimed_twice(make):
    """EX-L11 on a model nobody else has: two centers have one card for the whole month."""
    model = "nvidia-v100-sxm2-32g"
    return {
        "centers": [make.center(name) for name in ("twin-a", "twin-b")],
        "device_events": [make.event("twin", center_id=name, model_id=model) for name in ("twin-a", "twin-b")],
    }


def burn_in_first(make):
    """A card that runs for ten days before it is accepted, under a paid lease all the while."""
    accepted = make.MIDNIGHT + timedelta(days=10)
    return {
        "centers": [make.center("burn")],
        "capacity_plans": [make.plan(1, center_id="burn")],
        "device_events": [
            make.event("burn", "powered", center_id="burn"),
            make.event("burn", "commissioned", accepted, "burn"),
        ],
        "device_days": [make.day("burn", day, lit=make.DAY, center_id="burn") for day in make.SEPTEMBER],
        "leases": [make.lease("burn", make.MIDNIGHT, accepted + timedelta(days=60), "burn")],
        "lease_devices": [make.lease_device("burn", "burn", make.MIDNIGHT, center_id="burn")],
    }


@pytest.mark.parametrize(
    ("metric_id", "answer"),
    [
        ("racked_device_avg", "device_raw"),
        ("racked_device_point", "device_raw"),
        ("racked_device_capped_avg", "device_capped"),
        ("racked_device_capped_point", "device_capped"),
        ("racked_pflops_avg", "pflops_raw"),
        ("racked_pflops_point", "pflops_raw"),
        ("racked_pflops_capped_avg", "pflops_capped"),
        ("racked_pflops_capped_point", "pflops_capped"),
    ],
)
def test_racked_is_another_number_on_every_basis(rate, worked_examples, metric_id, answer):
    row = rate(metric_id, "r1")
    assert row["observed"] == pytest.approx(worked_examples["EX-R1"][answer], abs=1e-6)


@pytest.mark.parametrize(
    ("metric_id", "answer"),
    [("racked_cabinet", "cabinet"), ("racked_u", "rack_unit"), ("racked_power", "power_nameplate")],
)
def test_cabinets_units_and_power_each_have_their_own_rate(rate, worked_examples, metric_id, answer):
    assert rate(metric_id, "r3")["upper"] == pytest.approx(worked_examples["EX-R3"][answer], abs=1e-6)


def test_positions_count_cards_and_a_meter_counts_a_cabinet_as_powered(rate, worked_examples):
    assert rate("racked_position", "r3")["observed"] == worked_examples["EX-R3"]["device"]
    powered = rate("racked_cabinet_power_on", "r3")
    assert (powered["numerator_lower"], powered["numerator_upper"], powered["denominator"]) == (1, 31, 40)


def test_business_counts_what_an_order_explains_and_leaves_the_rest_open(rate):
    seven = rate("lit_of_racked", "biz")
    assert seven["lower"] == 1
    business, external, own = (rate(f"lit_{kind}_of_racked", "biz") for kind in ("business", "external", "own"))
    assert business["lower"] == pytest.approx(3 / 7)
    assert business["upper"] == pytest.approx(4 / 7), "a purpose nobody states may be business"
    assert external["lower"] == pytest.approx(2 / 7)
    assert own["lower"] == pytest.approx(1 / 7)
    assert rate("lit_business_of_sold", "biz")["lower"] == pytest.approx(3 / 6)


def test_a_tenant_has_a_rate_of_its_own(rate):
    assert rate("lit_of_sold", "tenant-paid")["observed"] == 1
    assert rate("lit_of_sold", "tenant-hands", "week")["numerator_lower"] == 0


def test_what_was_lit_before_the_hand_over_is_not_the_tenants(rate, make):
    day = rate("lit_of_sold", "hands", "month")
    assert day["numerator_lower"] == 0
    assert day["numerator_upper"] == day["denominator"] - (24 - SPLIT_AT) * 3600
    assert rate("lit_of_racked", "hands", "day", make.SEPTEMBER[0])["numerator_lower"] == SPLIT_AT * 3600


def test_a_card_two_centers_claim_counts_once_outside_its_centers(rate):
    month = 30 * 86_400
    assert [rate("lit_of_racked", name)["numerator_upper"] for name in ("twin-a", "twin-b")] == [month, month]
    model = rate("lit_of_racked", "nvidia-v100-sxm2-32g")
    assert (model["numerator_lower"], model["numerator_upper"], model["denominator"]) == (0, month, month)


def test_burn_in_is_racked_and_lit_but_neither_commissioned_nor_business(rate):
    assert rate("racked_device_avg", "burn")["lower"] == 1
    assert rate("lit_of_racked", "burn")["lower"] == 1
    assert rate("lit_of_commissioned_gross", "burn")["denominator"] == 20 * 86_400
    assert rate("lit_of_commissioned_gross", "burn")["observed"] == 1
    assert rate("lit_business_of_racked", "burn")["upper"] == pytest.approx(20 / 30)


def test_weeks_begin_on_monday_and_centers_sum_to_vendors_and_to_all(world, query):
    starts = query(
        world, "select distinct isodow(period_start_on) as d from fct_scope_period__rate where period_grain = 'week'"
    )
    assert starts == [{"d": 1}]
    sums = query(
        world,
        """select scope_kind, sum(numerator_lower) as lower, sum(denominator) as denominator
        from fct_scope_period__rate
        where metric_id = 'lit_on_plan' and period_grain = 'month' and scope_kind <> 'tenant'
        group by scope_kind""",
    )
    assert len(sums) == 5
    assert len({(row["lower"], row["denominator"]) for row in sums}) == 1


def test_no_rate_contradicts_another(world, query):
    wrong = query(
        world,
        """select * from fct_scope_period__rate
        where lower > upper or numerator_lower > numerator_upper or coverage > 1
            or (observed is not null and not observed between lower and upper)""",
    )
    assert wrong == []
    narrower = query(
        world,
        """select business.scope_id from fct_scope_period__rate as business
        inner join fct_scope_period__rate as technical
            using (scope_kind, scope_id, period_grain, period_start_on)
        where business.metric_id = 'lit_business_of_racked' and technical.metric_id = 'lit_of_racked'
            and (business.numerator_lower > technical.numerator_lower
                or business.numerator_upper > technical.numerator_upper)""",
    )
    assert narrower == []


def test_figures_and_registry_hold_the_same_utilization_metrics_on_the_same_bases(world, query):
    made = query(world, "select distinct metric_id, basis from fct_figure order by metric_id")
    registered = query(world, "select metric_id, basis, subject from reference.metrics order by metric_id")
    names = {(row["metric_id"], row["basis"]): row["subject"] for row in registered}
    assert [row for row in made if (row["metric_id"], row["basis"]) not in names] == []
    made_names = {(row["metric_id"], row["basis"]) for row in made}
    assert [name for name, subject in names.items() if subject == "utilization" and name not in made_names] == []
