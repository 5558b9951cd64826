"""What stands under the live map."""

import pytest

from data.model.notices import say
from layouts.page.map_panel import map_panel


@pytest.mark.rule("P3", "P7")
def test_the_foot_of_the_map_says_that_lines_are_schematic() -> None:
    told = str(map_panel(is_demonstration=False))
    assert say("still.scheme") in told
    assert say("statement.boundaries") in told
