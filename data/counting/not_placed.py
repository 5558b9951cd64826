"""Who is on no map, and why: three parts, told apart (RULES X9)."""

from typing import Final

import polars as pl

from data.counting.incident_arrays import days_since_1970
from data.counting.measures import amount, is_placed, people, select_incidents
from data.counting.models import NotPlaced
from data.model.caches import kept_numbers
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.vintage import Vintage

TOLL: Final = "dead_or_missing"
WITHHELD_BY: Final = ("Q3", "Q4", "Q9")  # the rules that withhold a place, as a record's flags name them


@kept_numbers
def not_placed(vintage: Vintage, selection: Selection) -> NotPlaced:
    """Return the people, records or events of a selection's measure that are not placed, in their three parts.

    Of a source that is held in sums the parts are unknown: sums do not tell why a record has no place.
    """
    if vintage.is_summed(incident_source(vintage, selection)):
        return NotPlaced(cumulative=None, withheld=None, no_coordinates=None)
    is_withheld = pl.col("flags").list.eval(pl.element().is_in(WITHHELD_BY)).list.any().fill_null(value=False)
    why = (
        pl.when("is_cumulative").then(pl.lit("cumulative"))
        .when(is_withheld).then(pl.lit("withheld"))
        .otherwise(pl.lit("no_coordinates"))
    )  # fmt: skip
    rows = select_incidents(vintage, selection).filter(~is_placed())
    value = amount(selection.measure).alias("value")
    found = dict(rows.group_by(why.alias("why")).agg(value).collect(engine="streaming").iter_rows())
    return NotPlaced(**{name: found.get(name) or 0 for name in NotPlaced.__struct_fields__})


@kept_numbers
def not_placed_by_days(vintage: Vintage, selection: Selection) -> list[list[int]]:
    """Return [first, last, people] (days since 1970) of the dated records at no place, whatever the window.

    Of a source that is held in sums nothing is known of their days: the list is empty.
    """
    if vintage.is_summed(incident_source(vintage, selection)):
        return []
    rows = select_incidents(vintage, selection.replace(start=None, end=None))
    dated = rows.filter(~is_placed() & pl.col("date_from").is_not_null() & pl.col("date_to").is_not_null())
    days = ("date_from", "date_to")
    table = dated.group_by(*days).agg(people(TOLL)).drop_nulls().sort(*days).collect(engine="streaming")
    return [[days_since_1970(first), days_since_1970(last), toll] for first, last, toll in table.iter_rows() if toll]
