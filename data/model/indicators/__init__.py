"""Every indicator once: what it is of, its unit, how it is computed. Its words stand in ``indicator.toml``."""

from collections.abc import Mapping
from typing import Final

from data.model.indicators.channels import CHANNELS
from data.model.indicators.context import CONTEXT
from data.model.indicators.declaration import Indicator
from data.model.indicators.drivers import DRIVERS
from data.model.indicators.enforcement import ENFORCEMENT
from data.model.indicators.protection import PROTECTION

__all__ = ["INDICATORS", "PUBLISHED", "RATES", "Indicator"]

_EVERY: Final = (*PROTECTION, *CHANNELS, *DRIVERS, *ENFORCEMENT, *CONTEXT)
INDICATORS: Final[Mapping[str, Indicator]] = {one.id: one for one in _EVERY}
PUBLISHED: Final[Mapping[str, Indicator]] = {one.id: one for one in _EVERY if one.rate is None}
RATES: Final[Mapping[str, Indicator]] = {one.id: one for one in _EVERY if one.rate is not None}

if len(INDICATORS) != len(_EVERY):
    raise ValueError("two indicators have one id")
for _one in RATES.values():
    _parts = {*(_one.rate.above if _one.rate else ()), *(_one.rate.below if _one.rate else ())}
    if _unknown := sorted(_parts - PUBLISHED.keys()):
        raise ValueError(f"indicator {_one.id}: {', '.join(_unknown)} is no published indicator.")
