"""The Model Context Protocol: the same Answers for people's assistants, over stdio and HTTP."""
