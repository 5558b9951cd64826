"""Which rows of a table of counts cannot be accepted, and why: every rule of its declaration, in order."""

from typing import Any, Final

import polars as pl

from data.model.days import EARLIEST
from data.model.schema import empty
from data.readers import parse
from data.readers.count_figures import From
from data.readers.count_layout import CountLayout
from data.readers.count_marks import TOTAL
from data.readers.count_rows import Rule, bad_counts, count, faults, is_no_count, stated
from data.readers.periods import CELL, FIRST, HEADING, LAST, Span, expected_words, period_columns, plain
from data.readers.raw_rows import RAW
from data.readers.result import ROW, log_changes, quarantine_row
from data.readers.text_table import TOO_LONG, is_too_long

NO_COUNT: Final = "expected a count. Correct it at its source."
A_TOTAL: Final = "a row that sums up others, which are counted. Nothing is to be done."
A_LONE_TOTAL: Final = "a row that sums up others, and the file has none of those. Give the rows that it sums up."
NOT_YET: Final = "which is after the day of its report: nobody was counted yet. Nothing is to be done."
WITHHELD: Final = "Q7: no count, withheld; the other counts of its row stand"


def count_faults(frame: pl.DataFrame, layout: CountLayout, *, file: str) -> list[dict[str, Any]]:
    """Return a quarantine line for each row that sums up others, and for each rule that another row breaks."""
    totals, rest = frame.filter(pl.col(TOTAL).is_not_null()), frame.filter(pl.col(TOTAL).is_null())
    lines = [
        line
        for column in totals[TOTAL].unique(maintain_order=True)
        for line in _lines_of_totals(
            totals.filter(pl.col(TOTAL) == column), column, A_LONE_TOTAL if rest.is_empty() else A_TOTAL, file=file
        )
    ]
    return lines + faults(rest, _rules(layout, rest), file=file)


def _lines_of_totals(totals: pl.DataFrame, column: str, reason: str, *, file: str) -> list[dict[str, Any]]:
    rows = totals.unique(ROW, keep="first", maintain_order=True).select(ROW, column, RAW)
    return [
        quarantine_row(file=file, row=row, column=column, value=value, reason=f"found {reason}", raw=raw)
        for row, value, raw in rows.iter_rows()
    ]


def _rules(layout: CountLayout, frame: pl.DataFrame) -> list[Rule]:
    """Return the rules of the layout: which rows break one, the column to name, and what was expected."""
    rules = [_word_rule(value) for _, value in layout.froms() if value.words and not value.is_open]
    read = sorted({value.column for _, value in layout.froms()} & set(frame.columns))
    rules += [(is_too_long(name), name, TOO_LONG) for name in read]
    rules += [*_period_rules(layout), *_count_rules(layout, frame)]
    rules += [(stated(one.column).is_null(), one.column, f"expected a {name}.")
              for name, one in layout.froms() if one.is_needed]  # fmt: skip
    if layout.latest is not None:
        rules += _report_rules(layout, frame)
    return rules


def _count_rules(layout: CountLayout, frame: pl.DataFrame) -> list[Rule]:
    """Return the rules on counts; of a row with several, one that is none is withheld where another stands."""
    counted = [name for name in layout.count_columns() if name in frame.columns]
    wrong = frame.select(is_no_count(name).any().alias(name) for name in counted).row(0, named=True)
    unless = has_a_count(layout, counted)
    rules = [rule for name in counted if wrong[name] for rule in bad_counts(name, unless=unless)]
    if layout.blank == "refused":
        rules += [(stated(name).is_null(), name, NO_COUNT) for name in counted]
    return rules


def has_a_count(layout: CountLayout, counted: list[str]) -> pl.Expr:
    """Return whether a row of several counts has one that stands; never of a row with one count."""
    if CELL in counted:
        return count(CELL).is_not_null().any().over(ROW)
    several = len(layout.figures) > 1
    return pl.any_horizontal(count(name).is_not_null() for name in counted) if several else pl.lit(value=False)


def withheld(frame: pl.DataFrame, layout: CountLayout, *, file: str) -> pl.DataFrame:
    """Return a log line for each value that is no count in a row of which another count stands."""
    counted = [name for name in layout.count_columns() if name in frame.columns]
    if not frame.height or (len(layout.figures) == 1 and CELL not in counted):
        return empty("log")
    lines = [
        log_changes(
            frame, file=file, column=name, found=pl.col(name), kept=pl.lit(None, pl.String), rule=WITHHELD,
            where=is_no_count(name) & has_a_count(layout, counted), named=HEADING if name == CELL else None,
        )
        for name in counted
    ]  # fmt: skip
    return pl.concat(lines)


def _word_rule(value: From) -> Rule:
    known = sorted(value.words)
    return ~pl.col(value.column).str.strip_chars().is_in(known), value.column, f"expected one of {', '.join(known)}."


def _report_rules(layout: CountLayout, frame: pl.DataFrame) -> list[Rule]:
    """Return the rules on the day of the report: it is needed, nothing later was counted, and it says a thing once."""
    column, counted = str(layout.latest), layout.figures[0].column
    report = parse.day(pl.col(column))
    where = (*period_columns(layout.period), column)[0]
    beside = [name for name in frame.columns if not name.startswith("__") and name != counted]
    return [
        (report.is_null(), column, "expected the day of the report, such as 2024-06-30. Correct it at its source."),
        ((pl.col(LAST) > report).fill_null(value=False), where, NOT_YET),
        (count(counted).n_unique().over(beside) > 1, counted, "and another count of the same in the same report."),
    ]


def _period_rules(layout: CountLayout) -> list[Rule]:
    """Return the rules for the days; each names the form that was expected."""
    one, columns = plain(layout.period), period_columns(layout.period) or (HEADING,)
    first, last = columns[0], columns[1] if isinstance(one, Span) else columns[0]
    rules = [(pl.col(FIRST).is_null(), first, expected_words(layout.period))]
    if isinstance(one, Span):
        late = pl.col(LAST).is_null() | (pl.col(LAST) < pl.col(FIRST))
        rules.append((late, one.last, f"expected a day not before {one.first}."))
    return [*rules, *_bounds(layout, first, last)]


def _bounds(layout: CountLayout, first: str, last: str) -> list[Rule]:
    """Return the rules that refuse days that cannot be (RULES Q8)."""
    early, late = (
        parse.is_out_of_bounds(pl.col(name), since=layout.since).fill_null(value=False) for name in (FIRST, LAST)
    )
    words = parse.DAY_BOUNDS.replace(str(EARLIEST), str(layout.since))
    return [(early, first, words), (late & ~early, last, words)]
