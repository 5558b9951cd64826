"""The answers about risk and hot spots as files: one table each, with what it is and what every column means."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypedDict, Unpack

import polars as pl
from msgspec.structs import replace

from data.exports.about import UNIT, About, cited_source, own_column
from data.exports.numbers import KINDS
from data.hotspots.answer import hot_spots_answer
from data.hotspots.answer_model import EmergingStated, HotSpotsAnswer
from data.hotspots.request import OFFERED, parse_hot_spots
from data.model.errors import QueryError
from data.model.notices import Labels, say
from data.query.parameters import RISK_STEP, refuse_unknown, take
from data.query.restriction import reader_marks
from data.query.selection import Selection
from data.risk.answer import ASKED, BESIDE, one_route
from data.risk.by_period import RiskOverTime, risk_over_time
from data.risk.formulas import DRAWS
from data.risk.models import RiskAnswer, VariantAnswer
from data.risk.sentences import left_out_words
from data.store.vintage import Vintage

Query = Mapping[str, list[str]]
RISK_KINDS: Final = ("csv", "zip", "xlsx", "parquet")
HOT_SPOT_KINDS: Final = (*RISK_KINDS, "geojson")
FIGURES: Final = {  # figure: its formats, each with its media type
    "risk": {kind: KINDS[kind][0] for kind in RISK_KINDS},
    "hotspots": {kind: KINDS[kind][0] for kind in HOT_SPOT_KINDS},
}
FIELDS: Final = {"class": "class_name"}  # of a cell of hot spots, where a column has another name
COLUMNS: Final = {  # columns of these answers alone, with their unit
    "events": "",
    "arrivals": "people",
    "route": "route_id",
    "route_name": "",
    "from": "day",
    "to": "day",
    "deaths": "people",
    "interceptions": "people",
    "attempts": "attempts",
    "variant": "",
    "formula": "",
    "value": "variable",
    "one_in": "",
    "left_out": "",
    "low": "fraction",
    "high": "fraction",
    "not_computable": "",
    "place": "",
    "dead_or_missing": "people",
    "z": "",
    "p": "share",
    "q": "share",
    "class": "",
    "stability": "share",
    "rank": "",
    "emerging": "",
}
MEANING: Final = Labels("exports.answer_column", COLUMNS)


def export_answer(vintage: Vintage, query: Query, *, figure: str, kind: str, site: str = "") -> tuple[bytes, str, str]:
    """Return (content, media type, file name) of the risk of a route by period, or of hot spots.

    Parameters
    ----------
    query : what ``/api/v1/hotspots`` takes; of a risk route, step (year or half-year), from, to, source
    figure : risk or hotspots
    kind : one of ``FIGURES``
    site : where the page is, for the address that opens the view again

    Raises
    ------
    QueryError
        The figure, the format or a parameter is not known, or there is nothing to answer.
    """
    if figure not in FIGURES:
        raise QueryError(say("exports.refused.figure", name=figure[:40], known=", ".join(FIGURES)), parameter="figure")
    if kind not in FIGURES[figure]:
        known = ", ".join(FIGURES[figure])
        raise QueryError(say("exports.refused.format_of_figure", name=kind[:40], known=known), parameter="format")
    table, details = MAKERS[figure](vintage, query)
    if vintage.is_demonstration:
        table = table.with_columns(is_demonstration=pl.lit(value=True))
        details = _with_columns(details, table)
    media_type, write = KINDS[kind]
    return write(table, replace(details, site=site)), media_type, f"crossings-{figure}-{vintage.name}.{kind}"


def risk_table(answer: RiskOverTime) -> pl.DataFrame:
    """Return one row per period and variant of an answer of ``risk_over_time``, oldest first (RULES R3 to R8)."""
    rows = [_risk_row(period.risk, one) for period in answer.periods for one in period.risk.variants]
    whole = dict.fromkeys(("deaths", "interceptions", "arrivals", "attempts", "events", "one_in"), pl.Int64)
    parts = dict.fromkeys(("value", "low", "high"), pl.Float64)
    texts = {"not_computable": pl.String, "left_out": pl.String}
    return pl.DataFrame(rows, schema_overrides={**whole, **parts, **texts}, infer_schema_length=None)


def _risk_row(risk: RiskAnswer, one: VariantAnswer) -> dict[str, str | float | None]:
    found = one.computed
    return {
        "route": risk.route, "route_name": risk.route_name, "from": str(risk.first), "to": str(risk.last),
        "deaths": risk.deaths, "interceptions": risk.interceptions, "arrivals": risk.arrivals,
        "attempts": risk.attempts, "events": risk.events, "variant": one.name, "formula": str(one.formula),
        "value": found and found.value, "one_in": found and found.one_in, "low": found and found.low,
        "high": found and found.high, "not_computable": None if found else str(one.why_not),
        "left_out": left_out_words(risk),
    }  # fmt: skip


def hot_spots_table(answer: HotSpotsAnswer) -> pl.DataFrame:
    """Return one row per cell with a record, a class or a pattern, the highest value first."""
    names = ("cell", "place", "value", "incidents", "dead_or_missing", "largest_event", "dominance", "z", "p", "q",
             "class", "stability", "rank", *(["emerging"] if answer.emerging else []))  # fmt: skip
    floats = dict.fromkeys(("value", "dominance", "z", "p", "q", "stability"), pl.Float64)
    whole = dict.fromkeys(("incidents", "dead_or_missing", "largest_event", "rank"), pl.Int64)
    texts = dict.fromkeys(("cell", "place", "class", "emerging"), pl.String)
    types = {**floats, **whole, **texts}
    rows = [[getattr(one, FIELDS.get(name, name)) for name in names] for one in answer.cells]
    return pl.DataFrame(rows, orient="row", schema={name: types[name] for name in names})


def _risk(vintage: Vintage, query: Query) -> tuple[pl.DataFrame, About]:
    own, rest = take(query, RISK_STEP)
    refuse_unknown(rest, (*ASKED, *BESIDE))
    selection = one_route(rest, vintage)
    asked = Selection(routes=selection.routes, start=selection.start, end=selection.end, source=selection.source)
    answer = risk_over_time(vintage, asked, own["step"])
    table = risk_table(answer)
    inputs = [period.risk.sources for period in answer.periods]
    used = {one.source for sources in inputs for one in (sources.deaths, sources.arrivals, sources.interceptions)}
    spoken = say("risk.file.sentence", route=answer.route_name, step=answer.step)
    return table, _about(vintage, "risk", table, sentence=spoken, used=used, notes=_risk_notes(),
                         query=page_query(asked.replace(routes=()), "risk", route=answer.route, step=answer.step),
                         unit="people",
                         total=sum(period.risk.deaths or 0 for period in answer.periods))  # fmt: skip


def _risk_notes() -> tuple[str, ...]:
    return (say("statement.at_least"), say("risk.file.formula"), say("risk.file.spread", draws=DRAWS),
            say("risk.file.unrecorded"), say("risk.file.whole_route"))  # fmt: skip


def _hot_spots(vintage: Vintage, query: Query) -> tuple[pl.DataFrame, About]:
    question = parse_hot_spots(query, vintage)
    answer = hot_spots_answer(vintage, question)
    table = hot_spots_table(answer)
    sentence = say(
        "hotspots.file.sentence", variable=answer.measure_name, area=answer.study_area.words, unit=answer.unit,
        in_area=answer.in_area, outside_area=answer.outside_area, not_located=answer.not_located,
    )  # fmt: skip
    notes = [
        say("hotspots.file.not_danger"),
        say("hotspots.file.zeros"),
        say("statement.boundaries"),
        str(answer.ranking.words),
        *([str(answer.not_computable)] if answer.not_computable else []),
        *month_notes(answer.emerging, answer.unit),
    ]
    size = question.selection.resolution
    chosen = question.selection.replace(resolution_chosen=None)
    page = page_query(
        chosen, "hotspots", study_area=question.area, counted=question.measure,
        size=str(size) if size in OFFERED else "", patterns="yes" if question.is_emerging else "",
    )  # fmt: skip
    return table, _about(vintage, "hotspots", table, sentence=sentence, used={answer.source}, notes=notes,
                         query=page, unit=answer.unit, total=answer.total)  # fmt: skip


def page_query(selection: Selection, question: str, **options: str) -> str:
    """Return what opens the page at a question, its options chosen: the selection, then ``ask=risk&ask.route=…``."""
    chosen = [f"ask.{name}={value}" for name, value in options.items() if value]
    return "&".join(part for part in (selection.to_query(), f"ask={question}", *chosen) if part)


def month_notes(emerging: EmergingStated | None, unit: str) -> list[str]:
    """Return over which months the patterns are, and what is in none of them (RULES C5, T4)."""
    if emerging is None:
        return []
    parts = ", ".join(emerging.part_months) or say("hotspots.file.no_parts")
    said = say(
        "hotspots.file.months", months=emerging.months, first=emerging.first_month, last=emerging.last_month,
        parts=parts, in_part_months=emerging.in_part_months, not_dated=emerging.not_dated, unit=unit,
    )  # fmt: skip
    return [said]


class Stated(TypedDict):
    """What a table says of itself that its maker knows."""

    sentence: str
    query: str
    unit: str
    total: int | None


def _about(
    vintage: Vintage,
    figure: str,
    table: pl.DataFrame,
    *,
    used: set[str | None],
    notes: Sequence[str],
    **own: Unpack[Stated],
) -> About:
    """Return what travels with a table."""
    rows = vintage.sources.filter(pl.col("source").is_in([one for one in used if one]))
    said = [*notes, *([say("statement.scope")] if any((one or "").startswith("mmp") for one in used) else []),
            *([say("statement.demonstration")] if vintage.is_demonstration else []),
            *map(str, reader_marks(vintage))]  # fmt: skip
    return About(
        title=say("exports.title", figure=figure), figure=figure, measure="dead_or_missing", vintage=vintage.name,
        data_until=str(rows["last_date"].max() or "–"), parts={}, notes=tuple(said),
        sources=tuple(map(cited_source, rows.sort("kind", "source", descending=[True, False]).to_dicts())),
        columns={name: _column(name) for name in table.columns}, **own,
    )  # fmt: skip


def _column(name: str) -> tuple[str, str]:
    return (UNIT.get(COLUMNS[name], ""), MEANING[name]) if name in COLUMNS else own_column(name)


def _with_columns(details: About, table: pl.DataFrame) -> About:
    return replace(details, columns={name: _column(name) for name in table.columns})


MAKERS: Final[Mapping[str, Callable[[Vintage, Query], tuple[pl.DataFrame, About]]]] = {
    "risk": _risk, "hotspots": _hot_spots,
}  # fmt: skip
