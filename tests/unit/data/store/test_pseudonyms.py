"""Ids in place of names: the same for all workers that share a secret, and none without a good one (RULES 9)."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from data.model.errors import SettingError
from data.store import pseudonyms
from data.store.pseudonyms import SHORTEST, pseudonym
from tests.harness.tiers import stated

pytestmark = pytest.mark.usefixtures("_own_secret")


@pytest.fixture
def _own_secret() -> Iterator[None]:
    """Let each test draw or read its own secret, and the next one after it."""
    pseudonyms._seed.cache_clear()
    yield
    pseudonyms._seed.cache_clear()


def made(path: Path | None, content: bytes = b"", *, text: str | None = "Jane") -> str | None:
    """Return the id of a text in a worker that takes its secret from a file, or draws one."""
    pseudonyms._seed.cache_clear()
    if path is None:
        return pl.select(pseudonym(pl.lit(text), prefix="record")).item()
    path.write_bytes(content)
    with stated(SECRET_FILE=str(path)):
        return pl.select(pseudonym(pl.lit(text, pl.String), prefix="record")).item()


def test_ids_are_the_same_for_all_who_have_the_secret(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    assert made(secret, b"a" * 32) == made(secret, b" " + b"a" * 32 + b"\n") != made(secret, b"b" * 32)
    assert str(made(secret, b"a" * 32)).startswith("record-")
    assert made(secret, b"a" * 32) != made(secret, b"a" * 32, text="Joan")
    assert made(secret, b"a" * 32, text=None) is None


def test_without_a_secret_each_worker_draws_its_own() -> None:
    assert made(None) != made(None)


def test_a_short_secret_is_refused_with_its_length(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=rf"CROSSINGS_SECRET_FILE names holds {SHORTEST - 1} bytes.* at least 32 "):
        made(tmp_path / "secret", b"a" * (SHORTEST - 1))


def test_a_secret_that_cannot_be_read_is_told_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "secret").symlink_to("/proc/self/mem")  # a file whose first byte the system refuses
    with (
        stated(SECRET_FILE=str(tmp_path / "secret")),
        pytest.raises(SettingError, match="CROSSINGS_SECRET_FILE names cannot be read: Input/output error"),
    ):
        made(None)
