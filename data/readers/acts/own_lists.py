"""The operator's own lists: campaigns with their evaluations, and services that search for relatives.

Nothing in them is made up: a campaign without a stated evaluation is not one of which none was found, and no address is
added to a service.
"""

from typing import Final

import polars as pl

from data.model.sources import RESTRICTED, Publication
from data.readers.acts.cells import area_rule, iso_day, place_in
from data.readers.acts.layout import ActLayout
from data.readers.count_rows import Rule
from data.readers.result import ROW
from data.readers.text_table import TOO_LONG, is_too_long

NONE_FOUND: Final = "none found"
CAMPAIGN: Final = (
    "campaign",
    "operator",
    "first_day",
    "last_day",
    "audience",
    "channel",
    "cost",
    "currency",
    "evaluation",
)
SERVICE: Final = ("service", "country", "web", "languages", "checked")
LINK: Final = r"^https?://[^\s\"<>]+$"
CODE: Final = r"^[A-Z]{3}$"
NO_TEXT: Final = "expected a name. Fill it in."
NO_DAY: Final = "expected a day such as 2024-06-30."
NO_END: Final = "expected a day such as 2024-06-30 that is not before the first one, or nothing."
NO_COST: Final = "expected a number such as 12000, or nothing. Write it without marks between thousands."
NO_CURRENCY: Final = "expected the ISO 4217 code of the cost's currency, such as EUR; nothing where there is no cost."
NO_LINK: Final = "expected an address that begins with https:// or http://."
NO_EVALUATION: Final = f"expected the address of the evaluation, or the words '{NONE_FOUND}', or nothing."


def _own(title: str, citation: str) -> Publication:
    return Publication("As stated by whoever made the file", title, citation, "Not stated", sensitivity=RESTRICTED)


OWN_LISTS: Final = (
    ActLayout(
        id="crossings-campaigns", source="campaigns", kind="campaigns", headers=frozenset(CAMPAIGN),
        publication=_own("Campaigns, in the layout of this project", "Campaigns listed by the user of this software"),
    ),
    ActLayout(
        id="crossings-tracing-services", source="tracing-services", kind="tracing_services", headers=frozenset(SERVICE),
        publication=_own("Tracing services, in the layout of this project",
                         "Tracing services listed by the user of this software"),
    ),
)  # fmt: skip


def campaign_rules(frame: pl.DataFrame) -> list[Rule]:
    """Return which rows of a list of campaigns are at fault."""
    first, last = iso_day("first_day"), iso_day("last_day")
    has_cost = pl.col("cost").is_not_null()
    is_link = pl.col("evaluation").str.strip_chars().str.contains(LINK) | _is_none_found()
    return [
        *_names(frame, "campaign", "operator"),
        (first.is_null(), "first_day", NO_DAY),
        (_is_stated("last_day") & (last.is_null() | (last < first)), "last_day", NO_END),
        (_is_stated("audience") & area_rule(frame, "audience")[0], *area_rule(frame, "audience")[1:]),
        (has_cost & _cost().is_null(), "cost", NO_COST),
        (has_cost != pl.col("currency").str.strip_chars().str.contains(CODE).fill_null(value=False), "currency",
         NO_CURRENCY),
        (_is_stated("evaluation") & ~is_link, "evaluation", NO_EVALUATION),
    ]  # fmt: skip


def campaigns(frame: pl.DataFrame, _: ActLayout) -> pl.DataFrame:
    """Return one row per campaign (schema.CAMPAIGNS)."""
    return frame.select(
        ROW, pl.col("campaign", "operator", "channel", "currency").str.strip_chars(),
        iso_day("first_day").alias("date_from"), iso_day("last_day").alias("date_to"),
        place_in(frame, "audience").alias("area"), _cost().alias("cost"),
        pl.when(~_is_none_found()).then(pl.col("evaluation").str.strip_chars()).alias("evaluation"),
        (~_is_none_found()).alias("is_evaluated"),
    )  # fmt: skip


def service_rules(frame: pl.DataFrame) -> list[Rule]:
    """Return which rows of a list of tracing services are at fault."""
    is_wrong_day = _is_stated("checked") & iso_day("checked").is_null()
    return [
        *_names(frame, "service"),
        (_is_stated("country") & area_rule(frame, "country")[0], *area_rule(frame, "country")[1:]),
        (~pl.col("web").str.strip_chars().str.contains(LINK), "web", NO_LINK),
        (is_wrong_day, "checked", NO_DAY),
    ]


def services(frame: pl.DataFrame, _: ActLayout) -> pl.DataFrame:
    """Return one row per service (schema.TRACING_SERVICES)."""
    day = iso_day("checked")
    return frame.select(
        ROW, pl.col("service", "languages").str.strip_chars(), place_in(frame, "country").alias("country"),
        pl.col("web").str.strip_chars().alias("url"), day.alias("date_from"), day.alias("date_to"),
    )  # fmt: skip


def _names(frame: pl.DataFrame, *columns: str) -> list[Rule]:
    empty = [(pl.col(name).is_null(), name, NO_TEXT) for name in columns]
    return [*empty, *((is_too_long(name), name, TOO_LONG) for name in frame.columns if not name.startswith("__"))]


def _is_stated(column: str) -> pl.Expr:
    return pl.col(column).is_not_null()


def _is_none_found() -> pl.Expr:
    return pl.col("evaluation").str.strip_chars().str.to_lowercase() == NONE_FOUND


def _cost() -> pl.Expr:
    cost = pl.col("cost").str.strip_chars().cast(pl.Float64, strict=False)
    return pl.when(cost.is_finite() & (cost >= 0)).then(cost)
