"""What publications say otherwise than earlier ones, and why."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create both tables."""
    publication = "publications.publication_no"
    op.create_table(
        "restatement_logs",
        sa.Column("from_publication_no", sa.BigInteger, sa.ForeignKey(publication), primary_key=True),
        sa.Column("to_publication_no", sa.BigInteger, sa.ForeignKey(publication), primary_key=True),
        sa.Column("split_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "restated_figures",
        sa.Column("from_publication_no", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("to_publication_no", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("figure_id", sa.Text, primary_key=True),
        sa.Column("content", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Drop both tables."""
    for name in ("restated_figures", "restatement_logs"):
        op.drop_table(name)
