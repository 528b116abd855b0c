"""Answers as Slack messages: blocks, text, and what Slack allows."""
