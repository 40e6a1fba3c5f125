"""Who numbered a delivery, where a center has several senders."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the column."""
    op.add_column("files", sa.Column("sender", sa.Text))


def downgrade() -> None:
    """Drop the column."""
    with op.batch_alter_table("files") as batch:
        batch.drop_column("sender")
