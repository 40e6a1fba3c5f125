"""Text files of any size are read a block of lines at a time; where the blocks are cut must not matter."""

import json
import random

import pytest
from polars.testing import assert_frame_equal
from prometheus_client.parser import text_string_to_metric_families

from ingest.reading import Declaration, UnreadableFileError
from ingest.telemetry.exposition import read_exposition
from ingest.telemetry.line_blocks import last_line, line_blocks, texts_of
from ingest.telemetry.victoriametrics import read_export
from ingest.telemetry.wide import read_wide_csv

START_MS = 1_756_684_800_213
METRICS = ("DCGM_FI_DEV_GPU_UTIL", "DCGM_FI_DEV_POWER_USAGE", "DCGM_FI_PROF_SM_ACTIVE", "DCGM_FI_DEV_GPU_TEMP")


def exposition(chance):
    lines = []
    for minute in range(6):
        for metric in METRICS:
            lines += [f"# TYPE {metric} gauge", ""]
            for card in range(4):
                value = chance.choice(["0.5", "97", "NaN", "808334905", "1e1"])
                labels = f'gpu="{card}",UUID="GPU-{card}",pod="a{{b}},\\"电\\""'
                lines.append(f"{metric}{{{labels}}} {value} {START_MS + 60_000 * minute}")
        lines += chance.sample(["...", "  ", 'DCGM_FI_DEV_GPU_UTIL{UUID="GPU-1" 5', "bare_metric 5", "# EOF"], 2)
    return "\n".join(lines)


def export(chance):
    lines = []
    for card in range(6):
        for metric in METRICS:
            values = [chance.choice([5, 0.25, None, "NaN", 3e9]) for _ in range(5)]
            times = [START_MS + 60_000 * minute for minute in range(5)]
            series = {"__name__": metric, "UUID": f"GPU-{card}", "pod": "电"}
            lines.append(json.dumps({"metric": series, "values": values, "timestamps": times}, ensure_ascii=False))
        lines += chance.sample(["", '{"metric":{"__na', '{"foo":1}', "[]"], 2)
    return "\n".join(lines) + "\n"


def wide_csv(chance):
    rows = ["device_uid,sampled_at_ms,utilization_pct,power_w"]
    for minute in range(40):
        rows.append(f"GPU-电,{START_MS + 60_000 * minute},{chance.choice(['5', '', 'x', '101'])},300")
        rows += chance.sample(["", "a,b", '"open,1,2,3'], 1)
    return "\r\n".join(rows)


@pytest.mark.parametrize("block_bytes", [1, 97, 1_000])
@pytest.mark.parametrize(
    ("read", "text"), [(read_exposition, exposition), (read_export, export), (read_wide_csv, wide_csv)]
)
def test_a_file_says_the_same_however_it_is_cut_into_blocks(tmp_path, monkeypatch, read, text, block_bytes):
    path = tmp_path / "file"
    path.write_text(text(random.Random(block_bytes)), encoding="utf-8", newline="")
    whole = read(path, Declaration("c-1"), "sha")
    monkeypatch.setattr("ingest.telemetry.line_blocks.BLOCK_BYTES", block_bytes)
    parts = read(path, Declaration("c-1"), "sha")
    assert whole.quarantined.height > 0
    assert whole.samples.height > 0
    assert (parts.rows_in, parts.rows_accepted, parts.notices) == (whole.rows_in, whole.rows_accepted, whole.notices)
    assert_frame_equal(parts.samples, whole.samples, check_exact=True)
    assert_frame_equal(parts.quarantined, whole.quarantined, check_exact=True)


@pytest.mark.parametrize("ending", [" \n", "\r\n"])
def test_exposition_text_says_the_same_with_blanks_behind_each_line(tmp_path, ending):
    text, path = exposition(random.Random(3)), tmp_path / "scrapes"
    path.write_text(text, encoding="utf-8", newline="")
    plain = read_exposition(path, Declaration("c-1"), "sha")
    path.write_text(text.replace("\n", ending), encoding="utf-8", newline="")
    other = read_exposition(path, Declaration("c-1"), "sha")
    assert_frame_equal(other.samples, plain.samples, check_exact=True)
    assert_frame_equal(other.quarantined, plain.quarantined, check_exact=True)


