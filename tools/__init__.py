"""Programs of who works on the bot: how well it reads, what no test notices, the pictures of the docs."""
