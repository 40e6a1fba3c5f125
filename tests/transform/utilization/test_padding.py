"""EX-A1 and the rules of the padding test: bounds, explanations, too little data, and what chance alone does."""

import itertools
import shutil
from datetime import UTC, date, datetime, timedelta

import duckdb
import numpy as np
import polars as pl
import pytest

END = date(2026, 4, 1)
AROUND = [END + timedelta(days=number) for number in range(-56, 56)]
DAY = 86_400
FUTURE = datetime(2030, 1, 1, tzinfo=UTC)
LONG_AGO = date(2020, 1, 1)


def center(
    make, name: str, vendor=(0.86, 0.10), other=(0.38, 0.32), known_after=1.0, silent_after=0, **changes
) -> dict:
    """Two cards, one of a company the vendor controls and one of a stranger, lit for a share of each day before and
    after the window's end."""
    events, days, leases, handovers = [], [], [], []
    for tenant, (before, after) in {"affiliate": vendor, "stranger": other}.items():
        card, lease = f"{name}-{tenant}", f"{name}-lease-{tenant}"
        start = datetime(2026, 1, 1, tzinfo=UTC)
        ends = changes.get("lease_ends", FUTURE) if tenant == "affiliate" else FUTURE
        events.append(make.event(card, "in_service", start, center_id=name))
        leases.append(make.lease(lease, start, ends, center_id=name, tenant_party_id=tenant))
        handovers.append(make.lease_device(lease, card, start, center_id=name))
        for number, local_day in enumerate(AROUND):
            is_before = local_day < END
            if number >= len(AROUND) - silent_after:
                continue
            known = DAY if is_before else round(known_after * DAY)
            lit = round(DAY * (before if is_before else after))
            days.append(make.day(card, local_day, lit=lit, idle=known - lit, center_id=name))
    return {
        "centers": [make.center(name) | {"acceptance_end_on": changes.get("window_end", END)}],
        "capacity_plans": [make.plan(2, center_id=name)],
        "offtake_commitments": [
            {"commitment_id": name, "center_id": name, "vendor_party_id": f"vendor-{name}", "unit": "card_hour"}
        ],
        "party_links": [
            {"link_id": name, "from_party_id": f"vendor-{name}", "to_party_id": "affiliate", "link_kind": "control",
             "valid_from": LONG_AGO}
        ],
        "device_events": events,
        "device_days": days,
        "leases": leases,
        "lease_devices": handovers,
    }  # fmt: skip


@pytest.fixture(scope="module")
def built(build_world, make, merge):
    worlds = [
        center(make, "worked"),
        center(make, "ended", lease_ends=datetime(2026, 4, 1, tzinfo=UTC)),
        center(make, "alike", vendor=(0.86, 0.20), other=(0.50, 0.20)),
        center(make, "others", vendor=(0.30, 0.30), other=(0.90, 0.10)),
        center(make, "dim", vendor=(0.60, 0.20), other=(0.24, 0.22), known_after=0.91),
        center(make, "steady", vendor=(0.60, 0.58)),
        center(make, "silent", silent_after=15),
        center(make, "young", window_end=date(2026, 5, 20)),
    ]
    return build_world(
        merge(*worlds),
        select=["+fct_center_vendor__padding", "+fct_center_day__padding"],
        as_of=datetime(2026, 6, 1, tzinfo=UTC),
    )


@pytest.fixture(scope="module")
def verdicts(built, query):
    rows = query(built, "select * from fct_center_vendor__padding where vendor_party_id = 'ALL' and basis = 'business'")
    return {row["center_id"]: row for row in rows}


def test_the_worked_example_is_met_for_the_center_and_for_its_vendor(verdicts, built, query, worked_examples):
    expected = worked_examples["EX-A1"]
    (vendor,) = query(
        built,
        "select * from fct_center_vendor__padding where vendor_party_id = 'vendor-worked' and basis = 'business'",
    )
    for row in (verdicts["worked"], vendor):
        assert round(row["drop_of_lit_rate_least"], 6) == round(row["drop_of_lit_rate_most"], 6) == expected["drop"]
        assert round(row["relative_drop_least"], 6) == round(expected["relative"], 6)
        assert round(row["attributable_share_of_drop_least"], 6) == expected["vendor_share"]
        assert row["p_value_least"] == pytest.approx(expected["min_p_8v8"], abs=5e-7)
        assert (row["break_on_least"], row["verdict"]) == (END, "strong")


def test_an_end_of_contract_that_was_on_record_early_explains_it_and_strong_becomes_probable(verdicts):
    row = verdicts["ended"]
    assert row["is_contract_end_explained"]
    assert row["verdict"] == "probable"


def test_peers_that_fell_alike_explain_it(verdicts):
    assert verdicts["alike"]["is_peer_alike"]
    assert verdicts["alike"]["verdict"] == "probable"


