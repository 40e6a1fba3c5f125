"""The lake made again from the raw store, where its files are gone or have the columns of an earlier schema."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ingest.lake import schema_hash, write_records, write_samples
from ingest.locks import writer_lock
from ingest.paths import DataDir
from ingest.quarantine import declaration_of, entry_of
from ingest.raw_store import place_of
from ingest.reading import Reading
from ingest.recognize import reader_of
from ingest.state.store import LakeFile, StateStore


def remake_lake(
    data_dir: DataDir, on_progress: Callable[[int, int, str], None] = lambda done, total, name: None
) -> list[str]:
    """Read kept files again whose lake files are gone or outdated; gives the names under which they were received.

    Files that only are gone come back under their own names with the same rows; what a reader of today says otherwise,
    or with other columns, gets names of its own and takes the place of the old in one transaction. Days rolled up from
    what was gone are dirty afterward. `on_progress` gets files done, files in all, and the name of the one just done.

    Raises:
        ingest.locks.WriterBusyError: another process is writing.
        ingest.reading.UnreadableFileError: a file of the raw store cannot be read any more.
    """
    store = StateStore(data_dir)
    with writer_lock(store.lock_path):
        stale = {sha256: files for sha256, files in store.lake_files().items() if _is_stale(files, data_dir.lake)}
        names = []
        for done, (sha256, files) in enumerate(stale.items(), start=1):
            names.append(_remake(store, sha256, files))
            on_progress(done, len(stale), names[-1])
        store.forget_lost_days()
    return names


def _is_stale(files: list[LakeFile], lake: Path) -> bool:
    return any(file.schema_hash != schema_hash(file.record_kind) or not (lake / file.path).exists() for file in files)


def _remake(store: StateStore, sha256: str, before: list[LakeFile]) -> str:
    entry = entry_of(store, sha256)
    kept = place_of(sha256, store.data_dir.raw_store)
    reading = reader_of(kept, entry.original_name).read(kept, declaration_of(entry), sha256)
    device_keys = store.device_keys(reading.device_uids())
    counts = reading.rows_in, reading.rows_accepted, reading.quarantined.height
    says_the_same = counts == (entry.rows_in, entry.rows_accepted, entry.rows_quarantined)
    if says_the_same and all(file.schema_hash == schema_hash(file.record_kind) for file in before):
        made = _write(reading, _stem(sha256, before), device_keys, store.data_dir.lake)
        if sorted(made, key=lambda file: file.path) == before:
            return entry.original_name
    made = _write(reading, store.next_lake_name(sha256), device_keys, store.data_dir.lake)
    fresh = replace(
        entry,
        format_name=reading.format_name,
        rows_in=reading.rows_in,
        rows_accepted=reading.rows_accepted,
        rows_quarantined=reading.quarantined.height,
        notices=reading.notices,
    )
    store.replace_file(fresh, made, reading.quarantined.to_dicts(), device_keys)
    return entry.original_name


def _write(reading: Reading, stem: str, device_keys: dict[str, int], lake: Path) -> list[LakeFile]:
    return write_records(reading, stem, lake) + write_samples(reading.samples, stem, device_keys, lake)


def _stem(sha256: str, files: list[LakeFile]) -> str:
    """What the lake files of a reading are named by, below the folder of their kind."""
    folder = Path(files[0].path).parent.name
    return f"{folder}/{sha256}" if folder.startswith("reading-") else sha256
