"""Surveys: what households answered, as numbers with the base that they are shares of; of groups, never of a person."""

from datetime import date
from typing import Final

from data.model.sources import Publication
from data.readers.indicators.layout import AreaFrom, IndicatorLayout, Series, WordFrom
from data.readers.periods import Stated

_ORIGIN: Final = AreaFrom("country", "survey", is_needed=True)
_ROUTE: Final = "central-america-to-us"
_ASKED: Final = Stated(date(2021, 4, 1), date(2021, 5, 31))
_ASSUMES: Final = "The days are those of the survey as its publishers state them: the file has none."
_CHANNELS: Final = {
    "regular": "regular", "irregular coyote": "smuggler", "irregular on own, with caravan": "on own or caravan",
}  # fmt: skip
_STATISTICS: Final = {"cost_mean": "mean", "cost_p25": "lower quartile", "cost_median": "median",
                      "cost_p75": "upper quartile"}  # fmt: skip
_LOANS: Final = {"n_all_loans": "all by loans", "n_some_loans": "partly by loans", "n_no_loans": "without loans"}


def _asked(title: str) -> Publication:
    return Publication(
        publisher="World Food Programme, Migration Policy Institute and MIT",
        title=title,
        citation="WFP, MPI and MIT, survey of households in El Salvador, Guatemala and Honduras, 2021",
        licence="MIT (as the repository of the authors states)",
        url="https://www.migrationpolicy.org/research/motivations-costs-central-american-migration",
    )


SURVEYS: Final = (
    IndicatorLayout(
        id="wfp-mpi-mit-costs", source="wfp-mpi-mit-costs",
        publication=_asked("Cost of migrating, by channel, as households state it"),
        headers=frozenset({"country", "channel", "n", "n_cost_stated", *_STATISTICS, *_LOANS}),
        ignored=frozenset({"n_returned", "n_died_or_missing"}), is_closed=True, period=_ASKED, route=_ROUTE,
        area=_ORIGIN, parts={"channel": WordFrom("channel", words=_CHANNELS)},
        series=(
            Series("n", "survey_asked"), Series("n_cost_stated", "survey_cost_stated"),
            *(Series(column, "survey_cost", parts={"statistic": word}) for column, word in _STATISTICS.items()),
            Series("n", "survey_payment", totals=("payment",)),
            *(Series(column, "survey_payment", parts={"payment": word}) for column, word in _LOANS.items()),
        ),
        assumes=f"{_ASSUMES} Costs are taken to be in US dollars of 2021, in which the published mean is stated.",
    ),
    IndicatorLayout(
        id="wfp-mpi-mit-motives", source="wfp-mpi-mit-motives",
        publication=_asked("Why people migrated, as households state it"),
        headers=frozenset({"country", "motive_category", "n", "base"}), is_closed=True, period=_ASKED, route=_ROUTE,
        area=_ORIGIN, parts={"motive": WordFrom("motive_category")},
        series=(Series("n", "survey_motive", denominator="base"),), assumes=_ASSUMES,
    ),
)  # fmt: skip
