"""Alerts at work: kept, made due by new figures, delivered through the ledger, listed."""
