"""Answers of the Prometheus HTTP API, kept as files."""

import json
from pathlib import Path

import pytest

from ingest.reading import Declaration, UnreadableFileError
from ingest.telemetry.prometheus_api import read_answer, recognizes_answer

SHARED = Path(__file__).resolve().parents[4] / "shared"
START = 1_773_114_000
DECLARED = Declaration(center_id="two-nodes")


def answer(kind: str, *series: tuple[str, str, list]) -> str:
    key = "value" if kind == "vector" else "values"
    result = [{"metric": {"__name__": name, "UUID": uid}, key: values} for name, uid, values in series]
    return json.dumps({"status": "success", "data": {"resultType": kind, "result": result}}, indent=1)


def read(tmp_path: Path, text: str):
    path = tmp_path / "answer.json"
    path.write_text(text)
    assert recognizes_answer(text.encode())
    return read_answer(path, DECLARED, "0" * 64)


def test_each_value_of_a_matrix_is_a_sample_at_its_own_instant(tmp_path):
    reading = read(
        tmp_path, answer("matrix", ("DCGM_FI_DEV_GPU_UTIL", "GPU-1", [[START + 0.5, "40"], [START + 60.5, "50"]]))
    )
    assert reading.samples.select("sampled_at_ms", "utilization_pct").rows() == [
        (START * 1000 + 500, 40.0),
        (START * 1000 + 60_500, 50.0),
    ]


def test_nan_is_unknown_and_never_zero(tmp_path):
    reading = read(tmp_path, answer("vector", ("DCGM_FI_DEV_GPU_UTIL", "GPU-1", [START, "NaN"])))
    assert reading.samples.is_empty()
    assert (reading.rows_in, reading.rows_accepted) == (1, 1)


def test_power_in_an_answer_of_its_own_does_not_cut_short_what_utilization_says(tmp_path):
    reading = read(tmp_path, answer("vector", ("DCGM_FI_DEV_POWER_USAGE", "GPU-1", [START, "300"])))
    assert reading.samples.is_empty()
    assert reading.notices == {"samples without a utilization reading": 1}


def test_the_line_of_a_value_is_where_its_series_begins(tmp_path):
    text = answer("vector", *(("DCGM_FI_DEV_GPU_UTIL", f"GPU-{number}", [START, "40"]) for number in (1, 2)))
    lines = text.split("\n")
    for line in read(tmp_path, text).samples["source_line"]:
        assert '"metric"' in lines[line - 1]


def test_a_cut_off_answer_is_refused(tmp_path):
    path = tmp_path / "answer.json"
    path.write_text(answer("vector", ("DCGM_FI_DEV_GPU_UTIL", "GPU-1", [START, "40"]))[:-20])
    with pytest.raises(UnreadableFileError, match="not a whole JSON document"):
        read_answer(path, DECLARED, "0" * 64)


def test_the_answers_of_two_real_nodes_hold_sixteen_cards():
    folder = SHARED / "traces" / "nvidia_dcgm"
    if not folder.is_dir():
        pytest.skip("the folder of public traces is not beside this checkout")
    reading = read_answer(folder / "promql_gpu_utilization_dcgm_fi_dev_gpu_util.json", DECLARED, "0" * 64)
    assert reading.samples["device_uid"].n_unique() == 16
    assert reading.samples["utilization_pct"].is_between(0, 100).all()
