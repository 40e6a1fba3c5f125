"""Answers of the Prometheus HTTP API, kept as files."""

import json
from pathlib import Path

import pytest

from ingest.reading import Declaration, UnreadableFileError
from ingest.telemetry.prometheus_api import envelope, read_answer, read_pulled, recognizes_answer, recognizes_pulled

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


PULLED = json.loads(answer("matrix", ("DCGM_FI_DEV_GPU_UTIL", "GPU-1", [[START, "40"], [START + 60.5, "50"]])))


def pulled_line(document: dict, start: int = START, end: int = START + 3_600) -> bytes:
    asked = {"query": "x", "start_ms": start * 1_000, "end_ms": end * 1_000}
    return envelope(asked, json.dumps(document, indent=1).encode())


def read_lines(tmp_path: Path, *lines: bytes):
    path = tmp_path / "pulled.jsonl"
    path.write_bytes(b"".join(lines))
    assert recognizes_pulled(path.read_bytes())
    return read_pulled(path, DECLARED, "0" * 64)


def test_a_pulled_line_holds_the_answer_and_its_line_is_the_values_line(tmp_path):
    power = json.loads(answer("matrix", ("DCGM_FI_DEV_POWER_USAGE", "GPU-1", [[START, "300"], [START + 60.5, "310"]])))
    reading = read_lines(tmp_path, pulled_line(power), pulled_line(PULLED))
    assert reading.samples.select("sampled_at_ms", "utilization_pct", "power_w", "source_line").rows() == [
        (START * 1_000, 40.0, 300.0, 1),
        (START * 1_000 + 60_500, 50.0, 310.0, 1),
    ]


def test_values_outside_of_the_time_that_was_asked_for_belong_to_another_answer(tmp_path):
    reading = read_lines(tmp_path, pulled_line(PULLED, START + 1, START + 61))
    assert reading.samples["utilization_pct"].to_list() == [50.0]
    assert reading.notices == {"values outside of the time that was asked for": 1}
    assert (reading.rows_in, reading.rows_accepted) == (2, 2)


def test_what_was_pulled_raw_is_not_suspected_for_its_even_times(tmp_path):
    even = json.loads(answer("matrix", ("DCGM_FI_DEV_GPU_UTIL", "GPU-1", [[START + 60 * n, "50"] for n in range(20)])))
    reading = read_lines(tmp_path, pulled_line(even))
    assert (reading.rows_accepted, reading.notices) == (20, {})


@pytest.mark.parametrize(
    "line",
    [
        b'{"racklight_pull":{}}',
        b'{"racklight_pull":{"start_ms":0,"end_ms":1},"answer":{"status":"error"}}',
        b'{"racklight_pull":{"start_ms":0,"end_ms":1},"answer":{"data":{"resultType":"matrix","result":[{}]}}}',
        b'{"racklight_pull":{"start_ms":0,"end_ms":1},"answer":{"data":{"resultType":"matrix","result":[3]}}}',
    ],
)
def test_a_line_not_shaped_like_an_answer_is_refused(tmp_path, line):
    with pytest.raises(UnreadableFileError, match="not shaped like an answer"):
        read_lines(tmp_path, line)


def test_the_even_times_of_query_range_are_told_since_gaps_do_not_show_in_them(shared_file):
    resampled = read_answer(shared_file("samples/generated/prometheus_query_range.json"), DECLARED, "0" * 64)
    assert resampled.notices == {
        "values at times as even as query_range makes them: gaps may be filled in": resampled.rows_in
    }
    raw = read_answer(shared_file("samples/generated/prometheus_query_range_selector_raw.json"), DECLARED, "0" * 64)
    assert raw.notices == {}
    gaps_ms = raw.samples["sampled_at_ms"].diff().drop_nulls()
    assert (resampled.rows_in, raw.rows_in, gaps_ms.max()) == (19, 32, 270_000)
