"""What was set aside: looked up, exported so that no spreadsheet runs it, and tried again with today's readers."""

import csv
import io
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime

import polars as pl

from ingest.intake import as_text
from ingest.lake import write_records, write_samples
from ingest.locks import writer_lock
from ingest.paths import DataDir
from ingest.raw_store import place_of
from ingest.reading import Declaration, UnreadableFileError
from ingest.reasons import REASONS
from ingest.recognize import read_file
from ingest.state.store import FileEntry, StateStore

_NOT_WHAT_WAS_SENT = ("MANIFEST_MISMATCH", "BAD_MANIFEST")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class RetryOutcome:
    """What a second reading of one kept file came to: `status` is let_in, unchanged or refused."""

    name: str
    source_sha256: str
    status: str
    rows_in: int
    rows_accepted_before: int
    rows_accepted: int
    rows_quarantined: int
    message: str


def list_quarantine(
    data_dir: DataDir,
    reason_codes: Collection[str] = (),
    center_id: str | None = None,
    file: str | None = None,
    since: datetime | None = None,
    as_of: datetime | None = None,
) -> pl.DataFrame:
    """One row per file and reason with sentences; a refused file is one row without a line count.

    Each filter that is given leaves out what it does not fit; `since` and `as_of`, both included, are aware instants
    of receipt. The center is the one declared for the file.

    Columns: `original_name`, `source_sha256`, `center_id`, `reason_code`, `row_count`, `sentence_zh`, `sentence_en`.

    Raises:
        LookupError: no file, or more than one, goes by that name or beginning of a sha256.
    """
    store = StateStore(data_dir)
    wanted = [pl.lit(True)]
    if center_id is not None:
        wanted.append(pl.col("center_id") == center_id)
    if file is not None:
        wanted.append(pl.col("source_sha256") == find_file(store, file).source_sha256)
    if since is not None:
        wanted.append(pl.col("recorded_at") >= since.astimezone(UTC))
    if as_of is not None:
        wanted.append(pl.col("recorded_at") <= as_of.astimezone(UTC))
    files = store.files().filter(wanted)
    lines = store.quarantine().join(files, on="source_sha256", how="semi")
    rows = lines.group_by("source_sha256", "reason_code").agg(pl.len().cast(pl.Int64).alias("row_count"))
    refused = files.filter(pl.col("refusal_code").is_not_null()).select(
        "source_sha256", pl.col("refusal_code").alias("reason_code"), pl.lit(0, pl.Int64).alias("row_count")
    )
    named = files.select("source_sha256", "original_name", "center_id")
    found = pl.concat([rows, refused]).join(named, on="source_sha256", how="left")
    if reason_codes:
        found = found.filter(pl.col("reason_code").is_in(list(reason_codes)))
    return (
        with_sentences(found)
        .select("original_name", "source_sha256", "center_id", "reason_code", "row_count", "sentence_zh", "sentence_en")
        .sort("reason_code", "original_name", "source_sha256")
    )


def quarantined_rows(data_dir: DataDir, file: str | None = None, as_of: datetime | None = None) -> pl.DataFrame:
    """Every line set aside, or those of one file, with where it stood, what it said and why.

    With `as_of`, an aware instant, only lines of files received by then.

    Columns: `original_name`, `source_sha256`, `center_id`, `source_line`, `reason_code`, `detail`, `raw_text`,
    `sentence_zh`, `sentence_en`, and `sheet_name` and `column_names` where the reader tells them.

    Raises:
        LookupError: no file, or more than one, goes by that name or beginning of a sha256.
    """
    store = StateStore(data_dir)
    named = store.files().select("source_sha256", "original_name", "center_id")
    rows = store.quarantine().join(named, on="source_sha256", how="left")
    if file is not None:
        rows = rows.filter(pl.col("source_sha256") == find_file(store, file).source_sha256)
    if as_of is not None:
        rows = rows.filter(pl.col("recorded_at") <= as_of.astimezone(UTC))
    return with_sentences(rows).select(
        "original_name",
        "source_sha256",
        "center_id",
        "source_line",
        "reason_code",
        "detail",
        "raw_text",
        "sentence_zh",
        "sentence_en",
        "sheet_name",
        "column_names",
    )


