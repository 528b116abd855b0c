"""Alembic's folder: one file a change of the tables, run by `bot.store.engine.upgrade`."""
