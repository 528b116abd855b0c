"""The pictures of README.md and docs/."""
