"""Figures of indicators as views take them: of whole years, of one source, as rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

import polars as pl

from data.counting.measures import in_window
from data.indicators.figures import shown_figures
from data.model.absence import BELOW_THRESHOLD
from data.model.days import Span
from data.model.notices import say
from data.model.sources import DEMONSTRATION
from data.pillars.models import Asked, ViewRow
from data.pillars.windows import span_of, whole_years, window_of
from data.store.vintage import Vintage

_READ: Final[ContextVar[dict[tuple[str, bytes], pl.DataFrame] | None]] = ContextVar("figures_read", default=None)


def figures_of(vintage: Vintage, which: pl.Expr) -> pl.DataFrame:
    """Return the figures (schema.INDICATORS) for which an expression is true, read from the disk: nothing is kept.

    Of an indicator in which a publisher hides numbers they are those that may be shown: whatever a view adds up of
    them, nothing tells a hidden one (RULES 9).
    """
    held = _READ.get()
    if held is None:
        return _told(vintage, which)
    key = vintage.name, which.meta.serialize()  # whole: its text leaves out the middle of a long list
    if key not in held:
        held[key] = _told(vintage, which)
    return held[key]


def _told(vintage: Vintage, which: pl.Expr) -> pl.DataFrame:
    found = vintage.scan_where_needed("indicators").filter(which).collect()
    hiding = found.filter(pl.col("absence") == BELOW_THRESHOLD)["indicator"].unique().sort().to_list()
    if not hiding:
        return found
    shown = (shown_figures(vintage, one).filter(which) for one in hiding)
    return pl.concat([found.filter(~pl.col("indicator").is_in(hiding)), *shown])


@contextmanager
def figures_read_once() -> Iterator[None]:
    """Read the same figures once while a view is asked, once or several times, and let go of them after that."""
    if _READ.get() is not None:
        yield
        return
    token = _READ.set({})
    try:
        yield
    finally:
        _READ.reset(token)


def source_in(vintage: Vintage, source: str) -> str:
    """Return the id that a publisher's data set has in a vintage: on demonstration data that of its invented files."""
    return f"{DEMONSTRATION}-{source}" if vintage.is_demonstration else source


def in_years(vintage: Vintage, asked: Asked, *indicators: str) -> tuple[pl.DataFrame, Span] | None:
    """Return the figures of some indicators in the years that are asked for, of one source, and those years.

    Two sources of one indicator are never added: the one that reaches furthest in these years is taken. None where
    there is no figure.
    """
    every = figures_of(vintage, pl.col("indicator").is_in(indicators))
    covered = span_of(every)
    if covered is None:
        return None
    inside = every.filter(in_window(*whole_years(window_of(asked, covered))))
    if inside.is_empty():
        return None
    ends = inside.group_by("source").agg(pl.col("date_to").max(), pl.len())
    ends = ends.sort("date_to", "len", "source", descending=[True, True, False])
    chosen = inside.filter(pl.col("source") == ends["source"][0])
    years = span_of(chosen)
    return None if years is None else (chosen, years)


def total(rows: pl.DataFrame, indicator: str) -> float | None:
    """Return the sum of one indicator's values; None where none is known, so that it is never 0."""
    values = rows.filter(pl.col("indicator") == indicator)["value"].drop_nulls()
    return float(values.sum()) if values.len() else None


def figure_row(
    part: str, name: str, what: str, value: float | None, unit: str, window: Span, note: str | None = None
) -> ViewRow:
    """Return one published figure as a row; without a value it is unknown."""
    return ViewRow(part=part, name=name, what=say(f"pillars.what.{what}"), date_from=window[0], date_to=window[1],
                   value=value, unit=unit, status="unknown" if value is None else "published", note=note)  # fmt: skip
