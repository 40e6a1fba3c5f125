"""What one card counts for, and plans that speak another basis."""

import pytest

BASIS = ["+fct_plan_line__basis_check", "+dim_accelerator_model"]


@pytest.fixture(scope="module")
def world(build_world, make):
    lines = [
        make.plan(2640, plan_line_id="lianhua", declared_pflops=5225.0),
        make.plan(512, "huawei-ascend-910c", plan_line_id="logical", declared_pflops=770.048),
        make.plan(100, plan_line_id="honest", declared_pflops=98.95),
        make.plan(100, plan_line_id="odd", declared_pflops=300.0),
        make.plan(100, plan_line_id="x4", declared_pflops=98.95 * 4),
        make.plan(100, plan_line_id="x8", declared_pflops=98.95 * 8),
        make.plan(100, plan_line_id="binary", declared_pflops=98.95 * 2**40 / 10**12),
    ]
    return build_world({"centers": [make.center()], "capacity_plans": lines}, select=BASIS)


@pytest.fixture(scope="module")
def checks(world, query):
    return {row["plan_line_id"]: row for row in query(world, "from fct_plan_line__basis_check")}


@pytest.fixture(scope="module")
def models(world, query):
    return {row["model_id"]: row for row in query(world, "from dim_accelerator_model")}


def test_a_plan_counted_in_sparse_peaks_is_twice_the_catalogue(checks, worked_examples):
    expected, row = worked_examples["EX-P1"], checks["lianhua"]
    assert row["catalogue_pflops"] == pytest.approx(expected["dense"])
    assert row["declared_ratio_of_catalogue"] == pytest.approx(expected["factor"], abs=1e-6)
    assert row["declared_pflops"] / row["planned_card_count"] == pytest.approx(expected["per_card"], abs=1e-6)
    assert row["is_mismatch"]
    assert row["candidate_basis"] == "fp16_sparse_or_fp8_dense_or_fp16_accumulate"


def test_logical_devices_are_not_cards(checks, models, worked_examples):
    expected, row = worked_examples["EX-P2"], checks["logical"]
    assert row["catalogue_pflops"] == pytest.approx(expected["correct"])
    per_card = models["huawei-ascend-910c"]["logical_devices_per_card"]
    assert row["catalogue_pflops"] * per_card == pytest.approx(expected["naive"])
    assert row["candidate_basis"] == "logical_devices_or_fp16_sparse_or_fp8_dense"


def test_a_plan_in_dense_peaks_is_no_mismatch_and_an_unknown_ratio_is_named_so(checks):
    assert (checks["honest"]["is_mismatch"], checks["honest"]["candidate_basis"]) == (False, "fp16_dense")
    assert (checks["odd"]["is_mismatch"], checks["odd"]["candidate_basis"]) == (True, "unexplained")


@pytest.mark.parametrize(
    ("plan_line_id", "candidate_basis"),
    [
        ("lianhua", "fp16_sparse_or_fp8_dense_or_fp16_accumulate"),
        ("x4", "fp8_sparse_or_fp4_dense_or_fp16_accumulate_sparse"),
        ("x8", "fp4_sparse"),
        ("binary", "binary_prefix"),
    ],
)
def test_an_inflated_plan_is_flagged_with_what_would_explain_it(checks, plan_line_id, candidate_basis):
    assert (checks[plan_line_id]["is_mismatch"], checks[plan_line_id]["candidate_basis"]) == (True, candidate_basis)


def test_every_basis_that_would_explain_a_plan_has_words_on_the_page(world, query):
    from dashboards.translations import TEXTS

    found = {row["candidate_basis"] for row in query(world, "from fct_plan_line__basis_check")}
    assert len(found) == 7
    assert [basis for basis in found if f"plans.{basis}" not in TEXTS] == []


def test_one_card_has_four_published_peaks(world, query, models, worked_examples):
    rows = query(world, "from accelerator_peaks where model_id = 'nvidia-rtx-4090-24g'")
    peaks = {row["peak_basis"]: row["peak_gflops"] / 1000 for row in rows}
    names = {
        "fp16_nontensor": "fp16_non_tensor",
        "tensor_fp32acc": "fp16_tensor_fp32_accumulate",
        "tensor_fp16acc": "fp16_tensor_fp16_accumulate",
        "tensor_fp16acc_sparse": "fp16_tensor_fp16_accumulate_sparse",
    }
    assert {answer: peaks[name] for answer, name in names.items()} == worked_examples["EX-P3"]
    assert models["nvidia-rtx-4090-24g"]["weight_gflops"] == 165_200


def test_how_many_cards_make_a_thousand_pflops(models, worked_examples):
    expected = worked_examples["EX-P4"]
    assert models["nvidia-h800-sxm5-80g"]["cards_per_1000_pflops"] == expected["H800_dense"]
    assert models["nvidia-h800-sxm5-80g"]["cards_per_1000_marketed_pflops"] == expected["H800_sparse_claim"]
    assert models["huawei-ascend-910b3"]["cards_per_1000_pflops"] == expected["910B3"]
    assert models["nvidia-rtx-4090-24g"]["cards_per_1000_pflops"] == expected["RTX4090_fp32acc"]
    assert models["nvidia-h20-96g"]["cards_per_1000_pflops"] == expected["H20"]


def test_a_card_without_a_published_peak_is_unweighted_and_not_zero(models):
    assert models["metax-c550"]["weight_gflops"] is None
    assert models["metax-c550"]["cards_per_1000_pflops"] is None
