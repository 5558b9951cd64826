"""An attack on what is hidden in a table: every equation that totals and parts give, solved for what is not shown."""

from itertools import groupby
from typing import Any, Final

import numpy as np
import polars as pl

Cell = tuple[Any, ...]
CLOSE: Final = 1e-6


def words_of(row: dict[str, Any]) -> dict[str, str]:
    return dict(one.split("=", 1) for one in (row["breakdown"] or "").split(";") if one)


def equations(rows: list[dict[str, Any]]) -> list[tuple[int, list[int]]]:
    """Return each total with its parts, by their places: along one dimension, all other words equal."""
    found = []
    split = [words_of(row) for row in rows]
    totals = [set((row["totals"] or "").split(";")) - {""} for row in rows]
    for whole, row in enumerate(rows):
        for dimension in sorted(totals[whole] - set(split[whole])):
            parts = [
                place for place in range(len(rows))
                if set(split[place]) == {*split[whole], dimension} and dimension not in totals[place]
                and all(split[place][name] == word for name, word in split[whole].items())
                and totals[place] <= totals[whole] - {dimension}
            ]  # fmt: skip
            by_other = groupby(sorted(parts, key=lambda one: sorted(totals[one])), key=lambda one: sorted(totals[one]))
            found += [(whole, same) for _, each in by_other if (same := list(each)) and row is not None]
    return found


def recovered(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[int]:
    """Return the places of figures that the publisher hides and that the equations of what is shown determine.

    Equations that contradict one another (a table whose parts are not all there) tell nothing; nor does a solution that
    is no number that the publisher hides.
    """
    unknown = [place for place, row in enumerate(after) if row["value"] is None]
    column = {place: number for number, place in enumerate(unknown)}
    lines, known = [], []
    for whole, parts in equations(after):
        line, constant = np.zeros(len(unknown)), 0.0
        for place, sign in [(whole, -1.0), *((part, 1.0) for part in parts)]:
            if place in column:
                line[column[place]] += sign
            else:
                constant -= sign * after[place]["value"]
        if line.any():
            lines.append(line)
            known.append(constant)
    if not lines:
        return []
    matrix, constants = np.array(lines), np.array(known)
    rank = np.linalg.matrix_rank(matrix)
    solution = np.linalg.lstsq(matrix, constants, rcond=None)[0]
    if np.abs(matrix @ solution - constants).max() > CLOSE:
        return []
    hidden = [place for place, row in enumerate(before) if row["absence"] == "below_threshold"]
    return [
        place for place in hidden
        if np.linalg.matrix_rank(np.vstack([matrix, np.eye(len(unknown))[column[place]]])) == rank
        and 1 - CLOSE <= solution[column[place]] <= float(before[place]["flag"].removeprefix("<")) - 1 + CLOSE
    ]  # fmt: skip


def groups(figures: pl.DataFrame) -> dict[Cell, list[int]]:
    """Return the places of the rows of each area and period."""
    keyed = figures.with_row_index("place").group_by("source", "indicator", "area", "date_from", "date_to")
    return {key: table["place"].to_list() for key, table in keyed}
