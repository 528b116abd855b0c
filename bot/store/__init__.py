"""The database: engine, tables and migrations."""

LAYOUT = "8dcdf036b1d5"  # the newest revision of migrations/versions
