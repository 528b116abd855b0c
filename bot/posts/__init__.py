"""Monthly posts: which are due, each delivered exactly once."""
