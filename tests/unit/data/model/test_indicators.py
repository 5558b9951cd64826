"""Every indicator is declared once, with its words."""

import pytest

from data.model.indicators import INDICATORS, PUBLISHED, RATES, Indicator
from data.model.indicators.declaration import PILLARS
from data.model.notices import FIRST, messages
from data.readers.indicators.tables import INDICATOR_LAYOUTS


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=lambda one: one.id)
def test_an_indicator_has_each_of_its_words_and_no_other(indicator: Indicator) -> None:
    start = f"indicator.{indicator.id}."
    assert {key.removeprefix(start) for key in messages(FIRST) if key.startswith(start)} == set(indicator.words)
    assert indicator.pillar in PILLARS


def test_every_published_indicator_is_read_from_some_table_and_every_rate_is_of_published_ones() -> None:
    read = {one for layout in INDICATOR_LAYOUTS for one in layout.indicators()}
    assert read == set(PUBLISHED)
    assert all(one.rate and {*one.rate.above, *one.rate.below} <= read for one in RATES.values())
