"""The server: what comes in is checked, what goes out is kept, compressed and headed."""
