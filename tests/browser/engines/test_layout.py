"""In Firefox and in WebKit too nothing is covered, cut or scrolls sideways, at every width and zoom."""

import time
from collections.abc import Callable

import pytest

from tests.browser.test_widths import SIZES
from tests.harness.engines import Reader
from tests.harness.layout import FAULTS_OF_LAYOUT
from tests.harness.serving import DRAWN

pytestmark = [pytest.mark.browser, pytest.mark.long]
LARGEST = (1600, 1200)  # pixels of the screen


def test_at_every_width_and_zoom_nothing_is_covered_cut_or_scrolls_sideways(
    reader: Reader, picture: Callable[[Reader, str], None], address: str
) -> None:
    reader.open(f"{address}/")
    reader.until("!document.getElementById('first') && !!window.crossings")
    reader.until(DRAWN)
    found = {}
    for width, height in SIZES:
        if width > LARGEST[0]:
            continue
        reader.resize(width, height)
        time.sleep(0.5)  # the map and the series are drawn anew
        wrong, _ = reader.run(f"({FAULTS_OF_LAYOUT})()")
        if wrong:
            picture(reader, f"wrong-{width}-{height}")
            found[width, height] = wrong
    assert found == {}
