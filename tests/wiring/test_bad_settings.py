"""A setting that cannot be meant ends every command in one sentence, with exit code 2 and nothing made."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SERVE, PACK, DATA = ("app.py",), ("-m", "callbacks.set_up"), ("-m", "data")


@pytest.mark.parametrize(
    ("command", "name", "value"),
    [
        (SERVE, "WORKERS", "0"), (SERVE, "PORT", "abc"), (SERVE, "ADDRESS", "javascript:alert(1)"), (SERVE, "STORE", "README.md"),
        (PACK, "HOSTS", "https://a.example"), ((*DATA, "vintages"), "MODE", "on"), ((*DATA, "demonstration"), "PORT", "abc"),
    ],
)  # fmt: skip
def test_every_command_ends_in_one_sentence(tmp_path: Path, command: tuple[str, ...], name: str, value: str) -> None:
    environment = {"CROSSINGS_STORE": str(tmp_path / "none"), f"CROSSINGS_{name}": value}
    done = command_with(environment, *command)
    (sentence,) = done.stderr.splitlines()
    assert done.returncode == 2
    assert sentence.removeprefix("Refused. ").startswith(f"CROSSINGS_{name} is ")
    assert done.stdout == ""
    assert not (tmp_path / "none").exists()


def test_a_store_of_the_command_line_that_is_a_file_is_refused_too() -> None:
    done = command_with({}, *DATA, "log", "--store", "README.md")
    assert done.returncode == 2
    assert done.stderr.startswith("Refused. CROSSINGS_STORE is a folder, which may be absent yet")


def command_with(environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
