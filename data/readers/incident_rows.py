"""From parsed incident rows to the incidents table: faults, dates, places, names, flags and the log."""

from collections.abc import Callable
from typing import Any

import polars as pl

from data.model import vocabulary
from data.model.countries import country_of, is_known
from data.model.schema import conform
from data.readers.clean_texts import cleaned
from data.readers.content_ids import content_ids
from data.readers.incident_faults import PEOPLE, date_log, faults_of, value_log
from data.readers.incident_layout import Shape
from data.readers.incident_values import each_once
from data.readers.location import located
from data.readers.raw_rows import RAW, WHOLE, RawRows
from data.readers.result import ROW, ROW_ID, ReadResult, log_changes, quarantine_row, quarantine_table
from data.readers.sources import source_of
from data.readers.text_table import Broken
from data.readers.unread_values import READ_AS_CATEGORIES, knows_route, of_incidents

CLEANED = ("place", "cause", "country_origin", "region_origin", "reporter", "url")


def finish(
    frame: pl.DataFrame,
    raw: RawRows,
    *,
    broken: list[Broken],
    source: str,
    layout: str,
    file: str,
    unread: tuple[str, ...],
    shape: Shape,
) -> ReadResult:
    """Return the file's accepted incidents, its quarantine and its log."""
    faults = faults_of(frame, raw, file=file)
    bad_rows = {fault["row"] for fault in faults}
    faults += [
        quarantine_row(file=file, row=row, column=column, value=None, reason=reason, raw=text)
        for row, reason, text, column in broken
    ]
    is_good = ~frame[ROW].is_in(sorted(bad_rows))
    kept, repeats, clashes = _by_record_id(frame, is_good, raw, file=file)
    faults += clashes
    rows_read = frame.height + len(broken)
    logs = [log.filter(pl.col("row").is_in(frame[ROW].filter(kept).implode()))
            for log in (value_log(frame, file=file), date_log(frame, file=file))]  # fmt: skip
    unknown = of_incidents(frame.select(READ_AS_CATEGORIES).filter(kept), shape.headings)
    good = _without_read_texts(frame).filter(kept)
    del frame  # large: what is made of it needs the room
    names = _names(good)
    named, name_log = _named(_dated(good), file=file)
    del good
    placed, place_log = located(named, file=file)
    del named
    flagged = _identified(_flagged(placed, shape), shape)
    del placed
    logs += [name_log, place_log]
    return ReadResult(
        about=source_of(source),
        kind="incidents",
        layout=layout,
        file=file,
        rows_read=rows_read,
        frame=conform(_columns(flagged, file=file), "incidents"),
        quarantine=quarantine_table(faults),
        log=pl.concat([*logs, *([] if shape.log is None else [shape.log])]).sort("row", maintain_order=True),
        duplicates=repeats,
        unread_columns=unread,
        unread_values=unknown,
        notes=(*shape.notes, *_repeats_told(flagged)),
        names=names,
    )


def _without_read_texts(frame: pl.DataFrame) -> pl.DataFrame:
    """Return ``frame`` without the texts of which the values say all; where ids lack, texts tell equal rows (E3)."""
    if frame["incident_id"].null_count():
        return frame
    return frame.drop(*PEOPLE, "date", "year", "month", "unsd", "article")


def _identified(frame: pl.DataFrame, shape: Shape) -> pl.DataFrame:
    """Return ``frame`` with record_id and event_id: the publisher's, else of the content, else the row's number."""
    made = pl.concat_str(pl.lit(ROW_ID), pl.col(ROW).cast(pl.String))
    if shape.stated is not None:
        made = pl.lit(content_ids(frame, shape.stated))
    return frame.with_columns(
        pl.coalesce("incident_id", made).alias("record_id"),
        pl.coalesce("main_id", "incident_id", made).alias("event_id"),
    )


def _repeats_told(frame: pl.DataFrame) -> list[str]:
    """Return the sentence on equal rows without an id, with both totals (RULES E3); none where there are none."""
    again = frame.filter("is_repeat")
    if again.is_empty():
        return []
    whole, more = (int(rows["total_kept"].sum()) for rows in (frame, again))
    told = f"{again.height:,} rows equal another row in all that is read, and stand as published (RULES E3): "
    return [f"{told}{whole:,} people with them, {whole - more:,} without."]


def _by_record_id(
    frame: pl.DataFrame, is_good: pl.Series, raw: RawRows, *, file: str
) -> tuple[pl.Series, int, list[dict[str, Any]]]:
    """Return which of the good rows to keep, how many repeat a record id with the same content, and those that clash.

    Only where the layout has a record id of its own: a repeated Main ID is a split event (RULES E1), and
    equal rows without a record id stand as published (E3).
    """
    ids = frame.select(ROW, "incident_id").filter(is_good & frame["incident_id"].is_not_null())
    several = raw.beside(ids.filter(pl.col("incident_id").is_duplicated()))
    clash = several.filter(pl.col(WHOLE).n_unique().over("incident_id") > 1)
    lines = [
        quarantine_row(
            file=file,
            row=row,
            column="incident_id",
            value=record,
            reason=f"found {record} on rows with different content, expected one record per id. "
            "Compare the rows; correct the id or remove the outdated row at its source.",
            raw=raw,
        )
        for row, record, raw in clash.select(ROW, "incident_id", RAW).iter_rows()
    ]
    again = several.filter(~pl.col("incident_id").is_first_distinct() & ~pl.col(ROW).is_in(clash[ROW].implode()))
    gone = pl.concat([clash[ROW], again[ROW]])
    return is_good & ~frame[ROW].is_in(gone.implode()), again.height, lines


