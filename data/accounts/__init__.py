"""Accounts: who has logged in, kept on the server, and what of restricted data each has read."""
