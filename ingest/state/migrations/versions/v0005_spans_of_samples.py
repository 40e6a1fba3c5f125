"""Lake files of samples say from when to when they reach, so that a late file makes only the days it touches dirty."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_COLUMNS = ("first_sampled_ms", "last_sampled_ms")


def upgrade() -> None:
    """Add the two instants; files from before have none and count for every local day that their UTC day touches."""
    for name in _COLUMNS:
        op.add_column("lake_files", sa.Column(name, sa.BigInteger))


def downgrade() -> None:
    """Forget them."""
    with op.batch_alter_table("lake_files") as table:
        for name in _COLUMNS:
            table.drop_column(name)
