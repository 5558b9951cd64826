"""From parsed incident rows to the incidents table: faults, dates, places, names, flags and the log."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from data.model import vocabulary
from data.model.countries import country_of, is_known
from data.model.schema import conform
from data.readers import personal
from data.readers.clean_texts import cleaned
from data.readers.content_ids import content_ids
from data.readers.incident_faults import PEOPLE, date_log, faults_of, value_log
from data.readers.location import located
from data.readers.raw_rows import RAW, RawRows
from data.readers.result import ROW, ROW_ID, ReadResult, log_changes, quarantine_row, quarantine_table
from data.readers.sources import source_of

TEXTS: Final = ("place", "cause", "reporter")


@dataclass(frozen=True)
class Shape:
    """What is to be known of a layout.

    ``is_grouped``: each row sums several incidents (E4). ``stated``: the fields that it states, where it has no ids and
    a record's id is made of its content. ``notes`` go into the report, ``log`` has what was read before.
    """

    has_total: bool
    is_grouped: bool = False
    stated: frozenset[str] | None = None
    notes: tuple[str, ...] = ()
    log: pl.DataFrame | None = None


def finish(
    frame: pl.DataFrame,
    raw: RawRows,
    *,
    broken: list[tuple[int, str, str]],
    source: str,
    layout: str,
    file: str,
    unread: tuple[str, ...],
    shape: Shape,
) -> ReadResult:
    """Return the file's accepted incidents, its quarantine and its log."""
    faults = [*faults_of(frame, raw, file=file), *personal.text_faults(frame, TEXTS, file=file)]
    bad_rows = {fault["row"] for fault in faults}
    faults += [
        quarantine_row(file=file, row=row, column=None, value=None, reason=reason, raw=raw)
        for row, reason, raw in broken
    ]
    good = frame.filter(~pl.col(ROW).is_in(sorted(bad_rows)))
    good, repeats, clashes = _by_record_id(good, raw, file=file)
    faults += clashes
    named, name_log = _named(_dated(good), file=file)
    placed, place_log = located(named, file=file)
    flagged = _identified(_flagged(placed, shape), shape)
    logs = [value_log(good, file=file), date_log(good, file=file), name_log, place_log]
    return ReadResult(
        about=source_of(source),
        kind="incidents",
        layout=layout,
        file=file,
        rows_read=frame.height + len(broken),
        frame=conform(_columns(flagged, file=file), "incidents"),
        quarantine=quarantine_table(faults),
        log=pl.concat([*logs, *([] if shape.log is None else [shape.log])]).sort("row", maintain_order=True),
        duplicates=repeats,
        unread_columns=unread,
        notes=(*shape.notes, *_repeats_told(flagged)),
        names=_names(good),
    )


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


def _by_record_id(frame: pl.DataFrame, raw: RawRows, *, file: str) -> tuple[pl.DataFrame, int, list[dict[str, Any]]]:
    """Return the rows to keep, how many repeat a record id with the same content, and those that clash.

    Only where the layout has a record id of its own: a repeated Main ID is a split event (RULES E1), and
    equal rows without a record id stand as published (E3).
    """
    if frame["incident_id"].null_count() == frame.height:
        return frame, 0, []
    several = frame.filter(pl.col("incident_id").is_not_null() & pl.col("incident_id").is_duplicated())
    several = raw.beside(several.select(ROW, "incident_id"))
    clash = several.filter(pl.col(RAW).n_unique().over("incident_id") > 1)
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
    rest = frame.filter(~pl.col(ROW).is_in(clash[ROW].implode()))
    again = pl.col("incident_id").is_not_null() & ~pl.col("incident_id").is_first_distinct()
    kept = rest.filter(~again)
    return kept, rest.height - kept.height, lines


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

    ids = frame.with_columns(
        _lookup(frame, "route", lambda t: vocabulary.route_of(t)[0].id).alias("route_id"),
        _lookup(frame, "cause", cause).alias("cause_id"),
        _lookup(frame, "region", lambda t: vocabulary.region_of(t).id).alias("region_id"),
        _lookup(frame, "country", lambda t: term.id if (term := country_of(t)) else None).alias("country_id"),
        _lookup(frame, "country", lambda t: None if is_known(t) else vocabulary.clean(t)).alias("country_unknown"),
        _lookup(frame, "route", lambda t: None if vocabulary.route_of(t)[1] else t).alias("route_unknown"),
        *(cleaned(frame[name]).alias(f"{name}_clean") for name in ("place", "cause", "reporter", "url")),
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
                    where=pl.col("place") != pl.col("place_clean"), rule="white space and HTML entities cleaned"),
    ]  # fmt: skip
    return ids, pl.concat(logs)


