"""What readers want to be told of: words into a Condition, and the months in which it fires."""
