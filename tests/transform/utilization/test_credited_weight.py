"""What one card counts for: nominal, attested, credited and marketed."""

from datetime import date

import pytest

H100, K100, MI300X = "nvidia-h100-sxm5-80g", "hygon-dcu-k100", "amd-mi300x"
UNSURE = "cambricon-mlu370-m8"  # a catalogue entry of confidence D


@pytest.fixture(scope="module")
def world(build_world, make):
    models = (H100, K100, MI300X, UNSURE, make.H800, "metax-c550")
    attested = {H100: 794_500, K100: 32_900, MI300X: 668_400, make.H800: 494_750}
    return build_world(
        {
            "centers": [make.center("c1")],
            "capacity_plans": [make.plan(1, model) for model in models],
            "device_events": [make.event(f"card-{model}", model_id=model) for model in models],
            "device_days": [make.day(f"card-{model}", day, lit=make.DAY) for model in models for day in make.SEPTEMBER],
            "attestations": [
                {
                    "attestation_id": model,
                    "center_id": "c1",
                    "model_id": model,
                    "attested_on": date(2026, 9, 16) if model == make.H800 else date(2026, 8, 1),
                    "attested_gflops": gflops,
                }
                for model, gflops in attested.items()
            ],
        },
        select=["+fct_center_model__weight", "+fct_scope_period__rate"],
    )


@pytest.fixture(scope="module")
def weights(world, query):
    return {row["model_id"]: row for row in query(world, "from fct_center_model__weight")}


def test_what_is_credited_is_cut_only_where_the_measurement_falls_short(weights, worked_examples):
    expected = worked_examples["EX-P5"]
    assert weights[H100]["credited_gflops"] / 1000 == expected["h100"]
    assert weights[MI300X]["credited_gflops"] / 1000 == expected["mi300x"]
    assert weights[K100]["credited_gflops"] / 1000 == pytest.approx(expected["k100"], abs=0.0005)


def test_without_a_measurement_only_a_sure_catalogue_entry_is_credited(weights):
    assert weights[UNSURE]["not_credited_reason"] == "confidence_needs_attestation"
    assert weights["metax-c550"]["not_credited_reason"] == "no_published_peak"


def test_a_measurement_holds_from_its_day_on(world, query, make, weights):
    (row,) = query(
        world,
        f"""select * from fct_scope_period__rate where metric_id = 'lit_on_plan_credited'
        and scope_id = '{make.H800}' and period_grain = 'month'""",
    )
    nominal, credited = weights[make.H800]["nominal_gflops"], weights[make.H800]["credited_gflops"]
    assert credited == round(494_750 / 0.75)
    assert row["numerator_lower"] == 15 * make.DAY * (nominal + credited)
    assert row["denominator"] == 30 * make.DAY * nominal
