"""`make bench`: the bot beside a bare one, whole processes, and what the parts of an answer cost."""
