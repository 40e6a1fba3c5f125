"""Runs migrations on the connection that `ingest.state.store` hands over."""

from alembic import context

from ingest.state.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
