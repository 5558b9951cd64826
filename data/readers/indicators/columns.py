"""What each column of a table of indicators holds: values and days, declared words, or names of areas (RULES 9)."""

from collections.abc import Iterable

from data.readers.indicators.layout import YEAR, IndicatorLayout
from data.readers.indicators.values import words_of_absence
from data.readers.periods import CELL, period_columns
from data.readers.value_forms import Columns


def columns_of_indicators(layout: IndicatorLayout, columns: Iterable[str]) -> Columns:
    """Return what the columns of a table hold, with the words that its declaration knows of each."""
    here = list(columns)
    values = {*layout.value_columns(), *period_columns(layout.period), *layout.columns_of_periods(here)} - {CELL, YEAR}
    terms = {one.column for one in layout.words() if one.words and not one.is_open} | set(layout.others)
    areas = {one.column for one in layout.areas()}
    words: dict[str, set[str]] = {name: set(words_of_absence(layout)) for name in values}
    for word in layout.words():
        words.setdefault(word.column, set()).update((*word.words, *word.totals))
    for column, known in (*layout.others.items(), *layout.never.items()):
        words.setdefault(column, set()).update(known)
    return Columns(
        read=layout.columns_kept(here),
        values=frozenset(values),
        terms=frozenset(terms - values),
        names=frozenset(areas - values - terms),
        words=words,
    )
