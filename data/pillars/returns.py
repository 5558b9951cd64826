"""Returns: assisted and forced side by side, never summed; ordered and returned as two cohorts, never as one rate."""

from typing import Final

import polars as pl

from data.counting.measures import in_window
from data.indicators.sums import word_of
from data.model.area_codes import area_name
from data.model.days import window_words
from data.model.notices import Notice, say
from data.pillars.figures import figure_row, figures_of, in_years, source_in, total
from data.pillars.models import Asked, Finding, nothing
from data.risk.formulas import in_percent
from data.store.vintage import Vintage

SOURCE: Final = "uk-returns"  # the one that tells assisted returns from other voluntary ones
ASSISTED: Final = "Assisted returns"
WHOLE: Final = "eu-28"
ORDERED, RETURNED = "ordered_to_leave", "returned_after_order"


def returns(vintage: Vintage, asked: Asked) -> Finding:
    """Return assisted, other voluntary and enforced returns, side by side."""
    source = source_in(vintage, SOURCE)
    own = figures_of(vintage, pl.col("source") == source)
    held = in_years(vintage, asked, "returns_enforced", "returns_voluntary") if own.height else None
    if held is None:
        return nothing(Notice("pillars.why.no_file", indicator=Notice("indicator.returns_enforced.name")))
    years = held[1]
    rows = own.filter(in_window(*years))
    is_assisted = (word_of("type") == ASSISTED).fill_null(value=False)
    parts = {
        "assisted": total(rows.filter(is_assisted), "returns_voluntary"),
        "voluntary": total(rows.filter(~is_assisted), "returns_voluntary"),
        "enforced": total(rows, "returns_enforced"),
    }
    if None in parts.values():
        return nothing(Notice("pillars.why.nothing_known", when=window_words(*years)), sources=(source,))
    listed = [
        figure_row(one, say(f"pillars.returns.{one}"), "returns", value, "returns", years)
        for one, value in parts.items()
    ]
    sentence = Notice("pillars.returns.sentence", when=window_words(*years), country=area_name(rows["area"][0]),
                      assisted=parts["assisted"], voluntary=parts["voluntary"], enforced=parts["enforced"])  # fmt: skip
    return Finding(sentence, unit="returns", window=years, rows=listed, sources=(source,))


def ordered_and_returned(vintage: Vintage, asked: Asked) -> Finding:
    """Return people ordered to leave and people returned after an order: two cohorts, side by side, no rate.

    Where more were returned than ordered a note says why that is no error.
    """
    ordered, returned = (in_years(vintage, asked, name) for name in (ORDERED, RETURNED))
    if ordered is None or returned is None or ordered[1] != returned[1]:
        return nothing(Notice("pillars.why.no_file", indicator=Notice("indicator.ordered_to_leave.name")))
    years, sources = ordered[1], (ordered[0]["source"][0], returned[0]["source"][0])
    sums = [_by_area(one[0]) for one in (ordered, returned)]
    areas = sorted(sums[0].keys() & sums[1].keys(), key=lambda one: (one != WHOLE, -sums[0][one]))
    if WHOLE not in areas:
        return nothing(Notice("pillars.why.nothing_known", when=window_words(*years)), sources=sources)
    listed = [figure_row(one, area_name(one), what, by_area[one], "persons", years)
              for one in areas for what, by_area in zip(("ordered", "returned"), sums, strict=True)]  # fmt: skip
    notes = [
        Notice("pillars.ordered.above", country=area_name(one), ordered=sums[0][one], returned=sums[1][one],
               share=in_percent(sums[1][one] / sums[0][one], decimals=0), when=window_words(*years))
        for one in areas if sums[1][one] > sums[0][one] > 0
    ]  # fmt: skip
    sentence = Notice("pillars.ordered.sentence", when=window_words(*years), area=area_name(WHOLE),
                      ordered=sums[0][WHOLE], returned=sums[1][WHOLE])  # fmt: skip
    return Finding(sentence, unit="persons", window=years, rows=listed, sources=sources, notes=notes[:1])


def _by_area(rows: pl.DataFrame) -> dict[str, float]:
    """Return the sum of each area over all citizenships; an area without a figure in some year is left out."""
    value = pl.col("value")
    whole = rows.filter(pl.col("partner").is_null()).group_by("area").agg(value.sum(), absent=value.null_count())
    return {one["area"]: one["value"] for one in whole.iter_rows(named=True) if not one["absent"]}
