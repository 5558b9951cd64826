"""Reads any table of counts that ``layouts.py`` declares: every row ends accepted or quarantined, with its reason."""

from typing import Final

import polars as pl

from data.model import vocabulary
from data.model.countries import country_of
from data.model.schema import conform
from data.model.sources import demonstration_of
from data.readers import parse
from data.readers.count_layout import (
    CountLayout,
    Day,
    Figure,
    From,
    Given,
    Month,
    MonthAndYear,
    Period,
    Span,
    Step,
    Year,
    period_columns,
)  # fmt: skip
from data.readers.count_rows import Rule, bad_counts, count, faults, stated, texts, thousands_log
from data.readers.result import ROW, ReadResult, log_changes, quarantine_row, quarantine_table
from data.readers.text_table import TextTable

DEMONSTRATION: Final = "demonstration"
FIRST, LAST, TOTAL, NONE = "__first", "__last", "__total", "__none"
NO_COUNT: Final = "expected a count. Correct it at its source."
A_TOTAL: Final = "a row that sums up others, which are counted. Nothing is to be done."
UNMOVED: Final = "blank read as 0: the publisher's running sum does not move"
MOST_WARNINGS: Final = 5


def read_counts(table: TextTable, layout: CountLayout, *, file: str) -> ReadResult:
    """Read one table as its layout declares it.

    A row with a fault, a row with a wrong number of fields and a row that sums up others go to quarantine. All other
    rows give one count or, in a wide table, one for each figure that they state; none gives no count at all.
    """
    whole = _marked(texts(table), layout)
    frame, totals = whole.filter(~pl.col(TOTAL)), whole.filter(TOTAL)
    lines = faults(frame, _rules(layout, frame.columns), file=file)
    lines += [
        quarantine_row(file=file, row=row, column=column, value=value, reason=f"found {A_TOTAL}", raw=raw)
        for column in list(layout.totals)[:1]
        for row, value, raw in totals.select(ROW, column, "__raw").iter_rows()
    ]
    bad = sorted({line["row"] for line in lines})
    lines += [
        quarantine_row(file=file, row=row, column=None, value=None, reason=reason, raw=raw)
        for row, reason, raw in table.broken
    ]
    counts = _counts(frame, layout).filter(~pl.col(ROW).is_in(bad))
    kept = counts.with_columns(
        pl.col(ROW).alias("row"), pl.lit(file).alias("file"), pl.lit([], dtype=pl.List(pl.String)).alias("flags")
    )
    is_invented = DEMONSTRATION in table.columns
    rows_read = table.frame.height + len(table.broken)
    return ReadResult(
        about=demonstration_of(layout.about()) if is_invented else layout.about(),
        kind="counts",
        layout=layout.id,
        file=file,
        rows_read=rows_read,
        frame=conform(kept, "counts"),
        quarantine=quarantine_table(lines),
        log=_log(frame, layout, file=file),
        unread_columns=_unread(table.columns, layout),
        notes=() if is_invented else _warnings(kept, rows_read, layout),
    )


def _marked(frame: pl.DataFrame, layout: CountLayout) -> pl.DataFrame:
    """Return the rows with their days, and whether each sums up others or is a blank that means none."""
    first, last = _days(layout.period)
    total = [pl.col(name).str.strip_chars().is_in(words) for name, words in layout.totals.items()]
    is_none = pl.lit(value=False)
    if layout.running_sum is not None:
        running = count(layout.running_sum)
        before = pl.when(first.dt.ordinal_day() == 1).then(0).otherwise(running.shift(1))
        is_none = stated(layout.figures[0].column).is_null() & (running == before)
    return frame.with_columns(
        first.alias(FIRST), last.alias(LAST),
        (pl.any_horizontal(total) if total else pl.lit(value=False)).fill_null(value=False).alias(TOTAL),
        is_none.fill_null(value=False).alias(NONE),
    )  # fmt: skip


def _days(period: Period) -> tuple[pl.Expr, pl.Expr]:
    """Return the first and last day of each row; null where it states none."""
    match period:
        case Day(column, form):
            days = parse.day_in_form(pl.col(column), form) if form else parse.day(pl.col(column))
            return days, days
        case Month(column, form):
            return parse.month_days(pl.col(column), form)
        case MonthAndYear(month, year):
            number = parse.month_number(pl.col(month))
            first = pl.date(parse.year_number(pl.col(year)), pl.when(number.is_between(1, 12)).then(number), 1)
            return first, first.dt.month_end()
        case Year(column):
            number = parse.year_number(pl.col(column))
            return pl.date(number, 1, 1), pl.date(number, 12, 31)
        case Span(first_day, last_day):
            return parse.day(pl.col(first_day)), parse.day(pl.col(last_day))


def _step(period: Period) -> pl.Expr:
    """Return the length of each row's period in the words of the counts table."""
    if isinstance(period, Span):
        days = (pl.col(LAST) - pl.col(FIRST)).dt.total_days() + 1
        return pl.when(days == 1).then(pl.lit("day")).when(days <= 31).then(pl.lit("month")).otherwise(pl.lit("year"))
    steps: dict[type[Period], Step] = {Day: "day", Month: "month", MonthAndYear: "month", Year: "year"}
    return pl.lit(steps[type(period)])


