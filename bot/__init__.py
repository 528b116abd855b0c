"""Alumina: a Slack bot for published trade figures. text → Question → Answer → message."""
