"""Reads any table of counts that ``layouts/`` declares: each row ends accepted, quarantined or a duplicate, and why."""

from typing import Final

import polars as pl

from data.model import vocabulary
from data.model.countries import country_of, known_country
from data.model.errors import shown
from data.model.schema import conform
from data.model.sources import DEMONSTRATION, demonstration_of
from data.readers.count_checks import MOST_NAMED, checks
from data.readers.count_faults import WITHHELD, count_faults, withheld
from data.readers.count_figures import Figure, From, Given
from data.readers.count_layout import CountLayout
from data.readers.count_marks import NONE, TOTAL, mark_rows
from data.readers.count_rows import count, stated, texts, thousands_log
from data.readers.latest_reports import keep_latest
from data.readers.periods import FIRST, LAST, Period, step_of
from data.readers.result import ROW, ReadResult, log_changes, quarantine_row, quarantine_table
from data.readers.text_table import TextTable
from data.readers.unread_values import of_counts

UNMOVED: Final = "blank read as 0: the publisher's running sum does not move"
CLEANED: Final = "white space, HTML entities and marks that cannot be seen cleaned"
NO_COUNTRY: Final = "no country that is known: counted, without a nationality"


def read_counts(table: TextTable, layout: CountLayout, *, file: str) -> ReadResult:
    """Read one table as its layout declares it.

    A row with a fault, a row with a wrong number of fields and a row that sums up others go to quarantine; a row that
    a newer report states again is a duplicate. All other rows give one count or, in a wide table, one for each figure
    that they state; none gives no count at all.
    """
    whole = mark_rows(texts(table, layout.columns_kept(table.columns)), layout)
    lines = count_faults(whole, layout, file=file)
    bad = sorted({line["row"] for line in lines})
    lines += [
        quarantine_row(file=file, row=row, column=column, value=None, reason=reason, raw=raw)
        for row, reason, raw, column in table.broken
    ]
    frame = whole.filter(pl.col(TOTAL).is_null())
    latest = keep_latest(frame.filter(~pl.col(ROW).is_in(bad)), layout, file=file)
    kept = _counts(latest.rows, layout).with_columns(
        pl.col(ROW).alias("row"), pl.lit(file).alias("file"), pl.lit([], dtype=pl.List(pl.String)).alias("flags")
    )
    is_invented = DEMONSTRATION in table.columns
    rows_read = table.frame.height + len(table.broken)
    log = pl.concat([_log(frame, layout, file=file), withheld(frame, layout, file=file), latest.log])
    said, far = ((), ()) if is_invented else checks(latest.rows, kept, rows_read, layout)
    return ReadResult(
        about=demonstration_of(layout.about()) if is_invented else layout.about(),
        kind="counts",
        layout=layout.id,
        file=file,
        rows_read=rows_read,
        frame=conform(kept, "counts"),
        quarantine=quarantine_table(lines),
        log=log,
        duplicates=latest.older,
        unread_columns=_unread(table.columns, layout),
        unread_values=of_counts(latest.rows, layout),
        notes=(*_withheld_words(log), *said),
        far_outside=far,
    )


def _withheld_words(log: pl.DataFrame) -> list[str]:
    """Return a sentence for each value that was withheld, the first of them."""
    lines = log.filter(pl.col("rule") == WITHHELD).select("row", "column", "found")
    words = [
        f"Row {row}, column '{column}': found {shown(found)}, no count of 0 or more. It is withheld (unknown, not 0); "
        "the row's other counts stand."
        for row, column, found in lines.head(MOST_NAMED).iter_rows()
    ]
    more = lines.height - MOST_NAMED
    return [*words, f"{more:,} more values are withheld; the log has them."] if more > 0 else words


def _counts(frame: pl.DataFrame, layout: CountLayout) -> pl.DataFrame:
    """Return one row per count; a row that states no figure stays as one count of null, so that none is lost."""
    figures = [figure for figure in layout.figures if figure.column in frame.columns]
    counts = pl.concat([_of_figure(frame, figure, layout) for figure in figures])
    empty = frame.filter(~pl.col(ROW).is_in(counts[ROW].implode())).unique(ROW, keep="first", maintain_order=True)
    nothing = _rows(empty, layout.figures[0], layout.period, pl.lit(None, pl.Int64))
    return pl.concat([counts, nothing]).sort(ROW, maintain_order=True)


