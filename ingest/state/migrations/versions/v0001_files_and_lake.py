"""Files received, lake files that count, quarantined lines, devices, and days rolled up."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the five tables."""
    op.create_table(
        "files",
        sa.Column("file_id", _ID, primary_key=True, autoincrement=True),
        sa.Column("source_sha256", sa.String(64), nullable=False, unique=True),
        sa.Column("original_name", sa.Text, nullable=False),
        sa.Column("byte_count", sa.BigInteger, nullable=False),
        sa.Column("format_name", sa.Text),
        sa.Column("center_id", sa.Text),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("declaration", sa.Text, nullable=False),
        sa.Column("rows_in", sa.BigInteger, nullable=False),
        sa.Column("rows_accepted", sa.BigInteger, nullable=False),
        sa.Column("rows_quarantined", sa.BigInteger, nullable=False),
        sa.Column("notices", sa.Text, nullable=False),
        sa.Column("refusal_code", sa.Text),
        sa.Column("refusal_message", sa.Text),
    )
    op.create_table(
        "lake_files",
        sa.Column("lake_file_id", _ID, primary_key=True, autoincrement=True),
        sa.Column("file_id", _ID, sa.ForeignKey("files.file_id"), nullable=False, index=True),
        sa.Column("record_kind", sa.Text, nullable=False),
        sa.Column("center_id", sa.Text),
        sa.Column("utc_day", sa.Date),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("row_count", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("file_id", "path"),
    )
    op.create_table(
        "quarantine",
        sa.Column("quarantine_id", _ID, primary_key=True, autoincrement=True),
        sa.Column("file_id", _ID, sa.ForeignKey("files.file_id"), nullable=False, index=True),
        sa.Column("source_line", sa.BigInteger, nullable=False),
        sa.Column("raw_text", sa.Text, nullable=False),
        sa.Column("reason_code", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_table(
        "devices",
        sa.Column("device_key", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("device_uid", sa.Text, nullable=False, unique=True),
    )
    op.create_table(
        "device_hour_files",
        sa.Column("center_id", sa.Text, primary_key=True),
        sa.Column("local_day", sa.Date, primary_key=True),
        sa.Column("input_hash", sa.String(64), nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("row_count", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    """Drop the five tables."""
    for name in ("device_hour_files", "devices", "quarantine", "lake_files", "files"):
        op.drop_table(name)
