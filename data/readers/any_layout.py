"""Every declared table: counts on routes and at borders, indicators of areas, acts of states, own lists."""

from typing import Final

from data.readers.acts.layout import ActLayout
from data.readers.acts.own_lists import OWN_LISTS
from data.readers.acts.tables import ACT_LAYOUTS
from data.readers.count_layout import CountLayout
from data.readers.indicators.layout import IndicatorLayout
from data.readers.indicators.tables import INDICATOR_LAYOUTS
from data.readers.layouts import COUNT_LAYOUTS

Layout = CountLayout | IndicatorLayout | ActLayout
LAYOUTS: Final[tuple[Layout, ...]] = (*COUNT_LAYOUTS, *INDICATOR_LAYOUTS, *ACT_LAYOUTS, *OWN_LISTS)
