"""Reads any table of indicators that ``tables/`` declares: each row ends accepted, quarantined or a duplicate."""

from typing import Any, Final

import polars as pl

from data.model.absence import BELOW_THRESHOLD
from data.model.area_codes import AGGREGATE, TOTAL, Area, Scheme, area_of, others
from data.model.errors import DataError
from data.model.indicators import INDICATORS
from data.model.schema import conform
from data.model.sources import DEMONSTRATION, demonstration_of
from data.readers import parse
from data.readers.count_faults import A_TOTAL
from data.readers.count_marks import one_row_per_period
from data.readers.count_rows import Rule, faults, texts
from data.readers.indicators.keys import joined_parts, without_repeats, words_of
from data.readers.indicators.layout import AS_DECLARED, YEAR, AreaFrom, IndicatorLayout, Series, WordFrom
from data.readers.indicators.values import absence_of, is_no_value, number_of, with_numbers
from data.readers.periods import FIRST, HEADING, LAST, Stated, days_of, expected_words, period_columns, step_of
from data.readers.raw_rows import RAW
from data.readers.result import ROW, ReadResult, quarantine_row, quarantine_table
from data.readers.text_table import TOO_LONG, TextTable, is_too_long
from data.readers.whole_numbers import reasons

NO_AREA: Final = (
    "expected a country or an aggregate that the table of codes knows. Add it to data/files/area_codes.csv, or correct "
    "it at its source."
)
NO_WORD: Final = "expected a word: without one the row would be taken for a total. Correct it at its source."
NO_VALUE: Final = "expected a number, or a word that says why there is none. Correct it at its source."
LONGEST_NAMED: Final = 12


def read_indicators(table: TextTable, layout: IndicatorLayout, *, file: str) -> ReadResult:
    """Read one table as its layout declares it.

    A row with a fault and a row with a wrong number of fields go to quarantine; a row that says the same as one above
    it is a duplicate. All other rows give one figure or, in a wide table, one for each series that they state. A total
    is kept and marked as one; what has no value is kept with the kind of its absence (RULES R11).
    """
    rows = _with_year(texts(table, layout.columns_kept(table.columns)), layout, file=file)
    frame = with_numbers(one_row_per_period(rows, layout.columns_of_periods(rows.columns)), layout)
    first, last = days_of(layout.period)
    frame = frame.with_columns(first.alias(FIRST), last.alias(LAST))
    lines, frame = _without_sums(frame, layout, file=file)
    lines += faults(frame, _rules(layout, frame), file=file)
    lines += [
        quarantine_row(file=file, row=row, column=column, value=None, reason=reason, raw=raw)
        for row, reason, raw, column in table.broken
    ]
    bad = sorted({line["row"] for line in lines})
    figures = _figures(frame.filter(~pl.col(ROW).is_in(bad)), layout)
    kept, again = figures, 0
    if not layout.is_summed:
        kept, again, clashes = without_repeats(figures)
        lines += _lines_of_clashes(clashes, frame, layout, file=file)
    is_invented = DEMONSTRATION in table.columns
    about = demonstration_of(layout.about()) if is_invented else layout.about()
    return ReadResult(
        about=about,
        kind="indicators",
        layout=layout.id,
        file=file,
        rows_read=table.frame.height + len(table.broken),
        frame=conform(kept.with_columns(pl.lit(file).alias("file"), pl.col(ROW).alias("row")), "indicators"),
        quarantine=quarantine_table(lines),
        duplicates=again,
        unread_columns=_unread(table.columns, layout),
        notes=(layout.assumes,) if layout.assumes else (),
    )


def _with_year(rows: pl.DataFrame, layout: IndicatorLayout, *, file: str) -> pl.DataFrame:
    """Return the rows with the year that a sum below them states; raise DataError where it states none, or two."""
    if layout.year_in is None:
        return rows
    column, pattern = layout.year_in
    years = rows[column].str.extract(pattern).drop_nulls().unique().to_list()
    if len(years) != 1:
        found = " and ".join(sorted(years)) or "none"
        sentence = f"the column '{column}' states the year of all rows: found {found}. Give the table with its sums."
        raise DataError(sentence, file=file, code="NO_YEAR", column=column)
    return rows.with_columns(pl.lit(years[0]).alias(YEAR))


def _without_sums(
    frame: pl.DataFrame, layout: IndicatorLayout, *, file: str
) -> tuple[list[dict[str, Any]], pl.DataFrame]:
    """Return a quarantine line for each row that a text of it marks as a sum of others, and the other rows."""
    lines: list[dict[str, Any]] = []
    for column, words in layout.sums.items():
        is_sum = pl.col(column).str.contains(words).fill_null(value=False)
        found = frame.filter(is_sum).unique(ROW, keep="first", maintain_order=True).select(ROW, column, RAW)
        lines += [quarantine_row(file=file, row=row, column=column, value=value, raw=raw, reason=f"found {A_TOTAL}")
                  for row, value, raw in found.iter_rows()]  # fmt: skip
        frame = frame.filter(~is_sum)
    return lines, frame