def _rules(layout: CountLayout, columns: list[str]) -> list[Rule]:
    """Return the rules of the layout: which rows break one, the column to name, and what was expected."""
    counted = [name for name in layout.count_columns() if name in columns]
    rules = [_word_rule(value) for _, value in layout.froms() if value.words]
    rules += [*_period_rules(layout.period), *(rule for column in counted for rule in bad_counts(column))]
    if layout.blank == "refused":
        rules += [(stated(name).is_null(), name, NO_COUNT) for name in counted]
    rules += [(stated(one.column).is_null(), one.column, f"expected a {name}.")
              for name, one in layout.froms() if one.is_needed]  # fmt: skip
    return rules


def _word_rule(value: From) -> Rule:
    known = sorted(value.words)
    return ~pl.col(value.column).is_in(known), value.column, f"expected one of {', '.join(known)}."


def _period_rules(period: Period) -> list[Rule]:
    """Return the rules for the days; each names the form that was expected."""
    column = period_columns(period)[0]
    if isinstance(period, Span):
        late = pl.col(LAST).is_null() | (pl.col(LAST) < pl.col(FIRST))
        day = "expected a day such as 2024-06-30. Correct it at its source."
        return [
            (pl.col(FIRST).is_null(), column, day),
            (late, period.last, f"expected a day not before {period.first}."),
            *_bounds(column, period.last),
        ]
    expected = {
        Day: f"expected a day such as {getattr(period, 'form', '') or '2024-06-30'}. Correct it at its source.",
        Month: f"expected a month such as {getattr(period, 'form', '')}. Correct it at its source.",
        MonthAndYear: "expected a month and a year.",
        Year: "expected a year such as 2024. Correct it at its source.",
    }
    return [(pl.col(FIRST).is_null(), column, expected[type(period)]), *_bounds(column, column)]


def _bounds(first: str, last: str) -> list[Rule]:
    """Return the rules that refuse days that cannot be (RULES Q8)."""
    early, late = parse.is_out_of_bounds(pl.col(FIRST)), parse.is_out_of_bounds(pl.col(LAST))
    return [
        (early.fill_null(value=False), first, parse.DAY_BOUNDS),
        (late.fill_null(value=False) & ~early.fill_null(value=False), last, parse.DAY_BOUNDS),
    ]


def _counts(frame: pl.DataFrame, layout: CountLayout) -> pl.DataFrame:
    """Return one row per count; a row that states no figure stays as one count of null, so that none is lost."""
    figures = [figure for figure in layout.figures if figure.column in frame.columns]
    counts = pl.concat([_of_figure(frame, figure, layout) for figure in figures])
    empty = frame.filter(~pl.col(ROW).is_in(counts[ROW].implode()))
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
        _step(period).alias("step"),
        value.alias("value"),
    )


def _given(frame: pl.DataFrame, given: Given) -> pl.Expr:
    """Return what a row states in a column, or what the layout states for all rows."""
    if not isinstance(given, From):
        return pl.lit(given, pl.String)
    column = pl.col(given.column)
    if given.words:
        return column.replace_strict(dict(given.words), default=None, return_dtype=pl.String)
    if given.form == "route":
        found = [text for text in frame[given.column].drop_nulls().unique().to_list() if vocabulary.clean(text)]
        routes = {text: vocabulary.route_of(text)[0].id for text in found}
        return column.replace_strict(routes, default=None, return_dtype=pl.String)
    if given.form == "country":
        found = [text for text in frame[given.column].drop_nulls().unique().to_list() if vocabulary.clean(text)]
        codes = {text: term.id for text in found if (term := country_of(text))}
        return stated(given.column).replace_strict(codes, default=None, return_dtype=pl.String)
    return stated(given.column).str.to_lowercase() if given.form == "lower" else stated(given.column)


def _log(frame: pl.DataFrame, layout: CountLayout, *, file: str) -> pl.DataFrame:
    """Return a line for each blank that was read as 0 and each count with thousands commas (RULES C2)."""
    blanks = log_changes(
        frame, file=file, column=layout.figures[0].column, found=pl.lit(None, pl.String), kept=pl.lit("0"),
        where=pl.col(NONE), rule=UNMOVED,
    )  # fmt: skip
    counted = [name for name in layout.count_columns() if name in frame.columns]
    return pl.concat([blanks, thousands_log(frame, counted, file=file)])


def _unread(columns: list[str], layout: CountLayout) -> tuple[str, ...]:
    """Return the columns that the declaration does not name."""
    known = layout.headers | layout.optional | layout.ignored | {DEMONSTRATION}
    return tuple(name for name in columns if name not in known)


def _warnings(counts: pl.DataFrame, rows_read: int, layout: CountLayout) -> tuple[str, ...]:
    """Return a sentence for what lies outside the expected range; nothing is refused for it."""
    if layout.expected is None:
        return ()
    low, high = layout.expected.rows
    found = []
    if not low <= rows_read <= high:
        found.append(f"{rows_read:,} rows are outside the {low:,} to {high:,} that are expected of this layout.")
    low, high = layout.expected.per_period
    sums = counts.group_by("unit", "step", "date_from").agg(pl.col("value").sum()).drop_nulls()
    odd = sums.filter(~pl.col("value").is_between(low, high)).sort("date_from", "unit")
    found += [
        f"The {step} from {day} has {value:,} {unit}, outside the {low:,} to {high:,} that are expected."
        for unit, step, day, value in odd.head(MOST_WARNINGS).iter_rows()
    ]
    if odd.height > MOST_WARNINGS:
        found.append(f"{odd.height - MOST_WARNINGS:,} more periods are outside that range.")
    return (*found, "Compare the file with its publisher's page.") if found else ()