def _dated(frame: pl.DataFrame) -> pl.DataFrame:
    """Return ``frame`` with date_from, date_to, date_precision (RULES Q2): the day, else month, else year."""
    month = pl.when(pl.col("month_value").is_between(1, 12)).then(pl.col("month_value"))
    first = pl.date(pl.col("year_value"), month.fill_null(1), 1)
    last = pl.when(month.is_not_null()).then(first.dt.month_end()).otherwise(pl.date(pl.col("year_value"), 12, 31))
    has_year = pl.col("year_value").is_not_null()
    return frame.with_columns(
        pl.coalesce(pl.col("date_value"), pl.when(has_year).then(first)).alias("date_from"),
        pl.coalesce(pl.col("date_value"), pl.when(has_year).then(last)).alias("date_to"),
        pl.when(pl.col("date_value").is_not_null())
        .then(pl.lit("day"))
        .when(has_year & month.is_not_null())
        .then(pl.lit("month"))
        .when(has_year)
        .then(pl.lit("year"))
        .alias("date_precision"),
    )


def _lookup(frame: pl.DataFrame, column: str, named: Any) -> pl.Expr:
    texts = frame[column].drop_nulls().unique().to_list()
    table = {text: named(text) for text in texts if vocabulary.clean(text)}
    return pl.col(column).replace_strict(table, default=None, return_dtype=pl.String)


