"""Alembic migrations of the state store, oldest first."""
