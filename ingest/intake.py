"""Taking files in: each one kept, recognized, read, written to the lake, and made to count in one transaction."""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.declarations import DECLARATION_FILE, declaration_for
from ingest.lake import write_records, write_samples
from ingest.locks import writer_lock
from ingest.manifests import MANIFEST_SUFFIX, manifest_of
from ingest.paths import DataDir
from ingest.raw_store import keep
from ingest.reading import Declaration, Reading, UnreadableFileError
from ingest.recognize import read_file
from ingest.state.store import FileEntry, StateStore

_UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart")


@dataclass(frozen=True)
class FileOutcome:
    """What became of one file: `status` is accepted, already_known or refused; `message` is a sentence for a person."""

    name: str
    source_sha256: str
    status: str
    format_name: str | None
    rows_in: int
    rows_accepted: int
    rows_quarantined: int
    message: str


def ingest_paths(
    paths: Sequence[Path],
    data_dir: DataDir,
    declaration: Declaration | None = None,
    on_progress: Callable[[FileOutcome], None] = lambda outcome: None,
) -> list[FileOutcome]:
    """Take in files and the files below folders, and say what became of each.

    A file received before changes nothing. One that comes with a manifest counts only if it is what that says.
    `declaration.received_at` is for history that was received earlier; without
    it the clock says when. One process at a time writes.

    Raises:
        FileNotFoundError: a path does not exist.
        ingest.locks.WriterBusyError: another process is writing.
    """
    data_dir.create()
    store = StateStore(data_dir)
    outcomes = []
    with writer_lock(store.lock_path):
        for path, root in _files_below(paths):
            outcome = _ingest_file(path, root, store, declaration or Declaration())
            on_progress(outcome)
            outcomes.append(outcome)
    return outcomes


def _files_below(paths: Sequence[Path]) -> Iterator[tuple[Path, Path]]:
    """Files to take in with the folder that was named for each; what is hidden or unfinished stays for later."""
    for named in paths:
        if not named.exists():
            raise FileNotFoundError(f"{named} does not exist.")
        if named.is_file():
            yield named, named.parent
            continue
        for path in sorted(named.rglob("*")):
            is_hidden = any(part.startswith(".") for part in path.relative_to(named).parts)
            is_about_others = path.name == DECLARATION_FILE or path.name.endswith(MANIFEST_SUFFIX)
            if path.is_file() and not is_hidden and not is_about_others and path.suffix not in _UNFINISHED:
                yield path, named


def _ingest_file(path: Path, root: Path, store: StateStore, given: Declaration) -> FileOutcome:
    name = shown_name(path)
    try:
        path.open("rb").close()
    except OSError as error:
        return FileOutcome(name, "", "refused", None, 0, 0, 0, f"it cannot be opened: {error.strerror}")
    sha256, kept = keep(path, store.data_dir.raw_store)
    byte_count = kept.stat().st_size
    earlier = store.find_file(sha256)
    if earlier is not None and earlier.refusal_code is None:
        message = _what_is_known(earlier, path, root, given)
        return FileOutcome(name, sha256, "already_known", earlier.format_name, 0, 0, 0, message)
    entry = FileEntry(sha256, name, byte_count, recorded_at=datetime.now(UTC))
    try:
        declared = declaration_for(path, given, root)
        declared = replace(declared, received_at=declared.received_at or entry.recorded_at)
        entry = replace(
            entry, recorded_at=declared.received_at, center_id=declared.center_id, declaration=as_text(declared)
        )
        manifest = manifest_of(path)
        if manifest is not None:
            entry = replace(entry, sender_sequence=manifest.sequence, sender=manifest.sender)
            manifest.check_bytes(name, byte_count, sha256)
        reading = read_file(kept, name, declared, sha256)
        if manifest is not None:
            manifest.check_rows(name, reading.rows_in)
    except UnreadableFileError as error:
        message = str(error).replace(kept.name, name)
        store.commit_file(replace(entry, refusal_code=error.code, refusal_message=message))
        return FileOutcome(name, sha256, "refused", None, 0, 0, 0, message)
    return _commit(reading, entry, store)


def shown_name(path: Path) -> str:
    r"""A file's name as text; bytes that are not UTF-8, as in names from other systems, stand as `\xd1`."""
    return os.fsencode(path.name).decode(errors="backslashreplace")


def _what_is_known(earlier: Any, path: Path, root: Path, given: Declaration) -> str:
    """Says that a file changes nothing, so that nobody believes it did: what is declared otherwise, what waits."""
    message = f"already received as {earlier.original_name}, nothing to do"
    try:
        now = as_text(declaration_for(path, given, root))
    except UnreadableFileError as error:
        return f"{message}; {error}"
    said = json.loads(earlier.declaration or "{}")
    other = sorted(name for name in now.keys() - {"received_at"} if now[name] != said.get(name))
    if other:
        message += "; declared otherwise than then, and left out: "
        message += ", ".join(f"{name} {now[name]} (then {said.get(name, 'nothing')})" for name in other)
        message += " (`racklight quarantine retry` with the same options reads the file anew)"
    if earlier.rows_quarantined:
        message += f"; {earlier.rows_quarantined:,} rows are set aside: `racklight quarantine retry --help`"
    return message


def _commit(reading: Reading, entry: FileEntry, store: StateStore) -> FileOutcome:
    lake = store.data_dir.lake
    device_keys = store.device_keys(reading.device_uids())
    lake_files = write_records(reading, entry.source_sha256, lake)
    lake_files += write_samples(reading.samples, entry.source_sha256, device_keys, lake)
    entry = replace(
        entry,
        format_name=reading.format_name,
        rows_in=reading.rows_in,
        rows_accepted=reading.rows_accepted,
        rows_quarantined=reading.quarantined.height,
        notices=reading.notices,
    )
    store.commit_file(entry, lake_files, reading.quarantined.to_dicts(), device_keys)
    message = "; ".join(f"{name}: {count:,}" for name, count in sorted(reading.notices.items()))
    return FileOutcome(
        entry.original_name,
        entry.source_sha256,
        "accepted",
        reading.format_name,
        reading.rows_in,
        reading.rows_accepted,
        reading.quarantined.height,
        message,
    )


def as_text(declared: Declaration) -> dict[str, str]:
    """The declaration as the manifest keeps it, without what was not declared."""
    return {name: str(value) for name, value in declared.__dict__.items() if value is not None}