def _named(frame: pl.DataFrame, *, file: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return ``frame`` with ids for route, cause, region and country, and a log of names no table knows."""

    def cause(text: str) -> str | None:
        term = vocabulary.cause_of(text)
        return term.id if term else None

    def route(text: str) -> str | None:
        return vocabulary.route_of(text)[0].id if vocabulary.states_route(text) else None

    ids = frame.with_columns(
        _lookup(frame, "route", route).alias("route_id"),
        _lookup(frame, "cause", cause).alias("cause_id"),
        _lookup(frame, "region", lambda t: vocabulary.region_of(t).id).alias("region_id"),
        _lookup(frame, "country", lambda t: term.id if (term := country_of(t)) else None).alias("country_id"),
        _lookup(frame, "country", lambda t: None if is_known(t) else vocabulary.clean(t)).alias("country_unknown"),
        _lookup(frame, "route", lambda t: None if knows_route(t) else t).alias("route_unknown"),
        *(cleaned(frame[name]).alias(f"{name}_clean") for name in CLEANED),
    )
    logs = [
        log_changes(ids, file=file, column="route", found=pl.col("route"), kept=pl.col("route_id"),
                    where=pl.col("route_unknown").is_not_null(), rule="route is not in the table of names"),
        log_changes(ids, file=file, column="country", found=pl.col("country"), kept=pl.col("country_id"),
                    where=pl.col("country_unknown").is_not_null(), rule="country is not in the table of names"),
        log_changes(ids, file=file, column="cause", found=pl.col("cause"), kept=pl.lit(None, pl.String),
                    where=pl.col("cause_clean").is_not_null() & pl.col("cause_id").is_null(),
                    rule="cause is in none of the 7 classes"),
        log_changes(ids, file=file, column="place", found=pl.col("place"), kept=pl.col("place_clean"),
                    where=pl.col("place") != pl.col("place_clean"),
                    rule="white space, HTML entities and marks that cannot be seen cleaned"),
    ]  # fmt: skip
    if frame["incident_id"].null_count():
        return ids, pl.concat(logs)
    return ids.drop("route", "cause", "region", "place", "reporter", "url", "^.*_unknown$"), pl.concat(logs)


def _names(frame: pl.DataFrame) -> dict[str, dict[str, str]]:
    """Return the name of every route, region and country that the file speaks of, by id."""
    readers: dict[str, Callable[[str], vocabulary.Term | None]] = {
        "route": lambda text: vocabulary.route_of(text)[0] if vocabulary.states_route(text) else None,
        "region": vocabulary.region_of,
        "country": country_of,
    }
    return {
        kind: {
            term.id: term.name
            for text in sorted(frame[kind].drop_nulls().unique().to_list())
            if vocabulary.clean(text) and (term := named(text))
        }
        for kind, named in readers.items()
    }


def _flagged(frame: pl.DataFrame, shape: Shape) -> pl.DataFrame:
    """Return ``frame`` with the total (C1), clean splits (Q6), quality (Q1) and the flags of the rules."""
    codes = pl.col("quality").str.extract_all(r"[1-5]")
    is_cumulative = pl.lit(shape.is_grouped) | pl.col("incident_type").str.contains("(?i)cumulative")
    told = each_once(
        frame.select("quality", "incident_type"),
        codes.list.eval(pl.element().cast(pl.UInt8)).list.min().alias("quality_kept"),
        (codes.list.len() > 1).alias("has_several_qualities"),
        is_cumulative.fill_null(value=False).alias("is_cumulative"),
    )
    stated = pl.col("dead_value").fill_null(0) + pl.col("missing_value").fill_null(0)
    any_toll = pl.any_horizontal(pl.col("dead_value", "missing_value").is_not_null())
    total = pl.coalesce(pl.col("total_value"), pl.when(any_toll).then(stated))
    split = {name: pl.when(pl.col(f"{name}_value") >= 0).then(pl.col(f"{name}_value")) for name in PEOPLE[3:]}
    female_male = split["female"].fill_null(0) + split["male"].fill_null(0)
    too_many = (female_male > total) | (split["children"] > total)
    content = pl.struct("main_id", pl.exclude(ROW, "^.*_value$", "^.*_id$", "^.*_clean$"))
    frame = pl.concat([frame, told], how="horizontal")
    has_ids = frame["incident_id"].null_count() == 0
    is_same = pl.lit(value=False) if has_ids else pl.col("incident_id").is_null() & content.is_duplicated()
    conditions = {
        "C2": pl.lit(shape.has_total) & pl.col("total_value").is_not_null() & (pl.col("total_value") != stated),
        "C3": (pl.col("missing_value") < 0) | (pl.col("dead_value") < 0),
        "E3": is_same,
        "E4": pl.col("is_cumulative"),
        "E5": total == 0,
        "Q1": pl.col("has_several_qualities"),
        "Q2": pl.col("date_precision").is_null(),
        "Q6": too_many,
        "Q3": pl.col("location_precision").is_in(["unknown", "area"]),
        "Q4": pl.col("is_far"),
        "Q9": pl.col("is_unread"),
    }
    return frame.with_columns(
        total.alias("total_kept"),
        *(pl.when(~too_many.fill_null(value=False)).then(split[n]).alias(f"{n}_kept") for n in PEOPLE[4:]),
        split["survivors"].alias("survivors_kept"),
        _flags(frame, conditions),
        (is_same if has_ids else is_same & ~content.is_first_distinct()).alias("is_repeat"),
    )


def _flags(frame: pl.DataFrame, conditions: dict[str, pl.Expr]) -> pl.Series:
    """Return the codes of the conditions that hold for each row: few sets of them occur, and each is made once."""
    bits = [hit.fill_null(value=False).cast(pl.UInt16) * (1 << n) for n, hit in enumerate(conditions.values())]
    held = frame.select(pl.sum_horizontal(bits).cast(pl.UInt16).alias("held"))
    sets = [(one, [code for n, code in enumerate(conditions) if one >> n & 1]) for one in held["held"].unique()]
    table = pl.DataFrame(sets, schema={"held": pl.UInt16, "flags": pl.List(pl.String)}, orient="row")
    return held.join(table, on="held", how="left", maintain_order="left")["flags"]


def is_on_map(*, toll: str, of: Any = pl) -> Any:
    """Return whether a record may lie in a cell at all (RULES E4, E5), as an expression of polars or of narwhals."""
    return ~of.col("is_cumulative") & (of.col(toll).fill_null(0) != 0)


def _columns(frame: pl.DataFrame, *, file: str) -> pl.DataFrame:
    """Return the columns of the incidents table under their own names."""
    on_map = is_on_map(toll="total_kept")
    return frame.select(
        pl.lit(file).alias("file"),
        pl.col(ROW).alias("row"),
        "record_id", "event_id",
        "is_cumulative", "date_from", "date_to", "date_precision",
        pl.col("dead_value").alias("dead"),
        pl.col("missing_value").alias("missing"),
        pl.col("total_kept").alias("dead_or_missing"),
        *(pl.col(f"{name}_kept").alias(name) for name in ("survivors", "female", "male", "children")),
        pl.col("region_id").alias("region"),
        pl.col("country_id").alias("country"),
        pl.col("route_id").alias("route"),
        pl.col("cause_id").alias("cause"),
        pl.col("cause_clean").alias("cause_text"),
        pl.col("place_clean").alias("place"),
        pl.coalesce("country_origin_clean", "region_origin_clean").alias("origin"),
        pl.col("quality_kept").alias("quality"),
        "latitude", "longitude", "location_precision",
        pl.when(on_map).then(pl.col("finest_resolution")).alias("finest_resolution"),
        pl.when(on_map).then(pl.col("cell")).alias("cell"),
        pl.col("reporter_clean").alias("reporter"),
        pl.col("url_clean").alias("url"),
        "flags",
    )  # fmt: skip
