"""What keeps rows out that cannot be true."""
