"""Posts of every order (the monthly post, alerts, questions): which are due, each delivered exactly once."""
