"""Who has no name? The dead and missing of whom not even an origin is known."""

from typing import Final

import polars as pl

from data.counting.measures import in_window, select_incidents
from data.model.days import Span, window_words
from data.model.notices import Notice, say
from data.pillars.models import Asked, Finding, ViewRow, nothing
from data.pillars.windows import span_of, window_of
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.risk.formulas import in_percent
from data.store.vintage import Vintage

UNKNOWN, PARTLY, PRESUMED, NAMED, UNSTATED = "unknown", "partly", "presumed", "named", "unstated"
KINDS: Final = (UNKNOWN, PARTLY, PRESUMED, NAMED, UNSTATED)
_WORDS: Final = pl.col("origin").str.to_lowercase().str.strip_chars()


def kind_of_origin() -> pl.Expr:
    """Return what a record says of the origin of its dead.

    ``unknown``: the publisher says so. ``partly``: several, or some of them unknown. ``presumed``: marked "(P)"
    (RULES Q5). ``named``: one or more places. ``unstated``: the record has nothing there, which is no answer.
    """
    is_unknown = _WORDS.str.contains("unknown")
    return (
        pl.when(pl.col("origin").is_null() | (_WORDS == "")).then(pl.lit(UNSTATED))
        .when(_WORDS.is_in(["unknown", "mixed/unknown"])).then(pl.lit(UNKNOWN))
        .when(is_unknown | _WORDS.str.starts_with("mixed")).then(pl.lit(PARTLY))
        .when(_WORDS.str.contains("(p)", literal=True)).then(pl.lit(PRESUMED))
        .otherwise(pl.lit(NAMED))
    )  # fmt: skip


def people_by_origin(incidents: pl.DataFrame) -> dict[str, int]:
    """Return people dead or missing by what is said of their origin; ``incidents`` has origin and dead_or_missing."""
    sums = incidents.group_by(kind_of_origin().alias("kind")).agg(pl.col("dead_or_missing").sum())
    return dict.fromkeys(KINDS, 0) | {one["kind"]: int(one["dead_or_missing"]) for one in sums.iter_rows(named=True)}


def unidentified(vintage: Vintage, asked: Asked) -> Finding:
    """Return the share of the dead and missing whose origin is unknown; presumed origins stand apart."""
    selection = Selection(routes=(asked.route,) if asked.route else ())
    source = incident_source(vintage, selection)
    if vintage.is_summed(source):
        return nothing(Notice("pillars.why.in_sums"))
    every = select_incidents(vintage, selection).select("origin", "dead_or_missing", "date_from", "date_to").collect()
    covered = span_of(every)
    if source is None or covered is None:
        return nothing(Notice("pillars.why.no_deaths"))
    window = window_of(asked, covered)
    inside = every.filter(in_window(*window))
    people = people_by_origin(inside)
    whole = sum(people.values()) - people[UNSTATED]
    rows = [_row(kind, people[kind], whole, window) for kind in KINDS]
    if whole <= 0:
        return nothing(Notice("pillars.why.no_origins", when=window_words(*window)), sources=(source,), rows=rows)
    value = people[UNKNOWN] / whole
    sentence = Notice(
        "pillars.unidentified.sentence", unknown=people[UNKNOWN], whole=whole, share=in_percent(value, decimals=1),
        when=window_words(*window), route=vintage.name_of("route", asked.route) if asked.route else None,
    )  # fmt: skip
    return Finding(sentence, value=value, unit="share", window=window, rows=rows, sources=(source,),
                   notes=[Notice("pillars.unidentified.tracing")])  # fmt: skip


def _row(kind: str, people: int, whole: int, window: Span) -> ViewRow:
    is_part = kind != UNSTATED and whole > 0
    return ViewRow(
        part=kind, name=say(f"pillars.unidentified.kind.{kind}"), what=say("pillars.unidentified.people"),
        date_from=window[0], date_to=window[1], value=people / whole if is_part else None, unit="share",
        numerator=people, denominator=whole if is_part else None,
        status="published" if is_part else "not_applicable",
    )  # fmt: skip
