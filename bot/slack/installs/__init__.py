"""Who has installed the bot, where many workspaces may: how they do, what is kept, in whose name we speak."""