def test_a_drop_that_is_not_the_vendors_is_weak_at_most(verdicts):
    assert verdicts["others"]["has_effect_least"]
    assert verdicts["others"]["verdict"] == "weak"


def test_what_time_without_readings_could_turn_either_way_is_undetermined(verdicts):
    row = verdicts["dim"]
    assert (row["verdict_least"], row["verdict_most"], row["verdict"]) == ("none", "strong", "undetermined")


def test_a_center_that_goes_on_as_before_shows_no_pattern(verdicts):
    assert verdicts["steady"]["verdict"] == "none"


def test_too_few_valid_days_and_a_window_not_over_give_no_verdict(verdicts):
    assert (verdicts["silent"]["verdict"], verdicts["silent"]["withheld_reason"]) == (
        "insufficient_data",
        "too_few_valid_days",
    )
    assert verdicts["silent"]["valid_days_after"] == 41
    assert (verdicts["young"]["verdict"], verdicts["young"]["withheld_reason"]) == (
        "insufficient_data",
        "window_not_over",
    )


def test_all_12870_orders_of_sixteen_blocks_are_counted_as_if_each_were_tried(built, query):
    blocks = query(
        built,
        """select center_id, basis, bound_case, block_no, is_before, cast(round(avg(lit_share_ppm)) as bigint) as share
        from int_padding__cases group by all order by all""",
    )
    series_blocks: dict[tuple, list[int]] = {}
    for row in blocks:
        series_blocks.setdefault((row["center_id"], row["basis"], row["bound_case"]), []).append(row["share"])
    orders = np.array(list(itertools.combinations(range(16), 8)))
    judged = [row for row in query(built, "select * from int_padding__effects") if row["block_count"] == 16]
    assert len(judged) > 20
    for row in judged:
        shares = np.array(series_blocks[row["center_id"], row["basis"], row["bound_case"]])
        as_good = int((shares[orders].sum(axis=1) >= shares[:8].sum()).sum())
        assert (row["way_count"], row["as_good_way_count"]) == (12_870, as_good)


def series(rng: np.random.Generator, drop: float) -> np.ndarray:
    """Daily share of lit: mean 60 %, weekend dip, days like the day before; lower by `drop` from the end on."""
    noise = np.zeros(len(AROUND))
    for number in range(1, len(noise)):
        noise[number] = 0.6 * noise[number - 1] + rng.normal(0, 0.08 * 0.8)
    weekend = np.array([day.weekday() >= 5 for day in AROUND])
    fallen = np.array([day >= END for day in AROUND])
    return np.clip(0.62 - 0.06 * weekend + noise - drop * fallen, 0.01, 0.99)


def test_chance_alone_is_not_accused_and_a_drop_of_forty_points_is_found(built, dbt_project, query, tmp_path):
    rng = np.random.default_rng(20260401)
    drops = {f"calm-{number}": 0.0 for number in range(12)} | {f"padded-{number}": 0.4 for number in range(12)}
    days = []
    for name, drop in drops.items():
        lit = series(rng, drop)
        vendor = np.where([day < END for day in AROUND], lit * 0.6 + drop * 0.4, np.maximum(lit - 0.15, 0.0))
        for who, values in (("CENTER", lit), ("ALL", vendor)):
            days += [(name, "business", who, day, 10**9, 0, *[round(value * 10**9)] * 2)
                     for day, value in zip(AROUND, values, strict=True)]  # fmt: skip
    warehouse = tmp_path / "warehouse.duckdb"
    shutil.copy(built, warehouse)
    with duckdb.connect(warehouse) as connection:
        frame = pl.DataFrame(days, orient="row")  # noqa: F841 - read by DuckDB by its name
        connection.execute("delete from intermediate.int_padding__workload_days")
        connection.execute("insert into intermediate.int_padding__workload_days select * from frame")
        connection.execute("delete from intermediate.int_padding__windows")
        for name in drops:
            connection.execute(
                "insert into intermediate.int_padding__windows values ($1, $2, $3, $4, true)",
                [name, END, AROUND[0], AROUND[-1] + timedelta(days=1)],
            )
    dbt_project.invoke(
        warehouse,
        "run",
        "--select",
        "int_padding__cases int_padding__effects int_padding__breaks int_padding__attributions int_padding__outages "
        "int_padding__contract_ends int_padding__elsewhere int_padding__verdicts fct_center_vendor__padding",
    )
    rows = query(warehouse, "select center_id, verdict from fct_center_vendor__padding where basis = 'business'")
    found = {row["center_id"]: row["verdict"] for row in rows}
    assert {found[name] for name in drops if name.startswith("calm")} == {"none"}
    assert {found[name] for name in drops if name.startswith("padded")} == {"strong"}
