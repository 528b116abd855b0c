"""Words, and the thread's last question, into one Question."""
