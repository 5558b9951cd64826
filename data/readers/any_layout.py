"""Every declared table: of counts on routes and at borders, of indicators of areas, of acts of states."""

from typing import Final

from data.readers.acts.layout import ActLayout
from data.readers.acts.tables import ACT_LAYOUTS
from data.readers.count_layout import CountLayout
from data.readers.indicators.layout import IndicatorLayout
from data.readers.indicators.tables import INDICATOR_LAYOUTS
from data.readers.layouts import COUNT_LAYOUTS

Layout = CountLayout | IndicatorLayout | ActLayout
LAYOUTS: Final[tuple[Layout, ...]] = (*COUNT_LAYOUTS, *INDICATOR_LAYOUTS, *ACT_LAYOUTS)
