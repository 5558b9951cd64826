"""How do people die on this route? Cause, mode and route of deaths over time, and the toll of each event."""

from typing import Final

import polars as pl

from data.counting.measures import amount, in_window, is_dated, select_counted
from data.model.days import Span, window_words
from data.model.notices import Notice, say
from data.model.vocabulary import cause_names, route_modes
from data.pillars.models import Asked, Finding, ViewRow, nothing
from data.pillars.windows import span_of, window_of
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.vintage import Vintage

PEOPLE: Final = "dead_or_missing"
NONE: Final = "none"  # no class of cause, no route, no mode: a group of its own, never left out (RULES C5)
MOST_TEXTS: Final = 3
MOST_CLAUSES: Final = 3
STEPS: Final = {"year": "%Y", "month": "%Y-%m"}


def how_they_die(vintage: Vintage, asked: Asked) -> Finding:
    """Return people dead or missing by cause; by cause, mode and route; by cause and period; and the toll per event.

    Each of these partitions adds up to the same D (RULES C5): what has no class, no route or no date of this step is a
    row of its own.
    """
    selection = Selection(routes=(asked.route,) if asked.route else ())
    source = incident_source(vintage, selection)
    every = select_counted(vintage, selection).with_columns(
        pl.col("cause", "route").fill_null(NONE),
        pl.col("route").replace_strict(route_modes(), default=NONE, return_dtype=pl.String).alias("mode"),
    )
    known = every.select(pl.col("date_from").min(), pl.col("date_to").max()).collect()
    covered = span_of(known)
    if source is None or covered is None:
        return nothing(Notice("pillars.why.no_deaths"))
    window = window_of(asked, covered)
    inside = every.filter(in_window(*window)).collect()
    is_held_in_sums = vintage.is_summed(source)
    by_cause = _sums(inside, ["cause"], is_held_in_sums)
    whole = int(by_cause[PEOPLE].sum())
    if whole <= 0:
        return nothing(Notice("pillars.why.no_deaths_then", when=window_words(*window)), sources=(source,))
    undated = every.filter(pl.col("date_from").is_null()).select(pl.col(PEOPLE).sum()).collect().item()
    sentence = Notice(
        "pillars.how_they_die.sentence", people=whole, when=window_words(*window),
        route=vintage.name_of("route", asked.route) if asked.route else None,
        causes=[Notice("pillars.how_they_die.cause", cause=cause_name(one["cause"]), people=one[PEOPLE])
                for one in by_cause.head(MOST_CLAUSES).iter_rows(named=True)],
    )  # fmt: skip
    rows = [
        *_cause_rows(by_cause, inside, window),
        *([] if is_held_in_sums else _event_rows(inside, window)),
        *_route_rows(vintage, _sums(inside, ["cause", "mode", "route"], is_held_in_sums), window),
        *_period_rows(inside, window, is_held_in_sums),
    ]
    notes = [Notice("pillars.how_they_die.undated", people=int(undated))] if undated else []
    notes += [Notice("pillars.how_they_die.no_events")] if is_held_in_sums else []
    return Finding(sentence, value=whole, unit="people", window=window, rows=rows, sources=(source,), notes=notes)


def _sums(rows: pl.DataFrame, by: list[str], is_summed: bool) -> pl.DataFrame:
    """Return people dead or missing of each group, most first; groups without anyone stay out."""
    sums = rows.group_by(by).agg(amount(PEOPLE, is_summed=is_summed)).filter(pl.col(PEOPLE).fill_null(0) != 0)
    return sums.sort(PEOPLE, *by, descending=[True, *(False for _ in by)])


def _cause_rows(by_cause: pl.DataFrame, inside: pl.DataFrame, window: Span) -> list[ViewRow]:
    texts = published_words(inside)
    return [_row(one["cause"], cause_name(one["cause"]), "by_cause", one[PEOPLE], window,
                 note=_class_words(texts.get(one["cause"], []))) for one in by_cause.to_dicts()]  # fmt: skip


