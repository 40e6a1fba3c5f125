"""Scenarios that readers named and kept."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Create the table."""
    key = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "saved_scenarios",
        sa.Column("scenario_id", key, primary_key=True, autoincrement=True),
        sa.Column("center_id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("parameters", sa.Text, nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("center_id", "name"),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("saved_scenarios")
