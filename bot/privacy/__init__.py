"""What is kept of people: for how long, and how it is taken away. docs/privacy.md says it in words."""