def _of_figure(frame: pl.DataFrame, figure: Figure, layout: CountLayout) -> pl.DataFrame:
    """Return the counts of one figure: its parts where they add up to it, else the whole."""
    said = frame.filter(stated(figure.column).is_not_null()) if layout.blank == "absent" else frame
    if not figure.parts or not all(part.column in frame.columns for part in figure.parts):
        return _rows(said, figure, layout.period, _value(figure))
    together = pl.sum_horizontal([count(part.column) for part in figure.parts], ignore_nulls=False)
    agrees = (together == count(figure.column)).fill_null(value=False)
    parts = [_rows(said.filter(agrees), part, layout.period, _value(part)) for part in figure.parts]
    return pl.concat([*parts, _rows(said.filter(~agrees), figure, layout.period, _value(figure))])


def _value(figure: Figure) -> pl.Expr:
    return pl.when(pl.col(NONE)).then(0).otherwise(count(figure.column))


def _rows(frame: pl.DataFrame, figure: Figure, period: Period, value: pl.Expr) -> pl.DataFrame:
    return frame.select(
        ROW,
        *(_given(frame, given).alias(name) for name, given in figure.given().items()),
        pl.col(FIRST).alias("date_from"),
        pl.col(LAST).alias("date_to"),
        step_of(period).alias("step"),
        value.alias("value"),
    )


def _given(frame: pl.DataFrame, given: Given) -> pl.Expr:
    """Return what a row states in a column, or what the layout states for all rows."""
    if not isinstance(given, From):
        return pl.lit(given, pl.String)
    text = stated(given.column).str.strip_chars()
    text = pl.when(~text.is_in(given.none)).then(text) if given.none else text
    if given.words:
        return text.replace_strict(dict(given.words), default=None, return_dtype=pl.String)
    if given.form in ("route", "country", "nationality"):
        return text.replace_strict(_names(frame, given), default=None, return_dtype=pl.String)
    return text.str.to_lowercase() if given.form == "lower" else _cleaned(frame, given.column)


def _cleaned(frame: pl.DataFrame, column: str) -> pl.Expr:
    """Return a column's texts on one line, without entities of HTML and marks that cannot be seen."""
    text = stated(column)
    found = frame.select(text).to_series().drop_nulls().unique()
    changed = {one: plain for one in found.to_list() if (plain := vocabulary.clean(one)) != one.strip()}
    return text.replace(changed) if changed else text


def _names(frame: pl.DataFrame, given: From) -> dict[str, str | None]:
    """Return the id of each route, country or nationality that a column names; None where no one is meant."""
    texts = frame.select(pl.col(given.column).str.strip_chars()).to_series().drop_nulls().unique().to_list()
    named = [text for text in texts if vocabulary.clean(text)]
    if given.form == "route":
        return {text: vocabulary.route_of(text)[0].id if vocabulary.states_route(text) else None for text in named}
    find = country_of if given.form == "country" else known_country
    return {text: term.id if (term := find(text)) else None for text in named}


def _log(frame: pl.DataFrame, layout: CountLayout, *, file: str) -> pl.DataFrame:
    """Return a line for each value that was read as something else than it states (RULES C2)."""
    blanks = log_changes(
        frame, file=file, column=layout.figures[0].column, found=pl.lit(None, pl.String), kept=pl.lit("0"),
        where=pl.col(NONE), rule=UNMOVED,
    )  # fmt: skip
    counted = [name for name in layout.count_columns() if name in frame.columns]
    named = [one for _, one in layout.froms() if one.form == "nationality"]
    unknown = [
        log_changes(frame, file=file, column=one.column, found=pl.col(one.column), kept=pl.lit(None, pl.String),
                    where=_is_unknown(frame, one), rule=NO_COUNTRY)
        for one in named
    ]  # fmt: skip
    texts_read = {one.column for _, one in layout.froms() if one.form == "text" and not one.words}
    cleaned = [
        log_changes(frame, file=file, column=name, found=pl.col(name), kept=_cleaned(frame, name),
                    where=_cleaned(frame, name) != stated(name), rule=CLEANED)
        for name in sorted(texts_read & set(frame.columns))
    ]  # fmt: skip
    return pl.concat([blanks, *unknown, *cleaned, thousands_log(frame, counted, file=file)])


def _is_unknown(frame: pl.DataFrame, given: From) -> pl.Expr:
    unknown = [text for text, code in _names(frame, given).items() if code is None and text not in given.none]
    return stated(given.column).str.strip_chars().is_in(unknown)


def _unread(columns: list[str], layout: CountLayout) -> tuple[str, ...]:
    """Return the columns that the declaration does not name."""
    known = layout.headers | layout.optional | layout.ignored | {DEMONSTRATION, *layout.columns_of_periods(columns)}
    return tuple(name for name in columns if name not in known)
