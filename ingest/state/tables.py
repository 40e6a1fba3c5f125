"""Tables of the state store. Their history is in `migrations/`; this file is what they are."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy import UniqueConstraint as Unique

metadata = MetaData()

_id = BigInteger().with_variant(Integer, "sqlite")

files = Table(
    "files",
    metadata,
    Column("file_id", _id, primary_key=True, autoincrement=True),
    Column("source_sha256", String(64), nullable=False, unique=True),
    Column("original_name", Text, nullable=False),
    Column("byte_count", BigInteger, nullable=False),
    Column("format_name", Text),
    Column("center_id", Text),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("declaration", Text, nullable=False),
    Column("rows_in", BigInteger, nullable=False),
    Column("rows_accepted", BigInteger, nullable=False),
    Column("rows_quarantined", BigInteger, nullable=False),
    Column("notices", Text, nullable=False),
    Column("refusal_code", Text),
    Column("refusal_message", Text),
    Column("sender_sequence", BigInteger),
    Column("sender", Text),
)
"""One row per file received. A refused file has a `refusal_code` and may be offered again.

`sender_sequence` is the number of the delivery in the sender's manifest, where one came with the file; `sender` is who
counts so, where a center has several senders.
"""

lake_files = Table(
    "lake_files",
    metadata,
    Column("lake_file_id", _id, primary_key=True, autoincrement=True),
    Column("file_id", _id, ForeignKey("files.file_id"), nullable=False, index=True),
    Column("record_kind", Text, nullable=False),
    Column("center_id", Text),
    Column("utc_day", Date),
    Column("path", Text, nullable=False),
    Column("row_count", BigInteger, nullable=False),
    Column("first_sampled_ms", BigInteger),
    Column("last_sampled_ms", BigInteger),
    Column("schema_hash", Text),
    Unique("file_id", "path"),
)
"""One row per Parquet file that counts; `path` is relative to the lake, `schema_hash` says which columns it has.

Samples have a center, a UTC day, and the UTC epoch milliseconds of their first and last sample.
"""

quarantine = Table(
    "quarantine",
    metadata,
    Column("quarantine_id", _id, primary_key=True, autoincrement=True),
    Column("file_id", _id, ForeignKey("files.file_id"), nullable=False, index=True),
    Column("source_line", BigInteger, nullable=False),
    Column("raw_text", Text, nullable=False),
    Column("reason_code", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("sheet_name", Text),
    Column("column_names", Text),
)
"""One row per line that was not accepted, as it stood; sheet and columns at fault where the reader tells them."""

devices = Table(
    "devices",
    metadata,
    Column("device_key", BigInteger, primary_key=True, autoincrement=False),
    Column("device_uid", Text, nullable=False, unique=True),
)
"""One row per device ever seen in telemetry. The key is small, so that it packs with an instant into one integer."""

device_hour_files = Table(
    "device_hour_files",
    metadata,
    Column("center_id", Text, primary_key=True),
    Column("local_day", Date, primary_key=True),
    Column("input_hash", String(64), nullable=False),
    Column("path", Text, nullable=False),
    Column("row_count", BigInteger, nullable=False),
)
"""One row per center and local day rolled up; another `input_hash` than today's means the day is dirty."""