def published_words(rows: pl.DataFrame) -> dict[str, list[str]]:
    """Return the causes as their publisher writes them, by class, most frequent first; empty where none is held."""
    if "cause_text" not in rows.columns:
        return {}
    sums = rows.drop_nulls("cause_text").group_by("cause", "cause_text").len()
    listed = sums.sort("len", "cause_text", descending=[True, False]).group_by("cause", maintain_order=True)
    return {one["cause"]: one["cause_text"] for one in listed.agg("cause_text").to_dicts()}


def _class_words(texts: list[str]) -> str | None:
    if not texts:
        return None
    rest = len(texts) - MOST_TEXTS
    return say("pillars.how_they_die.class", texts="; ".join(texts[:MOST_TEXTS]), more=max(rest, 0))


def _event_rows(inside: pl.DataFrame, window: Span) -> list[ViewRow]:
    """Return the toll of each event by cause; a record of many events is in none (RULES E4)."""
    single = inside.filter(~pl.col("is_cumulative").fill_null(value=False))
    events = single.group_by("cause").agg(amount(PEOPLE), amount("events").alias("events"))
    known = events.filter(pl.col("events") > 0).drop_nulls(PEOPLE).sort(PEOPLE, "cause", descending=[True, False])
    return [_row(f"event/{one['cause']}", cause_name(one["cause"]), "per_event", one[PEOPLE] / one["events"], window,
                 unit="people_per_event", quotient=(one[PEOPLE], one["events"]))
            for one in known.to_dicts()]  # fmt: skip


def _route_rows(vintage: Vintage, sums: pl.DataFrame, window: Span) -> list[ViewRow]:
    return [
        _row("/".join((one["cause"], one["mode"], one["route"])),
             say("pillars.how_they_die.on_route", cause=cause_name(one["cause"]), mode=mode_words(one["mode"]),
                 route=_route_name(vintage, one["route"])),
             "by_route", one[PEOPLE], window)
        for one in sums.to_dicts()
    ]  # fmt: skip


def _period_rows(inside: pl.DataFrame, window: Span, is_summed: bool) -> list[ViewRow]:
    """Return people by cause and period: years, or months where the window is within one year."""
    step = "month" if window[0].year == window[1].year else "year"
    first = pl.col("date_from").dt.truncate("1mo" if step == "month" else "1y")
    dated, other = inside.filter(is_dated(step)), inside.filter(~is_dated(step))
    sums = dated.group_by(first.alias("first"), "cause").agg(amount(PEOPLE, is_summed=is_summed))
    sums = sums.with_columns(last=pl.col("first").dt.offset_by("1mo" if step == "month" else "1y").dt.offset_by("-1d"))
    found = [
        _row(f"{one['cause']}/{one['first'].strftime(STEPS[step])}", cause_name(one["cause"]), "by_period",
             one[PEOPLE], (one["first"], one["last"]))
        for one in sums.filter(pl.col(PEOPLE).fill_null(0) != 0).sort("first", "cause").to_dicts()
    ]  # fmt: skip
    if rest := int(other[PEOPLE].sum() or 0):
        found.append(_row("not_dated", say("pillars.how_they_die.not_dated"), "by_period", rest, window))
    return found


def _row(part: str, name: str, what: str, value: float, window: Span, *, unit: str = "people",
         quotient: tuple[float, float] | None = None, note: str | None = None) -> ViewRow:  # fmt: skip
    above, below = quotient or (None, None)
    return ViewRow(
        part=part, name=name, what=say(f"pillars.how_they_die.{what}"), date_from=window[0], date_to=window[1],
        value=value, unit=unit, numerator=above, denominator=below, note=note,
    )  # fmt: skip


def cause_name(cause: str) -> str:
    """Return the name of a class of cause, or that none is stated."""
    return say("pillars.how_they_die.no_class") if cause == NONE else cause_names().get(cause, cause)


def mode_words(mode: str) -> str:
    """Return how people travel on a route, in words."""
    return say(f"pillars.mode.{mode}")


def _route_name(vintage: Vintage, route: str) -> str:
    return say("pillars.how_they_die.no_route") if route == NONE else vintage.name_of("route", route)
