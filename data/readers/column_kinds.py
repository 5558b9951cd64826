"""What each column that is read holds, by the layout: values, degrees, or names of things that tables know."""

from collections.abc import Iterable, Mapping
from typing import Final

from data.readers.count_figures import From
from data.readers.count_layout import CountLayout
from data.readers.periods import CELL, period_columns
from data.readers.value_forms import Columns

VALUES: Final = frozenset(
    {"dead", "missing", "total", "survivors", "female", "male", "children", "date", "year", "month"}
)
PLACES: Final = frozenset({"coordinates", "latitude", "longitude"})
NAMES: Final = frozenset({
    "main_id", "incident_id", "incident_type", "region", "country", "route", "country_origin", "region_origin", "cause",
    "quality", "unsd",
})  # fmt: skip


def columns_of_fields(fields: Mapping[str, str]) -> Columns:
    """Return what the columns of a table of incidents hold, by the field that each is."""

    def of(names: frozenset[str]) -> frozenset[str]:
        return frozenset(column for field, column in fields.items() if field in names)

    return Columns(read=frozenset(fields.values()), values=of(VALUES), places=of(PLACES), names=of(NAMES))


def columns_of_counts(layout: CountLayout, columns: Iterable[str]) -> Columns:
    """Return what the columns of a table of counts hold, with the words that its declaration knows of each."""
    here = list(columns)
    stated = list(layout.froms())
    sums = {name for name in (layout.running_sum, layout.row_sum, layout.latest) if name}
    dates = {*period_columns(layout.period), *layout.columns_of_periods(here)}
    values = {*layout.count_columns(), *dates, *sums} - {CELL}
    terms = {one.column for _, one in stated if one.words and not one.is_open} - values
    names = {one.column for name, one in stated if name != "place"} | set(layout.known)
    return Columns(
        read=layout.columns_kept(here),
        values=frozenset(values),
        terms=frozenset(terms),
        names=frozenset(names - values - terms),
        words=_words(layout, [one for _, one in stated]),
    )


def _words(layout: CountLayout, stated: Iterable[From]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    declared = [*layout.totals.items(), *layout.known.items(), *layout.never.items()]
    if layout.whole is not None:
        declared.append((layout.whole.column, layout.whole.words))
    for column, words in [*declared, *((one.column, (*one.words, *one.none)) for one in stated)]:
        found.setdefault(column, set()).update(words)
    return found
