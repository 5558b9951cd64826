"""Logging in and out, and who asks: the only part of the server that knows of accounts."""
