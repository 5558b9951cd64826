"""The incidents of one source of a vintage, however its rows lie among those of others."""

from collections.abc import Callable

import pytest

from data.store.vintage import Vintage


@pytest.mark.rule("E6")
@pytest.mark.parametrize(
    ("sources", "is_together"), [(["mmp", "mmp", "united"], True), (["mmp", "united", "mmp"], False)]
)
def test_a_source_has_its_own_incidents_also_where_others_lie_between(
    make_vintage: Callable[..., Vintage], sources: list[str], is_together: bool
) -> None:
    vintage = make_vintage(
        [{"source": source, "dead_or_missing": 10**place} for place, source in enumerate(sources)], [{"value": 1}]
    )
    assert vintage.summary["mmp"].is_together is is_together
    for asked in ("mmp", "united"):
        people = sum(10**place for place, source in enumerate(sources) if source == asked)
        assert vintage.incidents_of(asked).collect()["dead_or_missing"].sum() == people
    assert vintage.incidents_of("nobody").collect().is_empty()
