"""The incidents of one source of a vintage, however its rows lie among those of others."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from data.query.resolve import ids_of
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


@pytest.mark.rule("Q5")
def test_a_vintage_of_an_older_program_names_its_origins_too(publish: Callable[..., Vintage]) -> None:
    days = {"first": date(2024, 1, 1), "last": date(2024, 1, 31)}
    rows = [{"origin": one, "dead_or_missing": 1} for one in ("Mali,Sudan (P)", "Sudan", None)]
    made = publish(*rows, **days)
    names = {"mali": "Mali", "not-stated": "Not stated", "sudan": "Sudan"}
    assert made.manifest["summary"]["mmp"]["origins"].keys() == names.keys()
    told = {"mmp": {name: one for name, one in made.manifest["summary"]["mmp"].items() if name != "origins"}}
    older = replace(made, manifest=made.manifest | {"summary": told})
    for vintage in (made, older):
        assert vintage.names["origin"] == names
        assert ids_of(vintage)["origin"] == sorted(names)
