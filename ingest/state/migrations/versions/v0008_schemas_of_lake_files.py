"""Lake files say which columns they have, so that those of an earlier schema are made again; files have a sequence."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add both; a lake file from before says nothing of its columns and is made again once."""
    op.add_column("lake_files", sa.Column("schema_hash", sa.Text))
    op.add_column("files", sa.Column("sender_sequence", sa.BigInteger))


def downgrade() -> None:
    """Forget them."""
    for table_name, name in (("lake_files", "schema_hash"), ("files", "sender_sequence")):
        with op.batch_alter_table(table_name) as table:
            table.drop_column(name)
