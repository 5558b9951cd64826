"""Every way to count, the selections it is tried with, and its answers beside those of the plain reference."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from data.counting.counts import ArrayCounts, Counts, DiskCounts, QueryCounts
from data.counting.incident_arrays import COUNTS, UNKNOWN
from data.model.units import PEOPLE
from data.query.selection import Selection
from data.store.vintage import Vintage
from tests.harness import naive_counts as naive

ENGINES: dict[str, Callable[[Vintage, str | None], Counts]] = {
    "polars": QueryCounts, "arrays": ArrayCounts, "on disk": DiskCounts
}  # fmt: skip
MEASURES = (*PEOPLE, "incidents", "events")
DAYS = st.integers(0, 4200).map(lambda days: date(2013, 12, 1) + timedelta(days))
MANY = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    """Return any window, filters, measure, step and resolution."""
    days = sorted(draw(st.lists(DAYS, min_size=2, max_size=2)))
    window = {name: day for name, day in zip(("start", "end"), days, strict=True) if draw(st.booleans())}
    return Selection(
        **window,
        measure=draw(st.sampled_from(MEASURES)),
        step=draw(st.sampled_from(["month", "quarter", "year"])),
        resolution_chosen=draw(st.integers(0, 6)),
        min_quality=draw(st.sampled_from([None, None, 2, 4])),
        routes=draw(st.sampled_from([(), (), ("central-mediterranean",), ("us-mexico-border-crossing", "darien")])),
        causes=draw(st.sampled_from([(), (), (), ("drowning",)])),
        origins=draw(st.sampled_from([(), (), (), ("afghanistan",), ("not-stated", "sudan", "cote-d-ivoire")])),
        countries=draw(st.sampled_from([(), (), (), ("LBY", "MEX", "ITA")])),
    )


def check_counts(counts: Counts, rows: Sequence[naive.Row], selection: Selection) -> None:
    """Compare what one engine counts of a selection with what the reference counts of its rows."""
    every = list(rows)
    assert by_cell(counts, selection) == naive.by_cell(every, selection)
    periods = {row.pop("period"): row for row in counts.by_period(selection).to_dicts()}
    assert periods == naive.by_period(every, selection)
    people = counts.people_parts(selection)
    assert people.pop("incidents") == len([row for row in every if naive.is_chosen(row, selection)])
    assert people == zeros(naive.parts(every, selection, "dead_or_missing"))
    assert counts.unit_parts(selection) == naive.parts(every, selection, selection.measure)


def by_cell(counts: Counts, selection: Selection) -> dict[int, naive.Counts]:
    """Return what an engine counts in each cell that has a record."""
    found, cells = counts.by_cell(selection), counts.cells(selection.resolution).cells.tolist()
    columns = {name: [None if value == UNKNOWN else value for value in found[name].tolist()] for name in COUNTS}
    made = {cell: {name: columns[name][at] for name in COUNTS} for at, cell in enumerate(cells)}
    return {cell: one for cell, one in made.items() if one["incidents"]}


def zeros(found: naive.Counts) -> naive.Counts:
    """Return parts as the page adds them: nothing known is 0."""
    return {name: value or 0 for name, value in found.items()}
