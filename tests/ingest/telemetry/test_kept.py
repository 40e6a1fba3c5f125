"""Text files that hold more values than memory should are put together by time, with the same result."""

import json

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from ingest.lake import write_samples
from ingest.reading import Declaration
from ingest.telemetry import kept
from ingest.telemetry.exposition import read_exposition
from ingest.telemetry.kept import KeptSamples, KeptValues
from ingest.telemetry.schema import SAMPLE_SCHEMA
from ingest.telemetry.victoriametrics import read_export
from ingest.telemetry.wide import read_wide_csv

START_MS = 1_769_900_400_000
DECLARED = Declaration("c-1")
METRICS = {
    "DCGM_FI_DEV_GPU_UTIL": lambda minute, card: (minute * 7 + card) % 100,
    "DCGM_FI_DEV_FB_USED": lambda minute, card: 1_000 + minute,
    "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION": lambda minute, card: (minute % 400) * 18_000_000,
    "DCGM_FI_DEV_XID_ERRORS": lambda minute, card: 31 if minute == 5 and card == 1 else 0,
}
MINUTES, CARDS = 1_200, 3


def values():
    """Name, labels, time and value; the power of card 0 is told, that of the others follows from their energy."""
    for minute in range(MINUTES):
        for card in range(CARDS):
            labels = {"UUID": f"GPU-{card}", "gpu": str(card), "Hostname": "h"}
            for name, value in METRICS.items():
                # Memory is told half a minute later than use, and joins it.
                at = START_MS + 60_000 * minute + (20_000 if name == "DCGM_FI_DEV_FB_USED" else 0)
                yield name, labels, at, value(minute, card) if minute % 311 else 10**9
            if card == 0:
                yield "DCGM_FI_DEV_POWER_USAGE", labels, START_MS + 60_000 * minute, 300


def scrape() -> str:
    def text(labels):
        return ",".join(f'{label}="{value}"' for label, value in labels.items())

    return "".join(f"{name}{{{text(labels)}}} {value} {at}\n" for name, labels, at, value in values())


def by_metric() -> str:
    """The same with all times of a metric before the next metric."""
    return "".join(sorted(scrape().splitlines(keepends=True)))


def export() -> str:
    series = {}
    for name, labels, at, value in values():
        line = series.setdefault((name, at // 7_200_000, labels["gpu"]), ({"__name__": name} | labels, [], []))
        line[1].append(value)
        line[2].append(at)
    lines = ({"metric": metric, "values": told, "timestamps": times} for metric, told, times in series.values())
    return "".join(json.dumps(line) + "\n" for line in lines)


def collected(samples: pl.DataFrame | KeptSamples) -> pl.DataFrame:
    frames = samples.days() if isinstance(samples, KeptSamples) else [samples]
    # What says nothing may be missing on disk.
    together = pl.concat([pl.DataFrame(schema=SAMPLE_SCHEMA), *map(with_plain_names, frames)], how="diagonal")
    return together.sort("device_uid", "sampled_at_ms", "source_line")


def with_plain_names(samples: pl.DataFrame) -> pl.DataFrame:
    return samples.with_columns(pl.col("center_id", "device_uid").cast(pl.String))


@pytest.mark.parametrize(
    ("text", "read"), [(scrape, read_exposition), (by_metric, read_exposition), (export, read_export)]
)
def test_a_file_cut_by_time_gives_the_samples_quarantine_and_notices_of_a_whole_one(tmp_path, monkeypatch, text, read):
    path = tmp_path / "file.txt"
    path.write_text(text())
    whole = read(path, DECLARED, "a" * 64)
    monkeypatch.setattr(kept, "VALUES_AT_ONCE", 2_000)
    monkeypatch.setattr(kept, "SAMPLES_AT_ONCE", 800)
    monkeypatch.setattr(kept, "_TIMES_LEFT_OUT", 8)
    cut = read(path, DECLARED, "a" * 64)
    assert isinstance(whole.samples, pl.DataFrame)
    assert isinstance(cut.samples, KeptSamples)
    assert_frame_equal(collected(cut.samples), collected(whole.samples))
    assert_frame_equal(cut.quarantined, whole.quarantined, check_row_order=False)
    assert cut.quarantined.height > 0
    assert (cut.rows_in, cut.rows_accepted, cut.notices) == (whole.rows_in, whole.rows_accepted, whole.notices)
    assert "energy counters that began again" in cut.notices


def test_a_wide_file_of_many_samples_is_the_same_from_disk(tmp_path, monkeypatch):
    path = tmp_path / "file.csv"
    rows = (f"c-1,GPU-{number % 3},{START_MS + number * 1_000},{number % 101}\n" for number in range(3_000))
    path.write_text("center_id,device_uid,sampled_at_ms,utilization_pct\n" + "".join(rows))
    whole = read_wide_csv(path, DECLARED, "a" * 64)
    monkeypatch.setattr(kept, "SAMPLES_AT_ONCE", 500)
    monkeypatch.setattr("ingest.telemetry.line_blocks.BLOCK_BYTES", 10_000)
    cut = read_wide_csv(path, DECLARED, "a" * 64)
    assert isinstance(cut.samples, KeptSamples)
    assert_frame_equal(collected(cut.samples), collected(whole.samples))
    assert (cut.rows_in, cut.rows_accepted, whole.samples.height) == (3_000, 3_000, 3_000)


def test_samples_of_several_days_on_disk_become_the_same_lake_files(tmp_path, monkeypatch):
    path = tmp_path / "file.txt"
    path.write_text(scrape())
    keys = {f"GPU-{card}": card + 1 for card in range(CARDS)}
    whole = read_exposition(path, DECLARED, "a" * 64)
    monkeypatch.setattr(kept, "VALUES_AT_ONCE", 2_000)
    monkeypatch.setattr(kept, "SAMPLES_AT_ONCE", 800)
    cut = read_exposition(path, DECLARED, "a" * 64)
    assert sorted(cut.device_uids()) == sorted(whole.device_uids()) == sorted(keys)
    files = [
        write_samples(reading.samples, "a" * 64, keys, tmp_path / name) for reading, name in ((whole, "w"), (cut, "c"))
    ]
    assert files[0] == files[1]
    assert len({file.utc_day for file in files[0]} - {None}) > 1
    for file in files[0]:
        assert (tmp_path / "w" / file.path).read_bytes() == (tmp_path / "c" / file.path).read_bytes()


def test_temporary_files_go_with_the_reading_that_needs_them(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "VALUES_AT_ONCE", 100)
    monkeypatch.setattr(kept.tempfile, "tempdir", str(tmp_path))
    values = KeptValues({"sampled_at_ms": pl.Int64()})
    for number in range(20):
        values.append(pl.DataFrame({"sampled_at_ms": range(number * 10**8, number * 10**8 + 20)}))
    assert [path.is_dir() for path in tmp_path.iterdir()] == [True]
    assert sum(values.between(*span).height for span in values.stretches()) == 400
    del values
    assert list(tmp_path.iterdir()) == []
