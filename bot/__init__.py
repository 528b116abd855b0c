"""Alumina: a Slack bot for China's aluminium trade. text → Question → Answer → message."""
