"""The way between Slack and the bot: requests in, each answered once; messages out, in a form Slack takes."""
