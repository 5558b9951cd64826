"""What is no file that could be read: links, devices, names that cannot be shown, and kinds that hold no table."""

from pathlib import Path
from typing import Final

from data.model.errors import DataError, printable

LARGEST_FILE: Final = 500_000_000
PICTURE: Final = "is a picture. Give the table that it shows, as CSV, XLSX or JSON."
PACKED: Final = "is a packed archive ({name}). Give the file that is inside it."
ELSEWHERE: Final = (
    "is only a pointer: the data is kept elsewhere by {name} and was not fetched. Fetch it, or download the file again."
)
OTHER_KINDS: Final = (
    (b"\x1f\x8b", "GZIP", "is compressed with gzip. Give the file that is inside it."),
    (b"\xd0\xcf\x11\xe0", "OLD_WORKBOOK", "is an old .xls or has a password. Save it as .xlsx without one."),
    (b"%PDF", "PDF", "is a PDF. Give the table as CSV, XLSX or JSON."),
    (b"PAR1", "PARQUET", "is Parquet. Give the publisher's own file."),
    (b"BZh", "ARCHIVE", PACKED.format(name="bzip2")),
    (b"\xfd7zXZ\x00", "ARCHIVE", PACKED.format(name="xz")),
    (b"\x28\xb5\x2f\xfd", "ARCHIVE", PACKED.format(name="zstd")),
    (b"7z\xbc\xaf\x27\x1c", "ARCHIVE", PACKED.format(name="7z")),
    (b"Rar!\x1a\x07", "ARCHIVE", PACKED.format(name="RAR")),
    (b"\x89PNG\r\n", "PICTURE", PICTURE),
    (b"\xff\xd8\xff", "PICTURE", PICTURE),
    (b"version https://git-lfs.github.com/spec/", "POINTER", ELSEWHERE.format(name="Git LFS")),
    (b"/annex/objects/", "POINTER", ELSEWHERE.format(name="git-annex")),
)


def check_regular(path: Path) -> None:
    """Raise DataError where a path names no regular file that may be opened, or one that is too large."""
    name = path.name or str(path)
    if printable(name) != name:
        sentence = "the file's name holds marks that are no text or cannot be seen. Rename it."
        raise DataError(sentence, file=name, code="NAME")
    try:
        is_regular = path.is_file() and not path.is_symlink()
        size = path.stat().st_size if is_regular else 0
        if is_regular:
            path.open("rb").close()
    except OSError as error:
        raise DataError(f"it cannot be read: {error.strerror}.", file=name, code="NOT_A_FILE") from error
    if not is_regular:
        raise DataError(
            "there is no such regular file (links, folders, devices and addresses are not read). Name a file.",
            file=name, code="NOT_A_FILE",
        )  # fmt: skip
    if size > LARGEST_FILE:
        raise DataError(
            f"{size:,} bytes is more than the {LARGEST_FILE:,} that are read. Split it.", file=name, code="LIMIT"
        )


def refuse_other_kinds(head: bytes, *, file: str) -> None:
    """Raise DataError where a file's first bytes are those of a kind that holds no table or no lines."""
    for magic, code, sentence in OTHER_KINDS:
        if head.startswith(magic):
            raise DataError(f"the file {sentence}", file=file, code=code)
