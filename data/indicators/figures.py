"""The figures of one indicator in a vintage: published ones as published, rates computed of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from data.indicators.held_back import without_recoverable
from data.indicators.rates import figures_of_rate
from data.model.caches import kept_numbers
from data.model.errors import ContradictionError, QueryError
from data.model.indicators import INDICATORS, Indicator
from data.model.notices import say
from data.query.parameters import (
    AREA_OF_FIGURE,
    FROM,
    INDICATOR,
    PARTNER,
    TO,
    VERSION,
    VINTAGE,
    refuse_unknown,
    take,
)
from data.store.vintage import Vintage

ORDER: Final = ("area", "partner", "breakdown", "unit", "date_from", "date_to", "source", "row")


@dataclass(frozen=True)
class Asked:
    """Which figures are asked for: of one indicator, of areas and partners, in a window; empty and None: of all."""

    indicator: Indicator
    areas: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None


def parse_asked(query: Mapping[str, Any]) -> Asked:
    """Return what a query asks for.

    Raises
    ------
    QueryError
        No indicator is named, or a parameter cannot be meant, or an area is none that a table knows.
    ContradictionError
        The last day is before the first.
    """
    own, rest = take(query, INDICATOR, AREA_OF_FIGURE, PARTNER, FROM, TO)
    refuse_unknown(rest, (INDICATOR, AREA_OF_FIGURE, PARTNER, FROM, TO, VINTAGE, VERSION))
    if own["indicator"] is None:
        raise QueryError(say("indicators.which"), parameter="indicator")
    if own["from"] and own["to"] and own["to"] < own["from"]:
        raise ContradictionError(say("indicators.window", first=own["from"], last=own["to"]), parameter="to")
    return Asked(INDICATORS[own["indicator"]], own["area"], own["partner"], own["from"], own["to"])


def figures(vintage: Vintage, asked: Asked) -> pl.DataFrame:
    """Return the figures of one indicator, in a stable order.

    Parameters
    ----------
    asked : Asked
        Of a rate that names no area, each figure is of all areas together; else of each area by itself.

    Returns
    -------
    DataFrame, one row per figure (schema.INDICATORS)
        Of a rate value is null where the denominator is 0 or unknown, with the kind of absence; numerator and
        denominator stand beside it. A period counts where it lies within the window whole.
    """
    rate = asked.indicator.rate
    if rate is None:
        found = within(shown_figures(vintage, asked.indicator.id), asked)
    else:
        every = pl.concat(shown_figures(vintage, one) for one in dict.fromkeys((*rate.above, *rate.below)))
        found = figures_of_rate(within(every, asked), asked.indicator, by_area=bool(asked.areas))
    return found.sort(ORDER, nulls_last=False, maintain_order=True)


@kept_numbers
def shown_figures(vintage: Vintage, indicator: str) -> pl.DataFrame:
    """Return every figure of a published indicator that may be shown: what its publisher hides is told by no other."""
    return without_recoverable(figures_in(vintage, indicator).collect())


def figures_in(vintage: Vintage, indicator: str) -> pl.LazyFrame:
    """Return the figures of a published indicator as a vintage has them, for whoever counts and does not show them."""
    return vintage.scan_where_needed("indicators").filter(pl.col("indicator") == indicator)


def within(rows: pl.DataFrame, asked: Asked) -> pl.DataFrame:
    """Return the rows of the areas, partners and window that are asked for."""
    tests = [
        pl.col("area").is_in(asked.areas) if asked.areas else None,
        pl.col("partner").is_in(asked.partners) if asked.partners else None,
        pl.col("date_from") >= asked.start if asked.start else None,
        pl.col("date_to") <= asked.end if asked.end else None,
    ]
    for test in tests:
        rows = rows if test is None else rows.filter(test)
    return rows
