"""The tables of counts that are read: one declaration each. To add one, see docs/how-to/add-a-count-reader.md."""

from typing import Final

from data.readers.count_layout import CountLayout
from data.readers.layouts.australia import AUSTRALIA
from data.readers.layouts.frontex import FRONTEX
from data.readers.layouts.iom import IOM
from data.readers.layouts.italy import ITALY
from data.readers.layouts.latin_america import LATIN_AMERICA
from data.readers.layouts.own import OWN
from data.readers.layouts.unhcr import UNHCR
from data.readers.layouts.united_kingdom import UNITED_KINGDOM
from data.readers.layouts.united_states import UNITED_STATES

COUNT_LAYOUTS: Final[tuple[CountLayout, ...]] = (
    *OWN, *UNITED_STATES, *FRONTEX, *UNHCR, *UNITED_KINGDOM, *ITALY, *IOM, *LATIN_AMERICA, *AUSTRALIA,
)  # fmt: skip