def _rules(layout: IndicatorLayout, frame: pl.DataFrame) -> list[Rule]:
    """Return the rules of the layout: which rows break one, the column to name, and what was expected."""
    words = [(one.column, [*one.words, *one.totals]) for one in layout.words() if one.words and not one.is_open]
    words += [(column, list(known)) for column, known in layout.others.items()]
    needed = sorted({one.column for one in layout.words() if one.is_needed} & set(frame.columns))
    rules: list[Rule] = [
        (~pl.col(column).str.strip_chars().fill_null("").is_in(known), column, f"expected one of {_named(known)}.")
        for column, known in words
        if column in frame.columns
    ]
    rules += [(is_too_long(name), name, TOO_LONG) for name in sorted(layout.columns_read() & set(frame.columns))]
    rules += [(pl.col(name).is_null(), name, NO_WORD) for name in needed]
    rules += _period_rules(layout)
    rules += [rule for one in layout.areas() for rule in _area_rules(one, frame)]
    return rules + [rule for one in layout.series if one.column in frame.columns for rule in _value_rules(one, frame)]


def _period_rules(layout: IndicatorLayout) -> list[Rule]:
    """Return the rules of a row's days; none where the declaration states them for all rows."""
    if isinstance(layout.period, Stated):
        return []
    column = (period_columns(layout.period) or (HEADING,))[0]
    out = parse.is_out_of_bounds(pl.col(FIRST), since=layout.since).fill_null(value=False)
    return [
        (pl.col(FIRST).is_null() | pl.col(LAST).is_null(), column, expected_words(layout.period)),
        (out, column, parse.DAY_BOUNDS.replace("1990-01-01", str(layout.since))),
    ]


