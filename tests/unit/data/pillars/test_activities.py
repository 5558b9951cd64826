"""Every activity that IOM names has a view, another page or a gap with what would fill it; the document says the same."""

import re

from data.pillars.activities import GAPS, Activity, activities, without_answer
from data.pillars.views import PILLARS, VIEWS, WORDS
from docs.list_pillars import PAGE, page

KNOWN = frozenset(VIEWS)


def test_no_activity_is_without_a_view_a_page_or_a_gap() -> None:
    assert without_answer(activities(), KNOWN) == []
    assert {one.pillar for one in activities()} == set(PILLARS)
    assert len({one.id for one in activities()}) == len(activities())


def test_an_activity_that_maps_to_nothing_is_found() -> None:
    every = (
        Activity("nothing", 1, (), (), None),
        Activity("no-such-view", 1, ("magic",), (), None),
        Activity("no-such-gap", 1, (), (), "someday"),
        Activity("shown", 1, ("protection",), (), None),
        Activity("gap", 1, (), (), GAPS[0]),
    )
    assert without_answer(every, KNOWN) == ["nothing", "no-such-view", "no-such-gap"]


def test_every_view_is_of_some_activity_and_has_its_words() -> None:
    named = {view for one in activities() for view in one.views}
    assert named == KNOWN
    assert all(kind.say(what) for kind in VIEWS.values() for what in WORDS)


def test_the_document_is_the_table_and_each_of_its_rows_has_a_view_or_a_gap() -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written == page(), "Write it anew: python -m docs.list_pillars"
    rows = [line.strip("|").split("|") for line in written.splitlines() if re.match(r"\| (?!activity|---)", line)]
    assert len(rows) == len(activities())
    for name, shown, gap, filled in rows:
        assert shown.strip() or gap.strip(), name
        assert bool(gap.strip()) == bool(filled.strip()), name
