"""Where in a workbook a quarantined row stood: its sheet, and the columns at fault."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add both columns; rows set aside earlier have none."""
    op.add_column("quarantine", sa.Column("sheet_name", sa.Text))
    op.add_column("quarantine", sa.Column("column_names", sa.Text))


def downgrade() -> None:
    """Drop both columns."""
    for name in ("column_names", "sheet_name"):
        op.drop_column("quarantine", name)
