"""Unseen sentences and their judge."""
