"""The limits of work for one reader, as the settings write them: ``callbacks=20/120`` is 20 a second, 120 at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from data.model.errors import SettingError


@dataclass(frozen=True)
class Rate:
    """How often a second, and how many at once; 0 a second is no limit."""

    each_second: float
    burst: float


RATES: Final[Mapping[str, Rate]] = {
    "callbacks": Rate(20, 120),
    "api": Rate(10, 60),
    "exports": Rate(1, 20),
    "logins": Rate(10 / 60, 10),
}
EXAMPLE: Final = "callbacks=20/120 api=10/60 exports=1/20 logins=0.17/10"


def parse_rates(text: str) -> Mapping[str, Rate]:
    """Return the limits: those that are stated, and the others as they are; ``off`` for none.

    Raises
    ------
    SettingError
        A part is not ``kind=rate/burst``.
    """
    if text.strip() == "off":
        return {kind: Rate(0, 0) for kind in RATES}
    found = dict(RATES)
    for part in text.split():
        kind, _, value = part.partition("=")
        rate, _, burst = value.partition("/")
        if kind not in RATES or not (_is_number(rate) and _is_number(burst)) or (float(rate) and float(burst) < 1):
            raise SettingError(f"CROSSINGS_LIMITS is 'off' or parts like '{EXAMPLE}'; found '{part[:40]}'.")
        found[kind] = Rate(float(rate), float(burst))
    return found


def _is_number(text: str) -> bool:
    return len(text) < 12 and text.isascii() and text.replace(".", "", 1).isdigit()
