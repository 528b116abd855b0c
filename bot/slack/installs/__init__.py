"""Who has installed the bot, where many workspaces may: kept under a key, opened again, and taken away."""
