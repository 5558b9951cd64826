"""What a report says of a table of counts: what it takes for granted, words nobody declared, sums that do not agree."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from data.readers.count_layout import CountLayout, Expected
from data.readers.count_rows import count, stated
from data.readers.periods import CELL
from data.readers.result import ROW

MOST_NAMED: Final = 5
FAR: Final = 3  # times more: an ingest waits for a person
INTERNAL: Final = "__"
MOST_REPEATED: Final = 0.1  # of the rows; tidied tables join names into one code, so that a few are repeated
COMPARE: Final = "Compare the file with its publisher's page."
Found = Iterator[tuple[str, bool]]  # a sentence, and whether it is of what lies far outside
Said = tuple[tuple[str, ...], tuple[str, ...]]


def checks(rows: pl.DataFrame, counts: pl.DataFrame, rows_read: int, layout: CountLayout) -> Said:
    """Return the report's sentences on accepted rows, and those of what lies far outside of what is expected.

    Nothing is refused for them here.
    """
    ranges = list(_outside(counts, rows_read, rows, layout.expected)) if layout.expected else []
    said = [layout.assumes] if layout.assumes else []
    ranges = [*_repeats(rows, layout), *ranges]
    said += [*_unknown_words(rows, layout), *_sums(rows, layout), *(sentence for sentence, _ in ranges)]
    return (*said, COMPARE) if ranges else tuple(said), tuple(sentence for sentence, is_far in ranges if is_far)


def _unknown_words(rows: pl.DataFrame, layout: CountLayout) -> Iterator[str]:
    """Return a sentence for each word, of a column that is not read as a value, that the declaration does not name."""
    for column, known in layout.known.items():
        if column not in rows.columns:
            continue
        others = rows.filter(stated(column).is_not_null() & ~pl.col(column).str.strip_chars().is_in(known))
        for word, number in others.group_by(column).agg(pl.col(ROW).n_unique()).sort(column).head(MOST_NAMED).rows():
            yield (
                f"Column '{column}' has {number:,} row{'' if number == 1 else 's'} of '{word}', a word that is new "
                "here. They are counted; look whether they are a part of what other rows count."
            )


def _repeats(rows: pl.DataFrame, layout: CountLayout) -> Found:
    """Return a sentence where rows state again of whom, where and when another row counts: perhaps the same people."""
    counted = layout.count_columns()
    names = [name for name in rows.columns if not name.startswith(INTERNAL) and name not in counted]
    if CELL in rows.columns or not names:
        return
    again = rows.height - rows.n_unique(names)
    if again:
        exact = rows.height - rows.n_unique([*names, *(name for name in counted if name in rows.columns)])
        rows_differ = "1 row differs" if again == 1 else f"{again:,} rows differ"
        words = f"{rows_differ} from another one at most in the count ({exact:,} in nothing). All are counted."
        yield words, again > MOST_REPEATED * rows.height


def _sums(rows: pl.DataFrame, layout: CountLayout) -> Iterator[str]:
    """Return a sentence where the counts of a row do not add up to the sum that it states; nothing is repaired."""
    if layout.row_sum is None:
        return
    column = CELL if CELL in rows.columns else layout.figures[0].column
    numbers = rows.select(
        ROW, count(column).alias("sum"), count(layout.row_sum).alias("said")
    )  # a column's marks prove
    sums = numbers.group_by(ROW, maintain_order=True).agg(pl.col("sum").sum(), pl.col("said").first())
    wrong = sums.filter(pl.col("sum") != pl.col("said"))
    for row, added, said in wrong.head(MOST_NAMED).iter_rows():
        yield f"Row {row}: its counts add up to {added:,}, and '{layout.row_sum}' says {said:,}. The counts are kept."
    more = wrong.height - MOST_NAMED
    if more > 0:
        do, say = ("row does", "it says") if more == 1 else ("rows do", "they say")
        yield f"{more:,} more {do} not add up to what {say}."


def _outside(counts: pl.DataFrame, rows_read: int, rows: pl.DataFrame, expected: Expected) -> Found:
    low, high = expected.rows
    if not low <= rows_read <= high:
        words = f"{rows_read:,} rows are outside the {low:,} to {high:,} that are expected of this layout."
        yield words, rows_read > high * FAR  # few rows are a filtered download, which E7 guards
    yield from _periods(counts, *expected.per_period)
    sums = dict(counts.group_by("unit").agg(pl.col("value").sum()).iter_rows())
    for unit, (low, high) in expected.totals.items():
        if unit in sums and not low <= sums[unit] <= high:
            words = f"The file has {sums[unit]:,} {unit} in all, outside the {low:,} to {high:,} that are expected."
            yield words, sums[unit] > high * FAR
    for column, least in expected.fill.items():
        filled = rows.select(stated(column).is_not_null().mean()).item() if rows.height else least
        if filled < least:
            words = f"{filled:.0%} of column '{column}' is filled, where at least {least:.0%} is expected."
            yield words, filled < least / 2 and rows_read >= expected.rows[0]


def _periods(counts: pl.DataFrame, low: int, high: int) -> Found:
    sums = counts.group_by("unit", "step", "date_from").agg(pl.col("value").sum()).drop_nulls()
    odd = sums.filter(~pl.col("value").is_between(low, high)).sort("date_from", "unit")
    for unit, step, day, value in odd.head(MOST_NAMED).iter_rows():
        words = f"The {step} from {day} has {value:,} {unit}, outside the {low:,} to {high:,} that are expected."
        yield words, value > high * FAR
    more = odd.height - MOST_NAMED
    if more > 0:
        yield f"{more:,} more {'period is' if more == 1 else 'periods are'} outside that range.", False
