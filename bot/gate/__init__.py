"""What stands before the bot on the network: requests that are not Slack's, or damaged, go no further."""
