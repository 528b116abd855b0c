"""What readers want to be told of: the months in which a Condition fires, and what of that is news."""
