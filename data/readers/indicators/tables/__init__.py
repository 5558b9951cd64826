"""The tables of indicators that are read: one declaration each."""

from typing import Final

from data.readers.indicators.layout import IndicatorLayout
from data.readers.indicators.tables.border import BORDER
from data.readers.indicators.tables.detention import DETENTION
from data.readers.indicators.tables.drivers import DRIVERS
from data.readers.indicators.tables.eurostat import EUROSTAT
from data.readers.indicators.tables.surveys import SURVEYS
from data.readers.indicators.tables.trafficking import TRAFFICKING
from data.readers.indicators.tables.unhcr import UNHCR
from data.readers.indicators.tables.us_detention import US_DETENTION
from data.readers.indicators.tables.visas import VISAS

INDICATOR_LAYOUTS: Final[tuple[IndicatorLayout, ...]] = (
    *UNHCR, *EUROSTAT, *VISAS, *DRIVERS, *TRAFFICKING, *DETENTION, *US_DETENTION, *SURVEYS, *BORDER,
)  # fmt: skip
