"""The bodies of the commands that have no room of their own; bot/cli.py says how they are typed."""
