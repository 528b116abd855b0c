"""Installing by OAuth, where many workspaces may, and in whose name a request is handled then."""
