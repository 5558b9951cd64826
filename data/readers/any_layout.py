"""Every declared table: of counts on routes and at borders, and of indicators of areas."""

from typing import Final

from data.readers.count_layout import CountLayout
from data.readers.indicators.layout import IndicatorLayout
from data.readers.indicators.tables import INDICATOR_LAYOUTS
from data.readers.layouts import COUNT_LAYOUTS

Layout = CountLayout | IndicatorLayout
LAYOUTS: Final[tuple[Layout, ...]] = (*COUNT_LAYOUTS, *INDICATOR_LAYOUTS)
