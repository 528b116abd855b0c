"""From Slack to the answer, from outside: real processes, signed requests, and a Slack with its bad days."""
