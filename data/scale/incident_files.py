"""Partitioned Parquet files of incidents: which are read, what their columns must be, what of them is refused.

A column may stand in the path (``route=…/``), inside the files, or both; where both, a row that says otherwise than
its path is refused, as engines differ in which of the two they take.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import polars as pl

from data.model.errors import DataError
from data.model.notices import say
from data.model.schema import polars_schema
from data.model.units import PEOPLE

NULL_IN_PATH: Final = "__HIVE_DEFAULT_PARTITION__"
CELL: Final = "cell"
POINT: Final = ("latitude", "longitude")
NEEDED: Final = ("source", "record_id", "event_id", "is_cumulative", "date_from", "date_to", *PEOPLE, "route", "cause",
                 "finest_resolution")  # fmt: skip
LARGEST: Final = 2**63 - 1


@dataclass(frozen=True)
class IncidentFiles:
    """Files below one folder, all of the same columns, and the columns that their paths state."""

    folder: Path
    files: tuple[Path, ...]
    columns: Mapping[str, pl.DataType]
    of_paths: tuple[str, ...]

    @property
    def in_path(self) -> tuple[str, ...]:
        """The columns that stand in the paths alone."""
        return tuple(name for name in self.of_paths if name not in self.columns)

    @property
    def has_cells(self) -> bool:
        """Whether the files state cells; else these are made of the points."""
        return CELL in self.columns

    @property
    def read(self) -> tuple[str, ...]:
        """The columns that are read."""
        points = tuple(name for name in POINT if name in self.columns)
        return (*NEEDED, *points, *((CELL,) if self.has_cells else ()))

    @property
    def left_out(self) -> list[str]:
        """The columns that are not read."""
        return sorted({*self.columns, *self.in_path} - set(self.read))

    def rows(self) -> int:
        """Return the number of rows, as the files' own footers state it."""
        return int(
            pl.scan_parquet(list(self.files), hive_partitioning=False, glob=False).select(pl.len()).collect().item()
        )


def find_files(folder: Path) -> IncidentFiles:
    """Return the files below a folder, checked; names that begin with ``_`` or ``.`` are no data.

    Raises
    ------
    DataError
        There is none, one is no Parquet file, or its columns are not what they must be.
    """
    files = tuple(path for path in sorted(folder.rglob("*")) if path.is_file() and not _is_hidden(path, folder))
    if not files:
        raise DataError(say("scale.no_files"), file=str(folder), code="NO_FILES")
    columns = _columns(files[0])
    of_paths = _values(files[0], folder)
    for path in files:
        _check_alike(path, _columns(path), columns)
        if _values(path, folder).keys() != of_paths.keys():
            raise DataError(say("scale.other_path"), file=str(path), code="PARTITIONS")
    found = IncidentFiles(folder, files, columns, tuple(of_paths))
    _check_columns(found)
    for path in files:
        _check_path(path, _values(path, folder), columns)
    return found


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(("_", ".")) for part in path.relative_to(folder).parts)


def _columns(path: Path) -> dict[str, pl.DataType]:
    try:
        return dict(pl.read_parquet_schema(path))
    except (pl.exceptions.PolarsError, OSError) as error:
        why = str(error).partition("\n")[0]
        raise DataError(say("scale.unreadable", why=why), file=str(path), code="UNREADABLE") from error


def _values(path: Path, folder: Path) -> dict[str, str | None]:
    """Return what the folders above a file state, by column."""
    named = (part.partition("=") for part in path.relative_to(folder).parts[:-1])
    return {name: None if value == NULL_IN_PATH else unquote(value) for name, mark, value in named if mark}


def _check_alike(path: Path, here: Mapping[str, pl.DataType], first: Mapping[str, pl.DataType]) -> None:
    for name in sorted({*here, *first}):
        if here.get(name) != first.get(name):
            found = str(here.get(name) or say("scale.no_column"))
            wanted = str(first.get(name) or say("scale.no_column"))
            raise DataError(
                say("scale.unlike", found=found, wanted=wanted), file=str(path), column=name, code="COLUMNS"
            )


def _check_columns(found: IncidentFiles) -> None:
    """Raise DataError where a column is absent, or of a type that the schema's cannot be made of."""
    place = POINT if not found.has_cells else (CELL,)
    texts = {name for name, dtype in polars_schema("incidents").items() if dtype == pl.String}
    for name in (*NEEDED, *place):
        if name not in found.columns and name not in found.in_path:
            raise DataError(say("scale.absent"), file=str(found.folder), column=name, code="COLUMNS")
        if name in found.in_path and name not in texts:
            raise DataError(say("scale.not_in_path"), file=str(found.folder), column=name, code="COLUMNS")
    for name in found.read:
        if name in found.columns and not _fits(found.columns[name], polars_schema("incidents")[name]):
            wanted = str(polars_schema("incidents")[name])
            sentence = say("scale.other_type", found=str(found.columns[name]), wanted=wanted)
            raise DataError(sentence, file=str(found.files[0]), column=name, code="COLUMNS")
    _check_sizes(found)


def _fits(found: pl.DataType, wanted: pl.DataType) -> bool:
    if wanted.is_integer():
        return found.is_integer() and found not in (pl.Int128, pl.UInt128)
    if wanted == pl.String:
        return found in (pl.String, pl.Categorical, pl.Enum)
    return found.is_float() if wanted.is_float() else found == wanted


def _check_sizes(found: IncidentFiles) -> None:
    """Raise DataError where an unsigned number is too large for what every engine reads."""
    for name in (name for name in found.read if found.columns.get(name) == pl.UInt64):
        for path in found.files:
            values = pl.scan_parquet(path, hive_partitioning=False, glob=False).select(pl.col(name).max())
            largest = values.collect(engine="streaming").item()
            if largest is not None and largest > LARGEST:
                raise DataError(say("scale.too_large", found=str(largest)), file=str(path), column=name, code="RANGE")


def _check_path(path: Path, stated: Mapping[str, str | None], columns: Mapping[str, pl.DataType]) -> None:
    """Raise DataError where a row says otherwise than its path."""
    for name, value in stated.items():
        if name not in columns or name not in NEEDED:
            continue
        inside = pl.col(name).cast(pl.String)
        rows = pl.scan_parquet(path, hive_partitioning=False, glob=False).select(name).with_row_index("row", offset=1)
        other = rows.filter(inside.ne_missing(pl.lit(value, pl.String))).limit(1).collect(engine="streaming")
        if not other.is_empty():
            found, row = other[name].cast(pl.String)[0], int(other["row"][0])
            sentence = say("scale.path_differs", found=found, path=value)
            raise DataError(sentence, file=str(path), row=row, column=name, value=found, code="PARTITIONS")
