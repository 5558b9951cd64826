"""Members of a ZIP archive that holds lines: by name, within bounds, never unpacked by the names that it states."""

import re
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from data.model.errors import DataError, shown
from data.readers.sniff_lines import is_residue


def read_members(path: Path, is_wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """Return the content of each wanted member of an archive whose bounds are checked, by its name.

    Raises
    ------
    DataError
        A name leads out of the archive, is there twice, is a link or another archive, or needs a password.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = [one for one in archive.infolist() if not one.is_dir() and not is_residue(one.filename)]
            _check_names(members, file=path.name)
            return {one.filename: archive.read(one) for one in members if is_wanted(one.filename)}
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError, NotImplementedError) as error:
        raise DataError(
            f"the archive is truncated or damaged ({error}). Download it again.", file=path.name, code="TRUNCATED"
        ) from error


def _check_names(members: list[zipfile.ZipInfo], *, file: str) -> None:
    for one in members:
        if fault := _fault(one):
            raise DataError(f"the archive's file '{shown(one.filename)}' {fault}", file=file, code="ZIP")
    twice = [name for name, number in Counter(one.filename.lower() for one in members).items() if number > 1]
    if twice:
        raise DataError(f"the archive holds '{shown(twice[0])}' twice. Pack it again.", file=file, code="ZIP")


def _fault(member: zipfile.ZipInfo) -> str:
    name = member.filename.replace("\\", "/")
    if name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in PurePosixPath(name).parts:
        return "has a name that leads out of the archive. Pack it again."
    if stat.S_ISLNK(member.external_attr >> 16):
        return "is a link. Pack the file itself."
    if member.flag_bits & 1:
        return "needs a password. Pack it without one."
    if name.lower().endswith((".zip", ".kmz")):
        return "is another archive. Give that one itself."
    return ""
