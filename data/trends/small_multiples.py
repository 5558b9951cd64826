"""Every route by period on one scale, side by side: so that a fall on one is seen beside a rise on another."""

import polars as pl

from data.counting.series import recorded_by_period, series
from data.model.notices import Notice
from data.query.selection import Selection
from data.store.vintage import Vintage
from data.trends.models import RouteSeries, SmallMultiples


def routes_by_period(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return the measure of every route in every period.

    Returns
    -------
    DataFrame, one row per route and period that the source covers, sorted
        route (id; null: on no named route), period (its first day), value (0: covered, nobody recorded; null: not
        covered, or no record states a number), is_complete. With the records not dated to one period they add up to
        the selection's total (RULES C5), but for events, which may lie on several routes.
    """
    steps = series(vintage, selection)
    found = recorded_by_period(vintage, selection, by_route=True)
    every = (
        found.select("route").unique().join(steps.select("period", "is_complete", seen=pl.col("value")), how="cross")
    )
    table = every.join(found, on=["route", "period"], how="left", nulls_equal=True)
    value = pl.when(pl.col("is_recorded").is_null() & pl.col("seen").is_not_null()).then(0).otherwise(pl.col("value"))
    return table.select("route", "period", value.alias("value"), "is_complete").sort("route", "period", nulls_last=True)


def small_multiples(vintage: Vintage, selection: Selection) -> SmallMultiples:
    """Return the periods once and each route's values in their order, largest total first, with one scale for all."""
    table = routes_by_period(vintage, selection)
    routes = [
        RouteSeries(route=route, name=Notice("trends.route", route=route and vintage.name_of("route", route)),
                    total=int(rows["value"].sum()), values=rows["value"].to_list())
        for (route,), rows in table.partition_by("route", as_dict=True, maintain_order=True).items()
    ]  # fmt: skip
    scale = table.select(pl.col("value").max()).item()
    return SmallMultiples(
        periods=table["period"].unique().sort().to_list(),
        complete=table.unique("period").sort("period")["is_complete"].to_list(),
        scale=scale,
        routes=sorted(routes, key=lambda one: (one.route is None, -one.total, one.route)),
    )
