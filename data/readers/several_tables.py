"""Tables of one layout in one file, read as one: each row keeps its sheet, and a sheet that repeats another is told."""

from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from data.readers.result import ReadResult
from data.readers.text_table import TextTable

PLACES: Final = pl.Schema({"number": pl.UInt32, "sheet": pl.String, "row": pl.UInt32})


@dataclass(frozen=True)
class Joined:
    """One table made of several, its rows numbered through; ``places`` says where each of them stands.

    ``repeated`` are how many rows stand in a sheet all of whose rows stand in another. ``is_numbered``: its rows have
    to be told by their own sheet and row; a file of one table has its rows' numbers already.
    """

    table: TextTable
    places: pl.DataFrame
    repeated: int = 0
    notes: tuple[str, ...] = ()

    @property
    def is_numbered(self) -> bool:
        """Return whether rows are numbered through, or stand in a sheet, or some of them are left out."""
        return (
            self.places["number"].ne(self.places["row"]).any() or self.places["sheet"].count() > 0 or self.repeated > 0
        )


def join_tables(tables: list[TextTable]) -> Joined:
    """Return tables of one layout as one; a sheet whose rows all stand in one other sheet is counted once."""
    kept, repeats = _without_repeats(tables)
    repeated = sum(one.frame.height + len(one.broken) for one, _ in repeats)
    notes = [note for one in tables for note in one.notes]
    if len(tables) > 1 or tables[0].sheet is not None:
        notes += [f"Sheet '{one.sheet}': {one.frame.height + len(one.broken):,} rows." for one in kept if one.sheet]
    notes += [f"Sheet '{one.sheet}' repeats rows of sheet '{other.sheet}': they count once." for one, other in repeats]
    numbers, places, broken = 0, [pl.DataFrame(schema=PLACES)], []
    for one in kept:
        rows = [*one.rows, *(this.row for this in one.broken)]
        here = range(numbers + 1, numbers + 1 + len(rows))
        places.append(pl.DataFrame({"number": here, "sheet": [one.sheet] * len(rows), "row": rows}, schema=PLACES))
        broken += [this._replace(row=here[one.rows.len() + n]) for n, this in enumerate(one.broken)]
        numbers += len(rows)
    where = pl.concat(places)
    if len(kept) == 1:
        return Joined(kept[0], where.with_columns(number="row"), repeated, tuple(notes))
    frame = pl.concat([one.frame for one in kept], how="diagonal")
    is_row = ~pl.col("number").is_in([this.row for this in broken])
    table = TextTable(frame.columns, frame, where.filter(is_row)["number"], broken)
    return Joined(table, where, repeated, tuple(notes))


def _without_repeats(tables: list[TextTable]) -> tuple[list[TextTable], list[tuple[TextTable, TextTable]]]:
    """Return the tables that say something of their own, and each that only repeats one of them."""
    kept: list[TextTable] = []
    repeats: list[tuple[TextTable, TextTable]] = []
    for one in sorted(tables, key=lambda table: -table.frame.height):
        other = next((whole for whole in kept if not one.broken and _holds(whole, one)), None)
        if other is None:
            kept.append(one)
        else:
            repeats.append((one, other))
    places = {id(one) for one in kept}
    return [one for one in tables if id(one) in places], repeats


def _holds(whole: TextTable, part: TextTable) -> bool:
    """Return whether every row of a table stands in another, as often."""
    if set(whole.columns) != set(part.columns):
        return False
    names = part.columns
    here = part.frame.group_by(names).len()
    there = whole.frame.select(names).group_by(names).len("most")
    found = here.join(there, on=names, how="left", nulls_equal=True)
    return bool((found["most"].fill_null(0) >= found["len"]).all())


def with_sheets(result: ReadResult, joined: Joined) -> ReadResult:
    """Return a result whose rows are told by sheet and row; repeated rows are its duplicates."""
    if not joined.is_numbered:
        return replace(result, notes=(*joined.notes, *result.notes))
    return replace(
        result,
        frame=_placed(result.frame, joined.places),
        quarantine=_placed(result.quarantine, joined.places),
        log=_placed(result.log, joined.places),
        rows_read=result.rows_read + joined.repeated,
        duplicates=result.duplicates + joined.repeated,
        notes=(*joined.notes, *result.notes),
    )


def _placed(frame: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    found = frame.drop("sheet").join(places.rename({"row": "there"}), left_on="row", right_on="number", how="left",
                                     maintain_order="left")  # fmt: skip
    return found.with_columns(row="there").select(frame.columns)
