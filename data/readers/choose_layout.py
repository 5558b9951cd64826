"""Which layout a table has: told by its headings, where two share them by what it holds, else by a person.

A table of three columns called t, nat and n may be of several publishers. Nothing is guessed: a layout is left out
where the table holds what no file of it does; where several remain the table is refused with their names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from data.model.errors import DataError
from data.model.sources import DEMONSTRATION
from data.readers.any_layout import Layout
from data.readers.nearest import sentence_of_nearest
from data.readers.text_table import TextTable

MOST_NAMED: Final = 3
CHOOSE: Final = "say which it is with --layout, such as --layout {id}"


@dataclass(frozen=True)
class Chosen:
    """The layout of a table, and what the report says of how it was told."""

    layout: Layout
    notes: tuple[str, ...] = ()


def fitting_layouts(columns: Sequence[str], layouts: Sequence[Layout]) -> list[Layout]:
    """Return the layouts whose headings a table has; of several those that name the most of them."""
    fitting = [one for one in layouts if one.fits(columns)]
    most = max((len(one.headers) for one in fitting), default=0)
    return [one for one in fitting if len(one.headers) == most]


def choose(table: TextTable, layouts: Sequence[Layout], *, file: str, layout_id: str | None = None) -> Chosen:
    """Return the layout of a table.

    Parameters
    ----------
    layout_id : str, optional
        The layout that a person says it has.

    Raises
    ------
    DataError
        No layout fits (LAYOUT), several do (AMBIGUOUS), or the one that was said does not (NOT_THIS_LAYOUT).
    """
    if layout_id is not None:
        return _as_said(table, layouts, layout_id, file=file)
    fitting = fitting_layouts(table.columns, layouts)
    if not fitting:
        sentence = " ".join([sentence_of_nearest(table.columns, layouts), *table.notes])
        raise DataError(sentence, file=file, code="LAYOUT", row=1)
    against = {one.id: contradiction(table, one) for one in fitting}
    left = [one for one in fitting if not against[one.id]]
    if len(fitting) == 1 and left:
        return Chosen(left[0])
    if invented := _invented_as(table, left, file=file):
        return Chosen(invented, (f"Read as {invented.id}, as the name of this invented file says.",))
    if len(left) != 1:
        raise DataError(_ambiguous(fitting, against), file=file, code="AMBIGUOUS", row=1)
    others = " ".join(f"Not {name}: {words}" for name, words in against.items() if words)
    return Chosen(left[0], (f"Its headings are those of {_names(fitting)}; read as {left[0].id}. {others}",))


def _invented_as(table: TextTable, layouts: Sequence[Layout], *, file: str) -> Layout | None:
    """Return the layout that an invented file is named after; None where it is none, or is named otherwise."""
    if DEMONSTRATION not in table.columns:
        return None
    return next((one for one in layouts if file.rpartition(".")[0] == f"{DEMONSTRATION}-{one.id}"), None)


def _as_said(table: TextTable, layouts: Sequence[Layout], layout_id: str, *, file: str) -> Chosen:
    """Return the layout that a person says a table has; raise DataError where it cannot be."""
    known = {one.id: one for one in layouts}
    if layout_id not in known:
        raise DataError(f"there is no layout '{layout_id}'. Known are {', '.join(sorted(known))}.", file=file,
                        code="NOT_THIS_LAYOUT")  # fmt: skip
    one = known[layout_id]
    if not one.fits(table.columns):
        missing = ", ".join(sorted(one.headers - set(table.columns))) or "columns that are months"
        raise DataError(f"it does not have layout {layout_id}: it lacks {missing}.", file=file, code="NOT_THIS_LAYOUT",
                        row=1)  # fmt: skip
    if words := contradiction(table, one):
        raise DataError(f"it does not have layout {layout_id}: {words}", file=file, code="NOT_THIS_LAYOUT")
    return Chosen(one, (f"Read as {layout_id}, as --layout says.",))


def contradiction(table: TextTable, layout: Layout) -> str:
    """Return what a table holds that no file of a layout does; blank where there is nothing."""
    for column, words in layout.never.items():
        held = table.frame.filter(pl.col(column).str.strip_chars().is_in(words))[column]
        if held.len():
            found = ", ".join(sorted({word.strip() for word in held})[:MOST_NAMED])
            return f"column '{column}' holds {found} ({held.len():,} rows), as no file of it does."
    return ""


def _names(layouts: Sequence[Layout]) -> str:
    return " and ".join(one.id for one in layouts)


def _ambiguous(fitting: Sequence[Layout], against: dict[str, str]) -> str:
    told = "; ".join(
        f"{one.id} ({one.publication.publisher}: {one.publication.title}"
        f"{'; but ' + against[one.id].rstrip('.') if against[one.id] else ''})"
        for one in fitting
    )
    return (
        f"its headings are those of {len(fitting)} {'layout' if len(fitting) == 1 else 'layouts'}: {told}. Nothing in "
        f"it tells which is right: {CHOOSE.format(id=fitting[0].id)}. Nothing was published of it."
    )
