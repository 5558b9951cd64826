"""What a text file's bytes mean: UTF-8, UTF-16 with or without a mark, or Windows-1252 where every byte is of it."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from data.model.errors import DataError

STEP: Final = 1 << 22
WIDEST: Final = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
FOREIGN: Final = re.compile(rb"[\x80-\xff]{4,}")  # in a row; text in Windows-1252 has letters of ASCII between
FEWEST_KINDS: Final = 3  # of such bytes in a row; fewer are a line of dashes or dots
MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8", ""),
    (b"\xff\xfe", "utf-16-le", "UTF-16"),
    (b"\xfe\xff", "utf-16-be", "UTF-16"),
)
NO_TEXT: Final = frozenset({0x81, 0x8D, 0x8F, 0x90, 0x9D, *range(9), *range(14, 32), 127})  # not in Windows-1252
SHARE_WIDE: Final = 8  # more than an eighth of the bytes are the empty half of a Latin letter


@dataclass(frozen=True)
class Encoding:
    """How a text is written: the codec, how many bytes come before it, and the words for the report (blank: UTF-8)."""

    codec: str
    skipped: int = 0
    words: str = ""

    @property
    def note(self) -> tuple[str, ...]:
        """Return the report's sentence; none for UTF-8."""
        return (f"The text is {self.words} and was read as such.",) if self.words else ()


def encoding_of(path: Path) -> Encoding:
    """Return how a file's text is written; raise DataError where its bytes are no text that is certain."""
    with path.open("rb") as handle:
        head = handle.read(65_536)
    if head.startswith(WIDEST):
        raise DataError("the text is UTF-32. Save it as UTF-8.", file=path.name, code="ENCODING")
    for mark, codec, words in MARKS:
        if head.startswith(mark):
            return _checked(path, Encoding(codec, len(mark), words and f"{words} with a byte order mark"))
    first = head.split(b"\n", 1)[0] + b"\n"
    skipped = len(first) if first.lower().startswith(b"sep=") and b"\x00" not in first else 0
    wide = _wide(head[skipped:])
    if wide:
        return _checked(path, Encoding(wide, skipped, "UTF-16 without a byte order mark"))
    return _narrow(path)


def _wide(text: bytes) -> str | None:
    """Return the form of UTF-16 whose Latin letters have an empty half; None where there are too few of them."""
    even, odd = text[::2].count(0), text[1::2].count(0)
    least = max(1, len(text) // SHARE_WIDE)
    if odd > least and even * 20 < odd:
        return "utf-16-le"
    return "utf-16-be" if even > least and odd * 20 < even else None


def _narrow(path: Path) -> Encoding:
    try:
        return _checked(path, Encoding("utf-8"))
    except UnicodeDecodeError as error:
        place, wrong = error.start, error
    content = path.read_bytes()
    foreign = next((one for one in FOREIGN.finditer(content) if len(set(one[0])) >= FEWEST_KINDS), None)
    if set(content) & NO_TEXT or foreign is not None:
        place = place if foreign is None else foreign.start()
        raise DataError(
            f"byte {place:,} is neither UTF-8 nor Windows-1252. Download the file again, or save it in one of them.",
            file=path.name, code="ENCODING",
        ) from wrong  # fmt: skip
    return Encoding("cp1252", 0, "Windows-1252 (not UTF-8)")


def _checked(path: Path, encoding: Encoding) -> Encoding:
    """Return the encoding; raise UnicodeDecodeError, or DataError at what is no text."""
    decoder = codecs.getincrementaldecoder(encoding.codec)()
    read = encoding.skipped
    with path.open("rb") as handle:
        handle.seek(read)
        while True:
            part = handle.read(STEP)
            try:
                text = decoder.decode(part, final=not part)
            except UnicodeDecodeError as error:
                if encoding.codec == "utf-8" and not encoding.skipped:
                    raise UnicodeDecodeError(
                        "utf-8", b"", read + error.start, read + error.end, error.reason
                    ) from error
                raise DataError(
                    f"the text begins as {encoding.words or 'UTF-8'} and breaks off or changes at byte "
                    f"{read + error.start:,}. Download it again.", file=path.name, code="ENCODING",
                ) from error  # fmt: skip
            if "\x00" in text:
                raise DataError("the file holds NUL bytes; it is no text.", file=path.name, code="NUL")
            if not part:
                return encoding
            read += len(part)


def read_utf8(path: Path) -> tuple[bytes, Encoding]:
    """Return a file's text as UTF-8 without a mark, and how it was written; line ends of CR alone become LF."""
    encoding = encoding_of(path)
    if encoding.codec == "utf-8":
        with path.open("rb") as handle:
            handle.seek(encoding.skipped)
            content = handle.read()
    else:
        whole = path.read_bytes()
        separator = whole[: encoding.skipped] if whole[:4].lower() == b"sep=" else b""
        content = separator + whole[encoding.skipped :].decode(encoding.codec).encode()
    if b"\r" in content[:65_536] and b"\n" not in content:
        content = content.replace(b"\r", b"\n")
    return content, encoding
