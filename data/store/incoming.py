"""The files of one command, read: each content once, each with a row that can be accepted, none of them mixed."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

import polars as pl

from data.model.errors import DataError, shown
from data.model.notices import say
from data.readers.any_layout import Layout
from data.readers.registry import read_file
from data.readers.result import ReadResult
from data.readers.segments import OWN_ID
from data.readers.sniff_lines import parts_beside, shapefile_of
from data.store.disk import sha256_of

FAULTS: Final = (
    ValueError, TypeError, LookupError, ArithmeticError, RuntimeError, MemoryError, EOFError, AssertionError,
    AttributeError, pl.exceptions.PolarsError,
)  # fmt: skip
Incoming = tuple[ReadResult, str]  # what was read of a file in one layout, and the SHA-256 its edition is known by


def read_files(
    paths: Sequence[Path],
    layouts: Sequence[Layout],
    progress: Callable[[str], None],
    *,
    skip_refused: bool = False,
    said: Mapping[Path, str] | None = None,
) -> tuple[list[Incoming], list[str]]:
    """Return every file that was read, and the sentences of those that were refused and skipped.

    One whose content came under another name in the same command is left out. ``said`` is the layout that a person
    says a file has.

    Raises
    ------
    DataError
        A file cannot be read, none of its rows can be accepted, or demonstration data is mixed with published data.
    """
    results: list[Incoming] = []
    refused: list[DataError] = []
    for path in _distinct(paths):
        try:
            found, sha = _read(path, layouts, (said or {}).get(path))
        except DataError as error:
            refused.append(error)
        else:
            known = {edition for _, edition in results}
            named = [(result, edition_of(sha, result, is_only=len(found) == 1)) for result in found]
            results += [(result, edition) for result, edition in named if edition not in known]
        progress(path.name)
    ready = [result.file for result, _ in results if result.source != OWN_ID]  # the project's own lines come along
    if refused and not (skip_refused and ready):
        raise _refusal(refused, ready)
    _refuse_mixture([result for result, _ in results])
    return results, [str(error) for error in refused]


def _read(path: Path, layouts: Sequence[Layout], layout_id: str | None) -> tuple[list[ReadResult], str]:
    """Return what was read of a file, and its hash; a fault of its reader refuses this file alone."""
    try:
        return check_accepted(read_file(path, layouts, layout_id=layout_id)), _hash_of(path)
    except OSError as error:
        raise DataError(f"it cannot be read: {error.strerror or error}.", file=path.name, code="NOT_READ") from error
    except FAULTS as error:
        raise DataError(
            f"its reader failed at it ({type(error).__name__}: {shown(error)}). Nothing of it was taken. Save it again "
            "as CSV in UTF-8, and report the fault.", file=path.name, code="NOT_READ",
        ) from error  # fmt: skip


def _refusal(refused: Sequence[DataError], ready: Sequence[str]) -> DataError:
    """Return the first refusal, with the others, and what could be published without them."""
    first = refused[0]
    if len(refused) == 1 and not ready:
        return first
    on = [say("store.ready", files=", ".join(ready))] if ready else []
    whole = DataError("", file=first.file, code=first.code, row=first.row, column=first.column, value=first.value)
    whole.args = (" ".join([*map(str, refused), *on]),)
    return whole


def edition_of(sha: str, result: ReadResult, *, is_only: bool) -> str:
    """Return what an edition is known by: the file's SHA-256, or of it and the layout where a file has several."""
    return sha if is_only else sha256(f"{sha} {result.layout}".encode()).hexdigest()


def check_accepted(results: list[ReadResult]) -> list[ReadResult]:
    """Return what was read of a file; raise DataError where none of its rows can be accepted."""
    rows_read = sum(result.rows_read for result in results)
    if rows_read and not any(result.accepted for result in results):
        first = next((row for result in results for row in result.quarantine.head(1).to_dicts()), None)
        raise DataError(
            f"none of its {rows_read:,} rows can be accepted, so nothing was published. The first: "
            f"{first['reason'] if first else 'it is empty.'}",
            file=results[0].file,
            code="NOTHING_ACCEPTED",
        )
    return results


def _hash_of(path: Path) -> str:
    """Return the SHA-256 of a file; of a Shapefile that of all its parts, as another .dbf gives it other names."""
    if path.suffix.lower() != ".shp":
        return sha256_of(path)
    return sha256(" ".join(sha256_of(part) for part in parts_beside(path)).encode()).hexdigest()


def _distinct(paths: Sequence[Path]) -> list[Path]:
    """Return each file once; the parts of a Shapefile that is named are read with it."""
    seen: dict[Path, Path] = {}
    for path in paths:
        if (whole := shapefile_of(path)) is not None and _resolved(whole) in {_resolved(one) for one in paths}:
            continue
        seen.setdefault(_resolved(path), path)
    return list(seen.values())


def _resolved(path: Path) -> Path:
    """Return a path without links; as it is where the disk knows no such name, which its reader refuses."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return path


def _refuse_mixture(results: Sequence[ReadResult]) -> None:
    judged = [result for result in results if result.kind != "segments"]
    invented = [result for result in judged if result.about.is_demonstration]
    if invented and len(invented) != len(judged):
        raise DataError(
            "demonstration data and published data cannot be in one vintage (RULES P8). Ingest them apart.",
            file=invented[0].file,
            code="DEMONSTRATION",
        )