def _names(frame: pl.DataFrame) -> dict[str, dict[str, str]]:
    """Return the name of every route, region and country that the file speaks of, by id."""
    readers: dict[str, Callable[[str], vocabulary.Term | None]] = {
        "route": lambda text: vocabulary.route_of(text)[0],
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
    stated = pl.col("dead_value").fill_null(0) + pl.col("missing_value").fill_null(0)
    any_toll = pl.any_horizontal(pl.col("dead_value", "missing_value").is_not_null())
    total = pl.coalesce(pl.col("total_value"), pl.when(any_toll).then(stated))
    split = {name: pl.when(pl.col(f"{name}_value") >= 0).then(pl.col(f"{name}_value")) for name in PEOPLE[3:]}
    female_male = split["female"].fill_null(0) + split["male"].fill_null(0)
    too_many = (female_male > total) | (split["children"] > total)
    codes = pl.col("quality").str.extract_all(r"[1-5]")
    content = pl.struct("main_id", pl.exclude(ROW, "^.*_value$", "^.*_id$", "^.*_clean$"))
    has_ids = frame["incident_id"].null_count() == 0
    is_same = pl.lit(value=False) if has_ids else pl.col("incident_id").is_null() & content.is_duplicated()
    conditions = {
        "C2": pl.lit(shape.has_total) & pl.col("total_value").is_not_null() & (pl.col("total_value") != stated),
        "C3": (pl.col("missing_value") < 0) | (pl.col("dead_value") < 0),
        "E3": is_same,
        "E4": pl.lit(shape.is_grouped) | pl.col("incident_type").str.contains("(?i)cumulative").fill_null(value=False),
        "E5": total == 0,
        "Q1": codes.list.len() > 1,
        "Q2": pl.col("date_precision").is_null(),
        "Q6": too_many,
        "Q3": pl.col("location_precision").is_in(["unknown", "area"]),
        "Q4": pl.col("is_far"),
        "Q9": pl.col("is_unread"),
    }
    flags = pl.concat_list(
        pl.when(hit.fill_null(value=False)).then(pl.lit(code)) for code, hit in conditions.items()
    ).list.drop_nulls()
    return frame.with_columns(
        total.alias("total_kept"),
        *(pl.when(~too_many.fill_null(value=False)).then(split[n]).alias(f"{n}_kept") for n in PEOPLE[4:]),
        split["survivors"].alias("survivors_kept"),
        codes.list.eval(pl.element().cast(pl.UInt8)).list.min().alias("quality_kept"),
        conditions["E4"].fill_null(value=False).alias("is_cumulative"),
        flags.alias("flags"),
        (is_same if has_ids else is_same & ~content.is_first_distinct()).alias("is_repeat"),
    )


def _columns(frame: pl.DataFrame, *, file: str) -> pl.DataFrame:
    """Return the columns of the incidents table under their own names."""
    on_map = ~pl.col("is_cumulative") & (pl.col("total_kept").fill_null(0) != 0)  # RULES E4, E5
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
        pl.coalesce("country_origin", "region_origin").alias("origin"),
        pl.col("quality_kept").alias("quality"),
        "latitude", "longitude", "location_precision",
        pl.when(on_map).then(pl.col("finest_resolution")).alias("finest_resolution"),
        pl.when(on_map).then(pl.col("cell")).alias("cell"),
        pl.col("reporter_clean").alias("reporter"),
        pl.col("url_clean").alias("url"),
        "flags",
    )  # fmt: skip
