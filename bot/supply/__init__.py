"""New published figures into the database, and from there into every process."""
