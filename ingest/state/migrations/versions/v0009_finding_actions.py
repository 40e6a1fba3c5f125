"""The log of what people do with findings; rows are only ever added."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_TABLE = "finding_actions"


def upgrade() -> None:
    """Create the table, and the triggers that refuse to change or remove a row of it."""
    op.create_table(
        _TABLE,
        sa.Column("action_no", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("finding_id", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("finding", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("entry_hash", sa.String(64), nullable=False),
    )
    op.create_index("ix_finding_actions_finding_id", _TABLE, ["finding_id"])
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for change in ("update", "delete"):
        name = f"{_TABLE}_refuse_{change}"
        if is_postgresql:
            op.execute(
                f"create trigger {name} before {change} on {_TABLE} "
                "for each row execute function refuse_to_change_the_register()"
            )
        else:
            op.execute(
                f"create trigger {name} before {change} on {_TABLE} "
                f"begin select raise(abort, 'the log is append-only: {change} of {_TABLE} is refused'); end"
            )


def downgrade() -> None:
    """Drop the table with its triggers."""
    op.drop_table(_TABLE)
