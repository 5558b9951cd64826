"""Where the level of a series seems to change: suggestions from the numbers alone, never causes."""

from typing import Final

import numpy as np
import polars as pl
import ruptures

from data.counting.series import latest_run
from data.model.notices import Notice
from data.model.wording import exact, period_notice
from data.trends.models import ChangePoint, ChangePoints

LEAST_PERIODS: Final = 24
MOST_PERIODS: Final = 360  # 30 years of months, about a second where no level stands out
SHORTEST: Final = {"month": 6, "quarter": 4, "year": 3}  # periods between two change points
PENALTY: Final = 4.0
YEARS_OF_SEASON: Final = 6  # fewer tell no season from chance


def change_points(table: pl.DataFrame, *, step: str) -> ChangePoints:
    """Return where the level of a series changes, as suggestions.

    Parameters
    ----------
    table : DataFrame, in order (``data.counting.series.series``)
        period, value, is_complete. Only the last unbroken run of complete periods is looked at.
    step : str
        month, quarter or year.
    """
    run = latest_run(table).tail(MOST_PERIODS)
    method = Notice("trends.level.method")
    if reason := _why_not(run, step):
        return ChangePoints(is_computable=False, method=method, periods=run.height, points=[], sentence=reason)
    values = run["value"].to_numpy()
    signal = without_season(np.log1p(values.astype(np.float64)), run["period"], step)
    penalty = PENALTY * variance(signal) * np.log(len(signal))
    model = ruptures.Pelt(model="l2", min_size=SHORTEST[step], jump=1).fit(signal.reshape(-1, 1))
    ends = [int(end) for end in model.predict(pen=max(penalty, np.finfo(np.float64).eps))]
    starts = [0, *ends[:-1]]
    points = [
        _point(run, values, before, at, end, step)
        for before, at, end in zip(starts, starts[1:], ends[1:], strict=False)
    ]
    return ChangePoints(
        is_computable=True,
        method=method,
        periods=run.height,
        first=run["period"][0],
        last=run["period"][-1],
        penalty=round(float(penalty), 4),
        points=points,
        sentence=Notice("trends.level.suggestion" if points else "trends.level.none"),
    )


def without_season(signal: np.ndarray, periods: pl.Series, step: str) -> np.ndarray:
    """Return a series less the median of each month or quarter of the year, so that a season is no change of level."""
    places = periods.dt.month().to_numpy()
    years = periods.dt.year().n_unique()
    if step == "year" or years < YEARS_OF_SEASON:
        return signal
    table = pl.DataFrame({"place": places, "value": signal - np.median(signal)})
    return np.asarray(signal - table.select(pl.col("value").median().over("place"))["value"].to_numpy())


def variance(signal: np.ndarray) -> float:
    """Return the variance of a series about its level, from the mean square of neighbouring differences (von Neumann).

    A few jumps of level hardly move it, and months with a large shipwreck count for what they are: part of the noise.
    """
    return float((np.diff(signal) ** 2).mean() / 2)


def _why_not(run: pl.DataFrame, step: str) -> Notice | None:
    if run.height < LEAST_PERIODS:
        return Notice("trends.level.few_periods", found=run.height, step=step, least=LEAST_PERIODS)
    if (run["value"] < 0).any():
        return Notice("trends.level.below_zero")
    return Notice("trends.level.same_number") if run["value"].n_unique() == 1 else None


def _point(run: pl.DataFrame, values: np.ndarray, before: int, at: int, end: int, step: str) -> ChangePoint:
    first = run["period"][at]
    medians = float(np.median(values[before:at])), float(np.median(values[at:end]))
    words = Notice("trends.level.point", period=period_notice(first, step), step=step, after=exact(medians[1]),
                   periods_after=end - at, before=exact(medians[0]), periods_before=at - before)  # fmt: skip
    return ChangePoint(period=first, before=medians[0], after=medians[1], sentence=words)
