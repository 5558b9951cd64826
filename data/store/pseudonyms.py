"""Ids that tell two things apart and nothing of either: for records, files and places of what is not public (RULES 9).

They are made with a secret that each worker draws by itself, or that all take from ``CROSSINGS_SECRET_FILE``: without
it nobody can try out which name an id stands for.
"""

import hashlib
import secrets
from functools import cache
from typing import Final

import polars as pl

from data.model.errors import SettingError
from data.model.notices import say
from data.model.settings import read_settings

SETTING: Final = "CROSSINGS_SECRET_FILE"
SHORTEST: Final = 32  # bytes of a secret


@cache
def _seed() -> int:
    path = read_settings().secret_file
    if path is None:
        return secrets.randbits(63)
    try:
        secret = path.read_bytes().strip()
    except OSError as error:
        raise SettingError(say("accounts.no_secret", setting=SETTING, why=error.strerror)) from None
    if len(secret) < SHORTEST:
        raise SettingError(say("accounts.short_secret", setting=SETTING, found=len(secret), least=SHORTEST))
    return int.from_bytes(hashlib.sha256(secret).digest()[:8], "big") >> 1


def pseudonym(text: pl.Expr, *, prefix: str) -> pl.Expr:
    """Return an id such as ``record-4a0c…`` for each text, the same for the same text; null of null."""
    number = text.cast(pl.String).hash(_seed()) % (1 << 48)
    return pl.when(text.is_not_null()).then(pl.format(f"{prefix}-{{}}", number))
