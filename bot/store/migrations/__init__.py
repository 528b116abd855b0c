"""Alembic's folder: how the tables come into a database, run by `bot.store.engine.upgrade`."""
