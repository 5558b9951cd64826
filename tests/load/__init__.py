"""Many, slow and hostile readers against a real server on loopback: ``python -m tests.load.slow``, ``…spike``."""
