"""The commands, one file each; ``python -m data`` is the door."""
