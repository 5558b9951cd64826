"""Values of categories that no table of names and no declaration knows: each is told with its column, none passed over.

A category is a column that is read as one of some known things: a route, region, country, cause or quality, a mode or a
status. Its row counts all the same, where nothing else is wrong with it.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import polars as pl

from data.model import vocabulary
from data.model.countries import is_known
from data.model.errors import shown
from data.model.regions import regions
from data.readers.count_layout import CountLayout
from data.readers.count_rows import stated
from data.readers.result import ROW, UnreadValue

INCIDENT_TYPES: Final = frozenset({"incident", "split incident", "cumulative incident"})
READ_AS_CATEGORIES: Final = (
    ROW, "incident_type", "region", "country", "route", "cause", "quality", "year", "year_value", "month", "month_value"
)  # fmt: skip
A_QUALITY: Final = r"[1-5]"
Knows = Callable[[str], bool]


def of_incidents(frame: pl.DataFrame, headings: Mapping[str, str]) -> tuple[UnreadValue, ...]:
    """Return the values of an incident's categories that are not understood.

    ``frame`` has READ_AS_CATEGORIES; ``headings`` are the columns of each field.
    """
    conditions = {
        "incident_type": _is_none_of(frame, "incident_type", _knows_type),
        "region": _is_none_of(frame, "region", _knows_region),
        "country": _is_none_of(frame, "country", is_known),
        "route": _is_none_of(frame, "route", knows_route),
        "cause": _is_none_of(frame, "cause", lambda text: vocabulary.cause_of(text) is not None),
        "quality": ~pl.col("quality").str.contains(A_QUALITY),
        "year": pl.col("year_value").is_null(),
        "month": pl.col("month_value").is_null(),
    }
    found = (
        _counted(frame.filter(pl.col(field).is_not_null() & where.fill_null(value=False)), field, headings[field])
        for field, where in conditions.items()
        if field in headings
    )
    return tuple(one for values in found for one in values)


def of_counts(rows: pl.DataFrame, layout: CountLayout) -> tuple[UnreadValue, ...]:
    """Return the words that a declaration does not name, and the names that no table knows, of accepted rows."""
    found: dict[str, dict[str, UnreadValue]] = {}
    for column, where in _conditions(rows, layout):
        if column in rows.columns:
            values = _counted(rows.filter(stated(column).is_not_null() & where.fill_null(value=False)), column, column)
            found.setdefault(column, {}).update({one.value: one for one in values})
    return tuple(one for values in found.values() for one in values.values())


def _conditions(rows: pl.DataFrame, layout: CountLayout) -> Iterable[tuple[str, pl.Expr]]:
    for column, words in layout.known.items():
        yield column, ~pl.col(column).str.strip_chars().is_in(words)
    for _, given in layout.froms():
        if given.column not in rows.columns:
            continue
        if given.words:
            yield given.column, ~pl.col(given.column).str.strip_chars().is_in(sorted(given.words))
        elif given.form == "route":
            yield given.column, _is_none_of(rows, given.column, knows_route, given.none)
        elif given.form in ("country", "nationality"):
            yield given.column, _is_none_of(rows, given.column, is_known, given.none)


def knows_route(text: str) -> bool:
    """Return whether a text names a route of the table, or says that none is known."""
    return vocabulary.route_of(text)[1] or not vocabulary.states_route(text)


def _knows_type(text: str) -> bool:
    return all(vocabulary.normal(part) in INCIDENT_TYPES for part in vocabulary.clean(text).split(","))


def _knows_region(text: str) -> bool:
    found = vocabulary.region_of(text).id
    return found == vocabulary.SEVERAL_REGIONS or found in regions()


def _is_none_of(frame: pl.DataFrame, column: str, knows: Knows, none: Iterable[str] = ()) -> pl.Expr:
    texts = frame[column].drop_nulls().unique().to_list()
    skipped = {*none, ""}
    unknown = [one for one in texts if vocabulary.clean(one) and one.strip() not in skipped and not knows(one)]
    return pl.col(column).is_in(unknown)


def _counted(rows: pl.DataFrame, column: str, heading: str) -> list[UnreadValue]:
    """Return the values of the rows, the most frequent first."""
    counted = rows.group_by(pl.col(column).str.strip_chars().alias("value")).agg(pl.col(ROW).n_unique().alias("rows"))
    ordered = counted.sort("rows", "value", descending=[True, False])
    return [UnreadValue(heading, shown(value), rows) for value, rows in ordered.select("value", "rows").iter_rows()]
