from datetime import UTC, datetime

import polars as pl

from ingest.raw_checks import file_faults
from ingest.raw_store import keep


def received(tmp_path, *texts):
    """Keep a file per text; the manifest's rows and the raw store."""
    raw_store, rows = tmp_path / "raw", []
    for number, text in enumerate(texts):
        source = tmp_path / f"{number}.csv"
        source.write_text(text)
        sha256, place = keep(source, raw_store)
        rows.append((sha256, len(text), datetime.now(UTC), None, place))
    columns = ["source_sha256", "byte_count", "recorded_at", "refusal_code", "place"]
    return pl.DataFrame(rows, schema=columns, orient="row", schema_overrides={"place": pl.Object}), raw_store


def overwrite(place, text):
    place.chmod(0o644)
    place.write_text(text)


def test_untouched_files_are_at_no_fault(tmp_path):
    files, raw_store = received(tmp_path, "a,b\n", "c,d\n")
    assert file_faults(files, raw_store).is_empty()


def test_a_file_with_other_bytes_is_changed_and_one_that_is_gone_is_missing(tmp_path):
    files, raw_store = received(tmp_path, "a,b\n", "c,d\n")
    first, second = files["place"].to_list()
    overwrite(first, "a,b,c\n")
    second.unlink()
    faults = dict(file_faults(files, raw_store).rows())
    assert faults == {first.name: "changed", second.name: "missing"}


def test_bytes_changed_without_a_trace_in_size_are_found_when_all_are_read(tmp_path):
    files, raw_store = received(tmp_path, "a,b\n")
    overwrite(files["place"][0], "x,b\n")
    assert file_faults(files, raw_store, is_thorough=True)["fault"].to_list() == ["changed"]


def test_a_file_restored_from_a_backup_is_as_it_was(tmp_path):
    files, raw_store = received(tmp_path, "a,b\n")
    place = files["place"][0]
    text = place.read_text()
    place.unlink()
    place.write_text(text)
    late = files.with_columns(pl.lit(datetime(2020, 1, 1, tzinfo=UTC)).alias("recorded_at"))
    assert file_faults(late, raw_store).is_empty()
