"""Lines in the store: an id belongs to its file, and a newer file replaces the one of the same name and data set.

Lines are not judged by what they state, as records and counts are (RULES E7): two files of lines have nothing by which
one could restate a part of the other. So the name of the file decides, and files of other names stay side by side.
"""

from collections.abc import Sequence
from typing import Any, Final

import polars as pl

from data.model.errors import DataError
from data.model.schema import conform, empty
from data.store.incoming import Incoming
from data.store.vintage import Vintage

FILE_OF: Final = ["source", "file"]


def lines_of(base: Vintage | None) -> pl.DataFrame:
    """Return the base's lines, each with its edition.

    A vintage of before schema version 4 names none: lines have it where their data set is one file, else null.
    """
    if base is None:
        return empty("segments")
    only = _files(base).filter(pl.len().over("source") == 1).select("source", only="edition")
    lines = conform(base.segments, "segments").join(only, on="source", how="left", maintain_order="left")
    return conform(lines.with_columns(pl.coalesce("edition", "only").alias("edition")), "segments")


def replaced_editions(results: Sequence[Incoming], base: Vintage | None) -> dict[str, str]:
    """Return the edition that replaces each edition of lines that the base holds under the same name.

    Raises
    ------
    DataError
        Two files of one command have the same name and data set, or an older program did not tell the held files apart.
    """
    new = pl.DataFrame(
        [(result.source, result.file, sha[:12]) for result, sha in results if result.kind == "segments"],
        schema={"source": pl.String, "file": pl.String, "by": pl.String},
        orient="row",
    )
    _refuse_equal_names(new)
    if base is None:
        return {}
    _refuse_untold(new, base)
    found = _files(base).join(new, on=FILE_OF).filter(pl.col("edition") != pl.col("by"))
    return dict(found.select("edition", "by").iter_rows())


def moved_lines(results: Sequence[Incoming], base: Vintage | None) -> list[dict[str, Any]]:
    """Return what became of the lines that are replaced, as ``Reconciled.moves`` tells it of records."""
    held = lines_of(base)
    names = {} if base is None else {row["edition"]: row for row in _files(base).to_dicts()}
    return [
        {"source": names[old]["source"], "edition": old, "fate": "replaced", "by": names[old]["file"], "unit": "lines",
         "rows": (number := held.filter(pl.col("edition") == old).height), "number": number, "file": names[old]["file"]}
        for old in replaced_editions(results, base)
    ]  # fmt: skip


def merged_lines(new: Sequence[pl.DataFrame], base: Vintage | None, stays: Sequence[str]) -> pl.DataFrame:
    """Return the lines of the base's editions that stay, and the new ones; ids are unique within their data set."""
    held = lines_of(base)
    sources = [] if base is None else _files(base).filter(pl.col("edition").is_in(stays))["source"].to_list()
    untold = pl.col("edition").is_null() & pl.col("source").is_in(sources)
    old = held.filter(pl.col("edition").is_in(stays) | untold)
    return pl.concat([old, *(conform(frame, "segments") for frame in new)])


def _files(base: Vintage) -> pl.DataFrame:
    return base.sources.filter(pl.col("kind") == "segments").select(*FILE_OF, "edition")


def _refuse_equal_names(new: pl.DataFrame) -> None:
    twice = new.filter(pl.struct(FILE_OF).is_duplicated())
    if not twice.is_empty():
        raise DataError(
            "two files of lines have this name, and a newer file replaces the one of its name. Give one another name.",
            file=twice["file"][0],
            code="SAME_NAME",
        )


def _refuse_untold(new: pl.DataFrame, base: Vintage) -> None:
    """Refuse a file whose older version cannot be told apart in a vintage of before schema version 4."""
    held = lines_of(base)
    for source in held.filter(pl.col("edition").is_null())["source"].unique().sort():
        files = set(_files(base).filter(pl.col("source") == source)["file"])
        given = set(new.filter(pl.col("source") == source)["file"])
        if files & given and not files <= given:
            raise DataError(
                "an older program did not keep which line is of which file. Give all of these files in one command: "
                f"{', '.join(sorted(files))}.",
                file=min(files & given),
                code="LINES_UNTOLD",
            )
