"""Conversations: every event handled once, and what a thread's last question was."""
