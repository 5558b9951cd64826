"""What is asked: the one selection, its parameters, names to ids, and what an answer says of itself."""
