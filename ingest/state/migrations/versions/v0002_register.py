"""The register of publications: what was published, from which files, under which definitions; rows only ever added."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_TABLES = ("publications", "registered_figures", "registered_inputs")


def upgrade() -> None:
    """Create the three tables, and the triggers that refuse to change or remove a row of them."""
    op.create_table(
        "publications",
        sa.Column("publication_no", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("as_of_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code_version", sa.Text, nullable=False),
        sa.Column("definitions", sa.Text, nullable=False),
        sa.Column("definition_hash", sa.String(64), nullable=False),
        sa.Column("input_count", sa.BigInteger, nullable=False),
        sa.Column("input_hash", sa.String(64), nullable=False),
        sa.Column("figure_count", sa.BigInteger, nullable=False),
        sa.Column("figures_hash", sa.String(64), nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("entry_hash", sa.String(64), nullable=False),
        sa.UniqueConstraint("scope", "version"),
    )
    publication = sa.ForeignKey("publications.publication_no")
    op.create_table(
        "registered_figures",
        sa.Column("publication_no", sa.BigInteger, publication, primary_key=True),
        sa.Column("figure_id", sa.Text, primary_key=True),
        sa.Column("content", sa.Text),
        sa.Column("content_hash", sa.String(64), nullable=False),
    )
    op.create_index("ix_registered_figures_figure_id", "registered_figures", ["figure_id"])
    op.create_table(
        "registered_inputs",
        sa.Column("publication_no", sa.BigInteger, sa.ForeignKey("publications.publication_no"), primary_key=True),
        sa.Column("source_sha256", sa.String(64), primary_key=True),
        sa.Column("rows_accepted", sa.BigInteger),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "create function refuse_to_change_the_register() returns trigger language plpgsql as "
            "$$ begin raise exception using message = 'the register is append-only: ' || lower(tg_op) || ' of ' "
            "|| tg_table_name || ' is refused'; end $$"
        )
    for table in _TABLES:
        for change in ("update", "delete"):
            op.execute(_trigger(table, change))


def downgrade() -> None:
    """Drop the three tables with their triggers."""
    for table in reversed(_TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("drop function refuse_to_change_the_register()")


def _trigger(table: str, change: str) -> str:
    name = f"{table}_refuse_{change}"
    if op.get_bind().dialect.name == "postgresql":
        return (
            f"create trigger {name} before {change} on {table} "
            "for each row execute function refuse_to_change_the_register()"
        )
    return (
        f"create trigger {name} before {change} on {table} "
        f"begin select raise(abort, 'the register is append-only: {change} of {table} is refused'); end"
    )
