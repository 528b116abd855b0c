"""One local Slack: the page in a browser, and the stand-in that tests, crash runs and benchmarks talk to."""
