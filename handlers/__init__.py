"""What the bot listens to in Slack, and what it says back. register.py is the list."""
