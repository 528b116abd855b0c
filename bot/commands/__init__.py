"""The bodies of the commands that have no room of their own; bot/cli*.py say how they are typed."""
