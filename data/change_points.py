"""Where the level of a series seems to change: suggestions from the numbers alone, never causes."""

from typing import Any, Final

import numpy as np
import polars as pl
import ruptures

from data.series import latest_run
from data.words import counted, period

LEAST_PERIODS: Final = 24
MOST_PERIODS: Final = 360  # 30 years of months, about a second where no level stands out
SHORTEST: Final = {"month": 6, "quarter": 4, "year": 3}  # periods between two change points
PENALTY: Final = 4.0
YEARS_OF_SEASON: Final = 6  # fewer tell no season from chance
METHOD: Final = (
    "PELT (ruptures) with an L2 cost on log(1 + value), of months and quarters less the median of the same ones of all "
    "years where there are six or more; a change must reduce the cost by more than 4 · σ² · log(n), "
    "where σ² is half of the mean square of the differences between neighbouring periods."
)
SUGGESTION: Final = "Suggested by the numbers alone: what was recorded before and after differs. It does not say why."
LATE: Final = "Near the end of a series records may still be added, and a change may go."


def change_points(table: pl.DataFrame, *, step: str) -> dict[str, Any]:
    """Return where the level of a series changes, as suggestions.

    Parameters
    ----------
    table : DataFrame, in order (``data.series.series``)
        period, value, is_complete. Only the last unbroken run of complete periods is looked at.
    step : str
        month, quarter or year.

    Returns
    -------
    dict
        is_computable, method, periods (how many were looked at), first, last, penalty, ``points`` (period: the first
        of the new level; before, after: medians of the runs beside it; sentence) and sentence.
    """
    run = latest_run(table).tail(MOST_PERIODS)
    reason = _reason(run, step)
    if reason:
        return {"is_computable": False, "method": METHOD, "periods": run.height, "points": [], "sentence": reason}
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
    return {
        "is_computable": True,
        "method": METHOD,
        "periods": run.height,
        "first": run["period"][0],
        "last": run["period"][-1],
        "penalty": round(float(penalty), 4),
        "points": points,
        "sentence": f"{SUGGESTION} {LATE}" if points else "No change of level is suggested.",
    }


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


def _reason(run: pl.DataFrame, step: str) -> str:
    if run.height < LEAST_PERIODS:
        found = counted(run.height, f"complete {step}", f"complete {step}s")
        return (
            f"Not computable: {found} without a gap, at least {LEAST_PERIODS} are needed. Choose a longer period or a "
            "shorter step."
        )
    if (run["value"] < 0).any():
        return "Not computable: a period is below zero, where bodies found later were taken off the missing."
    if run["value"].n_unique() == 1:
        return "Every period has the same number: no change of level is suggested."
    return ""


def _point(run: pl.DataFrame, values: np.ndarray, before: int, at: int, end: int, step: str) -> dict[str, Any]:
    first = run["period"][at]
    medians = float(np.median(values[before:at])), float(np.median(values[at:end]))
    words = (
        f"From {period(first, step)}: a median of {medians[1]:,g} recorded a {step} over {end - at} {step}s, against "
        f"{medians[0]:,g} over the {at - before} before."
    )
    return {"period": first, "before": medians[0], "after": medians[1], "sentence": words}