publications = Table(
    "publications",
    metadata,
    Column("publication_no", BigInteger, primary_key=True, autoincrement=False),
    Column("scope", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("as_of_at", DateTime(timezone=True), nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("code_version", Text, nullable=False),
    Column("definitions", Text, nullable=False),
    Column("definition_hash", String(64), nullable=False),
    Column("input_count", BigInteger, nullable=False),
    Column("input_hash", String(64), nullable=False),
    Column("figure_count", BigInteger, nullable=False),
    Column("figures_hash", String(64), nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("entry_hash", String(64), nullable=False),
    Unique("scope", "version"),
)
"""One row per publication, chained: each `entry_hash` covers the row and the hash before it. Never updated."""

registered_figures = Table(
    "registered_figures",
    metadata,
    Column("publication_no", BigInteger, ForeignKey("publications.publication_no"), primary_key=True),
    Column("figure_id", Text, primary_key=True),
    Column("content", Text),
    Column("content_hash", String(64), nullable=False),
)
"""One row per figure that a publication said otherwise than the one before it in its scope; no content: withdrawn.
Never updated."""

registered_inputs = Table(
    "registered_inputs",
    metadata,
    Column("publication_no", BigInteger, ForeignKey("publications.publication_no"), primary_key=True),
    Column("source_sha256", String(64), primary_key=True),
    Column("rows_accepted", BigInteger),
)
"""One row per file that a publication was made from and the one before it in its scope was not, or was read
otherwise; no count: not among the files any more. Never updated."""

pulled_hours = Table(
    "pulled_hours",
    metadata,
    Column("source_id", Text, primary_key=True),
    Column("metric", Text, primary_key=True),
    Column("hour_ms", BigInteger, primary_key=True, autoincrement=False),
    Column("taken_until_ms", BigInteger, nullable=False),
)
"""One row per source, metric and clock hour that was asked for; taken until the hour's end means never again."""

restatement_logs = Table(
    "restatement_logs",
    metadata,
    Column("from_publication_no", BigInteger, ForeignKey("publications.publication_no"), primary_key=True),
    Column("to_publication_no", BigInteger, ForeignKey("publications.publication_no"), primary_key=True),
    Column("split_at", DateTime(timezone=True), nullable=False),
    Column("content", Text, nullable=False),
    Column("content_hash", String(64), nullable=False),
)
"""One row per pair of publications whose differences were split into causes. Never updated."""

restated_figures = Table(
    "restated_figures",
    metadata,
    Column("from_publication_no", BigInteger, primary_key=True, autoincrement=False),
    Column("to_publication_no", BigInteger, primary_key=True, autoincrement=False),
    Column("figure_id", Text, primary_key=True),
    Column("content", Text, nullable=False),
)
"""One row per figure that the later publication of a pair says otherwise, with the part of each cause.
Never updated."""
deliveries = Table(
    "deliveries",
    metadata,
    Column("delivery_key", String(64), primary_key=True),
    Column("report", Text, nullable=False),
    Column("as_of_at", DateTime(timezone=True), nullable=False),
    Column("recipient", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("attempt_count", BigInteger, nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    Column("content_hash", String(64), nullable=False),
    Column("detail", Text, nullable=False),
)
"""One row per report, as-of and recipient: sending, sent or failed. One that stayed at sending may have arrived."""

access_entries = Table(
    "access_entries",
    metadata,
    Column("entry_no", BigInteger, primary_key=True, autoincrement=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    Column("reader", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("entry_hash", String(64), nullable=False),
)
"""One row per thing a reader looked at or took away, chained by hashes. Never updated."""

revoked_readers = Table(
    "revoked_readers",
    metadata,
    Column("reader", Text, primary_key=True),
    Column("revoked_at", DateTime(timezone=True), nullable=False),
    Column("reason", Text, nullable=False),
)
"""One row per reader whose sessions end at their next step and who is not let in again."""

alert_rules = Table(
    "alert_rules",
    metadata,
    Column("rule_id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("center_id", Text),
    Column("threshold", Float),
    Column("is_active", Boolean, nullable=False),
    Column("set_by", Text, nullable=False),
    Column("set_at", DateTime(timezone=True), nullable=False),
)
"""One row per threshold that a person set; no center means every center."""

alerts = Table(
    "alerts",
    metadata,
    Column("alert_id", _id, primary_key=True, autoincrement=True),
    Column("rule_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("center_id", Text),
    Column("subject_id", Text, nullable=False),
    Column("threshold", Float),
    Column("observed", Float),
    Column("detail", Text, nullable=False),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("last_seen_at", DateTime(timezone=True), nullable=False),
    Column("version", Text, nullable=False),
    Column("acknowledged_at", DateTime(timezone=True)),
    Column("acknowledged_by", Text),
    Column("resolved_at", DateTime(timezone=True)),
    Column("notified_level", BigInteger, nullable=False),
    Column("notified_at", DateTime(timezone=True)),
    Index("one_open_alert", "rule_id", "center_id", "subject_id"),
)
"""One row per alert from its opening until it is resolved; of one rule, center and subject at most one is open."""

finding_actions = Table(
    "finding_actions",
    metadata,
    Column("action_no", BigInteger, primary_key=True, autoincrement=False),
    Column("finding_id", Text, nullable=False, index=True),
    Column("action", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("finding", Text, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("entry_hash", String(64), nullable=False),
)
"""One row per thing somebody did with a finding, chained: each `entry_hash` covers the row and the hash before it.

`finding` is what the finding said then, as JSON; a later build may say it otherwise or not at all. Never updated.
"""

saved_scenarios = Table(
    "saved_scenarios",
    metadata,
    Column("scenario_id", _id, primary_key=True, autoincrement=True),
    Column("center_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("parameters", Text, nullable=False),
    Column("saved_at", DateTime(timezone=True), nullable=False),
    Unique("center_id", "name"),
)
"""One row per scenario a reader named; `parameters` is the JSON of what its link says."""
