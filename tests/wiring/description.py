"""Tries the interface against its own description, with every check that schemathesis knows."""

import subprocess
import sys
from pathlib import Path


def tried(description: str, *, only: str, examples: int = 8) -> str:
    """Return what schemathesis prints for the paths that match ``only``."""
    command = [
        str(Path(sys.executable).parent / "schemathesis"), "run", description, "--checks", "all", "--phases", "coverage,fuzzing",
        "--max-examples", str(examples), "--seed", "1", "--include-path-regex", only, "--workers", "2",
    ]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, timeout=600, check=False).stdout