def test_shuffled_lines_say_the_same(tmp_path):
    lines, path = exposition(random.Random(4)).split("\n"), tmp_path / "scrapes"
    path.write_text("\n".join(lines), encoding="utf-8")
    in_order = read_exposition(path, Declaration("c-1"), "sha").samples
    random.Random(4).shuffle(lines)
    path.write_text("\n".join(lines), encoding="utf-8")
    shuffled = read_exposition(path, Declaration("c-1"), "sha").samples
    assert_frame_equal(shuffled.drop("source_line"), in_order.drop("source_line"), check_exact=True)


def test_exposition_text_says_what_the_prometheus_client_reads_in_it(tmp_path):
    chance = random.Random(7)
    lines = [
        f'{metric}{{gpu="{card}",UUID="GPU-{card}",pod="a{{b}},\\"x\\" \\\\ y"}} '
        f"{chance.choice([0.25, 97, 1e-3, 55.5])} {START_MS + 60_000 * minute}"
        for metric in ("DCGM_FI_DEV_GPU_UTIL", "DCGM_FI_DEV_POWER_USAGE")
        for minute in range(5)
        for card in range(3)
    ]
    path = tmp_path / "scrapes"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    said = {}
    for family in text_string_to_metric_families(path.read_text(encoding="utf-8")):
        for sample in family.samples:
            key = (sample.labels["UUID"], round(float(sample.timestamp) * 1_000))
            said.setdefault(key, {})[sample.name] = sample.value
    samples = read_exposition(path, Declaration("c-1"), "sha").samples
    assert samples.height == len(said) == 15
    for uid, time, utilization, power in samples.select(
        "device_uid", "sampled_at_ms", "utilization_pct", "power_w"
    ).rows():
        assert utilization == pytest.approx(said[uid, time]["DCGM_FI_DEV_GPU_UTIL"], rel=1e-6)
        assert power == pytest.approx(said[uid, time]["DCGM_FI_DEV_POWER_USAGE"], rel=1e-6)


def test_blocks_hold_whole_lines_with_their_numbers(tmp_path, monkeypatch):
    monkeypatch.setattr("ingest.telemetry.line_blocks.BLOCK_BYTES", 8)
    path = tmp_path / "text"
    path.write_text("one\n\na line longer than a block\nfour\nlast", encoding="utf-8")
    blocks = [(block.first_line, block.texts(range(len(block.starts))).to_list()) for block in line_blocks(path)]
    lines = {first + place: text for first, texts in blocks for place, text in enumerate(texts)}
    assert lines == {1: "one", 2: "", 3: "a line longer than a block", 4: "four", 5: "last"}
    assert len(blocks) > 1
    assert texts_of(path, [5, 3]).rows() == [(3, "a line longer than a block"), (5, "last")]


@pytest.mark.parametrize(
    ("text", "line"), [("a\n# EOF\n", b"# EOF"), ("a", b"a"), ("", b""), ("a\n# EOF" + " \n" * 9_000, b"# EOF")]
)
def test_the_last_line_is_found_behind_any_blank_ones(tmp_path, text, line):
    path = tmp_path / "text"
    path.write_text(text, encoding="utf-8")
    assert last_line(path) == line


def test_bytes_that_are_no_utf8_are_refused_wherever_they_stand(tmp_path, monkeypatch):
    monkeypatch.setattr("ingest.telemetry.line_blocks.BLOCK_BYTES", 8)
    path = tmp_path / "text"
    path.write_bytes(b"one\ntwo\nthree\xff\n")
    with pytest.raises(UnreadableFileError) as refused:
        list(line_blocks(path))
    assert refused.value.code == "NOT_UTF8"
