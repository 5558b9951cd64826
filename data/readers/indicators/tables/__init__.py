"""The tables of indicators that are read: one declaration each."""

from typing import Final

from data.readers.indicators.layout import IndicatorLayout
from data.readers.indicators.tables.unhcr import UNHCR

INDICATOR_LAYOUTS: Final[tuple[IndicatorLayout, ...]] = (*UNHCR,)
