"""The answers about risk and hot spots as files: one table each, with what it is and what every column means."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import polars as pl

from data.errors import QueryError
from data.exports import KINDS
from data.exports.about import (
    AT_LEAST,
    BOUNDARIES,
    DEMONSTRATION,
    OWN_COLUMNS,
    SCOPE,
    About,
    source_words,
)
from data.hotspots import hot_spots_answer
from data.risk import DRAWS, SPREAD_WORDS
from data.risk_answers import refuse_unknown
from data.risk_over_time import STEPS, risk_over_time
from data.risk_words import left_out_words
from data.selection import Selection
from data.study import OFFERED, parse_hot_spots
from data.totals import checked, with_ids
from data.vintage import Vintage

Query = Mapping[str, list[str]]
RISK_KINDS: Final = ("csv", "zip", "xlsx", "parquet")
HOT_SPOT_KINDS: Final = (*RISK_KINDS, "geojson")
FIGURES: Final = {  # figure: its formats, each with its media type
    "risk": {kind: KINDS[kind][0] for kind in RISK_KINDS},
    "hotspots": {kind: KINDS[kind][0] for kind in HOT_SPOT_KINDS},
}
RISK_NOTES: Final = (
    AT_LEAST,
    "A risk is never stated without its formula and its denominator; the formulas are not to be mixed (RULES R4, R5).",
    f"low and high: the {SPREAD_WORDS}, 2.5 to 97.5 percentiles of {DRAWS:,} draws (RULES R8).",
    "The spread says nothing of deaths that nobody recorded.",
    "A risk is of a whole route. A cell has no denominator, so there is none of a cell (RULES R7).",
)
HOT_SPOT_NOTES: Final = (
    "A class says where more was recorded than around, not where it is more dangerous (RULES G6).",
    "Cells of the study area in which nothing was recorded are in the statistic, but not in this table (RULES G2).",
    BOUNDARIES,
)
COLUMNS: Final = OWN_COLUMNS | {
    "route": ("route id", "Route, as the vintage names it."),
    "route_name": ("", "Name of the route."),
    "from": ("day", "First day of the period."),
    "to": ("day", "Last day of the period, included."),
    "deaths": ("people", "Dead or missing on the route in the period, at least (C4)."),
    "interceptions": ("people", "Intercepted and returned; empty: not counted on every day, never 0 (R6)."),
    "arrivals": ("people", "Arrived on the far side; empty: not counted on every day, never 0 (R6)."),
    "events": ("", "Distinct events: on the route in the period (E1)."),
    "attempts": ("attempts", "Arrivals, interceptions and deaths together, where all are known (R3)."),
    "variant": ("", "rho: deaths per attempt; rho_arr: per arrival or death; kappa: per arrival (R4)."),
    "formula": ("", "How the variant is made."),
    "value": ("see the note on the variable", "The variant as a fraction, or the variable of a cell (R4, G1)."),
    "one_in": ("", "Rounded reciprocal of the value (R5)."),
    "left_out": (
        "",
        "What the period leaves out: places whose figures do not cover every day (R6), people without a day (C5).",
    ),
    "low": ("fraction", f"Low end of the {SPREAD_WORDS} (R8); empty: not known."),
    "high": ("fraction", f"High end of the {SPREAD_WORDS} (R8); empty: not known."),
    "not_computable": ("", "Why there is no value: which series does not cover which days (R6)."),
    "place": ("", "Where the cell's middle lies, from the nearest bundled place."),
    "dead_or_missing": ("people", "Dead or missing recorded in the cell, at least (C4)."),
    "z": ("", "Gi* of the cell and its first ring (G3); empty: not computable."),
    "p": ("0 to 1", "Two-sided probability of z."),
    "q": ("0 to 1", "The same after Benjamini and Hochberg's correction over all cells (G4)."),
    "class": ("", "hot or cold at 90, 95 or 99% by q, or not significant (G4)."),
    "stability": ("0 to 1", "Share of 200 draws in which the cell stays among the ten highest (H6)."),
    "rank": ("", "Place among the ten highest; read it only with its stability (H6)."),
    "emerging": ("", "Pattern over the months (G5)."),
}


def export_answer(vintage: Vintage, query: Query, *, figure: str, kind: str) -> tuple[bytes, str, str]:
    """Return (content, media type, file name) of the risk of a route by period, or of hot spots.

    Parameters
    ----------
    query : what ``/api/v1/hotspots`` takes; of a risk route, step (year or half-year), from, to, source
    figure : risk or hotspots
    kind : one of ``FIGURES``

    Raises
    ------
    QueryError
        The figure, the format or a parameter is not known, or there is nothing to answer.
    """
    if figure not in FIGURES:
        raise QueryError(f"There is no figure '{figure[:40]}'. Known: {', '.join(FIGURES)}.", parameter="figure")
    if kind not in FIGURES[figure]:
        known = ", ".join(FIGURES[figure])
        raise QueryError(f"There is no format '{kind[:40]}' of this figure. Known: {known}.", parameter="format")
    table, details = MAKERS[figure](vintage, query)
    if vintage.is_demonstration:
        table = table.with_columns(is_demonstration=pl.lit(value=True))
        details = _with_columns(details, table)
    media_type, write = KINDS[kind]
    return write(table, details), media_type, f"crossings-{figure}-{vintage.name}.{kind}"


def risk_table(answer: Mapping[str, Any]) -> pl.DataFrame:
    """Return one row per period and variant of an answer of ``risk_over_time``, oldest first (RULES R3 to R8)."""
    own = ("route", "route_name", "from", "to", "deaths", "interceptions", "arrivals", "attempts", "events")
    rows = [
        {name: period[name] for name in own} | {"variant": one["name"], "formula": one["formula"]}
        | {name: one.get(name) for name in ("value", "one_in", "low", "high", "not_computable")}
        | {"left_out": left_out_words(period)}
        for period in answer["periods"]
        for one in period["variants"]
    ]  # fmt: skip
    whole = dict.fromkeys(("deaths", "interceptions", "arrivals", "attempts", "events", "one_in"), pl.Int64)
    parts = dict.fromkeys(("value", "low", "high"), pl.Float64)
    texts = {"not_computable": pl.String, "left_out": pl.String}
    return pl.DataFrame(rows, schema_overrides={**whole, **parts, **texts}, infer_schema_length=None)


def hot_spots_table(answer: Mapping[str, Any]) -> pl.DataFrame:
    """Return one row per cell with a record, a class or a pattern, the highest value first."""
    names = ("cell", "place", "value", "incidents", "dead_or_missing", "largest_event", "dominance", "z", "p", "q",
             "class", "stability", "rank", *(["emerging"] if answer["emerging"] else []))  # fmt: skip
    floats = dict.fromkeys(("value", "dominance", "z", "p", "q", "stability"), pl.Float64)
    whole = dict.fromkeys(("incidents", "dead_or_missing", "largest_event", "rank"), pl.Int64)
    texts = dict.fromkeys(("cell", "place", "class", "emerging"), pl.String)
    types = {**floats, **whole, **texts}
    return pl.DataFrame([[one[name] for name in names] for one in answer["cells"]], orient="row",
                        schema={name: types[name] for name in names})  # fmt: skip


def _risk(vintage: Vintage, query: Query) -> tuple[pl.DataFrame, About]:
    rest = dict(query)
    steps = rest.pop("step", ["year"])
    refuse_unknown(rest, ("route", "from", "to", "source", "vintage", "v"))
    selection = checked(vintage, Selection.parse(with_ids(rest, vintage)))
    if len(selection.routes) != 1 or len(steps) != 1 or steps[0] not in STEPS:
        raise QueryError("'route' is one route, and 'step' is year or half-year.", parameter="route")
    asked = Selection(routes=selection.routes, start=selection.start, end=selection.end, source=selection.source)
    answer = risk_over_time(vintage, asked, steps[0])
    table = risk_table(answer)
    used = {one["source"] for period in answer["periods"] for one in period["sources"].values()}
    spoken = f"Deaths, arrivals, interceptions and risk on {answer['route_name']}, by {answer['step']}."
    return table, _about(vintage, "risk", table, sentence=spoken, used=used, notes=RISK_NOTES,
                         query=page_query(asked.but(routes=()), "risk", route=answer["route"], step=answer["step"]),
                         unit="people",
                         total=sum(period["deaths"] or 0 for period in answer["periods"]))  # fmt: skip


def _hot_spots(vintage: Vintage, query: Query) -> tuple[pl.DataFrame, About]:
    question = parse_hot_spots(query, vintage)
    answer = hot_spots_answer(vintage, question)
    table = hot_spots_table(answer)
    area = answer["study_area"]
    parts = (f"in the study area {answer['in_area']:,}, outside it {answer['outside_area']:,}, in no cell of this size "
             f"{answer['not_located']:,}")  # fmt: skip
    spoken = f"Hot spots of {answer['measure_name']}: {area['words']} Of the {answer['unit']} counted, {parts}."
    notes = [
        *HOT_SPOT_NOTES,
        answer["ranking"]["words"],
        *([answer["not_computable"]] * bool(answer["not_computable"])),
        *month_notes(answer["emerging"], answer["unit"]),
    ]
    size = question.selection.resolution
    page = page_query(
        question.selection.but(size=None), "hotspots", area=question.area, counted=question.measure,
        size=str(size) if size in OFFERED else "", patterns="yes" if question.is_emerging else "",
    )  # fmt: skip
    return table, _about(vintage, "hotspots", table, sentence=spoken, used={answer["source"]}, notes=notes,
                         query=page, unit=answer["unit"], total=answer["total"])  # fmt: skip


def page_query(selection: Selection, question: str, **options: str) -> str:
    """Return what opens the page at a question, its options chosen: the selection, then ``ask=risk&ask.route=…``."""
    chosen = [f"ask.{name}={value}" for name, value in options.items() if value]
    return "&".join(part for part in (selection.to_query(), f"ask={question}", *chosen) if part)


def month_notes(emerging: Mapping[str, Any] | None, unit: str) -> list[str]:
    """Return over which months the patterns are, and what is in none of them (RULES C5, T4)."""
    if emerging is None:
        return []
    parts = ", ".join(emerging["part_months"]) or "none"
    covered = f"Patterns are over {emerging['months']} months, {emerging['first_month']} to {emerging['last_month']}."
    left_out = f"Left out, as only a part is covered: {parts} ({emerging['in_part_months']:,} {unit})."
    return [f"{covered} {left_out} In no known month: {emerging['not_dated']:,} {unit}."]


def _about(
    vintage: Vintage, figure: str, table: pl.DataFrame, *, used: set[str | None], notes: Sequence[str], **own: Any
) -> About:
    """Return what travels with a table; ``own`` is its sentence, query, unit and total."""
    rows = vintage.sources.filter(pl.col("source").is_in([one for one in used if one]))
    said = [*notes, *([SCOPE] if any((one or "").startswith("mmp") for one in used) else []),
            *([DEMONSTRATION] if vintage.is_demonstration else [])]  # fmt: skip
    return About(
        title=f"Crossings: {figure}", figure=figure, measure="dead_or_missing", vintage=vintage.name,
        data_until=str(rows["last_date"].max() or "–"), parts={}, notes=tuple(said),
        sources=tuple(map(source_words, rows.sort("kind", "source", descending=[True, False]).to_dicts())),
        columns={name: COLUMNS[name] for name in table.columns}, **own,
    )  # fmt: skip


def _with_columns(details: About, table: pl.DataFrame) -> About:
    return About(**{**vars(details), "columns": {name: COLUMNS[name] for name in table.columns}})


MAKERS: Final[Mapping[str, Callable[[Vintage, Query], tuple[pl.DataFrame, About]]]] = {
    "risk": _risk, "hotspots": _hot_spots,
}  # fmt: skip