def with_sentences(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with a `reason_code`, and the reason in words: `sentence_zh`, `sentence_en`."""
    code = pl.col("reason_code")
    return rows.with_columns(
        code.replace({name: reason.zh for name, reason in REASONS.items()}).alias("sentence_zh"),
        code.replace({name: reason.en for name, reason in REASONS.items()}).alias("sentence_en"),
    )


def find_file(store: StateStore, file: str) -> FileEntry:
    """The file of a name as received, or of the first characters of its sha256.

    Raises:
        LookupError: there is none, or there are several.
    """
    found = store.files().filter(
        (pl.col("original_name") == file) | ((len(file) >= 6) & pl.col("source_sha256").str.starts_with(file))
    )["source_sha256"]
    if len(found) == 1:
        return entry_of(store, found[0])
    if len(found) == 0:
        raise LookupError(f"No file received is called {file!r}, and no sha256 begins so.")
    raise LookupError(f"{len(found)} files are called {file!r}: name one by its sha256: {', '.join(sorted(found))}.")


def as_csv(rows: pl.DataFrame) -> str:
    """CSV text for a spreadsheet: a cell that would start a formula gets an apostrophe before it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(rows.columns)
    writer.writerows([harmless(cell) for cell in row] for row in rows.iter_rows())
    return text.getvalue()


def harmless(cell: object) -> object:
    """A text that a spreadsheet shows and does not run; what is no text stays."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_STARTS_A_FORMULA) else cell


def retry(
    data_dir: DataDir,
    file: str | None = None,
    override: Declaration | None = None,
    on_progress: Callable[[RetryOutcome], None] = lambda outcome: None,
) -> list[RetryOutcome]:
    """Read kept files again that were refused or have lines set aside, or one of them, with today's readers.

    Each is read under the declaration it came with, in which `override` replaces what it names. The new reading takes
    the place of the old, whole, in one transaction, if more rows are accepted than before, or as many under another
    declaration, as when a file came under the wrong center; so a second retry changes nothing.

    Raises:
        LookupError: no file, or more than one, goes by that name.
        ingest.locks.WriterBusyError: another process is writing.
    """
    store = StateStore(data_dir.create())
    outcomes = []
    with writer_lock(store.lock_path):
        for entry in _waiting(store, file):
            outcome = _retry_file(entry, store, override or Declaration())
            on_progress(outcome)
            outcomes.append(outcome)
    return outcomes


def _waiting(store: StateStore, file: str | None) -> list[FileEntry]:
    if file is not None:
        return [find_file(store, file)]
    waiting = store.files().filter((pl.col("rows_quarantined") > 0) | pl.col("refusal_code").is_not_null())
    return [entry_of(store, sha256) for sha256 in waiting["source_sha256"]]


def entry_of(store: StateStore, sha256: str) -> FileEntry:
    """The manifest's row of a file that was received."""
    row = store.find_file(sha256)._mapping
    values = {item.name: row[item.name] for item in fields(FileEntry)}
    texts = {name: json.loads(values[name]) for name in ("declaration", "notices")}
    return FileEntry(**values | texts | {"recorded_at": values["recorded_at"].replace(tzinfo=UTC)})


def _retry_file(entry: FileEntry, store: StateStore, override: Declaration) -> RetryOutcome:
    sha256, before = entry.source_sha256, entry.rows_accepted
    kept, declared = place_of(sha256, store.data_dir.raw_store), declaration_of(entry, override)
    if entry.refusal_code in _NOT_WHAT_WAS_SENT:
        message = f"{entry.original_name}: it is not what its sender sent, and no other reading makes it so."
        return RetryOutcome(entry.original_name, sha256, "refused", entry.rows_in, before, before, 0, message)
    try:
        reading = read_file(kept, entry.original_name, declared, sha256)
    except UnreadableFileError as error:
        message = str(error).replace(kept.name, entry.original_name)
        return RetryOutcome(entry.original_name, sha256, "refused", entry.rows_in, before, before, 0, message)
    was_refused = entry.refusal_code is not None
    otherwise = _said_otherwise(declaration_of(entry), declared)
    if not was_refused and (reading.rows_accepted < before or (reading.rows_accepted == before and not otherwise)):
        message = "no more rows can be used than before"
        if otherwise:
            message = f"with {otherwise} only {reading.rows_accepted:,} rows could be used instead of {before:,}"
        left = entry.rows_quarantined
        return RetryOutcome(entry.original_name, sha256, "unchanged", entry.rows_in, before, before, left, message)
    fresh = replace(
        entry,
        format_name=reading.format_name,
        center_id=declared.center_id,
        declaration=as_text(declared),
        rows_in=reading.rows_in,
        rows_accepted=reading.rows_accepted,
        rows_quarantined=reading.quarantined.height,
        notices=reading.notices,
        refusal_code=None,
        refusal_message=None,
    )
    stem, lake = store.next_lake_name(sha256), store.data_dir.lake
    device_keys = store.device_keys(reading.device_uids())
    lake_files = write_records(reading, stem, lake)
    lake_files += write_samples(reading.samples, stem, device_keys, lake)
    store.replace_file(fresh, lake_files, reading.quarantined.to_dicts(), device_keys)
    counts = fresh.rows_in, before, fresh.rows_accepted, fresh.rows_quarantined
    message = f"{fresh.rows_accepted - before:,} more rows accepted"
    if otherwise and not was_refused:
        message += f", with {otherwise}"
    return RetryOutcome(entry.original_name, sha256, "let_in", *counts, message)


def _said_otherwise(before: Declaration, now: Declaration) -> str:
    """What is declared now and was not, or otherwise, before: names, and both values."""
    changed = (item.name for item in fields(now) if getattr(now, item.name) != getattr(before, item.name))
    return ", ".join(
        f"{name} {getattr(now, name)} instead of {getattr(before, name) or 'nothing'}" for name in sorted(changed)
    )


def declaration_of(entry: FileEntry, override: Declaration = Declaration()) -> Declaration:  # noqa: B008 - frozen
    """The declaration the file came with; what `override` names goes before it."""
    said: dict = dict(entry.declaration or {})
    for name in ("observed_at", "received_at"):
        if name in said:
            said[name] = datetime.fromisoformat(said[name])
    said.setdefault("received_at", entry.recorded_at)
    return replace(Declaration(**said), **_named(override))


def _named(override: Declaration) -> dict[str, object]:
    given = {item.name: getattr(override, item.name) for item in fields(override)}
    return {name: value for name, value in given.items() if value is not None}