def _named(words: Any) -> str:
    known = sorted(word for word in words if word)
    more = len(known) - LONGEST_NAMED
    return ", ".join(known[:LONGEST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _area_rules(given: AreaFrom, frame: pl.DataFrame) -> list[Rule]:
    if given.column not in frame.columns or given.is_open:
        return []
    unknown = [text for text, area in _areas(frame, given).items() if area is None]
    text = pl.col(given.column).str.strip_chars()
    missing: list[Rule] = [(text.is_null(), given.column, NO_AREA)] if given.is_needed else []
    return [(text.is_in(unknown).fill_null(value=False), given.column, NO_AREA), *missing]


def _value_rules(series: Series, frame: pl.DataFrame) -> list[Rule]:
    found = []
    for column in filter(None, (series.column, series.denominator)):
        below = ~_is_signed(series.indicator) & (number_of(column) < 0)
        wrong = (is_no_value(column) | below).fill_null(value=False)
        if frame.select(wrong.any()).item():
            found += [(where, column, words) for where, words in reasons(pl.col(column), wrong, NO_VALUE)]
    return found


def _is_signed(given: str | WordFrom) -> pl.Expr:
    """Return whether a row's figure may be below 0."""
    signed = [one.id for one in INDICATORS.values() if one.is_signed]
    return _word(given).is_in(signed).fill_null(value=False)


def _areas(frame: pl.DataFrame, given: AreaFrom) -> dict[str, Area | None]:
    found = frame[given.column].drop_nulls().str.strip_chars().unique().to_list()
    return {text: _area(text, given.scheme, given.words) for text in found if text}


def _area(text: str, scheme: Scheme, words: Any) -> Area | None:
    return Area(words[text], "nobody") if text in words else area_of(text, scheme)


def _figures(frame: pl.DataFrame, layout: IndicatorLayout) -> pl.DataFrame:
    """Return one row per figure; a row of several series of which none says anything stays as one that is unknown."""
    series = [one for one in layout.series if one.column in frame.columns]
    parts = []
    for one in series:
        says_nothing = (absence_of(one.column) == "nothing").fill_null(value=False)
        parts.append(_of_series(frame.filter(~says_nothing), one, layout))
    found = pl.concat(parts)
    silent = frame.filter(~pl.col(ROW).is_in(found[ROW].unique().implode()))
    nothing = _of_series(silent, series[0], layout).with_columns(absence=pl.lit("unknown"))
    return pl.concat([found, nothing]).sort(ROW, maintain_order=True)


def _of_series(frame: pl.DataFrame, series: Series, layout: IndicatorLayout) -> pl.DataFrame:
    indicator = _word(series.indicator)
    units = {one: INDICATORS[one].unit for one in layout.indicators()}
    unit = _word(series.unit) if series.unit != AS_DECLARED else indicator.replace_strict(units, return_dtype=pl.String)
    stocks = [one for one in layout.indicators() if INDICATORS[one].is_stock]
    middle = pl.date(pl.col(FIRST).dt.year(), 7, 1)
    day = middle if layout.stock_day == "middle" else pl.col(FIRST if layout.stock_day == "first" else LAST)
    value = number_of(series.column)
    whole = number_of(series.denominator) if series.denominator else pl.lit(None, pl.Float64)
    places = {name: _place(frame, getattr(layout, name)) for name in ("area", "partner")}
    dimensions = {name: word for name, word in layout.parts.items() if word.column in frame.columns}
    totals: list[pl.Expr] = [pl.when(is_total).then(pl.lit(name)) for name, (_, is_total) in places.items()]
    totals += [_is_total_of(frame, name, word) for name, word in sorted(dimensions.items())]
    totals += [pl.lit(name) for name in series.totals]
    return frame.select(
        ROW,
        indicator.alias("indicator"),
        *(place.alias(name) for name, (place, _) in places.items()),
        pl.lit(layout.route, pl.String).alias("route"),
        joined_parts(dimensions, series.parts).alias("breakdown"),
        pl.concat_list(totals).list.drop_nulls().list.join(";").replace("", None).alias("totals"),
        pl.when(indicator.is_in(stocks)).then(day).otherwise(pl.col(FIRST)).alias("date_from"),
        pl.when(indicator.is_in(stocks)).then(day).otherwise(pl.col(LAST)).alias("date_to"),
        pl.when(indicator.is_in(stocks)).then(pl.lit("day")).otherwise(step_of(layout.period)).alias("step"),
        value.alias("value"),
        unit.alias("unit"),
        pl.when(value.is_null()).then(absence_of(series.column)).alias("absence"),
        _flag(frame, series, layout).alias("flag"),
        (value if series.denominator else pl.lit(None, pl.Float64)).alias("numerator"),
        whole.alias("denominator"),
    )


def _flag(frame: pl.DataFrame, series: Series, layout: IndicatorLayout) -> pl.Expr:
    """Return the publisher's flag, else what stands in the place of a value that is not shown: ``<5``."""
    is_hidden = absence_of(series.column) == BELOW_THRESHOLD
    bound = pl.when(is_hidden).then(pl.col(series.column).str.strip_chars())
    return pl.coalesce(pl.col(layout.flag).str.strip_chars(), bound) if layout.flag in frame.columns else bound


def _is_total_of(frame: pl.DataFrame, dimension: str, word: WordFrom) -> pl.Expr:
    """Return the dimension's name where a row is its total; of a table that has no parts in it no row is one."""
    words = [*word.totals, *word.overlaps]
    is_total = pl.col(word.column).str.strip_chars().is_in(words).fill_null(value=False)
    return pl.when(is_total if frame.select((~is_total).any()).item() else pl.lit(value=False)).then(pl.lit(dimension))


def _word(given: str | WordFrom) -> pl.Expr:
    if isinstance(given, str):
        return pl.lit(given, pl.String)
    return words_of(given)


def _place(frame: pl.DataFrame, given: AreaFrom | str | None) -> tuple[pl.Expr, pl.Expr]:
    """Return the id of an area (null: all together, or not stated), and whether it is one that sums up others."""
    no = pl.lit(value=False)
    if not isinstance(given, AreaFrom):
        return pl.lit(given, pl.String), pl.lit(value=others().get(given or "") == AGGREGATE)
    if given.column not in frame.columns:
        return pl.lit(None, pl.String), no
    found = {text: area for text, area in _areas(frame, given).items() if area}
    ids = {text: None if area.kind == TOTAL else area.id for text, area in found.items()}
    sums = [text for text, area in found.items() if area.kind in (TOTAL, AGGREGATE)]
    text = pl.col(given.column).str.strip_chars()
    if given.only:
        text = pl.when(pl.col(given.only[0]).str.strip_chars() == given.only[1]).then(text)
    return text.replace_strict(ids, default=None, return_dtype=pl.String), text.is_in(sums).fill_null(value=False)


def _lines_of_clashes(
    clashes: pl.DataFrame, frame: pl.DataFrame, layout: IndicatorLayout, *, file: str
) -> list[dict[str, Any]]:
    """Return a quarantine line for each row that says of one thing another value than another row."""
    raw = dict(frame.unique(ROW, keep="first").select(ROW, RAW).iter_rows())
    column = layout.series[0].column
    return [
        quarantine_row(file=file, row=row, column=column, value=value, raw=raw[row],
                       reason=f"found {value}, and another value of the same in row {other}. Correct it at its source.")
        for row, value, other in clashes.select(ROW, "value", "other").iter_rows()
    ]  # fmt: skip


def _unread(columns: list[str], layout: IndicatorLayout) -> tuple[str, ...]:
    known = layout.headers | layout.optional | layout.ignored | {DEMONSTRATION, *layout.columns_of_periods(columns)}
    return tuple(name for name in columns if name not in known)
